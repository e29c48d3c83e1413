"""TLS: what is trusted, what is said when it is not, and that nothing is loaded before it is needed."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from collections.abc import Sequence
from pathlib import Path

import pytest

from runtime.errors import ConfigurationError, ConnectError, TLSError
from runtime.http import HTTPRequest, Origin
from tests.runtime.transport.clients import MakeClient
from tests.runtime.transport.server import CLOSE, READ, Action, FaultServer, reply, serving

pytest.importorskip("cryptography")

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

YEAR = dt.timedelta(days=365)


def make_certificate(path: Path, *, address: str = "127.0.0.1", age: dt.timedelta = YEAR) -> Path:
    """A self-signed certificate with its key, in one PEM file; it began `age` ago and is valid for two years."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    begin = dt.datetime.now(dt.UTC) - age
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), begin, begin + 2 * YEAR)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + secret)
    return path


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls") / "server.pem")


def server_context(pem: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


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
    with FaultServer([b"HTTP/1.1 400 Bad Request\r\n\r\n", CLOSE]) as server:
        with pytest.raises(TLSError, match="does not speak TLS"):
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


@pytest.mark.parametrize("ending", [[CLOSE]])
def test_a_peer_that_goes_away_in_the_handshake_may_come_back(
    make_client: MakeClient, ending: Sequence[Action]
) -> None:
    with FaultServer(ending) as server:
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
