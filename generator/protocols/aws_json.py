"""AWS JSON 1.0 and 1.1: every operation is a POST to `/`, named by the X-Amz-Target header, errors named by a code.

Public documents of such services describe the wire through artefacts: the target as a fragment of the path and as a
header with a
single value, the signature's parts as headers, paging members once more as query parameters, and errors under
statuses from 480 up
that no server sends. All of that ends here.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.graph.model import (
    Api,
    Constant,
    Enumeration,
    ErrorCase,
    Input,
    Named,
    Operation,
    Place,
    Scalar,
    ScalarKind,
)
from generator.graph.passes import reachable
from generator.protocols.binding import BoundApi, BoundError, BoundOperation

NAME = "aws_json"
_TARGET = "X-Amz-Target"
_TRAIT = "x-aws-protocol"
_TIMESTAMPS = "epoch-seconds"


def detect(api: Api) -> tuple[str, ...]:
    """The facts that speak for this protocol; none unless all that are needed are there."""
    if not api.operations or not all(operation.method == "POST" for operation in api.operations):
        return ()
    targets = [target_of(api, operation) for operation in api.operations]
    signed = [scheme.key for scheme in api.auth.values() if scheme.kind == "aws_sigv4"]
    if not all(targets) or not signed:
        return ()
    return (
        f"all {len(targets)} operations are POST with a constant {_TARGET} header",
        f"security scheme {signed[0]!r} is AWS Signature Version 4",
    )


def bind(api: Api, evidence: tuple[str, ...]) -> BoundApi:
    """Bind every operation."""
    trait = api.traits.get(_TRAIT)
    trait = trait if isinstance(trait, dict) else {}
    version = str(trait.get("version", "1.1"))
    return BoundApi(
        api=api,
        protocol=NAME,
        operations=tuple(_bind(api, operation, version) for operation in api.operations),
        settings=_settings(api, trait, version),
        endpoint_variants=_endpoint_variants(trait),
        signing_regions=_texts(trait.get("signingRegions")),
        timestamps=_TIMESTAMPS,
        errors_by_code=True,
        split_plural_acronyms=True,
        evidence=evidence,
        patterns_match_whole=True,  # the services refuse a text that only holds a match
    )


def _bind(api: Api, operation: Operation, version: str) -> BoundOperation:
    return BoundOperation(
        operation=operation,
        path="/",
        inputs=(),
        wire_inputs=_wire_inputs(operation),
        constants=((_TARGET, target_of(api, operation) or ""),),
        body=operation.body,
        content_type=f"application/x-amz-json-{version}",
        output=next(iter(operation.outputs), None),
        errors=tuple(BoundError(key=_code(case), case=case) for case in operation.errors),
        timestamps=_TIMESTAMPS if _needs_spelling(api, operation) else None,
    )


def _wire_inputs(operation: Operation) -> tuple[Input, ...]:
    """The headers of the signature, and the target among them; the target alone is nothing that anybody gives."""
    headers = tuple(input_ for input_ in operation.inputs if input_.place is Place.HEADER)
    return headers if any(input_.name.lower() != _TARGET.lower() for input_ in headers) else ()


def target_of(api: Api, operation: Operation) -> str | None:
    """The value of X-Amz-Target: the header's only value."""
    for input_ in operation.inputs:
        if input_.name.lower() == _TARGET.lower():
            return _only_value(api, input_)
    return None


def _only_value(api: Api, input_: Input) -> str | None:
    match input_.type:
        case Constant(str() as value):
            return value
        case Named(id_):
            definition = api.types[id_]
            if isinstance(definition, Enumeration) and len(definition.values) == 1:
                return str(definition.values[0])
    return None


def _code(case: ErrorCase) -> str:
    # The response's status is invented; schema and description are both named after the error.
    return case.source_name or case.docs.description or case.status


def _needs_spelling(api: Api, operation: Operation) -> bool:
    """Whether the body holds timestamps, or numbers that may be infinite: JSON has no word for either."""
    roots = () if operation.body is None else (operation.body.type,)
    return any(
        isinstance(type_, Scalar) and type_.kind in (ScalarKind.DATETIME, ScalarKind.NUMBER)
        for type_ in reachable(api.types, roots)
    )


def _settings(api: Api, trait: Mapping[str, object], version: str) -> dict[str, str]:
    service = str(api.traits.get("x-serviceName") or "")
    prefix = str(trait.get("endpointPrefix") or service or _host_label(api))
    return {
        "json_version": version,
        "signing_name": str(trait.get("signingName") or prefix),
        "endpoint_prefix": prefix,
        "service_id": str(trait.get("serviceId") or prefix.replace("-", " ")),
        "default_region": next(
            (
                variable.default
                for server in api.servers
                for variable in server.variables
                if variable.name == "region" and variable.default
            ),
            "us-east-1",
        ),
    }


def _endpoint_variants(trait: Mapping[str, object]) -> dict[str, dict[str, str]]:
    """Templates of hosts by variant (`fips`, `dualstack`, `fips-dualstack`), then by region or partition."""
    declared = trait.get("endpointVariants")
    if not isinstance(declared, dict):
        return {}
    return {str(variant): _texts(hosts) for variant, hosts in declared.items() if isinstance(hosts, dict)}


def _texts(declared: object) -> dict[str, str]:
    return {str(key): str(value) for key, value in declared.items()} if isinstance(declared, dict) else {}


def _host_label(api: Api) -> str:
    """`cognito-identity` of `https://cognito-identity.{region}.amazonaws.com`."""
    url = api.servers[0].url if api.servers else ""
    return url.partition("://")[2].partition(".")[0]
