"""How a client connects: certificate authorities, its own certificate, proxies, and transports given to it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

import sdk
from sdk import transports
from sdk.models import errors
from tests.clients.callers import Connect
from tests.clients.stub import Stub
from tests.runtime.transport.certificates import make_certificate, server_context
from tests.runtime.transport.server import READ, START_TLS, FaultServer, Script, reply, serving

ANSWER = reply(b'{"IdentityId": "us-east-1:1"}', "Content-Type: application/x-amz-json-1.1")
CALL = {"identity_pool_id": "us-east-1:00000000-0000-4000-8000-000000000000"}


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    return make_certificate(tmp_path / "server.pem")


def url(server: FaultServer) -> str:
    return f"https://127.0.0.1:{server.origin.port}"


def test_authorities_given_in_code(connect: Connect, pem: Path) -> None:
    with FaultServer(serving(ANSWER), context=server_context(pem)) as server:
        assert connect(server_url=url(server), verify=str(pem))("get_id", **CALL).status_code == 200


@pytest.mark.parametrize("place", ["variable", "profile"])
def test_authorities_of_the_environment(
    connect: Connect, pem: Path, home: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    if place == "variable":
        monkeypatch.setenv("AWS_CA_BUNDLE", str(pem))
    else:
        (home / ".aws").mkdir()
        (home / ".aws" / "config").write_text(f"[default]\nca_bundle = {pem}\n")
    with FaultServer(serving(ANSWER, ANSWER), context=server_context(pem)) as server:
        assert connect(server_url=url(server))("get_id", **CALL).status_code == 200
        with pytest.raises(errors.TLSError):
            connect(server_url=url(server), verify=True, retries=0)("get_id", **CALL)


def test_a_certificate_of_the_client_s_own(connect: Connect, pem: Path, tmp_path: Path) -> None:
    mine = make_certificate(tmp_path / "mine.pem", password="canary")
    context = server_context(pem)
    context.load_verify_locations(mine)
    context.verify_mode = ssl.CERT_REQUIRED
    with FaultServer(serving(ANSWER), context=context) as server:
        client = connect(server_url=url(server), verify=str(pem), client_certificate=(str(mine), str(mine), "canary"))
        assert client("get_id", **CALL).status_code == 200


def test_a_proxy_given_in_code(connect: Connect, pem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    opened: Script = [READ, b"HTTP/1.1 200 OK\r\n\r\n", START_TLS(server_context(pem)), *serving(ANSWER)]
    with FaultServer(opened) as proxy:
        client = connect(
            server_url="https://127.0.0.1:8443", verify=str(pem), proxy=f"http://127.0.0.1:{proxy.origin.port}"
        )
        assert client("get_id", **CALL).status_code == 200
        assert proxy.requests[0].startswith(b"CONNECT 127.0.0.1:8443 ")


def test_no_proxy_at_all(connect: Connect, stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert connect(server_url=stub.url, proxy=None)("get_id", **CALL).status_code == 200


def test_errors_belong_to_the_line_that_made_the_client(connect: Connect) -> None:
    with pytest.raises(errors.ConfigurationError, match="proxy= must name a proxy"):
        connect(proxy="socks5://user:canary@p:1080")


@pytest.mark.parametrize(
    "options", [{"verify": False}, {"client_certificate": "a.pem"}, {"proxy": None}, {"proxy": "http://p"}]
)
@pytest.mark.parametrize("make", [sdk.SDK, sdk.AsyncSDK])
def test_a_transport_and_its_options_are_not_mixed(make: Callable[..., object], options: dict[str, Any]) -> None:
    with pytest.raises(errors.ConfigurationError, match=f"give {next(iter(options))} to it"):
        make(transport=object(), **options)


def test_the_client_s_repr_and_settings_hide_the_password() -> None:
    from sdk._runtime.transport.options import Connections

    assert "canary" not in repr(Connections(client_certificate=("a", "b", "canary"), proxy="http://u:canary@p"))


def test_transports_have_one_public_place(stub: Stub) -> None:
    for kind in (transports.SocketTransport, transports.Httpx2Transport):
        with sdk.SDK(server_url=stub.url, transport=kind(max_connections=1)) as client:
            assert client.get_id(**CALL).status_code == 200

    async def scenario() -> None:
        for kind in (transports.AsyncioTransport, transports.AsyncHttpx2Transport):
            async with sdk.AsyncSDK(server_url=stub.url, transport=kind(max_connections=1)) as client:
                assert (await client.get_id(**CALL)).status_code == 200

    asyncio.run(scenario())
    first, *others = stub.requests
    assert len(others) == 3
    for each in others:
        assert [name for name, _ in each.headers] == [name for name, _ in first.headers]


def test_unknown_names() -> None:
    with pytest.raises(AttributeError, match="Nothing"):
        _ = transports.Nothing


@pytest.mark.usefixtures("keys")
def test_mocks_of_httpx2_see_the_whole_request() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        assert request.url == "https://cognito-identity.us-east-1.amazonaws.com/"
        assert request.headers["X-Amz-Target"] == "AWSCognitoIdentityService.ListIdentityPools"
        assert request.headers["Authorization"].startswith("AWS4-HMAC-SHA256 ")
        assert request.content == b'{"MaxResults":1}'
        return httpx2.Response(200, json={"IdentityPools": []})

    transport = transports.Httpx2Transport(httpx2.Client(transport=httpx2.MockTransport(answer)))
    assert sdk.SDK(transport=transport).list_identity_pools(max_results=1).status_code == 200
