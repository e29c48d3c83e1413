"""Enumerations that stay open: a value that the API adds later is kept, and says so, instead of failing a reply."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Self, TypeVar, Union

__all__ = ["Open", "OpenEnum", "OpenInt", "OpenIntEnum"]


class _Open(Enum):
    """Shared half of the two kinds: unknown values become members of their own, one per value."""

    @property
    def is_known(self) -> bool:
        """Whether the value was documented when this client was generated."""
        return self.name in type(self).__members__

    @classmethod
    def _unknown(cls, value: Any, bare: Any) -> Any:
        bare._name_ = f"UNKNOWN_{value}"
        bare._value_ = value
        return cls._value2member_map_.setdefault(value, bare)


class OpenEnum(str, _Open):
    """A string enumeration. Members are strings: they compare, hash and format as their value."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return cls._unknown(value, str.__new__(cls, value)) if isinstance(value, str) else None

    def __str__(self) -> str:
        return str.__str__(self)


class OpenIntEnum(int, _Open):
    """An integer enumeration. Members are integers."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        is_int = isinstance(value, int) and not isinstance(value, bool)
        return cls._unknown(value, int.__new__(cls, value)) if is_int else None  # type: ignore[call-overload]

    def __str__(self) -> str:
        return int.__str__(self)


if TYPE_CHECKING:
    E = TypeVar("E", bound=Enum)
    # What a field of an enumeration takes: a member, or the plain value.
    Open = Union[E, str]  # noqa: UP007  (`|` makes no generic alias)
    OpenInt = Union[E, int]  # noqa: UP007  (the same)
else:

    class Open:
        """At run time a field is of the enumeration itself, so that replies are read into members."""

        def __class_getitem__(cls, item: Any) -> Any:
            return item

    OpenInt = Open
