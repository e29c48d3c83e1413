"""The naming of one scope: names that must differ from each other, and from the reserved ones.

A name is pinned (by the configuration), locked (an earlier run gave it), preferred (by an extension of the document) or
derived from the source, in this order of force. A derived name that is reserved gets an underscore behind it; where
several meet, the first in the document's order keeps the name and the others are numbered. Every such change is
reported. A lock keeps a name only in a form of what is wanted today, so that it neither outlives a new preference nor
brings anything in that the document does not say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from generator.diagnostics import Report
from generator.python.identifiers import identifier
from generator.python.locked_names import is_form, numbered
from generator.python.pinned_names import Clash, Pins
from generator.python.text import Identifier

if TYPE_CHECKING:
    from generator.diagnostics import Location


class Wanted(Struct, frozen=True):
    """What is to be named.

    Attributes:
        key: By what a later run knows it again; "" for what no caller sees, whose name may change.
        derived: The name that its source gives it.
        at: Its pointer, "" where it has none.
    """

    key: str
    derived: str
    at: str = ""


class Scope(Struct, kw_only=True):
    """One scope.

    Attributes:
        what: What is named in it, for reports.
        reserved: Names that nothing may have, with the reason.
        report: Told of every name that gives way.
        locate: Finds a pointer.
        pins: Told of those that are given, and of those that are names of others.
        locked: Names of an earlier run, by key.
        decided: Takes the names that are given, by key; not the pinned ones, which are written down already.
        taken: Names that are given.
        awaited: Names that are free for those alone who have them from an earlier run.
        preferred: Names by pointer; `style` spells them.
    """

    what: str
    reserved: Mapping[str, str]
    report: Report
    locate: Callable[[str], Location]
    pins: Pins
    locked: Mapping[str, str]
    decided: dict[str, str]
    taken: set[str]
    awaited: AbstractSet[str]
    preferred: Mapping[str, str]
    style: Callable[[str], str]

    def assign(self, candidates: Iterable[Wanted]) -> list[Identifier]:
        """A name for each, in their order."""
        wanted = [self._preferring(candidate) for candidate in candidates]
        pinned = [index for index, each in enumerate(wanted) if each.at in self.pins.names]
        if pinned:
            self._find_clashes(wanted)
        found: dict[int, Identifier] = {}
        for index in pinned:
            at = wanted[index].at
            found[index] = identifier(self.pins.names[at])
            self.taken.add(self.pins.names[at])
            self.pins.used.add(at)
        for index, each in enumerate(wanted) if self.locked else ():
            if index not in found and self._keeps(each):
                found[index] = self._given(each, self.locked[each.key])
        for index, each in enumerate(wanted):
            if index not in found and each.at in self.preferred:
                found[index] = self._free(each)
        for index, each in enumerate(wanted):
            if index not in found:
                found[index] = self._free(each)
        return [found[index] for index in range(len(wanted))]

    def _find_clashes(self, wanted: Sequence[Wanted]) -> None:
        """Find pins to what a sibling is called by itself, or is pinned to. A sibling that an earlier run did not know
        gives way to a pin, as to any other name that was there before.
        """
        quiet = replace(self, report=Report(), pins=Pins(), decided={}, taken=set(self.taken))
        named = list(zip(wanted, map(str, quiet.assign(wanted)), strict=True))
        pinned = [(each, self.pins.names[each.at]) for each, _ in named if each.at in self.pins.names]
        others = [pair for pair in named if pair[0].at not in self.pins.names]
        holders = {name: each for each, name in others if not self.locked or each.key in self.locked}
        for each, name in pinned:
            holder = holders.setdefault(name, each)
            if holder is not each:
                self.pins.clashes[each.at] = Clash(self.what, holder.at)

    def _preferring(self, each: Wanted) -> Wanted:
        preferred = self.preferred.get(each.at)
        return each if preferred is None else Wanted(each.key, self.style(preferred) or each.derived, each.at)

    def _keeps(self, each: Wanted) -> bool:
        name = self.locked.get(each.key)
        return name is not None and name not in self.taken and is_form(name, each.derived, self._plain(each.derived))

    def _plain(self, derived: str) -> str:
        return f"{derived}_" if derived in self.reserved else derived

    def _free(self, each: Wanted) -> Identifier:
        name, number = self._plain(each.derived), 1
        while name in self.taken or name in self.awaited:
            number += 1
            name = numbered(each.derived, number)
        return self._given(each, name)

    def _given(self, each: Wanted, name: str) -> Identifier:
        derived = each.derived
        if derived in self.reserved:
            self._renamed(each.at, derived, self._plain(derived), f"{derived!r} {self.reserved[derived]}")
        if name != self._plain(derived):
            is_taken = self._plain(derived) in self.taken or self._plain(derived) in self.awaited
            why = f"{derived!r} is taken by another {self.what}" if is_taken else "it has been called so before"
            self._renamed(each.at, derived, name, why)
        self.taken.add(name)
        if each.key:
            self.decided[each.key] = name
        return identifier(name)

    def _renamed(self, at: str, derived: str, name: str, reason: str) -> None:
        self.report.note(
            "NAME001",
            f"{self.what} {derived!r} is called {name!r}, because {reason}",
            self.locate(at),
            help=f'pin another name in sdk.toml: [names] "{at}" = "..."',
        )
