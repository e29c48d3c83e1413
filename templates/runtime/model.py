"""Base classes of what a client takes and returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from msgspec import UNSET, Struct, UnsetType, field

from .choices import Choice, Unknown
from .codec import BESIDE, decode, decode_plain, encode, plain
from .enums import Open, OpenEnum, OpenInt, OpenIntEnum
from .http import Headers, HTTPResponse

__all__ = [
    "UNSET",
    "Choice",
    "Model",
    "Open",
    "OpenEnum",
    "OpenInt",
    "OpenIntEnum",
    "OpenModel",
    "Response",
    "Unknown",
    "UnsetType",
    "beside",
    "constant",
    "field",
    "request_id_of",
]


class _Hidden:
    """Stands in a `repr` for what must not be shown."""

    def __repr__(self) -> str:
        return "**********"


HIDDEN = _Hidden()
_REQUEST_ID_HEADERS = ("x-amzn-requestid", "x-amz-request-id", "x-request-id", "request-id")


class _Discreet(Struct):
    """Shows itself without what the API declares sensitive."""

    __sensitive__: ClassVar[frozenset[str]] = frozenset()

    def __repr__(self) -> str:
        shown = (f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"{type(self).__name__}({', '.join(shown)})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """What `rich` shows, which asks no `repr` where it finds this: the same as `repr`."""
        values = ((name, getattr(self, name)) for name in self.__struct_fields__)
        shown = ((name, value) for name, value in values if value is not None and value is not UNSET)
        return [(name, HIDDEN if name in self.__sensitive__ else value) for name, value in shown]


class Model(_Discreet, kw_only=True, omit_defaults=True):
    """A value of the API: its attributes are the members, their names on the wire are in the class.

    An attribute that is None was not sent, and will not be; where null is a value of its own, `UNSET` says so, and
    None is sent as null. `repr` hides the members that the API declares sensitive.
    """

    __timestamps__: ClassVar[Mapping[str, str]] = {}
    __required_to_send__: ClassVar[frozenset[str]] = frozenset()  # may be missing in replies, so they have a default

    def to_dict(self) -> dict[str, Any]:
        """The members by their names on the wire, as plain data; those that are not set are left out."""
        found: dict[str, Any] = plain(self)
        return found

    def to_json(self) -> str:
        """The same as JSON text."""
        return encode(self).decode()

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Self:
        """Read plain data, as tolerantly as replies are read: what is missing is None, what is unknown is left out."""
        return cast("Self", decode_plain(cls, document))

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read JSON text.

        Raises:
            DecodeError: It is no JSON object.
        """
        return cast("Self", decode(cls, text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text))


class OpenModel(Model, forbid_unknown_fields=True):
    """A model that keeps members that it does not know: one of its attributes is `beside`."""

    # Refusing them sends msgspec's reading on to the tolerant one, which keeps them.

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        names = dict(zip(self.__struct_encode_fields__, self.__struct_fields__, strict=True))
        return [(name, value) for name, value in super().__rich_repr__() if value or name != names.get(BESIDE)]


def beside() -> Any:
    """The attribute that holds an `OpenModel`'s further members, by their names on the wire."""
    return field(default_factory=dict, name=BESIDE)


def constant(value: Any, name: str | None = None) -> Any:
    """An attribute that has one value: it need not be given, and is always sent.

    Args:
        value: The value.
        name: Its name on the wire, where that is not the attribute's.
    """
    return field(default_factory=lambda: value, name=name)  # a plain default would be left out


class Response(_Discreet, kw_only=True):
    """What a call returns: the reply's facts, and in subclasses the decoded body under the name of its type.

    Attributes:
        raw_response: The reply as it arrived.
        attempts: How many requests were sent for the call.
    """

    raw_response: HTTPResponse
    attempts: int = 1

    @property
    def status_code(self) -> int:
        """HTTP status."""
        return self.raw_response.status_code

    @property
    def headers(self) -> Headers:
        """Header fields, a case-insensitive mapping."""
        return self.raw_response.headers

    @property
    def content_type(self) -> str:
        """Media type of the body, empty where the server named none."""
        return self.raw_response.headers.get("content-type", "")

    @property
    def request_id(self) -> str | None:
        """The id by which the API's operators find the request, or None."""
        return request_id_of(self.raw_response)


def request_id_of(response: HTTPResponse) -> str | None:
    """The request id that a reply carries in one of the usual headers."""
    return next((response.headers[name] for name in _REQUEST_ID_HEADERS if name in response.headers), None)
