"""Values just inside and just outside each limit of Cognito Identity, for every place where callers give values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tests.differential.oracle import MODEL
from tests.validation.cognito_facts import COUNTS, ENUMS, NUMBERS, TEXTS, WORDS

Wrap = Callable[[Any], Any]
Step = str | int | tuple[str]


class Probe(NamedTuple):
    """Arguments of an operation with one value at a limit.

    Attributes:
        way: Where that value is: names of members, positions in lists, keys of maps in a tuple of one.
        violated: The keyword that refuses it; None where it is inside.
    """

    operation: str
    arguments: dict[str, Any]
    way: tuple[Step, ...]
    violated: str | None


def probes(operation: str) -> Iterator[Probe]:
    """Every limit of an operation's input, from both sides."""
    shape = MODEL.operation_model(operation).input_shape
    for value, way, violated in _variants(shape):
        yield Probe(operation, value, way, violated)


def valid(shape: Any) -> Any:
    """The least that is allowed."""
    match shape.type_name:
        case "structure":
            return {name: valid(shape.members[name]) for name in shape.required_members}
        case "list":
            return [valid(shape.member)] * (COUNTS.get(shape.name, (None, None))[0] or 0)
        case "map":
            return {}
        case "boolean":
            return True
        case "string":
            return _texts(shape)[0]
        case _:
            return NUMBERS[shape.name][0]


def _texts(shape: Any) -> tuple[str, ...]:
    words = ENUMS.get(shape.name) or WORDS.get(shape.name)
    if words is not None:
        return words
    text = TEXTS[shape.name]
    return (text.of_length(max(text.low, len(text.start) + 1)),)


def _variants(shape: Any) -> Iterator[tuple[Any, tuple[Step, ...], str | None]]:
    match shape.type_name:
        case "structure":
            for name, member in shape.members.items():
                for value, way, violated in _variants(member):
                    yield {**valid(shape), name: value}, (name, *way), violated
        case "list":
            yield from _counted(shape, lambda count: [valid(shape.member)] * count, "Items")
            for value, way, violated in _variants(shape.member):
                yield [valid(shape.member), value], (1, *way), violated
        case "map":
            yield from _maps(shape)
        case "string":
            yield from ((value, (), violated) for value, violated in _strings(shape))
        case "integer" | "long":
            low, high = NUMBERS[shape.name]
            yield from ((low, (), None), (high, (), None), (low - 1, (), "minimum"), (high + 1, (), "maximum"))


def _maps(shape: Any) -> Iterator[tuple[Any, tuple[Step, ...], str | None]]:
    yield from _counted(shape, lambda count: _map(shape, count), "Properties")
    for value, way, violated in _variants(shape.value):
        key = _texts(shape.key)[0]
        yield {key: value}, ((key,), *way), violated
    for key, _, violated in _variants(shape.key):
        yield {key: valid(shape.value)}, ((key,),), violated


def _strings(shape: Any) -> Iterator[tuple[str, str | None]]:
    if shape.name in ENUMS:
        yield from ((value, None) for value in ENUMS[shape.name])
        yield ENUMS[shape.name][0].lower(), "enum"
    elif shape.name in WORDS:
        yield from ((value, None) for value in WORDS[shape.name])
        yield f"x{WORDS[shape.name][0]}", "pattern"
    else:
        text = TEXTS[shape.name]
        yield text.of_length(max(text.low, len(text.start) + 1)), None
        yield text.of_length(text.high), None
        yield text.of_length(text.high + 1), "maxLength"
        if text.low:
            yield "x" * (text.low - 1), "minLength"
        if text.bad is not None:
            yield text.of_length(text.high - 1) + text.bad, "pattern"


def _counted(
    shape: Any, make: Callable[[int], Any], keyword: str
) -> Iterator[tuple[Any, tuple[Step, ...], str | None]]:
    low, high = COUNTS.get(shape.name, (None, None))
    if low is not None:
        yield make(low), (), None
        yield make(low - 1), (), f"min{keyword}"
    if high is not None:
        yield make(high), (), None
        yield make(high + 1), (), f"max{keyword}"


def _map(shape: Any, count: int) -> dict[str, Any]:
    words = WORDS.get(shape.key.name)
    keys = [*(words or ()), *(f"{'x' * 20}{number}" for number in range(count))][:count]
    return {key: valid(shape.value) for key in keys}
