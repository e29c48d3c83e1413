"""Python expressions as values, for examples: calls, lists and dicts, one argument or item a line."""

from __future__ import annotations

from msgspec import Struct

from generator.python.text import Code, Literal

_STEP = "    "


class Call(Struct, frozen=True):
    """A call with keyword arguments, or with literals alone."""

    callee: str
    arguments: tuple[tuple[str, Expression], ...]
    literals: tuple[Literal, ...] = ()


class Items(Struct, frozen=True):
    """A list."""

    items: tuple[Expression, ...]


class Pairs(Struct, frozen=True):
    """A dict."""

    pairs: tuple[tuple[Literal, Expression], ...]


Expression = Call | Items | Pairs | Literal


def write(expression: Expression, indent: str = "") -> Code:
    """The expression's text; lines after the first begin with `indent`."""
    return Code(_write(expression, indent))


def _write(expression: Expression, indent: str) -> str:
    inner = indent + _STEP
    match expression:
        case Call(callee, (), literals):
            return f"{callee}({', '.join(literals)})"
        case Call(callee, arguments):
            lines = [f"{inner}{name}={_write(value, inner)},\n" for name, value in arguments]
            return f"{callee}(\n{''.join(lines)}{indent})"
        case Items(items):
            lines = [f"{inner}{_write(item, inner)},\n" for item in items]
            return f"[\n{''.join(lines)}{indent}]" if lines else "[]"
        case Pairs(pairs):
            lines = [f"{inner}{key}: {_write(value, inner)},\n" for key, value in pairs]
            return f"{{\n{''.join(lines)}{indent}}}" if lines else "{}"
        case _:
            return str(expression)
