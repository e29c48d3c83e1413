"""The whole document, and its text.

The text is the same for the same model, so that a change of the service is a change of a few lines. PyYAML's own
emitter writes it, because libyaml's breaks lines elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from generator.diagnostics import Diagnostic, Refusal, Severity
from generator.importers.endpoints import endpoint_variants, signing_regions
from generator.importers.operations import paths
from generator.importers.service_model import PROTOCOLS, ServiceModel, load
from generator.importers.shapes import Dialect, schema_of
from generator.importers.user_data import with_user_data

_SCHEME: Final = "hmac"
_WIDTH: Final = 1 << 16  # no line is folded: a changed word is one changed line
_HEADER: Final = """\
# Made by `generate import` from AWS's own description of the service, as botocore has it; do not edit.
# What this form cannot say belongs into an overlay.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A document, and what it lacks."""

    document: Mapping[str, Any]
    findings: tuple[Diagnostic, ...]

    def text(self) -> str:
        """The document as YAML."""
        body = yaml.dump(
            self.document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH, default_flow_style=False
        )
        return f"{_HEADER}{body}"


class _Dumper(yaml.SafeDumper):
    """Writes everything out: what stands at two places is written at both."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Never an alias."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Lists stand below their key, as people write them."""
        super().increase_indent(flow, indentless=False)


def import_service(source: str, *, docs: bool = False) -> Imported:
    """An OpenAPI document of an AWS service.

    Args:
        source: `botocore:` and the name of a service, or the path of a `service-2.json`.
        docs: Whether AWS's descriptions come along.

    Raises:
        Refusal: There is no such service model, or its protocol is not known.
    """
    return translate(load(source), docs=docs)


def translate(model: ServiceModel, *, docs: bool = False) -> Imported:
    """The document of a service model. See `import_service`."""
    metadata = model.metadata
    if model.protocol is None:
        raise Refusal.because(
            "IMP004",
            f"{model.name} speaks {metadata.get('protocol')!r}",
            help=f"services of these protocols can be imported: {', '.join(PROTOCOLS)}",
        )
    try:
        return _document(with_user_data(model), docs=docs)
    except (KeyError, TypeError, AttributeError) as error:
        raise Refusal.because(
            "IMP003",
            f"{model.name} is no complete service model: {type(error).__name__}: {error}",
            help="name a `service-2.json` of botocore, or `botocore:` and a service",
        ) from None


def _document(model: ServiceModel, *, docs: bool) -> Imported:
    metadata = model.metadata
    items, streamed = paths(model, docs=docs)
    info: dict[str, Any] = {
        "title": metadata.get("serviceFullName") or metadata["serviceId"],
        "version": metadata["apiVersion"],
    }
    if model.protocol != "json":
        info["x-serviceName"] = metadata["endpointPrefix"]
    if docs and model.documentation:
        info["description"] = model.documentation
    document = {
        "openapi": _version(items),
        "info": {**info, "x-aws-protocol": _protocol(model)},
        "servers": [_server(metadata["endpointPrefix"])],
        "security": [{_SCHEME: []}],
        "paths": items,
        "components": {
            "schemas": _schemas(model, items, docs=docs),
            "securitySchemes": {
                _SCHEME: {
                    "type": "apiKey",
                    "name": "Authorization",
                    "in": "header",
                    "description": "AWS Signature Version 4",
                    "x-amazon-apigateway-authtype": "awsSigv4",
                }
            },
        },
    }
    return Imported(document=document, findings=tuple(_left_out(name) for name in streamed))


def _version(items: Mapping[str, Mapping[str, Any]]) -> str:
    """The version that the document needs: `allowReserved` of parts of a path came with 3.2 (Parameter Object)."""
    parameters = (each for item in items.values() for operation in item.values() for each in operation["parameters"])
    return "3.2.0" if any("allowReserved" in each for each in parameters) else "3.1.0"


def _schemas(model: ServiceModel, items: Mapping[str, Any], *, docs: bool) -> dict[str, Any]:
    """The schemas that the operations need, in the order of the model."""
    dialect = Dialect(
        is_xml=model.is_xml,
        has_places=model.is_rest,
        timestamps="iso8601" if model.is_xml else "unixTimestamp",
        docs=docs,
    )
    found: dict[str, Any] = {}
    pending = list(_references(items))
    while pending:
        name = pending.pop()
        if name not in found:
            found[name] = schema_of(model.shapes, name, dialect)
            pending.extend(_references(found[name]))
    return {name: found[name] for name in model.shapes if name in found}


def _references(node: object) -> Iterator[str]:
    """The names of the schemas that are referred to below `node`."""
    if isinstance(node, dict):
        if "$ref" in node:
            yield str(node["$ref"]).rpartition("/")[2]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for item in node:
            yield from _references(item)


def _left_out(operation: str) -> Diagnostic:
    return Diagnostic(
        code="IMP005",
        severity=Severity.WARNING,
        message=f"{operation} is sent as a stream of events, or of bytes",
        help="nothing to do; the client sends no such streams",
        effect="the document lacks the operation",
    )


def _protocol(model: ServiceModel) -> dict[str, Any]:
    metadata = model.metadata
    prefix = metadata["endpointPrefix"]
    targets = (
        {"version": metadata["jsonVersion"], "targetPrefix": metadata["targetPrefix"]}
        if model.protocol == "json"
        else {}
    )
    found: dict[str, Any] = {
        "name": model.protocol,
        **targets,
        "signingName": metadata.get("signingName", prefix),
        "endpointPrefix": prefix,
        "serviceId": metadata["serviceId"],
    }
    departures = {"endpointVariants": endpoint_variants(model), "signingRegions": signing_regions(model)}
    return found | {key: departure for key, departure in departures.items() if departure}


def _server(prefix: str) -> dict[str, Any]:
    return {
        "url": f"https://{prefix}.{{region}}.amazonaws.com",
        "variables": {"region": {"description": "Name of the AWS region", "default": "us-east-1"}},
    }
