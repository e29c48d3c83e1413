"""The signature of any request is the one botocore makes."""

from __future__ import annotations

import string
from datetime import UTC, datetime
from unittest.mock import patch
from urllib.parse import quote

import botocore.auth
import botocore.credentials
from botocore.awsrequest import AWSRequest
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.aws.credentials import Credentials
from runtime.aws.sigv4 import sign

_TOKEN = string.ascii_letters + string.digits + "-_"
_VISIBLE = "".join(map(chr, range(0x21, 0x7F)))
_RESERVED = {"host", "authorization", "date", "x-amz-date", "x-amz-security-token"}

_names = st.text(_TOKEN, min_size=1, max_size=12).filter(lambda name: name.lower() not in _RESERVED)
_values = st.text(_VISIBLE + "  \té", max_size=20)
_segments = st.one_of(st.sampled_from(["", ".", "..", "a b", "ü/ü", "%"]), st.text(max_size=6))
_paths = st.lists(_segments.map(lambda text: quote(text, safe="~", errors="replace")), max_size=5).map(
    lambda segments: "/" + "/".join(segments)
)
_words = st.text(max_size=5).map(lambda text: quote(text, safe="~", errors="replace"))
_queries = st.lists(st.tuples(_words, _words), max_size=4).map(lambda pairs: "&".join(f"{k}={v}" for k, v in pairs))


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"]),
    path=_paths,
    query=_queries,
    headers=st.lists(st.tuples(_names, _values), max_size=5),
    body=st.binary(max_size=50),
    key_id=st.text(_TOKEN, min_size=1, max_size=20),
    secret=st.text(_VISIBLE, min_size=1, max_size=40),
    token=st.none() | st.text(_VISIBLE, min_size=1, max_size=40),
    now=st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  (made aware by timezones)
)
def test_signature_is_botocores(
    method: str,
    path: str,
    query: str,
    headers: list[tuple[str, str]],
    body: bytes,
    key_id: str,
    secret: str,
    token: str | None,
    now: datetime,
) -> None:
    target = f"{path}?{query}" if query else path
    request = AWSRequest(method, f"https://service.eu-west-1.amazonaws.com{target}", data=body)
    for name, value in headers:
        request.headers.add_header(name, value)
    with patch.object(botocore.auth, "get_current_datetime", lambda: now):
        oracle = botocore.credentials.Credentials(key_id, secret, token)
        botocore.auth.SigV4Auth(oracle, "service", "eu-west-1").add_auth(request)
    added = sign(
        method=method,
        host="service.eu-west-1.amazonaws.com",
        target=target,
        headers=headers,
        body=body,
        credentials=Credentials(key_id, secret, token),
        region="eu-west-1",
        service="service",
        now=now,
    )
    expected = {"X-Amz-Date", "Authorization"} | ({"X-Amz-Security-Token"} if token else set())
    assert dict(added) == {name: request.headers[name] for name in expected}
