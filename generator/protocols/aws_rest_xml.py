"""AWS REST-XML (Smithy: restXml): methods, paths and parameters as written, XML bodies, errors named by a code.

Amazon S3 speaks it with a few rules of its own: a bucket goes before the host, a key is all that is left of the path,
the source of a copy is a path in a header, and bodies are protected by checksums. Route 53 returns ids with a path
before them (`/hostedzone/Z1`), and asks for them without.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from generator.graph.model import (
    Api,
    Body,
    Input,
    Media,
    Operation,
    Place,
)
from generator.protocols import aws_rest, aws_service, aws_xml_bodies
from generator.protocols.binding import BoundApi, BoundError, BoundOperation, XmlStyle

NAME = "aws_rest_xml"
_TIMESTAMPS: Final = "date-time"
_STYLE: Final = XmlStyle(wrapped=True, item="member", entry="entry")
_S3: Final = "s3"
_ROUTE_53: Final = "route53"
_ROUTE_53_IDS: Final = frozenset({"id", "changeid", "delegationsetid", "hostedzoneid", "resourceid"})
_BUCKET: Final = "/{Bucket}"
_COPY_SOURCE: Final = "x-amz-copy-source"
_CHECKSUMS: Final = (("x-amz-sdk-checksum-algorithm", "CRC32"), ("content-md5", "MD5"))


def detect(api: Api) -> tuple[str, ...]:
    """The facts that speak for this protocol; none unless all that are needed are there."""
    facts = aws_service.service_facts(api)
    contents = [content for operation in api.operations for content in _contents(operation)]
    declared = aws_service.trait(api).get("name")
    if not facts or declared not in (None, "rest-xml") or any(_is_json(content) for content in contents):
        return ()
    if declared is None and not any(content.endswith("xml") for content in contents):
        return ()
    named = () if declared is None else (f"`{aws_service.TRAIT}` names rest-xml",)
    return (*facts, *named, "bodies are XML, and operations differ by method and path")


def _contents(operation: Operation) -> Iterator[str]:
    kinds = (
        None if operation.body is None else operation.body.content_type,
        *(o.content_type for o in operation.outputs),
    )
    return (kind.partition(";")[0].strip().lower() for kind in kinds if kind is not None)


def _is_json(content: str) -> bool:
    return content.endswith("json")


def bind(api: Api, evidence: tuple[str, ...]) -> BoundApi:
    """Bind every operation."""
    settings = aws_service.settings(api)
    service = settings["endpoint_prefix"]
    is_s3 = service == _S3
    if is_s3:
        settings["signature"] = _S3
    shaped = replace(
        api,
        types=aws_xml_bodies.with_qualified_attributes(api.types),
        operations=tuple(aws_xml_bodies.shaped(api, operation) for operation in api.operations),
    )
    return BoundApi(
        api=shaped,
        protocol=NAME,
        operations=tuple(_bind(shaped, operation, service) for operation in shaped.operations),
        settings=settings,
        endpoint_variants=aws_service.endpoint_variants(api) or (_S3_HOSTS if is_s3 else {}),
        signing_regions=aws_service.signing_regions(api),
        timestamps=_TIMESTAMPS,
        errors_by_code=True,
        split_plural_acronyms=True,
        evidence=evidence,
        patterns_match_whole=True,
        xml=_STYLE,
    )


_S3_HOSTS: Final = {
    "dualstack": dict.fromkeys(("aws", "aws-cn", "aws-us-gov"), "{prefix}.dualstack.{region}.{dns_suffix}"),
    "fips-dualstack": dict.fromkeys(("aws", "aws-us-gov"), "{prefix}-fips.dualstack.{region}.{dns_suffix}"),
}


def _bind(api: Api, operation: Operation, service: str) -> BoundOperation:
    path = operation.path.partition("#")[0] or "/"
    is_s3 = service == _S3
    checksum = _checksum(operation) if is_s3 else None
    inputs = aws_rest.inputs(api, operation)
    if is_s3:
        inputs = tuple(_as_source(_as_key(input_, path)) for input_ in inputs)
    elif service == _ROUTE_53:
        inputs = tuple(_as_id(input_) for input_ in inputs)
    root = aws_xml_bodies.root(api, operation)
    return BoundOperation(
        operation=operation,
        path=path,
        inputs=inputs,
        wire_inputs=(),
        constants=(),
        body=operation.body,
        content_type=None if operation.body is None else _sent(operation.body),
        output=next(iter(operation.outputs), None),
        errors=tuple(BoundError(key=aws_service.error_code(case), case=case) for case in operation.errors),
        servers=operation.servers if not is_s3 else (),
        timestamps=_TIMESTAMPS,
        fixed=aws_rest.fixed(api, operation),
        root=root,
        bucket=is_s3 and (path == _BUCKET or path.startswith(f"{_BUCKET}/")),
        checksum=checksum,
    )


def _sent(body: Body) -> str:
    return "application/xml" if body.media is Media.XML else body.content_type


def _checksum(operation: Operation) -> str | None:
    """How a body is protected where the caller does not say."""
    if operation.body is None:
        return None
    names = {input_.name.lower() for input_ in operation.inputs if input_.place is Place.HEADER}
    return next((algorithm for name, algorithm in _CHECKSUMS if name in names), None)


def _as_key(input_: Input, path: str) -> Input:
    """A key is all that is left of the path, slashes included."""
    is_last = input_.place is Place.PATH and path.startswith(f"{_BUCKET}/") and path.endswith(f"/{{{input_.name}}}")
    return replace(input_, style=aws_rest.GREEDY) if is_last else input_


def _as_source(input_: Input) -> Input:
    """What is copied is given as it is called, and sent as a path."""
    is_source = input_.place is Place.HEADER and input_.name.lower() == _COPY_SOURCE
    return replace(input_, style=aws_rest.COPY_SOURCE) if is_source else input_


def _as_id(input_: Input) -> Input:
    """An id is what follows its last slash."""
    is_id = input_.place in (Place.PATH, Place.QUERY) and input_.name.lower() in _ROUTE_53_IDS
    return replace(input_, style=aws_rest.LAST_SEGMENT) if is_id else input_
