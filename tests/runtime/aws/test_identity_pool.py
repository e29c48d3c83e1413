"""An identity pool as the source of credentials for other calls."""

from __future__ import annotations

from typing import Any

import pytest

from runtime.aws.credentials import Credentials
from runtime.aws.identity_pool import IdentityPoolSource, identity_pool_credentials
from runtime.errors import APIError, CredentialsError
from runtime.http import HTTPResponse
from tests.runtime.aws.fakes import LATER, reply

POOL = "eu-west-1:pool"
GUEST = {"IdentityId": "eu-west-1:guest"}
PARTS = {
    "AccessKeyId": "ASIAPOOL",
    "SecretKey": "CANARY-secret",
    "SessionToken": "CANARY-token",
    "Expiration": LATER.timestamp(),
}


class Result:
    def __init__(self, response: HTTPResponse) -> None:
        self.raw_response = response


class Client:
    """A client of Cognito Identity that answers from a list."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def _answer(self, name: str, arguments: dict[str, Any]) -> Result:
        self.calls.append((name, {key: value for key, value in arguments.items() if value is not None}))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Result(reply(answer))

    def get_id(self, **arguments: Any) -> Result:
        return self._answer("get_id", arguments)

    def get_credentials_for_identity(self, **arguments: Any) -> Result:
        return self._answer("get_credentials_for_identity", arguments)


def granted(identity: str = "eu-west-1:guest", **changes: Any) -> dict[str, Any]:
    return {"IdentityId": identity, "Credentials": PARTS | changes}


def test_a_guest() -> None:
    client = Client(GUEST, granted(), granted())
    source = IdentityPoolSource(client, POOL)

    assert source.load() == source.load() == Credentials("ASIAPOOL", "CANARY-secret", "CANARY-token", LATER)
    assert client.calls == [
        ("get_id", {"identity_pool_id": POOL}),
        ("get_credentials_for_identity", {"identity_id": "eu-west-1:guest"}),
        ("get_credentials_for_identity", {"identity_id": "eu-west-1:guest"}),
    ]


def test_a_user_whose_tokens_change() -> None:
    client = Client(GUEST, granted(), granted("eu-west-1:merged"), granted("eu-west-1:merged"))
    tokens = iter("123")
    source = IdentityPoolSource(client, POOL, logins=lambda: {"provider": next(tokens)}, custom_role_arn="arn:r")
    for _ in range(3):
        source.load()

    assert [(call[1].get("identity_id"), call[1]["logins"]["provider"]) for call in client.calls] == [
        (None, "1"),
        ("eu-west-1:guest", "1"),
        ("eu-west-1:guest", "2"),
        ("eu-west-1:merged", "3"),
    ]
    assert client.calls[1][1]["custom_role_arn"] == "arn:r"


def test_an_identity_that_was_deleted() -> None:
    gone = APIError("no such identity", code="ResourceNotFoundException")
    client = Client(gone, {"IdentityId": "eu-west-1:new"}, granted("eu-west-1:new"))
    source = IdentityPoolSource(client, POOL, identity_id="eu-west-1:old")

    assert source.load().access_key_id == "ASIAPOOL"
    assert source.identity_id == "eu-west-1:new"
    assert [name for name, _ in client.calls] == [
        "get_credentials_for_identity",
        "get_id",
        "get_credentials_for_identity",
    ]


@pytest.mark.parametrize(
    "answers",
    [
        [APIError("gone", code="ResourceNotFoundException")],
        [GUEST, APIError("gone", code="NotAuthorizedException")],
        [GUEST, APIError("gone", code="ResourceNotFoundException")],
    ],
)
def test_a_pool_that_refuses(answers: list[object]) -> None:
    client = Client(*answers)
    with pytest.raises(CredentialsError, match=f"the identity pool {POOL} gives no credentials: .*: gone") as caught:
        IdentityPoolSource(client, POOL).load()
    assert isinstance(caught.value.__cause__, APIError)
    assert client.answers == []


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([{}], "IdentityId is missing"),
        ([GUEST, {"Credentials": PARTS}], "IdentityId is missing"),
        ([GUEST, GUEST], "AccessKeyId is missing"),
        ([GUEST, granted(SecretKey=None)], "SecretKey is missing"),
        ([GUEST, granted(Expiration="CANARY")], "Expiration is not a time"),
        ([GUEST, "CANARY"], "not a JSON object"),
    ],
)
def test_answers_that_are_no_credentials(answers: list[object], message: str) -> None:
    with pytest.raises(CredentialsError, match=f"the identity pool {POOL}: .*{message}") as caught:
        IdentityPoolSource(Client(*answers), POOL).load()
    assert "CANARY" not in str(caught.value)


def test_the_provider_keeps_them(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(GUEST, granted(Expiration=4102444800))
    provider = identity_pool_credentials(client, POOL)
    assert client.calls == []
    assert provider() is provider()
    assert len(client.calls) == 2
