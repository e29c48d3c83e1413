"""Header fields of replies, as properties of results."""

from __future__ import annotations

from collections.abc import Iterator

from generator.graph.header_shape import ReplyHeader
from generator.graph.model import Docs, MapOf
from generator.graph.reply_headers import headers_of
from generator.protocols.binding import BoundOperation
from generator.python.docstrings import docstring
from generator.python.literals import literal
from generator.python.markdown import code_span, table_cell
from generator.python.plan.reply_headers import HeaderRow, ReplyHeaderPlan
from generator.python.planning.models import words
from generator.python.setting import Setting

_IN_METHOD = 8


def header_plans(setting: Setting, bound: BoundOperation) -> Iterator[ReplyHeaderPlan]:
    """The properties of an operation's result."""
    names = setting.names.operations[bound.operation.id].reply_headers
    for header in headers_of(bound.operation):
        how = _how(header)
        yield ReplyHeaderPlan(
            property=names[header.name],
            annotation=setting.signatures.of(header.type, optional=True),
            docstring=docstring(
                "Deprecated." if header.deprecated else "",
                words(Docs(description=header.description)) or _usual(header),
                indent=_IN_METHOD,
            ),
            name=literal(header.name),
            type=setting.values.of(header.type),
            how=literal(how) if how else None,
        )


def header_rows(setting: Setting, bound: BoundOperation, holder: str) -> Iterator[HeaderRow]:
    """The table of an operation's page; `holder` is the variable that has them."""
    names = setting.names.operations[bound.operation.id].reply_headers
    for header in headers_of(bound.operation):
        annotation = str(setting.signatures.of(header.type)).replace("_dt.", "datetime.").replace("_t.", "")
        yield HeaderRow(
            property=code_span(f"{holder}.{names[header.name]}"),
            type=code_span(annotation),
            name=code_span(header.name),
            description=table_cell(header.description or ""),
        )


def style_of(header: ReplyHeader) -> str | None:
    """The style that the field is written in, None for `simple`."""
    if header.is_json:
        return "json"
    return "prefix" if isinstance(header.type, MapOf) and header.name.endswith("-") else None


def _how(header: ReplyHeader) -> str:
    return style_of(header) or ("explode" if header.explode else "")


def _usual(header: ReplyHeader) -> str:
    return "Header fields." if _how(header) == "prefix" else "Header field."
