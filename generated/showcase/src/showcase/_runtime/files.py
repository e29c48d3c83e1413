"""Files as parts of forms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Self

from msgspec import Struct

__all__ = ["File"]


class File(Struct, frozen=True, kw_only=True):
    """A file that a form carries.

    Attributes:
        content: Its bytes; they are sent as they are.
        name: File name that the server sees.
        content_type: Media type.
        headers: Further header fields of the part.
    """

    content: bytes
    name: str | None = None
    content_type: str | None = None
    headers: Mapping[str, str] = {}

    @classmethod
    def read(cls, path: str | Path, *, content_type: str | None = None) -> Self:
        """The file at `path`, under its own name.

        Args:
            path: Where it lies.
            content_type: Media type; by the name's ending where it is None.

        Raises:
            OSError: It cannot be read.
        """
        import mimetypes  # slow to import, and seldom needed

        path = Path(path)
        guessed = content_type or mimetypes.guess_type(path.name)[0]
        return cls(content=path.read_bytes(), name=path.name, content_type=guessed)

    def __repr__(self) -> str:
        return f"File(name={self.name!r}, {len(self.content)} bytes)"
