"""How a request is sent beyond what OpenAPI can say: `x-hostPrefix` and `x-requestCompression` of an operation.

Both are traits of Smithy (`endpoint` and `requestCompression`), and mean here what they mean there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from generator.graph.model import Enumeration, Named, Operation, Record, Scalar, ScalarKind, TypeDef, TypeRef
from generator.graph.types import Context
from generator.openapi import model as openapi

if TYPE_CHECKING:
    from generator.diagnostics import Report

_HOST_PREFIX: Final = re.compile(r"(?:[A-Za-z0-9.-]|\{[^{}]+\})+")
_LABEL: Final = re.compile(r"\{([^{}]+)\}")
_GZIP: Final = "gzip"


def host_prefix(context: Context, operation: openapi.Operation) -> str | None:
    """What is put before the server's host, `{name}` standing for a member of the body; None where nothing is."""
    declared = operation.extensions.get("x-hostPrefix")
    if declared is None or (isinstance(declared, str) and _HOST_PREFIX.fullmatch(declared)):
        return declared
    context.report.warning(
        "SPEC037",
        "`x-hostPrefix` must be a part of a host name, with `{name}` where members of the body go",
        context.locate(f"{operation.at}/x-hostPrefix"),
        help="write labels and dots, such as `data.` or `{account}.`",
        effect="requests go to the server's own host",
    )
    return None


def is_compressed(context: Context, operation: openapi.Operation) -> bool:
    """Whether long bodies are compressed with gzip, the one encoding that clients have."""
    declared = operation.extensions.get("x-requestCompression")
    if isinstance(declared, list) and _GZIP in declared:
        return True
    if declared is not None:
        context.report.warning(
            "SPEC036",
            "`x-requestCompression` must be a list of encodings that has `gzip`",
            context.locate(f"{operation.at}/x-requestCompression"),
            help="write `x-requestCompression: [gzip]`, or remove it",
            effect="bodies are sent as they are",
        )
    return False


def with_known_labels(
    context: Context, operations: Iterable[Operation], types: Mapping[str, TypeDef], report: Report
) -> Iterator[Operation]:
    """The operations, each with a host prefix only where its labels are required texts of the body."""
    for operation in operations:
        unknown = set(_LABEL.findall(operation.host_prefix or "")) - set(_texts(operation, types))
        if not unknown:
            yield operation
            continue
        report.warning(
            "SPEC037",
            f"`x-hostPrefix` names {min(unknown)!r}, which is no required text of the body",
            context.locate(f"{operation.id}/x-hostPrefix"),
            help="name required members of the body that are strings",
            effect="requests go to the server's own host",
        )
        yield replace(operation, host_prefix=None)


def _texts(operation: Operation, types: Mapping[str, TypeDef]) -> Iterator[str]:
    body = None if operation.body is None else operation.body.type
    record = types.get(body.id) if isinstance(body, Named) else None
    if isinstance(record, Record):
        yield from (field.name for field in record.fields if field.required and _is_text(field.type, types))


def _is_text(type_: TypeRef, types: Mapping[str, TypeDef]) -> bool:
    match type_:
        case Scalar(kind):
            return kind is ScalarKind.STRING
        case Named(id_):
            definition = types[id_]
            return isinstance(definition, Enumeration) and definition.kind is ScalarKind.STRING
        case _:
            return False
