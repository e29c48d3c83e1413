"""What a signature says of a body that it does not hold: S3's rules, and uploads to any service."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from ..errors import RequestError

if TYPE_CHECKING:
    from ..draft import Draft
    from ..uploads import Upload

__all__ = ["add_hash"]

_HEADER = "X-Amz-Content-SHA256"
_UNSIGNED = "UNSIGNED-PAYLOAD"


def add_hash(draft: Draft, *, is_s3: bool) -> None:
    """Add the header that says what the body is: S3 asks for it always, other services take it.

    An upload to S3 is protected by TLS; without TLS, and for other services, it is read once to be hashed and once to
    be sent. What can be read only once is held in memory for services other than S3.

    Raises:
        RequestError: An upload to S3 without TLS can be read only once.
    """
    upload = draft.upload
    if upload is not None and not is_s3 and not upload.is_repeatable:
        draft.body, draft.upload, upload = b"".join(upload), None, None
    if upload is None:
        found = sha256(draft.body).hexdigest()
    elif is_s3 and draft.scheme == "https":
        found = _UNSIGNED
    elif upload.is_repeatable:
        found = _hash(upload)
    else:
        raise RequestError(
            "an upload without TLS is hashed before it is sent: give a file, a path or bytes, or use https"
        )
    draft.headers.append((_HEADER, found))


def _hash(upload: Upload) -> str:
    digest = sha256()
    for piece in upload:
        digest.update(piece)
    return digest.hexdigest()
