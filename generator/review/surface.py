"""The Python that callers write against, declaration by declaration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.diff.side import Side, Slot, shown
from generator.graph.model import Choice, Enumeration, Record
from generator.python.plan.package import RecordPlan
from generator.review.lines import Lines, difference

_MOST_LINES = 80

Place = tuple[str, str]
"""Kind and id by which both sides know an operation or a schema."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A method or class on both sides; `sign` is `+`, `-` or `~`."""

    symbol: str
    sign: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the package: what changed in it, and how much of it did not."""

    name: str
    changed: tuple[Declaration, ...]
    unchanged: int


class Surface:
    """One side: the text of each declaration by its symbol, the symbols of operations and schemas, and the operations
    by the names that the document gives them.
    """

    def __init__(self, side: Side) -> None:
        """Spell them all."""
        self.declarations: dict[str, tuple[str, ...]] = {}
        self.symbols: dict[Place, str] = {}
        self.operations: dict[str, Place] = {}
        self._operations(side)
        self._schemas(side)
        for error in side.plan.errors:
            details = () if error.details is None else (f"    details: {shown(str(error.details))}",)
            self.declarations[f"errors.{error.name}"] = (f"class {error.name}:", *details)

    def _operations(self, side: Side) -> None:
        for id_, plan in side.operations.items():
            symbol = side.method(id_)
            raised = [f"    # raises errors.{name}" for _, name in plan.errors]
            arguments = [f"    {_slot(each)}," for each in side.arguments(id_)]
            head = [f"{symbol}(", "    *,", *arguments] if arguments else [f"{symbol}("]
            self.declarations[symbol] = (*head, f") -> {shown(str(plan.returns))}", *raised)
            place = "operation", side.canonical.get(id_, id_)
            self.symbols[place] = symbol
            self.operations[side.bounds[id_].operation.source_name] = place
            self._declare(plan.request, side.plain(plan.request, id_, {}))
            if plan.is_whole:
                self._declare(plan.result, [*side.plain(plan.result, id_, {}), *side.reply_headers(id_)])

    def _declare(self, model: RecordPlan, slots: Iterable[Slot]) -> None:
        self.declarations[f"operations.{model.name}"] = _class(str(model.name), map(_slot, slots))

    def _schemas(self, side: Side) -> None:
        for id_, definition in side.types.items():
            name = str(side.names.types[id_])
            match definition:
                case Record():
                    lines = _class(name, map(_slot, side.slots(id_)))
                case Enumeration():
                    lines = _class(name, (f"{member} = {value}" for member, value in side.enums[id_].members))
                case Choice():
                    lines = (f"{name} = {side.options(id_)}",)
            self.declarations[f"shared.{name}"] = lines
            self.symbols["schema", side.canonical.get(id_, id_)] = f"shared.{name}"


def modules(old: Surface, new: Surface) -> Iterator[Module]:
    """What became of every module."""
    symbols = sorted(old.declarations.keys() | new.declarations.keys())
    for name in dict.fromkeys(symbol.partition(".")[0] for symbol in symbols):
        own = [symbol for symbol in symbols if symbol.partition(".")[0] == name]
        found = [each for symbol in own if (each := declaration(old, new, symbol, symbol)) is not None]
        yield Module(name, tuple(found), len(own) - len(found))


def declaration(old: Surface, new: Surface, was: str | None, now: str | None) -> Declaration | None:
    """What became of a declaration; None where nothing did.

    Args:
        old: The old side.
        new: The new side.
        was: Its symbol there, if it has one.
        now: Its symbol here.
    """
    before, after = old.declarations.get(was or "", ()), new.declarations.get(now or "", ())
    if before == after:
        return None
    sign = "+" if not before else "-" if not after else "~"
    return Declaration(now if after and now else was or "", sign, difference(before, after, _MOST_LINES))


def _class(name: str, members: Iterable[str]) -> tuple[str, ...]:
    return (f"class {name}:", *(f"    {member}" for member in members))


def _slot(slot: Slot) -> str:
    return f"{slot.name}: {slot.annotation}" + ("" if slot.default is None else f" = {slot.default}")
