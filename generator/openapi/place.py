"""Where a value stands in its text. A scanner answers with places; what they mean in lines is the source's affair."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct


class Place(Struct, frozen=True):
    """Offsets of a value, and of the key in front of it; an item of an array has no key.

    Args:
        start: Of the value's first character.
        end: After the last character of a scalar; after the first one of a container, which would be too long to mark.
        key_start: Of the key's first character.
        key_end: After the key's last character.
    """

    start: int
    end: int
    key_start: int | None = None
    key_end: int | None = None


class Places(Protocol):
    """Finds values in a text that has been read."""

    def find(self, tokens: Sequence[str]) -> Place:
        """The place of the value at `tokens`; where there is none, that of the nearest value around it."""
        ...
