"""Credentials given to a client: a value, a function, an asynchronous function, a renewing provider, or nothing."""

from __future__ import annotations

import asyncio
import copy
import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from runtime.aws import auth
from runtime.aws.auth import AwsAuth, SigV4
from runtime.aws.credentials import Credentials
from runtime.aws.refresh import RefreshingCredentials
from runtime.clock import Clock
from runtime.errors import APIError, CredentialsError
from runtime.model import Model, Response
from runtime.operation import Api, Operation

API = Api(module="m", distribution="d", distribution_version="1", title="t", version="1", schemes={"key": "hmac"})
SIGNED: Operation[Any] = Operation(
    name="Signed", method="POST", path="/", request=Model, result=Response, security=(("key",),)
)
PUBLIC: Operation[Any] = Operation(name="Public", method="POST", path="/", request=Model, result=Response)
KEYS = Credentials("AKID", "secret", "token")


class Security(Model):
    """As a generated client has it."""

    hmac: SigV4 | None = None


def aws() -> AwsAuth:
    return AwsAuth(API, "us-east-1", Clock())


def given(credentials: Any) -> Security:
    return Security(hmac=SigV4(credentials=credentials))


async def later() -> Credentials:
    await asyncio.sleep(0)
    return KEYS


def refuse(*_: object) -> Any:
    raise AssertionError("somebody looked for credentials")


def both(security: Any, operation: Operation[Any] = SIGNED) -> list[Any]:
    """What the blocking and the asyncio client authenticate with."""
    return [aws().identify(operation, security), asyncio.run(aws().identify_async(operation, security))]


@pytest.mark.parametrize("credentials", [KEYS, lambda: KEYS, RefreshingCredentials(lambda: KEYS)], ids=type)
def test_what_may_be_given(credentials: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "default_credentials", refuse)
    assert both(given(credentials)) == [KEYS, KEYS]


def test_a_key_pair_and_a_prepared_value() -> None:
    assert both(Security(hmac=SigV4(access_key_id="AKID", secret_access_key="secret", session_token="token"))) == [
        KEYS,
        KEYS,
    ]
    assert both(Security(hmac=SigV4(api_key="prepared", credentials=refuse))) == ["prepared", "prepared"]


def test_an_asynchronous_function() -> None:
    assert asyncio.run(aws().identify_async(SIGNED, given(later))) == KEYS
    with pytest.raises(CredentialsError, match="only the asyncio client can call"):
        aws().identify(SIGNED, given(later))


@pytest.mark.parametrize("result", [None, "CANARY", ("A", "CANARY")])
def test_a_function_that_returns_something_else(result: object) -> None:
    for call in (lambda s: aws().identify(SIGNED, s), lambda s: asyncio.run(aws().identify_async(SIGNED, s))):
        with pytest.raises(CredentialsError, match=f"credentials returned a {type(result).__name__} in") as caught:
            call(given(lambda: result))
        assert "CANARY" not in str(caught.value)


def test_two_kinds_at_once() -> None:
    both_kinds = SigV4(access_key_id="A", secret_access_key="s", credentials=KEYS)
    with pytest.raises(CredentialsError, match="drop one of them"):
        aws().identify(SIGNED, Security(hmac=both_kinds))


def test_a_function_is_asked_for_each_call() -> None:
    numbers = iter(range(9))
    security = given(lambda: Credentials(f"A{next(numbers)}", "s"))
    subject = aws()
    assert [subject.identify(SIGNED, security).access_key_id for _ in range(2)] == ["A0", "A1"]  # type: ignore[union-attr]


def test_public_operations_ask_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "default_credentials", refuse)
    assert both(given(refuse), PUBLIC) == [None, None]
    assert both(None, PUBLIC) == [None, None]


def test_without_any_the_usual_places_are_looked_in_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str | None] = []

    def default(region: str | None) -> RefreshingCredentials:
        made.append(region)
        return RefreshingCredentials(lambda: KEYS)

    monkeypatch.setattr(auth, "default_credentials", default)
    subject = aws()
    for security in (None, Security(), given(None)):
        assert subject.identify(SIGNED, security) == KEYS
    assert made == ["us-east-1"]


def test_renewal_does_not_stop_the_loop() -> None:
    entered, gate = threading.Event(), threading.Event()

    def load() -> Credentials:
        entered.set()
        assert gate.wait(10)
        return KEYS

    async def main() -> object:
        task = asyncio.create_task(aws().identify_async(SIGNED, given(RefreshingCredentials(load))))
        while not entered.is_set():
            await asyncio.sleep(0)
        gate.set()
        return await task

    assert asyncio.run(main()) == KEYS


def test_expired_credentials_are_renewed_where_they_can_be() -> None:
    numbers = iter(range(9))
    security = given(RefreshingCredentials(lambda: Credentials(f"A{next(numbers)}", "s")))
    expired = APIError("expired", code="ExpiredTokenException")
    subject = aws()
    used = subject.identify(SIGNED, security)

    assert subject.repair(expired, SIGNED, security, used)
    assert subject.identify(SIGNED, security) == Credentials("A1", "s")
    assert not subject.repair(expired, SIGNED, given(KEYS), KEYS)
    assert not subject.repair(APIError("no", code="AccessDeniedException"), SIGNED, security, used)


def test_nothing_is_shown_and_everything_copied() -> None:
    security = given(Credentials("AKIDCANARY1234", "CANARY"))
    assert "CANARY" not in repr(security) + str(security) + repr(list(security.__rich_repr__()))
    assert copy.deepcopy(security) == pickle.loads(pickle.dumps(security)) == security


ROOT = Path(__file__).parents[3]
CALL = """
from runtime.aws.auth import AwsAuth, SigV4
from runtime.clock import Clock
from runtime.model import Model, Response
from runtime.operation import Api, Operation
from types import SimpleNamespace
api = Api(module="m", distribution="d", distribution_version="1", title="t", version="1", schemes={"key": "hmac"})
signed = Operation(name="o", method="POST", path="/", request=Model, result=Response, security=(("key",),))
security = SimpleNamespace(hmac=SigV4(access_key_id="A", secret_access_key="s"))
assert AwsAuth(api, None, Clock()).identify(signed, security).access_key_id == "A"
"""


@pytest.mark.parametrize("code", ["import sdk, sdk.models.shared", CALL], ids=["import", "call with a key pair"])
def test_only_who_gives_no_credentials_pays_for_the_search(code: str) -> None:
    folders = [ROOT / "templates", ROOT / "generated" / "cognito-identity" / "src"]
    listing = "\nimport sys; print(*(name for name in sys.modules if '.aws.' in name))"
    done = subprocess.run(
        [sys.executable, "-c", code + listing],
        env={"PYTHONPATH": os.pathsep.join(map(str, folders))},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".aws.")[2].partition(".")[0] for name in done.stdout.split()}
    assert "credentials" in loaded
    assert loaded.isdisjoint({"chain", "refresh", "sources", "identity_pool"})
