"""Header fields of replies, made from the API's description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..codec import encode
from .bodies import read_json
from .service import Service, UnreadableRequest
from .values import Place, Values

if TYPE_CHECKING:
    from ..operation import Parameter

__all__ = ["MadeHeaders", "ReplyField"]

# They speak of this very message, of its way, or of a page that there is not: what is made up would be untrue.
_OF_THE_MESSAGE = frozenset(
    {
        "connection",
        "content-digest",
        "content-encoding",
        "content-length",
        "content-md5",
        "content-range",
        "content-type",
        "date",
        "digest",
        "link",
        "repr-digest",
        "set-cookie",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
_CHECKSUMS = "x-amz-checksum-"


class ReplyField(NamedTuple):
    """A documented header field: how it is written, and the type of its value; `parameter.field` is the attribute of
    the result that reads it.
    """

    parameter: Parameter
    type_: Any


class MadeHeaders:
    """Makes those of one operation.

    Args:
        name: The operation's name.
        fields: What is documented.
        values: Makes the values.
        service: Writes them.
    """

    def __init__(self, name: str, fields: Sequence[ReplyField], values: Values, service: Service) -> None:
        self._name = name
        self._fields = {field.parameter.field: field for field in fields}
        self._values = values
        self._service = service

    @property
    def names(self) -> frozenset[str]:
        """The attributes of the result that read header fields."""
        return frozenset(self._fields)

    def check(self, decided: Mapping[str, Any]) -> None:
        """See that what a test decides is of the documented types, and can be written.

        Raises:
            TypeError: It is not.
            ValueError: It holds what no header field can.
        """
        for name, value in decided.items():
            if value is None:
                continue
            parameter, type_ = self._fields[name]
            try:
                read_json(type_, encode(value))
            except UnreadableRequest as error:
                raise TypeError(f"{name}: {error}") from None
            if not all(map(_can_travel, self._service.fields(parameter, value))):
                raise ValueError(f"{name}: header fields hold printable ASCII and nothing else")

    def made(self, decided: Mapping[str, Any]) -> list[tuple[str, str]]:
        """The fields: what is decided, by attribute, and for the rest what can be made up; None leaves a field out."""
        return list(self._made(decided))

    def _made(self, decided: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for attribute, (parameter, type_) in self._fields.items():
            if attribute in decided:
                value = decided[attribute]
            elif self._is_of_the_message(parameter.name.lower()):
                continue
            else:
                value = self._values.of(type_, Place(attribute.strip("_"), f"{self._name}.{attribute}"))
            if value is not None:
                yield from filter(_can_travel, self._service.fields(parameter, value))

    def _is_of_the_message(self, name: str) -> bool:
        request_id = self._service.request_id_header.lower()  # which has another value each time
        return name in _OF_THE_MESSAGE or name == request_id or name.startswith(_CHECKSUMS)


def _can_travel(field: tuple[str, str]) -> bool:
    return all(text.isascii() and text.isprintable() for text in field)
