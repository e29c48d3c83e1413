"""JSON over HTTP as OpenAPI describes it: the document's paths, statuses and media types are what travels."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from generator.graph.model import Api, AuthScheme, Media, Operation, Output, Scalar
from generator.graph.passes import reachable
from generator.protocols.binding import BoundApi, BoundError, BoundOperation, XmlStyle

NAME = "rest_json"
_TIMESTAMPS = "date-time"
_BESIDE_OTHERS = "rfc3339"  # how the runtime spells those in a body with timestamps of other spellings


def detect(api: Api) -> tuple[str, ...]:
    """Always possible: this is what a document says when nothing else speaks."""
    return ("no other protocol is recognised; paths, statuses and media types are taken as written",)


def bind(api: Api, evidence: tuple[str, ...]) -> BoundApi:
    """Bind every operation."""
    may_spell = _have_own_timestamps(api, api.operations)
    return BoundApi(
        api=replace(api, auth={key: _as_filed(scheme) for key, scheme in api.auth.items()}),
        protocol=NAME,
        operations=tuple(_bind(api, operation, may_spell=may_spell) for operation in api.operations),
        settings={},
        endpoint_variants={},
        signing_regions={},
        timestamps=_TIMESTAMPS,
        errors_by_code=False,
        split_plural_acronyms=False,
        evidence=evidence,
        xml=XmlStyle(wrapped=False, item=None, entry=None) if any(map(_speaks_xml, api.operations)) else None,
    )


def _as_filed(scheme: AuthScheme) -> AuthScheme:
    """AWS's signature needs more of a service than OpenAPI says; what is left is the header that the scheme is filed
    under.
    """
    return replace(scheme, kind="api_key") if scheme.kind == "aws_sigv4" else scheme


def _bind(api: Api, operation: Operation, *, may_spell: bool) -> BoundOperation:
    result = _result(operation)
    return BoundOperation(
        operation=operation,
        path=operation.path.partition("#")[0] or "/",  # a fragment never travels (RFC 9110, section 7.1)
        inputs=operation.inputs,
        wire_inputs=(),
        constants=(),
        body=operation.body,
        content_type=None if operation.body is None else operation.body.content_type,
        output=result,
        others=tuple(
            output
            for output in operation.outputs
            if result is not None
            and output.type is not None
            and (output.type, output.media) != (result.type, result.media)
        ),
        redirects=_redirects(operation),
        servers=operation.servers,
        contents=operation.other_bodies,
        errors=tuple(BoundError(key=case.status.upper(), case=case) for case in operation.errors),
        timestamps=_BESIDE_OTHERS if may_spell and _have_own_timestamps(api, (operation,)) else None,
    )


def _have_own_timestamps(api: Api, operations: Sequence[Operation]) -> bool:
    """Whether a timestamp of a body is spelled otherwise than RFC 3339 spells it, which needs no care."""
    bodies = (body for each in operations for body in (each.body, *each.other_bodies))
    roots = (body.type for body in bodies if body is not None)
    return any(
        isinstance(type_, Scalar) and type_.encoding not in (None, _TIMESTAMPS) for type_ in reachable(api.types, roots)
    )


def _speaks_xml(operation: Operation) -> bool:
    bodies = () if operation.body is None else (operation.body, *operation.other_bodies)
    sent = any(body.media is Media.XML for body in bodies)
    return sent or any(output.media is Media.XML for output in operation.outputs)


def _redirects(operation: Operation) -> tuple[str, ...]:
    """The redirects that are what callers want to know, such as where to sign in: no other success is documented."""
    statuses = tuple(output.status.upper() for output in operation.outputs)
    return statuses if all(status[:1] == "3" for status in statuses) else ()


def _result(operation: Operation) -> Output | None:
    """The success with content that is documented first; else the first that is a stream; else the first."""
    whole = (output for output in operation.outputs if output.type is not None)
    streams = (output for output in operation.outputs if output.stream is not None)
    return next(whole, None) or next(streams, None) or next(iter(operation.outputs), None)
