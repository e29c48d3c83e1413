"""Code that worked with the package as it was, and does not with the package as it would be.

A witness is a function, so that its annotations say what its values are, and a type checker can judge it. It is made of
the old package's names and annotations alone, never of a document's text.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.diff.side import Slot
from generator.python.identifiers import snake_case


def call(client: str, method: str, slots: Iterable[Slot], extra: Slot | None = None) -> str:
    """A call of a method with what must be given, and `extra`."""
    given = _given(slots, extra)
    signature = "".join(f", {each.name}: {each.annotation}" for each in given)
    arguments = ", ".join(f"{each.name}={each.name}" for each in given)
    return f"def caller(client: {client}{signature}) -> None:\n    {method}({arguments})\n"


def make(class_: str, slots: Iterable[Slot], extra: Slot | None = None) -> str:
    """Making an object of a class with what must be given, and `extra`."""
    given = _given(slots, extra)
    signature = ", ".join(f"{each.name}: {each.annotation}" for each in given)
    arguments = ", ".join(f"{each.name}={each.name}" for each in given)
    return f"def maker({signature}) -> {class_}:\n    return {class_}({arguments})\n"


def read(class_: str, slot: Slot) -> str:
    """Reading an attribute."""
    name = snake_case(class_.rsplit(".", 1)[-1]) or "value"
    return f"def reader({name}: {class_}) -> {slot.annotation}:\n    return {name}.{slot.name}\n"


def choose(class_: str, options: str, *, reads: bool) -> str:
    """Reading a choice as one of the options that there were, or giving one of them for it."""
    if reads:  # objects of kinds that the client does not know come as dicts
        return f"def reader(value: {class_}) -> {options} | dict[str, typing.Any]:\n    return value\n"
    return f"def giver(value: {options}) -> {class_}:\n    return value\n"


def mention(symbol: str) -> str:
    """Naming a class, an exception or a value."""
    return f"{symbol}\n"


def iterate(client: str, method: str, slots: Iterable[Slot]) -> str:
    """Going through the items of all pages."""
    given = _given(slots, None)
    signature = "".join(f", {each.name}: {each.annotation}" for each in given)
    arguments = ", ".join(f"{each.name}={each.name}" for each in given)
    return f"def caller(client: {client}{signature}) -> None:\n    for _ in {method}({arguments}):\n        pass\n"


def _given(slots: Iterable[Slot], extra: Slot | None) -> list[Slot]:
    return [each for each in slots if each.default is None or (extra is not None and each.name == extra.name)]
