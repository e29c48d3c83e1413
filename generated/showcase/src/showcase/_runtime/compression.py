"""Bodies compressed on their way out, where an API says that it takes them (RFC 9110, section 8.4.1.3)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .errors import ConfigurationError

if TYPE_CHECKING:
    from .draft import Draft

__all__ = ["compress"]

_HEADER = "content-encoding"
_SMALLEST = 10240  # bytes; below, what is saved is not worth the work
_LARGEST_SMALLEST = 10485760
_SMALLEST_VARIABLE = "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES"
_DISABLE_VARIABLE = "AWS_DISABLE_REQUEST_COMPRESSION"


def compress(draft: Draft) -> None:
    """Compress the draft's body with gzip, unless it is short or the environment says no.

    Read from the environment, as AWS's own clients do: `AWS_DISABLE_REQUEST_COMPRESSION` (`true`) and
    `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES` (0 to 10485760, without it 10240).

    Raises:
        ConfigurationError: The size is no such number.
    """
    if os.environ.get(_DISABLE_VARIABLE, "").lower() == "true" or len(draft.body) < _smallest():
        return
    from gzip import compress as gzip  # slow to import, and seldom needed

    draft.body = gzip(draft.body, mtime=0)
    earlier = [value for name, value in draft.headers if name.lower() == _HEADER]  # as the caller encoded it
    draft.headers = [field for field in draft.headers if field[0].lower() != _HEADER]
    draft.headers.append(("Content-Encoding", ", ".join((*earlier, "gzip"))))


def _smallest() -> int:
    text = os.environ.get(_SMALLEST_VARIABLE)
    if not text:
        return _SMALLEST
    if not (text.isascii() and text.isdigit() and int(text) <= _LARGEST_SMALLEST):
        raise ConfigurationError(f"{_SMALLEST_VARIABLE} is no number from 0 to {_LARGEST_SMALLEST}")
    return int(text)
