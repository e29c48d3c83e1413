"""Signature Version 4 in the query instead of the Authorization header ("Authenticating requests: using query
parameters"). A body is not part of it where S3 lets it be left out.
"""

from __future__ import annotations

import hmac
from datetime import UTC
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from .sigv4 import ALGORITHM, canonical_fields, canonical_path, canonical_query, signing_key

if TYPE_CHECKING:
    from datetime import datetime

    from ..draft import Draft
    from .credentials import Credentials

__all__ = ["sign_target"]

_UNSIGNED = "UNSIGNED-PAYLOAD"


def sign_target(
    draft: Draft,
    credentials: Credentials,
    *,
    region: str,
    service: str,
    path_as_sent: bool,
    now: datetime,
    expires_in: int,
) -> str:
    """Path and query of a request with the proof in the query.

    Args:
        draft: The request; all its headers are signed.
        credentials: Whose request it is.
        region: Such as `eu-west-1`.
        service: The service's signing name.
        path_as_sent: The rule of S3, where the body is not signed either.
        now: The time of signing, in UTC.
        expires_in: Seconds from then on.
    """
    timestamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    scope = f"{timestamp[:8]}/{region}/{service}/aws4_request"
    fields = canonical_fields(draft.host, (), draft.headers)
    names = sorted(fields)
    proof = {
        "X-Amz-Algorithm": ALGORITHM,
        "X-Amz-Credential": f"{credentials.access_key_id}/{scope}",
        "X-Amz-Date": timestamp,
        "X-Amz-Expires": str(expires_in),
        "X-Amz-SignedHeaders": ";".join(names),
    }
    if credentials.session_token:
        proof["X-Amz-Security-Token"] = credentials.session_token
    path, _, query = draft.target.partition("?")
    query = "&".join([*filter(None, [query]), *(f"{name}={quote(value, safe='~')}" for name, value in proof.items())])
    lines = [
        draft.method,
        path if path_as_sent or path == "/" else canonical_path(path),
        canonical_query(query),
        *[f"{name}:{fields[name]}" for name in names],
        "",
        proof["X-Amz-SignedHeaders"],
        _UNSIGNED if path_as_sent else sha256(draft.body).hexdigest(),
    ]
    digest = sha256("\n".join(lines).encode()).hexdigest()
    key = signing_key(credentials.secret_access_key, timestamp[:8], region, service)
    signature = hmac.digest(key, f"{ALGORITHM}\n{timestamp}\n{scope}\n{digest}".encode(), "sha256").hex()
    return f"{path}?{query}&X-Amz-Signature={signature}"
