"""How one annotation stands to another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Literal

Relation = Literal["same", "widened", "narrowed", "changed"]
_NAME = re.compile(r"[A-Za-z_][\w.]*")


def relation(before: str, after: str) -> Relation:
    """Whether a value of one is always a value of the other. Lists and dicts are invariant: a variable of another
    list type does not fit, whatever its items are. An `int` is a `float` (PEP 484).
    """
    if before == after:
        return "same"
    olds, news = set(members(before)), set(members(after))
    if olds == news:
        return "same"
    if "typing.Any" in news or _fit(olds, news):
        return "widened"
    return "narrowed" if "typing.Any" in olds or _fit(news, olds) or _fills_in(before, after) else "changed"


def _fit(options: AbstractSet[str], others: AbstractSet[str]) -> bool:
    return options <= (others | {"int"} if "float" in others else others)


def _fills_in(before: str, after: str) -> bool:
    """Whether all that is new are names of types where any type was, as in `list[str]` for `list[typing.Any]`."""
    anything = re.escape("typing.Any")
    return (
        anything in re.escape(before)
        and re.fullmatch(re.escape(before).replace(anything, r"[\w.]+"), after) is not None
    )


def members(annotation: str) -> Iterator[str]:
    """The options of a union."""
    depth, start = 0, 0
    for index, character in enumerate(annotation):
        depth += (character in "[(") - (character in "])")
        if character == "|" and depth == 0:
            yield annotation[start:index].strip()
            start = index + 1
    yield annotation[start:].strip()


def renamed(annotation: str, names: Mapping[str, str]) -> str:
    """The annotation with classes by their new names, `shared.` before those of the API."""
    return _NAME.sub(lambda word: names.get(word.group(), word.group()), annotation) if names else annotation


def without_none(annotation: str) -> str:
    """The annotation of a value that is there."""
    kept = [each for each in members(annotation) if each not in ("None", "UnsetType")]
    return " | ".join(kept) or "None"
