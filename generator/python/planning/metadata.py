"""What a package says of itself."""

from __future__ import annotations

from generator.graph.model import Api
from generator.python.literals import literal
from generator.python.packaging import spdx_expression, toml_string, version_of
from generator.python.plan.metadata import Metadata
from generator.python.text import Toml

_FIRST_VERSION = "0.1.0"


def metadata(api: Api, distribution: str, version: str | None) -> Metadata:
    """The metadata; `version` is None where the configuration says none."""
    release = version_of(version or _FIRST_VERSION)
    return Metadata(
        distribution=toml_string(distribution),
        version=toml_string(release),
        description=toml_string(f"Client of {api.title or distribution}."),
        license=_license(api.license),
        documentation_url=_url(api.documentation_url),
        source_distribution=literal(distribution),
        source_version=literal(release),
        title=literal(api.title),
        api_version=literal(api.version),
    )


def _license(name: str | None) -> Toml | None:
    expression = None if name is None else spdx_expression(name)
    return None if expression is None else toml_string(expression)


def _url(url: str | None) -> Toml | None:
    return toml_string(url) if url is not None and url.startswith(("https://", "http://")) else None
