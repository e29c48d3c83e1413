"""What a package says of itself; part of the plan."""

from __future__ import annotations

from msgspec import Struct

from generator.python.text import Literal, Toml


class Metadata(Struct, frozen=True, kw_only=True):
    """Metadata for `pyproject.toml`; the `source_` ones are the same for Python source. `title` and `api_version` are
    the document's.
    """

    distribution: Toml
    version: Toml
    description: Toml
    license: Toml | None
    documentation_url: Toml | None
    source_distribution: Literal
    source_version: Literal
    title: Literal
    api_version: Literal
