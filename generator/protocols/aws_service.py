"""What the protocols of AWS have in common: which service a document means, where it is, and how errors are named.

Public documents of AWS's services file errors under statuses from 480 up, which no server sends; the name of the error
is what counts. It refuses to guess: a document that signs with SigV4 but names no service of AWS is somebody's own API.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

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
    TypeRef,
)
from generator.graph.passes import reachable

TARGET: Final = "X-Amz-Target"
TRAIT: Final = "x-aws-protocol"
_HOST: Final = re.compile(
    r"(?:https?:)?//(?P<prefix>[a-z0-9.-]+?)(?:[.-]|\{[^{}]*\})+amazonaws\.com(?:\.cn)?(?:[:/]|$)"
)
_REGION: Final = "us-east-1"
_CODE: Final = re.compile(r"[A-Za-z][\w.]*")
# Parts of a signature; documents list them as headers of every operation.
_SIGNATURE: Final = frozenset(
    {
        "x-amz-algorithm",
        "x-amz-content-sha256",
        "x-amz-credential",
        "x-amz-date",
        "x-amz-security-token",
        "x-amz-signature",
        "x-amz-signedheaders",
    }
)


def signature_scheme(api: Api) -> str | None:
    """The key of the security scheme that is AWS Signature Version 4, None where there is none."""
    return next((scheme.key for scheme in api.auth.values() if scheme.kind == "aws_sigv4"), None)


def service_facts(api: Api) -> tuple[str, ...]:
    """The facts that make a document that of a service of AWS other than AWS JSON; none unless all are there.

    A gateway signs requests to its users' own APIs in the same way: their documents name no service.
    """
    scheme, service = signature_scheme(api), api.traits.get("x-serviceName")
    if not api.operations or scheme is None or not isinstance(service, str) or not host_prefix(api):
        return ()
    if any(input_.name.lower() == TARGET.lower() for operation in api.operations for input_ in operation.inputs):
        return ()  # an operation that is named by a header speaks AWS JSON, or nothing that is known
    return (
        f"security scheme {scheme!r} is AWS Signature Version 4",
        f"`x-serviceName` is {service!r}, and its server is below amazonaws.com",
    )


def trait(api: Api) -> Mapping[str, object]:
    """What `x-aws-protocol` says, empty where there is no such extension."""
    declared = api.traits.get(TRAIT)
    return declared if isinstance(declared, dict) else {}


def settings(api: Api) -> dict[str, str]:
    """What signing and endpoints need to know of the service."""
    declared = trait(api)
    service = str(api.traits.get("x-serviceName") or "")
    prefix = str(declared.get("endpointPrefix") or host_prefix(api) or service)
    return {
        "signing_name": str(declared.get("signingName") or api.traits.get("x-aws-signingName") or prefix),
        "endpoint_prefix": prefix,
        "service_id": str(declared.get("serviceId") or prefix.replace("-", " ")),
        "default_region": next(
            (
                variable.default
                for server in api.servers
                for variable in server.variables
                if variable.name == "region" and variable.default
            ),
            _REGION,
        ),
    }


def endpoint_variants(api: Api) -> dict[str, dict[str, str]]:
    """Templates of hosts by variant (`plain`, `fips`, `dualstack`, `fips-dualstack`), then by region or partition."""
    declared = trait(api).get("endpointVariants")
    if isinstance(declared, dict):
        return {str(variant): texts(hosts) for variant, hosts in declared.items() if isinstance(hosts, dict)}
    return {"plain": {"aws": "{prefix}.{dns_suffix}"}} if _is_global(api) else {}


def signing_regions(api: Api) -> dict[str, str]:
    """Which region is signed for, by partition, where a service has one endpoint for all regions."""
    declared = trait(api).get("signingRegions")
    if declared is None and _is_global(api):
        return {"aws": _REGION}
    return texts(declared)


def _is_global(api: Api) -> bool:
    """Whether the service's own server is the same in every region."""
    url = api.servers[0].url if api.servers else ""
    return "{" not in url and url.endswith(f"//{host_prefix(api)}.amazonaws.com")


def host_prefix(api: Api) -> str:
    """`cognito-identity` of `https://cognito-identity.{region}.amazonaws.com`, empty for a server elsewhere."""
    found = _HOST.match(api.servers[0].url) if api.servers else None
    # Below execute-api are its users' own APIs.
    return "" if found is None or "execute-api" in found["prefix"] else found["prefix"]


def texts(declared: object) -> dict[str, str]:
    """A mapping with its values as strings, empty for anything else."""
    return {str(key): str(value) for key, value in declared.items()} if isinstance(declared, dict) else {}


def error_code(case: ErrorCase) -> str:
    """The code of an error: its status is invented; the description is the code, and so, nearly always, is the name of
    the schema.
    """
    described = case.docs.description or ""
    return described if _CODE.fullmatch(described) else case.source_name or case.status


def own_inputs(operation: Operation) -> tuple[Input, ...]:
    """The parameters without the signature's headers, which signing sets."""
    return tuple(
        input_
        for input_ in operation.inputs
        if not (input_.place is Place.HEADER and input_.name.lower() in _SIGNATURE)
    )


def needs_spelling(api: Api, operation: Operation) -> bool:
    """Whether the body holds timestamps, or numbers that may be infinite: JSON has no word for either."""
    roots = () if operation.body is None else (operation.body.type,)
    return any(
        isinstance(type_, Scalar) and type_.kind in (ScalarKind.DATETIME, ScalarKind.NUMBER)
        for type_ in reachable(api.types, roots)
    )


def only_value(api: Api, type_: TypeRef) -> str | None:
    """The one value that a type has, as a constant or an enumeration of one; None where there are more, or any."""
    match type_:
        case Constant(str() as value):
            return value
        case Named(id_):
            definition = api.types[id_]
            if isinstance(definition, Enumeration) and len(definition.values) == 1:
                return str(definition.values[0])
    return None
