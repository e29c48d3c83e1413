"""What makes a repeated request harmless: a key that is the same in all attempts of a call.

A document has three ways to say so: a header parameter `Idempotency-Key` (the IETF's draft of that name); a parameter
or a member of the body that is marked with `x-idempotency-key: true` or `x-idempotencyToken: true` (Smithy's trait);
and `x-idempotency-key` of an operation, `true` or the name of a header that is described nowhere. `false` there means
that there is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.graph import allof
from generator.graph.model import Body, IdempotencyKey, Named, Place
from generator.graph.types import Context
from generator.openapi import model as openapi

_EXTENSION = "x-idempotency-key"
_MARKS = (_EXTENSION, "x-idempotencyToken")
_HEADER = "Idempotency-Key"
_FIELD_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}")  # RFC 9110, section 5.1
# What a client says in these is its own, or the connection's.
_TAKEN = frozenset(
    {
        "accept",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "cookie",
        "host",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
    }
)
_UUID_LENGTH = 36


def idempotency_key(context: Context, operation: openapi.Operation, body: Body | None) -> IdempotencyKey | None:
    """The key that the operation's calls carry; None where the document knows of none.

    A member of the body that is one is noted in the context: whoever leaves it out gets it made.
    """
    declared = operation.extensions.get(_EXTENSION)
    if declared is False:
        return None
    header = _declared_header(context, operation, declared)
    if header is not None:
        return IdempotencyKey(place=Place.HEADER, name=header)
    return _parameter(context, operation) or _member(context, operation, body)


def _declared_header(context: Context, operation: openapi.Operation, declared: Any) -> str | None:
    if declared is None:
        return None
    if declared is True:
        return _HEADER
    if isinstance(declared, str) and _is_free(declared):
        return declared
    context.report.warning(
        "SPEC034",
        f"`{_EXTENSION}` of an operation is true, false, or the name of a header that is free for it",
        context.locate(f"{operation.at}/{_EXTENSION}"),
        help=f"write `{_EXTENSION}: true` to have {_HEADER} sent",
        effect="it is read as if it were absent",
    )
    return None


def _is_free(header: str) -> bool:
    return _FIELD_NAME.fullmatch(header) is not None and header.lower() not in _TAKEN


def _parameter(context: Context, operation: openapi.Operation) -> IdempotencyKey | None:
    for parameter in operation.parameters:
        schema = context.follow(parameter.schema or openapi.Schema(at=parameter.at))
        is_named = parameter.place == "header" and parameter.name.lower() == _HEADER.lower()
        if not is_named and not _is_marked(parameter.extensions, schema.extensions):
            continue
        is_sent = parameter.place == "query" or (parameter.place == "header" and _is_free(parameter.name))
        if is_sent and _takes_uuid(schema):
            return IdempotencyKey(place=Place(parameter.place), name=parameter.name)
    return None


def _member(context: Context, operation: openapi.Operation, body: Body | None) -> IdempotencyKey | None:
    if body is None or not isinstance(body.type, Named) or operation.request_body is None:
        return None
    media = next(media for media in operation.request_body.content if media.at == body.at)
    schema = context.follow(media.schema or openapi.Schema(at=media.at))
    schema = allof.merge(context, schema) if schema.all_of else schema
    for name, member in schema.properties:
        target = context.follow(member)
        if _is_marked(member.extensions, target.extensions) and _takes_uuid(target):
            context.filled_in.add(member.at)
            return IdempotencyKey(place=None, name=name)
    return None


def _is_marked(*extensions: Mapping[str, Any]) -> bool:
    return any(each.get(mark) is True for each in extensions for mark in _MARKS)


def _takes_uuid(schema: openapi.Schema) -> bool:
    limit = schema.constraints.max_length
    return schema.types in ((), ("string",)) and schema.enum is None and (limit is None or limit >= _UUID_LENGTH)
