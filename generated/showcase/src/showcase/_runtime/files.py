"""Files as parts of forms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from msgspec import Struct

from .uploads import Upload

__all__ = ["File"]


if TYPE_CHECKING:
    Content = bytes | Upload
else:
    Content = Any  # msgspec reads no unions with classes that it does not know


class File(Struct, frozen=True, kw_only=True):
    """A file that a form carries.

    Attributes:
        content: Its bytes, which are sent as they are; an `Upload` is read while it is sent.
        name: File name that the server sees.
        content_type: Media type.
        headers: Further header fields of the part.
    """

    content: Content
    name: str | None = None
    content_type: str | None = None
    headers: Mapping[str, str] = {}

    def __post_init__(self) -> None:
        if not isinstance(self.content, bytes | Upload):
            raise TypeError(f"the content of a file is bytes or an Upload, not {type(self.content).__name__}")

    @classmethod
    def read(cls, path: str | Path, *, content_type: str | None = None) -> Self:
        """The file at `path`, under its own name, as it is now.

        Args:
            path: Where it lies.
            content_type: Media type; by the name's ending where it is None.

        Raises:
            OSError: It cannot be read.
        """
        path = Path(path)
        return cls(content=path.read_bytes(), name=path.name, content_type=content_type or _guessed(path))

    @classmethod
    def open(cls, path: str | Path, *, content_type: str | None = None) -> Self:
        """Like `read`, but read while it is sent, and never held in memory.

        Raises:
            OSError: There is no such file.
        """
        path = Path(path)
        return cls(content=Upload(path), name=path.name, content_type=content_type or _guessed(path))

    def __repr__(self) -> str:
        size = len(self.content) if isinstance(self.content, bytes) else self.content.size
        return f"File(name={self.name!r}, {'an unknown number of' if size is None else size} bytes)"


def _guessed(path: Path) -> str | None:
    import mimetypes  # slow to import, and seldom needed

    return mimetypes.guess_type(path.name)[0]
