"""AWS's service models as botocore keeps them: `service-2.json`, and beside it what pages and endpoints are.

They are read as data, without botocore's own loader: what a user keeps in `~/.aws/models` must not decide what is
generated. Nothing but JSON is read, and no more of it than a service model can be.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from generator.diagnostics import Refusal
from generator.source import display_name

PREFIX: Final = "botocore:"
PROTOCOLS: Final = ("json", "rest-json", "rest-xml", "query", "ec2")
_MODEL: Final = "service-2"
_MAX_BYTES: Final = 128 * 1024 * 1024
_NO_BOTOCORE: Final = "install the extra: pip install 'sdkpress[botocore]'"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceModel:
    """A service, in the words of AWS's own description (C2J).

    Attributes:
        name: What to call it in a message.
        metadata: Protocol, names, version.
        operations: By name.
        shapes: By name.
        documentation: Of the service, as HTML; empty where there is none.
        paginators: How pages follow each other, by operation.
        endpoint_rules: The rule set of its endpoints; None where there is none.
    """

    name: str
    metadata: Mapping[str, Any]
    operations: Mapping[str, Mapping[str, Any]]
    shapes: Mapping[str, Mapping[str, Any]]
    documentation: str = ""
    paginators: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    endpoint_rules: Mapping[str, Any] | None = None

    @property
    def protocol(self) -> str | None:
        """The first of the protocols that can be imported, None where the service speaks none of them."""
        spoken = (*self.metadata.get("protocols", ()), self.metadata.get("protocol"))
        return next((protocol for protocol in PROTOCOLS if protocol in spoken), None)

    @property
    def is_rest(self) -> bool:
        """Whether operations differ by method and path."""
        return self.protocol in ("rest-json", "rest-xml")

    @property
    def is_xml(self) -> bool:
        """Whether replies are XML."""
        return self.protocol in ("ec2", "query", "rest-xml")

    @property
    def media_type(self) -> str:
        """Of bodies."""
        return "text/xml" if self.is_xml else "application/json"


def load(source: str) -> ServiceModel:
    """The model of an installed service (`botocore:dynamodb`), or the one in a file.

    Raises:
        Refusal: There is no such service or file, botocore is not installed, or the file is no service model.
    """
    if not source.startswith(PREFIX):
        return _read(Path(source), source)
    name = source.removeprefix(PREFIX)
    known = _installed_services()
    if name not in known:
        near = get_close_matches(name, known, 1)
        raise Refusal.because(
            "IMP002",
            f"the installed botocore has no service {name!r}",
            help=f"write `{PREFIX}{near[0]}`" if near else "the name is the one that boto3.client() takes",
        )
    version = max(path for path in known[name].iterdir() if _find(path, _MODEL) is not None)
    model = _find(version, _MODEL)
    assert model is not None  # `_installed_services` lists only those that have one
    return _read(model, source)


def _installed_services() -> dict[str, Path]:
    package = importlib.util.find_spec("botocore")
    if package is None or not package.submodule_search_locations:
        raise Refusal.because("IMP001", "botocore is not installed", help=_NO_BOTOCORE)
    data = Path(package.submodule_search_locations[0]) / "data"
    return {
        service.name: service
        for service in sorted(data.iterdir())
        if service.is_dir() and any(_find(version, _MODEL) is not None for version in service.iterdir())
    }


def _find(folder: Path, stem: str) -> Path | None:
    candidates = (folder / f"{stem}.json.gz", folder / f"{stem}.json")
    return next((path for path in candidates if path.is_file()), None)


def _read(path: Path, name: str) -> ServiceModel:
    model = read_json(path)
    if not all(isinstance(model.get(part), dict) for part in ("metadata", "operations", "shapes")):
        raise Refusal.because(
            "IMP003",
            f"{name} is no service model: it lacks `metadata`, `operations` or `shapes`",
            help="name a `service-2.json` of botocore, or `botocore:` and a service",
        )
    pages, rules = _find(path.parent, "paginators-1"), _find(path.parent, "endpoint-rule-set-1")
    return ServiceModel(
        name=name,
        metadata=model["metadata"],
        operations=model["operations"],
        shapes=model["shapes"],
        documentation=str(model.get("documentation") or ""),
        paginators={} if pages is None else read_json(pages).get("pagination", {}),
        endpoint_rules=None if rules is None else read_json(rules),
    )


def read_json(path: Path) -> dict[str, Any]:
    """The object in a file, which may be compressed.

    Raises:
        Refusal: There is no such file, or it holds no object.
    """
    name = display_name(path)
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
        if len(data) > _MAX_BYTES:
            raise Refusal.because("SPEC001", f"{name} is too large", help="name a service model")
        document = json.loads(data)
    except FileNotFoundError:
        raise Refusal.because(
            "IO001", f"{name} does not exist", help=f"name a file, or `{PREFIX}` and a service"
        ) from None
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or "it is no gzip file, or a part of one"
        raise Refusal.because("IO003", f"{name} cannot be read: {reason}", help="name a readable file") from None
    except (ValueError, RecursionError) as error:
        raise Refusal.because("IMP003", f"{name} is not JSON: {error}", help="name a `service-2.json`") from None
    if not isinstance(document, dict):
        raise Refusal.because("IMP003", f"{name} is no service model: it is no object", help="name a `service-2.json`")
    return document
