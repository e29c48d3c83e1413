"""The whole document, and its text.

The text is the same for the same model, so that a change of the service is a change of a few lines. PyYAML's own
emitter writes it, because libyaml's breaks lines elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from generator.diagnostics import Diagnostic, Refusal, Severity
from generator.importers.endpoints import endpoint_variants, signing_regions
from generator.importers.operations import mentioned, paths
from generator.importers.service_model import ServiceModel, load
from generator.importers.shapes import schema_of

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
        Refusal: There is no such service model, or its protocol is not JSON.
    """
    return translate(load(source), docs=docs)


def translate(model: ServiceModel, *, docs: bool = False) -> Imported:
    """The document of a service model. See `import_service`."""
    metadata = model.metadata
    if metadata.get("protocol") != "json" and "json" not in metadata.get("protocols", ()):
        raise Refusal.because(
            "IMP004",
            f"{model.name} speaks {metadata.get('protocol')!r}",
            help="services of the JSON protocols 1.0 and 1.1 can be imported",
        )
    try:
        return _document(model, docs=docs)
    except (KeyError, TypeError, AttributeError) as error:
        raise Refusal.because(
            "IMP003",
            f"{model.name} is no complete service model: {type(error).__name__}: {error}",
            help="name a `service-2.json` of botocore, or `botocore:` and a service",
        ) from None


def _document(model: ServiceModel, *, docs: bool) -> Imported:
    metadata = model.metadata
    items, streamed = paths(model, docs=docs)
    used = mentioned(model, streamed)
    info: dict[str, Any] = {
        "title": metadata.get("serviceFullName") or metadata["serviceId"],
        "version": metadata["apiVersion"],
    }
    if docs and model.documentation:
        info["description"] = model.documentation
    document = {
        "openapi": "3.1.0",
        "info": {**info, "x-aws-protocol": _protocol(model)},
        "servers": [_server(metadata["endpointPrefix"])],
        "security": [{_SCHEME: []}],
        "paths": items,
        "components": {
            "schemas": {name: schema_of(model.shapes, name, docs=docs) for name in model.shapes if name in used},
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


def _left_out(operation: str) -> Diagnostic:
    return Diagnostic(
        code="IMP005",
        severity=Severity.WARNING,
        message=f"{operation} sends or receives a stream of events",
        help="nothing to do; events are no JSON",
        effect="the document lacks the operation",
    )


def _protocol(model: ServiceModel) -> dict[str, Any]:
    metadata = model.metadata
    prefix = metadata["endpointPrefix"]
    found: dict[str, Any] = {
        "name": "json",
        "version": metadata["jsonVersion"],
        "targetPrefix": metadata["targetPrefix"],
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
