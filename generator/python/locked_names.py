"""Names that outlive the run that decided them, so that no name changes because a sibling appeared.

They are kept in the package's manifest, which nobody has to believe: a locked name is given only to what it was given
to, and only in a form that could have been derived for it. So the worst that an entry can do is to number a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256

from generator.python.identifiers import LENGTH_LIMIT

NameTable = Mapping[str, Mapping[str, str]]
"""Names by scope, and there by what they name."""

# Keys whose values are lists that types are defined in; what is put before one of them moves it.
_IN_LIST = re.compile(r"/(parameters|allOf|anyOf|oneOf|prefixItems)/\d+(?=/|$)")
_LONGEST = 64  # of a key
_HASH_DIGITS = 12  # whoever finds two names with one hash makes their things swap numbers, and no more
_NUMBERED = re.compile(r".+(_[1-9][0-9]{0,5})", re.DOTALL)


def places_of(defined: Iterable[tuple[str, str]]) -> list[str]:
    """How later runs know what is at these pointers.

    Args:
        defined: Pointers with the names of the source for what is there.

    Returns:
        A key for each, as `key` spells it: the pointer, or where it leads through a list, whose numbers mean something
        else tomorrow, the list with the source's name; with a number where that is not the first of its kind.
    """
    found, seen = [], Counter[str]()
    for pointer, name in defined:
        place = _IN_LIST.sub(r"/\1/*", pointer)
        if place != pointer:
            place = f"{place} {name}"
            seen[place] += 1
            place += f" {seen[place]}" if seen[place] > 1 else ""
        found.append(key(place))
    return found


def key(name: str) -> str:
    """What stands for a name or a place of a document: itself, with a hash in place of its end where it is long."""
    if len(name) <= _LONGEST:
        return name
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_DIGITS]
    return f"{name[: _LONGEST - _HASH_DIGITS - 1]}#{digest}"


def numbered(derived: str, number: int) -> str:
    """A name that gives way to others, `number` being at least 2."""
    suffix = f"_{number}"
    return f"{derived[: LENGTH_LIMIT - len(suffix)]}{suffix}"


def is_form(name: str, derived: str, plain: str) -> bool:
    """Whether a locked name is `plain`, or a numbered form of `derived`; nothing else is ever given."""
    found = _NUMBERED.fullmatch(name)
    return name == plain or (found is not None and name == numbered(derived, int(found[1][1:])) and found[1] != "_1")
