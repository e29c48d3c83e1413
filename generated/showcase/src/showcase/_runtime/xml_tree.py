"""XML as a tree of elements, by the standard library's expat.

Documents with a document type declaration are refused, and so entities of a document's own, from outside or expanding
without end (XML 1.0, section 4.2); nesting has a limit. Namespaces are read past: an element is known by its
local name.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from .errors import DecodeError

__all__ = ["Element", "parse"]

_DEPTH = 100


class Element:
    """An element.

    Attributes:
        name: Its local name.
        attributes: Values by name, as they are written.
        children: The elements in it.
        text: The text in it, that of its children left out.
    """

    __slots__ = ("attributes", "children", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element] = []
        self.text = ""

    def find(self, name: str) -> Element | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> Iterator[Element]:
        """The children of that name."""
        return (child for child in self.children if child.name == name)


def parse(data: bytes) -> Element:
    """The root of a document.

    Raises:
        DecodeError: It is not well-formed, has a document type declaration, or is nested too deeply.
    """
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        parser.Parse(data, True)  # noqa: FBT003  (it takes no keyword)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise DecodeError(f"the reply's body is not XML: {reason} at line {error.lineno}") from None
    except (ValueError, LookupError):  # an encoding that Python does not know
        raise DecodeError("the reply's body is XML in an unknown encoding") from None
    assert reader.root is not None, "expat refuses a document without an element"
    return reader.root


class _Reader:
    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._text: list[list[str]] = []

    def refuse(self, name: str, system: str | None, public: str | None, has_subset: int) -> None:
        raise DecodeError("the reply's body has a document type declaration, which is not read")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= _DEPTH:
            raise DecodeError("the reply's body is nested too deeply")
        element = Element(name.rpartition(":")[2], attributes)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._text.append([])

    def end(self, name: str) -> None:
        self._open.pop().text = "".join(self._text.pop())

    def characters(self, text: str) -> None:
        self._text[-1].append(text)
