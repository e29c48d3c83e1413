"""TLS: what is trusted, what is said when it is not, and that nothing is loaded before it is needed."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from runtime.errors import ConfigurationError, ConnectError, TLSError
from runtime.http import HTTPRequest, Origin
from tests.runtime.transport.certificates import YEAR, make_certificate, server_context
from tests.runtime.transport.clients import MakeClient
from tests.runtime.transport.server import CLOSE, READ, RESET, Action, FaultServer, reply, serving


def get(server: FaultServer) -> HTTPRequest:
    return HTTPRequest("GET", Origin("https", "127.0.0.1", server.origin.port), "/", [])


def test_a_bundle_of_one_s_own(make_client: MakeClient, pem: Path) -> None:
    client = make_client(verify=str(pem))
    with FaultServer(serving(*[reply(b"ok")] * 3), context=server_context(pem)) as server:
        assert [client.send(get(server)).body for _ in range(3)] == [b"ok"] * 3
        assert server.accepted == 1


def test_no_verification(make_client: MakeClient, pem: Path) -> None:
    client = make_client(verify=False)
    with FaultServer(serving(reply(b"ok")), context=server_context(pem)) as server:
        assert client.send(get(server)).body == b"ok"


@pytest.mark.parametrize(
    ("options", "trusted", "message"),
    [
        pytest.param({}, False, "self-signed certificate; .*verify=", id="self-signed"),
        pytest.param({"address": "127.0.0.2"}, True, "IP address mismatch", id="wrong host"),
        pytest.param({"age": 3 * YEAR}, True, "certificate has expired", id="expired"),
    ],
)
def test_untrusted(
    make_client: MakeClient, tmp_path: Path, options: dict[str, object], trusted: bool, message: str
) -> None:
    pem = make_certificate(tmp_path / "bad.pem", **options)  # type: ignore[arg-type]
    client = make_client(verify=str(pem)) if trusted else make_client()
    with FaultServer(serving(reply(b"ok")), context=server_context(pem)) as server:
        with pytest.raises(TLSError, match=message) as caught:
            client.send(get(server))
        assert not caught.value.retryable
        assert not caught.value.request_sent
        assert server.requests == []


def test_not_a_tls_server(make_client: MakeClient) -> None:
    with (
        FaultServer([b"HTTP/1.1 400 Bad Request\r\n\r\n", CLOSE]) as server,
        pytest.raises(TLSError, match="does not speak TLS"),
    ):
        make_client().send(get(server))


def test_protocol_versions_in_common(make_client: MakeClient, pem: Path) -> None:
    context = server_context(pem)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    client = make_client(verify=str(pem))
    with FaultServer(serving(reply(b"ok")), context=context) as server:
        assert client.send(get(server)).body == b"ok"


def test_client_certificates(make_client: MakeClient, pem: Path, tmp_path: Path) -> None:
    mine = make_certificate(tmp_path / "mine.pem")
    context = server_context(pem)
    context.load_verify_locations(mine)
    context.verify_mode = ssl.CERT_REQUIRED
    with FaultServer(serving(reply(b"ok")), context=context) as server:
        for certificate in (str(mine), (str(mine), str(mine))):
            assert make_client(verify=str(pem), client_certificate=certificate).send(get(server)).body == b"ok"


def test_a_client_certificate_with_an_encrypted_key(make_client: MakeClient, pem: Path, tmp_path: Path) -> None:
    mine = make_certificate(tmp_path / "mine.pem", password="canary")
    context = server_context(pem)
    context.load_verify_locations(mine)
    context.verify_mode = ssl.CERT_REQUIRED
    with FaultServer(serving(reply(b"ok")), context=context) as server:
        client = make_client(verify=str(pem), client_certificate=(str(mine), str(mine), "canary"))
        assert client.send(get(server)).body == b"ok"


@pytest.mark.parametrize("password", [(), ("wrong",)])
def test_an_encrypted_key_without_its_password_is_an_error_and_no_question(
    make_client: MakeClient, tmp_path: Path, password: tuple[str, ...]
) -> None:
    mine = make_certificate(tmp_path / "mine.pem", password="canary")
    with (
        FaultServer([CLOSE]) as server,
        pytest.raises(ConfigurationError, match=r"mine\.pem' cannot be used") as caught,
    ):
        make_client(client_certificate=(str(mine), str(mine), *password)).send(get(server))
    assert "wrong" not in str(caught.value)


def test_authorities_that_are_asked_for_at_the_first_need(make_client: MakeClient, pem: Path) -> None:
    asked: list[int] = []
    client = make_client(verify=lambda: asked.append(1) or str(pem))
    assert asked == []
    with FaultServer(serving(*[reply(b"ok")] * 2), context=server_context(pem)) as server:
        assert [client.send(get(server)).body for _ in range(2)] == [b"ok"] * 2
    assert asked == [1]


@pytest.mark.parametrize("ending", [CLOSE, RESET])
def test_a_peer_that_goes_away_in_the_handshake_may_come_back(make_client: MakeClient, ending: Action) -> None:
    with FaultServer([ending]) as server:
        with pytest.raises(ConnectError) as caught:
            make_client().send(get(server))
        assert not isinstance(caught.value, TLSError)
        assert caught.value.retryable


def test_large_bodies_both_ways(make_client: MakeClient, pem: Path) -> None:
    body = bytes(range(256)) * 8_000
    client = make_client(verify=str(pem))
    with FaultServer(serving(reply(body)), context=server_context(pem)) as server:
        request = get(server)
        request.method, request.body = "POST", body
        assert client.send(request).body == body
        assert server.requests[0].endswith(body)


def test_an_idle_connection_that_was_closed_is_not_used(make_client: MakeClient, pem: Path) -> None:
    client = make_client(verify=str(pem))
    with FaultServer([READ, reply(b"1"), CLOSE], serving(reply(b"2")), context=server_context(pem)) as server:
        assert client.send(get(server)).body == b"1"
        assert server.gone[0].wait(5)
        request = get(server)
        request.method = "POST"
        assert client.send(request).body == b"2"


@pytest.mark.parametrize("content", [None, b"", b"not a certificate"])
@pytest.mark.parametrize("option", ["verify", "client_certificate"])
def test_unusable_files(make_client: MakeClient, tmp_path: Path, option: str, content: bytes | None) -> None:
    path = tmp_path / "some.pem"
    if content is not None:
        path.write_bytes(content)
    with FaultServer([CLOSE]) as server, pytest.raises(ConfigurationError, match=r"some\.pem"):
        make_client(**{option: str(path)}).send(get(server))
