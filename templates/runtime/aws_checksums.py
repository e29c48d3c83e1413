"""Checksums of bodies, for operations of S3 that want one, or that take one."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING

from .errors import RequestError

if TYPE_CHECKING:
    from .draft import Draft

__all__ = ["add_checksum"]

_CHOICE = "x-amz-sdk-checksum-algorithm"
_GIVEN = ("x-amz-checksum-", "content-md5")


def add_checksum(draft: Draft, usual: str) -> None:
    """Add the checksum of the body, unless the caller gave one.

    Args:
        draft: What is sent; a header of it may choose the algorithm.
        usual: The algorithm where none is chosen: `CRC32` or `MD5`.

    Raises:
        RequestError: The algorithm that was chosen is none of those that are known here.
    """
    if any(name.lower().startswith(_GIVEN) for name, _ in draft.headers):
        return
    chosen = next((value for name, value in draft.headers if name.lower() == _CHOICE), None)
    if chosen is None and usual != "MD5":
        draft.headers.append((_CHOICE, usual))
    algorithm = chosen or usual
    known = _KNOWN.get(algorithm)
    if known is None:
        raise RequestError(
            f"{algorithm} is no checksum that the client makes ({', '.join(_KNOWN)}): give its header instead"
        )
    name, digest = known
    draft.headers.append((name, b64encode(digest(draft.body)).decode()))


def _crc32(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(4, "big")


def _hashed(name: str) -> Callable[[bytes], bytes]:
    def digest(body: bytes) -> bytes:
        import hashlib  # OpenSSL is slow to load

        return hashlib.new(name, body, usedforsecurity=False).digest()

    return digest


_KNOWN: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "CRC32": ("x-amz-checksum-crc32", _crc32),
    "MD5": ("Content-MD5", _hashed("md5")),
    "SHA1": ("x-amz-checksum-sha1", _hashed("sha1")),
    "SHA256": ("x-amz-checksum-sha256", _hashed("sha256")),
}
