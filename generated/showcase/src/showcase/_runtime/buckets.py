"""Buckets before the host, as S3 wants them wherever their names allow it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .http import Origin

if TYPE_CHECKING:
    from .draft import Draft

__all__ = ["before_host"]

# Names of general purpose buckets, without dots: with one, no certificate of S3 fits the host.
_LABEL = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
_ADDRESS = re.compile(r"[0-9.]+|.*:.*")


def before_host(draft: Draft, origin: Origin) -> Origin:
    """Take the bucket out of the path and return the origin with it; both stay where its name is no label of a host.

    Args:
        draft: What is not addressed yet: its path begins with the bucket.
        origin: Where S3 is.
    """
    bucket, slash, key = draft.path[1:].partition("/")
    if not _LABEL.fullmatch(bucket) or _ADDRESS.fullmatch(origin.host):
        return origin
    draft.path = f"/{key}" if slash else "/"
    return Origin(origin.scheme, f"{bucket}.{origin.host}", origin.port)
