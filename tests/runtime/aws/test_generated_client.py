"""The generated client with credentials that are renewed: at the service's word, and from an identity pool."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

import sdk
from sdk._runtime.aws.credentials import Credentials
from sdk._runtime.aws.identity_pool import identity_pool_credentials
from sdk._runtime.aws.refresh import RefreshingCredentials
from sdk._runtime.http import Headers, HTTPRequest, HTTPResponse, Timeout
from sdk.models import errors, shared

EXPIRED = (400, {"__type": "ExpiredTokenException", "message": "the token ended"})
POOLS = (200, {"IdentityPools": []})


class Wire:
    """A transport of both kinds that answers from a list and keeps who signed."""

    def __init__(self, *answers: tuple[int, dict[str, Any]]) -> None:
        self._answers = list(answers)
        self.signers: list[str | None] = []

    def send(self, request: HTTPRequest, timeout: Timeout) -> HTTPResponse:
        authorization = dict(request.headers).get("Authorization")
        self.signers.append(authorization and authorization.partition("Credential=")[2].partition("/")[0])
        status, body = self._answers.pop(0)
        return HTTPResponse(status, Headers(()), json.dumps(body).encode())

    def close(self) -> None:
        """Nothing is open."""


class AsyncWire(Wire):
    """Its asyncio twin."""

    async def send(  # type: ignore[override]
        self, request: HTTPRequest, timeout: Timeout  # noqa: ASYNC109  (the contract of a transport)
    ) -> HTTPResponse:
        return super().send(request, timeout)

    async def aclose(self) -> None:
        """Nothing is open."""


def list_pools(kind: str, credentials: Any, *answers: tuple[int, dict[str, Any]]) -> list[str | None]:
    """Who signed the attempts of one call."""
    security = shared.Security(hmac=shared.SchemeHmac(credentials=credentials))
    if kind == "blocking":
        wire = Wire(*answers)
        with sdk.SDK(security, region="eu-west-1", transport=wire) as client:
            client.list_identity_pools(max_results=1)
        return wire.signers
    wire = AsyncWire(*answers)

    async def call() -> None:
        async with sdk.AsyncSDK(security, region="eu-west-1", transport=wire) as client:
            await client.list_identity_pools(max_results=1)

    asyncio.run(call())
    return wire.signers


def numbered() -> RefreshingCredentials:
    numbers = iter(range(9))
    return RefreshingCredentials(lambda: Credentials(f"AKID{next(numbers)}", "s", "t"))


@pytest.mark.parametrize("kind", ["blocking", "asyncio"])
def test_expired_credentials_are_renewed_once(kind: str) -> None:
    provider = numbered()
    assert list_pools(kind, provider, EXPIRED, POOLS) == ["AKID0", "AKID1"]
    with pytest.raises(errors.SDKError, match="ExpiredTokenException") as caught:
        list_pools(kind, provider, EXPIRED, EXPIRED)
    assert caught.value.attempts == 2


@pytest.mark.parametrize("kind", ["blocking", "asyncio"])
def test_credentials_of_an_identity_pool(kind: str) -> None:
    parts = {"AccessKeyId": "ASIAPOOL", "SecretKey": "s", "SessionToken": "t", "Expiration": 4102444800}
    wire = Wire((200, {"IdentityId": "i"}), (200, {"IdentityId": "i", "Credentials": parts}))
    with sdk.SDK(region="eu-west-1", transport=wire) as public:
        signers = list_pools(kind, identity_pool_credentials(public, "eu-west-1:pool"), POOLS)
    assert signers == ["ASIAPOOL"]
    assert wire.signers == [None, None]


def test_an_asynchronous_provider() -> None:
    async def provide() -> Credentials:
        await asyncio.sleep(0)
        return Credentials("AKIDLATER", "s")

    assert list_pools("asyncio", provide, POOLS) == ["AKIDLATER"]
    with pytest.raises(errors.CredentialsError, match="asynchronous"):
        list_pools("blocking", provide)
