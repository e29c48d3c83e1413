"""Names content by its hash, in the one spelling that manifests and journals share."""

import hashlib
import re
from pathlib import Path

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def digest(content: bytes) -> str:
    """Name some content."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def digest_of(place: Path) -> str | None:
    """Name the content of a file, or say None where there is no such file.

    Raises:
        OSError: There is something, but it can't be read.
    """
    try:
        return digest(place.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None


def is_digest(text: object) -> bool:
    """Tell whether a value read from a file is spelled like the result of `digest`."""
    return isinstance(text, str) and _DIGEST.fullmatch(text) is not None
