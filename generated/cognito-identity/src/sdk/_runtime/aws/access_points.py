"""Access points of S3, which are called by their ARN in place of a bucket's name.

The ARN names the region and the account; both are part of the host.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ..buckets import Bucket
from ..errors import RequestError
from ..http import Origin
from ..url import split_server_url
from .partitions import find_partition

if TYPE_CHECKING:
    from ..draft import Draft
    from .auth import AwsAuth

__all__ = ["at_access_point"]

_ARN = re.compile(r"arn:([a-z-]+):s3:([a-z0-9-]+):([0-9]{12}):accesspoint[:/]([A-Za-z0-9-]{1,50})")
_SERVICE = re.compile(r"s3(?=[.-])")


def at_access_point(auth: AwsAuth, draft: Draft, origin: Origin, *, has_server: bool) -> Origin:
    """Where the access point is that the path begins with; it is taken out of the path.

    Args:
        auth: Knows S3 in other regions.
        draft: What is not addressed yet.
        origin: Where the caller's own server is.
        has_server: Whether the user named one.

    Raises:
        RequestError: It is an ARN of something else, or of another partition than its region's.
    """
    segment, slash, key = draft.path[1:].partition("/")
    match = _ARN.fullmatch(unquote(segment))
    if match is None or find_partition(match[2]).id != match[1]:
        raise RequestError(
            "the bucket is an ARN that is not called like one: those of access points are "
            "`arn:aws:s3:<region>:<account>:accesspoint/<name>`"
        )
    _, region, account, name = match.groups()
    if not has_server:
        there = split_server_url(auth.url_in(region))[0]
        origin = Origin(there.scheme, _SERVICE.sub("s3-accesspoint", there.host, count=1), there.port)
    draft.path = f"/{key}" if slash else "/"
    draft.bucket = Bucket(segment, region, was_followed=True)
    return Origin(origin.scheme, f"{name}-{account}.{origin.host}".lower(), origin.port)
