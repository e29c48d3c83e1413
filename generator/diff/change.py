"""One change, at whatever level: what happened to whom, where, and what a caller notices of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from generator.diff.rules import RULES, Impact
from generator.graph.model import TypeRef, Usage

Kind = Literal["api", "operation", "schema"]
_FINGERPRINT = 12  # hexadecimal digits: a chance of one in a million that two of 24,000 changes meet


@dataclass(frozen=True, slots=True)
class Subject:
    """What a change happened to: the API, an operation or a schema, by the pointer in the document where it is new,
    else where it is gone; `name` is what people call it.
    """

    kind: Kind
    id: str
    name: str

    def __str__(self) -> str:
        """How a report begins a line about it."""
        return self.name if self.kind == "api" else f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change.

    Attributes:
        rule: A key of the registry.
        subject: What it happened to.
        member: Which parameter, member or status of it; "" for the whole.
        name: What the rule's title calls it.
        before: How it was, as the title shows it.
        after: How it is.
        usage: In which direction it travels.
        at_before: Pointer in the old document, None where it was not there.
        at_after: Pointer in the new document, None where it is not there.
        operations: Names of the operations that are affected.
        witness: Code that worked before and does not now; "" where there is none.
        roots: Types that came or went with it.
        place: The file below the package that holds it, for Python's changes.
    """

    rule: str
    subject: Subject
    member: str = ""
    name: str = ""
    before: str = ""
    after: str = ""
    usage: Usage = Usage.BOTH
    at_before: str | None = None
    at_after: str | None = None
    operations: Sequence[str] = ()
    witness: str = ""
    place: str = ""
    roots: tuple[TypeRef, ...] = field(default=(), repr=False, compare=False)

    @property
    def impact(self) -> Impact:
        """What it means to callers."""
        return RULES[self.rule].view(self.usage).impact

    @property
    def sentence(self) -> str:
        """What a caller notices."""
        return RULES[self.rule].view(self.usage).sentence

    @property
    def title(self) -> str:
        """What happened."""
        return RULES[self.rule].title.format(name=self.name or self.member, before=self.before, after=self.after)

    @property
    def fingerprint(self) -> str:
        """The same for the same change, wherever in the document it stands and whatever changed beside it."""
        told = (self.rule, self.subject.kind, self.subject.name, self.member, self.name, self.before, self.after)
        return sha256("\0".join(told).encode("utf-8", "backslashreplace")).hexdigest()[:_FINGERPRINT]
