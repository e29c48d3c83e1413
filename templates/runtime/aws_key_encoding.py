"""Keys in S3's lists: they may hold what XML cannot (its section 2.2), and so they travel percent-encoded.

Lists are asked for that way unless the caller says something else, and read that way whenever the reply says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

if TYPE_CHECKING:
    from .draft import Draft
    from .operation import Operation
    from .xml_tree import Element

__all__ = ["ask_for_encoding", "decode_keys"]

_PARAMETER = "encoding-type"
_ENCODED = frozenset(
    {"Delimiter", "Key", "KeyMarker", "Marker", "NextKeyMarker", "NextMarker", "Prefix", "StartAfter"}
)  # as S3's reference says of `EncodingType`


def ask_for_encoding(operation: Operation[Any], draft: Draft) -> None:
    """Add the parameter where the operation has it and the caller did not give it."""
    has_it = any(parameter.name == _PARAMETER for parameter in operation.parameters)
    if has_it and not any(pair.startswith(f"{_PARAMETER}=") for pair in draft.query):
        draft.query.append(f"{_PARAMETER}=url")


def decode_keys(root: Element) -> None:
    """Replace encoded texts by what they mean, where the reply says that they are encoded."""
    if any(child.name == "EncodingType" and child.text == "url" for child in root.children):
        pending = [root]
        while pending:
            element = pending.pop()
            if element.name in _ENCODED and not element.children:
                element.text = unquote_plus(element.text)
            pending += element.children
