"""Nothing that is shown, raised or logged holds a secret."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runtime.aws import sigv4
from runtime.aws.auth import SigV4
from runtime.aws.chain import default_chain, default_credentials, resolve_credentials
from runtime.aws.credentials import Credentials
from runtime.aws.profiles import load_profile
from runtime.aws.sigv4 import sign
from runtime.aws.sources.outside import Outside
from runtime.aws.sources.process import ProcessSource

KEY_ID, SECRET, TOKEN = "AKIACANARYKEYID1234", "CANARY-secret", "CANARY-token"


def test_representations() -> None:
    credentials = Credentials(KEY_ID, SECRET, TOKEN, datetime(2026, 1, 1, tzinfo=UTC), "1")
    assert repr(credentials) == str(credentials) == f"{credentials}" == "Credentials(access_key_id='...1234')"
    assert "CANARY" not in repr([credentials])


def test_sources_and_profiles(no_files: dict[str, str]) -> None:
    Path(no_files["AWS_SHARED_CREDENTIALS_FILE"]).write_text(
        f"[default]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = {SECRET}\n"
    )
    environ = no_files | {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET}
    profile = load_profile(environ)
    outside = Outside(environ)
    chain = default_chain(outside)
    provider = default_credentials(environ)
    command = ProcessSource(f"tool {SECRET}")
    keys = SigV4(credentials=Credentials(KEY_ID, SECRET, TOKEN))
    provider.get()
    shown = [outside, chain, *chain._sources, provider, profile, profile.credentials, command, command.describe(), keys]
    assert "CANARY" not in repr(shown) + "".join(map(str, shown))


def _sign(**changes: object) -> object:
    arguments: dict[str, object] = {
        "method": "POST",
        "host": "h",
        "target": "/",
        "headers": [],
        "body": b"",
        "credentials": Credentials(KEY_ID, SECRET, TOKEN),
        "region": "us-east-1",
        "service": "s",
        "now": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return sign(**arguments | changes)  # type: ignore[arg-type]


def _file_mistake(environ: dict[str, str], content: bytes) -> object:
    Path(environ["AWS_SHARED_CREDENTIALS_FILE"]).write_bytes(content)
    return resolve_credentials(environ)


MISTAKES: dict[str, Callable[[dict[str, str]], object]] = {
    "half a pair": lambda e: resolve_credentials(e | {"AWS_SECRET_ACCESS_KEY": SECRET}),
    "line break": lambda e: resolve_credentials(
        e | {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": f"{SECRET}\n", "AWS_SESSION_TOKEN": TOKEN}
    ),
    "file without section": lambda e: _file_mistake(e, f"aws_secret_access_key = {SECRET}".encode()),
    "file without delimiter": lambda e: _file_mistake(e, f"[default]\n{SECRET}".encode()),
    "file with duplicate": lambda e: _file_mistake(e, f"[default]\na = {SECRET}\na = {SECRET}".encode()),
    "file of bytes": lambda e: _file_mistake(e, f"[default]\na = {SECRET}\n\xff".encode("latin-1")),
    "half a pair in a file": lambda e: _file_mistake(e, f"[default]\naws_secret_access_key = {SECRET}".encode()),
    "signing a header twice": lambda _: _sign(headers=[("Authorization", SECRET)]),
    "signing text": lambda _: _sign(body="text"),
    "signing for no region": lambda _: _sign(region=None, headers=None),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_errors_and_their_tracebacks(no_files: dict[str, str], mistake: Callable[[dict[str, str]], object]) -> None:
    with pytest.raises(Exception) as caught:
        mistake(no_files)
    error: BaseException = caught.value
    shown = "".join(traceback.format_exception(error)) + repr(error) + str(error) + repr(error.args) + repr(vars(error))
    # The source lines of this file are shown too; they hold the names of the canaries and not their values.
    assert SECRET not in shown
    assert TOKEN not in shown
    while error.__context__ is not None:
        error = error.__context__
        assert "CANARY" not in repr(error) + repr(vars(error))


def test_the_cache_of_keys_shows_nothing_and_is_bounded() -> None:
    sigv4.signing_key.cache_clear()
    _sign()
    cache = sigv4.signing_key
    assert "CANARY" not in repr(cache) + repr(cache.cache_info()) + repr(cache.cache_parameters())
    for number in range(300):
        _sign(credentials=Credentials(KEY_ID, f"s{number}"))
    assert cache.cache_info().currsize == cache.cache_info().maxsize == 128
    _sign(credentials=Credentials(KEY_ID, "s299"))
    assert cache.cache_info().hits == 1
