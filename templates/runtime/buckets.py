"""Where a bucket of S3 is reached: before the host wherever its name allows it, and in its own region.

Only the service knows the region of a bucket. A client that asks in another one is told, asks there, and remembers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .http import Origin
from .url import split_server_url

if TYPE_CHECKING:
    from .draft import Draft
    from .errors import APIError

__all__ = ["Bucket", "before_host", "moved", "placed"]

# Names of general purpose buckets, without dots: with one, no certificate of S3 fits the host.
_LABEL = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
_ADDRESS = re.compile(r"[0-9.]+|.*:.*")
# What becomes a part of a host name, and comes from the other side.
_REGION = re.compile(r"[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}")
_ARN = "arn%3A"
_ELSEWHERE = (301, 307, 400)


@dataclass(slots=True)
class Bucket:
    """A bucket that a call is about.

    Attributes:
        name: Its name, as it stands in the path.
        region: Where it is, if not in the client's own region.
        was_followed: Whether the call went on in another region already.
    """

    name: str
    region: str | None = None
    was_followed: bool = False


def placed(auth: Any, draft: Draft, origin: Origin, *, has_server: bool, path_style: bool | None) -> Origin:
    """Where the call goes: in the bucket's own region, with the bucket before the host.

    Args:
        auth: Knows the regions of buckets that were asked for before.
        draft: What is not addressed yet: its path begins with the bucket.
        origin: Where S3 is.
        has_server: Whether the user named the server; it is called then, whatever the region.
        path_style: Whether the bucket stays in the path; None for where the user named the server.

    Raises:
        RequestError: The bucket is an ARN, but no access point's.
    """
    name = draft.path[1:].partition("/")[0]
    if name.startswith(_ARN):
        point: Origin = auth.access_point(draft, origin, has_server=has_server)
        return point
    draft.bucket = Bucket(name, auth.bucket_regions.get(name))
    if draft.bucket.region is not None and not has_server:
        origin = _in_region(auth, origin, draft.bucket.region)
    return origin if (has_server if path_style is None else path_style) else before_host(draft, origin)


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


def moved(auth: Any, error: APIError, draft: Draft, origin: Origin, *, has_server: bool) -> Origin | None:
    """Where to ask instead, once for a call, the draft made fit for it; None where the error says nothing of that.

    Args:
        auth: Learns the bucket's region.
        error: What S3 answered: a redirect, or that the signature names another region.
        draft: What was sent.
        origin: Where to.
        has_server: Whether the user named the server; it is called again then, signed for the other region.
    """
    bucket, region = draft.bucket, _named_region(error)
    if bucket is None or bucket.was_followed or region is None:
        return None
    if region == (bucket.region or auth.signing_region(has_server=has_server)):
        return None
    if not has_server:
        origin = _in_region(auth, origin, region, bucket.region)
        draft.host = origin.authority
    auth.bucket_regions[bucket.name] = bucket.region = region
    bucket.was_followed = True
    return origin


def _named_region(error: APIError) -> str | None:
    reply = error.raw_response
    if reply is None or reply.status_code not in _ELSEWHERE:
        return None
    data: Any = error.data
    region = reply.headers.get("x-amz-bucket-region") or (data.get("Region", "") if isinstance(data, dict) else "")
    return region if _REGION.fullmatch(region) else None


def _in_region(auth: Any, origin: Origin, region: str, previous: str | None = None) -> Origin:
    """The origin with the host of S3 in a region, whatever stands before that."""
    here = split_server_url(auth.base_url(None) if previous is None else auth.url_in(previous))[0].host
    there = split_server_url(auth.url_in(region))[0].host
    return Origin(origin.scheme, origin.host.removesuffix(here) + there, origin.port)
