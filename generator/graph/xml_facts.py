"""A value in XML, as far as the document says how it is written."""

from __future__ import annotations

from msgspec import Struct


class Xml(Struct, frozen=True, kw_only=True):
    """What the document says of a value in XML.

    Attributes:
        name: Of its element or attribute, None for the usual one.
        attribute: Whether it is an attribute.
        wrapped: Whether a list has an element around its items; None where the document does not say.
        item: Name of the elements of its items, None where the document does not say.
        key: Name of the element of a map's key, where that is not `key`.
        value: Name of the element of a map's value, where that is not `value`.
        namespace: URI of the element's namespace.
        prefix: What stands for it.
    """

    name: str | None = None
    attribute: bool = False
    wrapped: bool | None = None
    item: str | None = None
    key: str | None = None
    value: str | None = None
    namespace: str | None = None
    prefix: str | None = None


UNSAID = Xml()
