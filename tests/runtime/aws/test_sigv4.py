"""Signing: what is signed, what is refused, and that nothing but the arguments matters."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

import runtime
from runtime.aws.credentials import Credentials
from runtime.aws.sigv4 import sign
from runtime.errors import RequestError

NOW = datetime(2015, 8, 30, 12, 36, tzinfo=UTC)
CREDENTIALS = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")


def signed(
    *,
    target: str = "/",
    headers: Sequence[tuple[str, str]] = (),
    body: bytes = b"",
    credentials: Credentials = CREDENTIALS,
    now: datetime = NOW,
    region: str = "us-east-1",
) -> dict[str, str]:
    added = sign(
        method="GET",
        host="example.amazonaws.com",
        target=target,
        headers=headers,
        body=body,
        credentials=credentials,
        region=region,
        service="service",
        now=now,
    )
    assert len(dict(added)) == len(added)
    return dict(added)


def test_signature_of_the_plainest_request() -> None:
    # The published vector get-vanilla.
    assert signed() == {
        "X-Amz-Date": "20150830T123600Z",
        "Authorization": (
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
            "SignedHeaders=host;x-amz-date, "
            "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        ),
    }


def test_session_token_is_added_and_signed() -> None:
    added = signed(credentials=Credentials("AKID", "secret", "token"))
    assert list(added) == ["X-Amz-Date", "X-Amz-Security-Token", "Authorization"]
    assert added["X-Amz-Security-Token"] == "token"
    assert "SignedHeaders=host;x-amz-date;x-amz-security-token," in added["Authorization"]


def test_every_header_is_signed_except_those_that_change_on_the_way() -> None:
    added = signed(headers=[("X-Amz-Target", "T"), ("User-Agent", "a"), ("Content-Type", "b"), ("Traceparent", "c")])
    assert "SignedHeaders=content-type;host;x-amz-date;x-amz-target," in added["Authorization"]
    assert added == signed(headers=[("X-Amz-Target", "T"), ("Content-Type", "b"), ("user-agent", "other")])


@pytest.mark.parametrize("name", ["authorization", "Host", "X-Amz-Date", "x-amz-security-token"])
def test_a_header_set_by_the_signature_is_refused(name: str) -> None:
    with pytest.raises(RequestError, match=name):
        signed(headers=[(name, "CANARY")])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([("A", "x  y"), ("B", " z ")], [("A", " x y "), ("B", "z")]),
        ([("A", "x"), ("a", "y")], [("A", "x,y")]),
        ([("B", "2"), ("A", "1")], [("a", "1"), ("b", "2")]),
    ],
)
def test_equivalent_headers_sign_alike(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> None:
    assert signed(headers=one) == signed(headers=other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/a/./b//c/../d", "/a/b/d"),
        ("/../..", "/"),
        ("/?b=2&a=2&a=1", "/?a=1&a=2&b=2"),
        ("/?a", "/?a="),
        ("/?a-b=1&a=2", "/?a=2&a-b=1"),
        ("/?a=/:%2f%41", "/?a=%2F%3A%2FA"),
    ],
)
def test_equivalent_targets_sign_alike(one: str, other: str) -> None:
    assert signed(target=one) == signed(target=other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"target": "/a"}, {"target": "/a/"}),
        ({"target": "/a%2Fb"}, {"target": "/a/b"}),
        ({"target": "/?a=b+c"}, {"target": "/?a=b%20c"}),
        ({"body": b"a"}, {"body": b"b"}),
        ({"region": "us-east-1"}, {"region": "us-east-2"}),
        ({"headers": [("A", "xy")]}, {"headers": [("A", "x y")]}),
        ({"now": NOW}, {"now": NOW + timedelta(seconds=1)}),
        ({"credentials": CREDENTIALS}, {"credentials": Credentials("AKIDEXAMPLE", "another")}),
    ],
)
def test_different_requests_sign_differently(one: dict[str, object], other: dict[str, object]) -> None:
    def signature(arguments: dict[str, object]) -> str:
        return signed(**arguments)["Authorization"].rpartition("=")[2]  # type: ignore[arg-type]

    assert signature(one) != signature(other)


def test_a_given_payload_hash_is_what_is_signed() -> None:
    header = [("X-Amz-Content-SHA256", "UNSIGNED-PAYLOAD")]
    assert signed(headers=header, body=b"a") == signed(headers=header, body=b"b")


def test_the_time_is_taken_as_utc_or_converted_to_it() -> None:
    assert signed(now=NOW.replace(tzinfo=None)) == signed()
    assert signed(now=NOW.astimezone(timezone(timedelta(hours=5, minutes=30)))) == signed()


def test_the_day_changes_the_key() -> None:
    before, after = (signed(now=datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC) + timedelta(seconds=s)) for s in (0, 1))
    assert "/20261231/" in before["Authorization"]
    assert "/20270101/" in after["Authorization"]


def test_importing_the_signer_loads_little() -> None:
    script = "import sys; sys.path.insert(0, sys.argv[1]); import runtime.aws.sigv4; print(*sys.modules)"
    templates = Path(runtime.__path__[0]).parent
    output = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script, str(templates)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    loaded = set(output.split())
    assert "runtime.aws.sigv4" in loaded
    unwanted = {
        "configparser",
        "logging",
        "pathlib",
        "dataclasses",
        "urllib.parse",
        "ssl",
        "socket",
        "email",
        "inspect",
    }
    assert not loaded & unwanted
