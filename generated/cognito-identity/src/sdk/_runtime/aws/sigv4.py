"""AWS Signature Version 4: from a request, credentials and a time to the headers that prove who sent it.

Pure: it reads no clock, no environment and no file. It refuses to look up credentials, and to sign a stream: whoever
sends one says in X-Amz-Content-SHA256 what stands for its hash. It imports as little as it can, because every signed
client loads it.
"""

from __future__ import annotations

import hmac
from datetime import UTC
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from ..errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from .credentials import Credentials

__all__ = ["ALGORITHM", "canonical_fields", "canonical_path", "canonical_query", "sign", "signing_key"]

ALGORITHM = "AWS4-HMAC-SHA256"

# Proxies and tracing libraries change or add these on the way, which would break the signature.
_NEVER_SIGNED = frozenset(
    {
        "baggage",
        "connection",
        "expect",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "traceparent",
        "tracestate",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "x-amzn-trace-id",
    }
)
_SET_HERE = frozenset({"authorization", "host", "x-amz-date", "x-amz-security-token"})


def sign(
    *,
    method: str,
    host: str,
    target: str,
    headers: Sequence[tuple[str, str]],
    body: bytes,
    credentials: Credentials,
    region: str,
    service: str,
    now: datetime,
    path_as_sent: bool = False,
) -> list[tuple[str, str]]:
    """Return the headers that authenticate a request.

    Args:
        method: As it is sent, in capitals.
        host: As the Host header will say it (`Origin.authority`).
        target: Path and query as they are sent, beginning with `/`.
        headers: Every header that will be sent apart from Host and those returned here.
        body: The whole body.
        credentials: Whose request it is.
        region: Such as `eu-west-1`.
        service: The service's signing name, such as `cognito-identity`.
        now: The time of signing, in UTC (another time zone is converted, a time without one is taken as UTC).
        path_as_sent: Whether the path is signed as it is sent, which is the rule of S3 alone: there `a//b` is no
            `a/b`, and nothing is encoded twice.

    Returns:
        The headers to add: X-Amz-Date, X-Amz-Security-Token for temporary credentials, Authorization.

    Raises:
        RequestError: `headers` holds a header that is set here; it would be sent twice.
    """
    if now.utcoffset():
        now = now.astimezone(UTC)
    timestamp = now.strftime("%Y%m%dT%H%M%SZ")
    date = timestamp[:8]
    added = [("X-Amz-Date", timestamp)]
    if credentials.session_token:
        added.append(("X-Amz-Security-Token", credentials.session_token))
    fields = canonical_fields(host, added, headers)
    names = sorted(fields)
    signed_names = ";".join(names)
    path, _, query = target.partition("?")
    lines = [
        method,
        path if path_as_sent or path == "/" else canonical_path(path),
        canonical_query(query) if query else "",
        *[f"{name}:{fields[name]}" for name in names],
        "",
        signed_names,
        fields.get("x-amz-content-sha256") or sha256(body).hexdigest(),
    ]
    digest = sha256("\n".join(lines).encode()).hexdigest()
    scope = f"{date}/{region}/{service}/aws4_request"
    key = signing_key(credentials.secret_access_key, date, region, service)
    signature = hmac.digest(key, f"{ALGORITHM}\n{timestamp}\n{scope}\n{digest}".encode(), "sha256").hex()
    proof = f"Credential={credentials.access_key_id}/{scope}, SignedHeaders={signed_names}, Signature={signature}"
    added.append(("Authorization", f"{ALGORITHM} {proof}"))
    return added


def canonical_fields(host: str, added: Sequence[tuple[str, str]], headers: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Signed headers by lower-case name; runs of white space become one space, fields of one name are joined."""
    fields = {"host": host}
    for name, value in added:
        fields[name.lower()] = value
    for sent_name, value in headers:
        name = sent_name.lower()
        if name in _NEVER_SIGNED:
            continue
        if name in _SET_HERE:
            raise RequestError(f"the header {sent_name} is set when the request is signed and cannot be given")
        trimmed = " ".join(value.split())
        fields[name] = f"{fields[name]},{trimmed}" if name in fields else trimmed
    return fields


def canonical_path(path: str) -> str:
    """The path without empty and dot segments, percent-encoded once more on top of the encoding it is sent with."""
    from urllib.parse import quote  # here, because RPC-style services only know the path `/`

    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", "."):
            segments.append(segment)
    last = "/" if segments and path.endswith("/") else ""
    return quote(f"/{'/'.join(segments)}{last}", safe="/~")


def canonical_query(query: str) -> str:
    """The parameters sorted by encoded name, then by encoded value, with everything but unreserved characters
    encoded.
    """
    from urllib.parse import quote, unquote_to_bytes  # here, because RPC-style services have no query

    pairs: list[tuple[str, str]] = []
    for parameter in query.split("&"):
        name, _, value = parameter.partition("=")
        pairs.append((quote(unquote_to_bytes(name), safe="~"), quote(unquote_to_bytes(value), safe="~")))
    return "&".join([f"{name}={value}" for name, value in sorted(pairs)])


@lru_cache(maxsize=128)
def signing_key(secret: str, date: str, region: str, service: str) -> bytes:
    """The key of one day, region and service: good for a day, so that only a day's first request derives it."""
    key = f"AWS4{secret}".encode()
    for part in (date, region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
