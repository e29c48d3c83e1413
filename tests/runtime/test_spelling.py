"""How bodies are spelled where JSON has no word, and the rest of what becomes of a request on its way out."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, ClassVar

import pytest
from msgspec import UNSET, UnsetType

from runtime.codec import encode
from runtime.compression import compress
from runtime.draft import Draft
from runtime.errors import ConfigurationError, RequestError
from runtime.http import Origin
from runtime.model import Model, OpenModel, beside, field
from runtime.spelling import spelled
from runtime.url import prefixed
from runtime.xml_codec import encode_xml

TIME = datetime(2000, 1, 2, 22, 34, 56, 250000, tzinfo=timezone(timedelta(hours=2)))


class Inner(Model, kw_only=True):
    at: datetime | None = None


class Outer(Model, kw_only=True):
    __timestamps__: ClassVar[Mapping[str, str]] = {"seen": "http-date", "days": "date-time"}

    at: datetime | None = field(default=None, name="At")
    seen: datetime | None = None
    days: list[datetime] | None = None
    inner: list[Inner] | None = None
    weight: float | None = None
    gone: datetime | UnsetType | None = UNSET


class Loose(OpenModel, kw_only=True):
    at: datetime | None = None
    others: dict[str, Any] = beside()


def sent(value: Any, timestamps: str | None = "epoch-seconds") -> Any:
    return json.loads(encode(spelled(value, timestamps)))


# --- timestamps and numbers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("epoch-seconds", 946845296.25),
        ("date-time", "2000-01-02T20:34:56.250000Z"),
        ("http-date", "Sun, 02 Jan 2000 20:34:56 GMT"),
    ],
)
def test_spellings_of_a_timestamp(form: str, expected: object) -> None:
    assert sent(Inner(at=TIME), form) == {"at": expected}


@pytest.fixture
def far_from_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "FAR-14")  # east of Greenwich, in POSIX
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


NAIVE = datetime(2000, 1, 2, 20, 34, 56)  # noqa: DTZ001  (that is the point)


@pytest.mark.usefixtures("far_from_greenwich")
@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("epoch-seconds", 946845296),
        ("date-time", "2000-01-02T20:34:56Z"),
        ("http-date", "Sun, 02 Jan 2000 20:34:56 GMT"),
        ("rfc3339", "2000-01-02T06:34:56Z"),  # of OpenAPI, as ever
        (None, "2000-01-02T20:34:56"),
    ],
)
def test_without_a_time_zone_it_is_utc_where_aws_asks(form: str | None, expected: object) -> None:
    assert sent(Inner(at=NAIVE), form) == {"at": expected}


@pytest.mark.usefixtures("far_from_greenwich")
def test_xml_of_other_apis_takes_it_as_local_time_as_ever() -> None:
    assert b"<at>2000-01-02T06:34:56Z</at>" in encode_xml(Inner(at=NAIVE))
    assert b"<at>2000-01-02T20:34:56Z</at>" in encode_xml(Inner(at=NAIVE), timestamps="date-time")


def test_whole_seconds_have_no_fraction() -> None:
    assert encode(spelled({"at": TIME.replace(microsecond=0)}, "epoch-seconds")) == b'{"at":946845296}'


def test_a_member_has_its_own_spelling_and_what_it_holds_has_not() -> None:
    outer = Outer(at=TIME, seen=TIME, days=[TIME], inner=[Inner(at=TIME)])
    assert sent(outer) == {
        "At": 946845296.25,
        "seen": "Sun, 02 Jan 2000 20:34:56 GMT",
        "days": ["2000-01-02T20:34:56.250000Z"],
        "inner": [{"at": 946845296.25}],
    }


@pytest.mark.parametrize(
    ("number", "name"), [(float("nan"), "NaN"), (float("inf"), "Infinity"), (-float("inf"), "-Infinity"), (1.5, 1.5)]
)
def test_numbers_that_are_not_finite_are_named(number: float, name: object) -> None:
    assert sent(Outer(weight=number)) == {"weight": name}
    assert sent({"a": [number]}) == {"a": [name]}


def test_what_is_not_set_is_left_out_and_null_is_sent_where_it_means_something() -> None:
    assert sent(Outer()) == {}
    assert sent(Outer(gone=None)) == {"gone": None}


def test_members_beside_the_known_ones_are_spelled_too() -> None:
    assert sent(Loose(at=TIME, others={"then": TIME})) == {"at": 946845296.25, "then": 946845296.25}


def test_a_body_that_needs_no_care_is_not_touched() -> None:
    body = Outer(at=TIME)
    assert spelled(body, None) is body


# --- compression ----------------------------------------------------------------------------------------------------


def compressed(length: int) -> Draft:
    draft = Draft("POST", "/", body=b"a" * length)
    compress(draft)
    return draft


def test_long_bodies_are_compressed_and_short_ones_are_not() -> None:
    long, short = compressed(10240), compressed(10239)

    assert (gzip.decompress(long.body), long.headers) == (b"a" * 10240, [("Content-Encoding", "gzip")])
    assert (short.body, short.headers) == (b"a" * 10239, [])
    assert compressed(10240).body == long.body  # no time in it: an attempt is as the one before


@pytest.mark.parametrize(
    ("variable", "value", "length", "expected"),
    [
        ("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "10", 10, True),
        ("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "10", 9, False),
        ("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "", 9, False),
        ("AWS_DISABLE_REQUEST_COMPRESSION", "TRUE", 20000, False),
        ("AWS_DISABLE_REQUEST_COMPRESSION", "false", 20000, True),
    ],
)
def test_the_environment_has_a_say(
    variable: str, value: str, length: int, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    assert bool(compressed(length).headers) is expected


@pytest.mark.parametrize("value", ["-1", "ten", "10485761", "1.5"])
def test_a_size_that_is_none(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", value)
    with pytest.raises(ConfigurationError, match="AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES"):
        compressed(1)


# --- prefixes of hosts ----------------------------------------------------------------------------------------------


class Labelled(Model, kw_only=True):
    account: str | None = None


class Sent(Model, kw_only=True):
    headers: Labelled


def host(prefix: str, account: object = None, server: str = "example.com") -> str:
    sent = Sent(headers=Labelled(account=account))  # type: ignore[arg-type]
    return prefixed(Origin("https", server, 8443), prefix, sent).authority


def test_a_prefix_of_the_host() -> None:
    assert host("data.") == "data.example.com:8443"
    assert host("sync-") == "sync-example.com:8443"
    assert host("a.{headers.account}.b-", "One-2") == "a.one-2.b-example.com:8443"


@pytest.mark.parametrize("server", ["127.0.0.1", "::1"])
def test_an_address_has_no_names_below_it(server: str) -> None:
    assert host("data.", server=server) == Origin("https", server, 8443).authority


@pytest.mark.parametrize("label", ["", "a.b", "evil.example/", "a" * 64, "é", "a\n", None, 5])
def test_what_is_no_label_of_a_host_is_refused(label: object) -> None:
    with pytest.raises(RequestError, match="account"):
        host("{headers.account}.", label)


def test_the_moment_is_that_of_the_time_zone() -> None:
    assert sent({"at": TIME}) == {"at": TIME.astimezone(UTC).timestamp()}
