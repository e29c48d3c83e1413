"""Proxies named in the environment."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from runtime.errors import ConfigurationError, ConnectTimeout, ProxyError
from runtime.http import HTTPRequest, Origin, Timeout
from runtime.transport.proxies import choose, from_environment
from tests.runtime.transport.certificates import server_context
from tests.runtime.transport.clients import QUICK, MakeClient
from tests.runtime.transport.server import CLOSE, HANG, READ, RESET, START_TLS, FaultServer, Script, reply, serving

HTTP = Origin("http", "api.example", 80)
HTTPS = Origin("https", "api.example", 443)
CREDENTIALS = "Basic dXNlcjpjYW5hcnk="  # user:canary


def get(origin: Origin) -> HTTPRequest:
    return HTTPRequest("GET", origin, "/path?query", [("A", "b")])


def use(monkeypatch: pytest.MonkeyPatch, server: FaultServer, credentials: str = "") -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://{credentials}127.0.0.1:{server.origin.port}")


def test_http_goes_to_the_proxy_with_its_whole_url(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultServer(serving(reply(b"ok"))) as proxy:
        use(monkeypatch, proxy, "user:canary@")
        assert make_client().send(get(HTTP)).body == b"ok"
        assert proxy.requests[0].split(b"\r\n") == [
            b"GET http://api.example/path?query HTTP/1.1",
            b"Host: api.example",
            b"A: b",
            f"Proxy-Authorization: {CREDENTIALS}".encode(),
            b"",
            b"",
        ]


def test_https_goes_through_a_tunnel(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, pem: Path) -> None:
    opened: Script = [READ, b"HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n", START_TLS(server_context(pem))]
    with FaultServer([*opened, *serving(reply(b"1"), reply(b"2"))]) as proxy:
        use(monkeypatch, proxy, "user:canary@")
        client = make_client(verify=str(pem))
        origin = Origin("https", "127.0.0.1", 8443)
        assert [client.send(get(origin)).body for _ in range(2)] == [b"1", b"2"]
        tunnel, first, _ = proxy.requests
        assert tunnel.split(b"\r\n") == [
            b"CONNECT 127.0.0.1:8443 HTTP/1.1",
            b"Host: 127.0.0.1:8443",
            f"Proxy-Authorization: {CREDENTIALS}".encode(),
            b"",
            b"",
        ]
        assert first.startswith(b"GET /path?query HTTP/1.1\r\nHost: 127.0.0.1:8443\r\n")
        assert b"Proxy-Authorization" not in first


@pytest.mark.parametrize(
    ("script", "message", "retryable"),
    [
        ([READ, reply(b"no", status="403 Forbidden")], "status 403", False),
        ([READ, reply(b"no", status="407 Proxy Authentication Required")], "wants user and password", False),
        ([READ, reply(b"no", status="502 Bad Gateway")], "status 502", True),
        ([READ, CLOSE], "gave no answer", True),
        ([READ, b"trash"], "gave no answer", True),
    ],
)
def test_refused_tunnels(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, script: Script, message: str, retryable: bool
) -> None:
    with FaultServer(script) as proxy:
        use(monkeypatch, proxy, "user:canary@")
        with pytest.raises(ProxyError, match=message) as caught:
            make_client().send(get(HTTPS))
        assert caught.value.retryable is retryable
        assert not caught.value.request_sent
        assert "canary" not in str(caught.value)
        assert proxy.gone[0].wait(5)


def test_http_refused_by_the_proxy(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultServer(serving(reply(b"", status="407 Proxy Authentication Required"))) as proxy:
        use(monkeypatch, proxy)
        with pytest.raises(ProxyError, match="wants user and password"):
            make_client().send(get(HTTP))


@pytest.mark.parametrize("origin", [HTTP, HTTPS])
@pytest.mark.parametrize("host", ["127.0.0.1:1", "no-such-proxy.invalid"])
def test_a_proxy_that_is_not_there(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, origin: Origin, host: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", f"http://user:canary@{host}")
    with pytest.raises(ProxyError, match=f"the proxy cannot be used: .*{host}") as caught:
        make_client().send(get(origin))
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("script", [[HANG], [READ, HANG]])
def test_the_tunnel_belongs_to_connecting(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, script: Script
) -> None:
    with FaultServer(script) as proxy:
        use(monkeypatch, proxy)
        with pytest.raises(ConnectTimeout):
            make_client().send(get(HTTPS), Timeout(connect=0.05))


def test_a_proxy_that_resets(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultServer([READ, RESET]) as proxy:
        use(monkeypatch, proxy)
        with pytest.raises(ProxyError) as caught:
            make_client().send(get(HTTPS))
        assert not caught.value.request_sent


@pytest.mark.parametrize("origin", [HTTP, HTTPS])
def test_a_proxy_given_in_code_comes_before_the_environment_s(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, origin: Origin
) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "*")
    with FaultServer(serving(reply(b"no", status="403 Forbidden"))) as proxy:
        client = make_client(proxy=f"http://user:canary@127.0.0.1:{proxy.origin.port}")
        if origin is HTTP:
            assert client.send(get(origin)).status_code == 403
        else:
            with pytest.raises(ProxyError, match="status 403"):
                client.send(get(origin))
        assert f"Proxy-Authorization: {CREDENTIALS}".encode() in proxy.requests[0]


@pytest.mark.parametrize("url", ["enviroment", "p:3128", "socks5://u:canary@p:1", "http://u:canary@p:99999"])
def test_a_proxy_given_in_code_is_checked_at_once(url: str) -> None:
    with pytest.raises(ConfigurationError, match="proxy= must name a proxy as http://host:port") as caught:
        choose(url)
    assert "canary" not in str(caught.value)


def test_the_environment_can_be_ignored(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with FaultServer(serving(reply(b"ok"))) as server:
        assert make_client(proxy=None).send(get(server.origin), QUICK).body == b"ok"


@pytest.mark.parametrize(
    ("environment", "http", "https"),
    [
        ({"HTTP_PROXY": "http://p:1"}, 1, None),
        ({"HTTPS_PROXY": "http://p:1"}, None, 1),
        ({"ALL_PROXY": "http://p:1"}, 1, 1),
        ({"ALL_PROXY": "http://p:1", "HTTPS_PROXY": "http://p:2"}, 1, 2),
        ({"http_proxy": "http://p:1", "HTTP_PROXY": "http://p:2"}, 1, None),
        ({"HTTPS_PROXY": "p:1"}, None, 1),
        ({"HTTPS_PROXY": "http://p"}, None, 80),
        ({"HTTPS_PROXY": "http://[::1]:7/"}, None, 7),
        ({"HTTP_PROXY": "http://p:1", "REQUEST_METHOD": "GET"}, None, None),
        ({"http_proxy": "http://p:1", "REQUEST_METHOD": "GET"}, 1, None),
        ({"HTTPS_PROXY": ""}, None, None),
        ({"NO_PROXY": "x"}, None, None),
    ],
)
def test_which_variable_counts(environment: dict[str, str], http: int | None, https: int | None) -> None:
    proxies = from_environment(environment)
    for origin, port in ((HTTP, http), (HTTPS, https)):
        found = None if proxies is None else proxies.find(origin)
        assert (None if found is None else found.origin.port) == port


@pytest.mark.parametrize(
    ("listed", "host", "port", "is_direct"),
    [
        ("*", "a.example", 443, True),
        ("a.example", "a.example", 443, True),
        ("a.example", "b.a.example", 443, True),
        ("a.example", "ba.example", 443, False),
        (".example", "a.example", 443, True),
        ("*.example", "a.example", 443, True),
        ("A.Example", "a.example", 443, True),
        ("x, a.example ,y", "a.example", 443, True),
        ("x a.example", "a.example", 443, True),
        ("a.example:443", "a.example", 443, True),
        ("a.example:444", "a.example", 443, False),
        ("127.0.0.1", "127.0.0.1", 80, True),
        ("127.0.0.0/8", "127.0.0.1", 80, True),
        ("10.0.0.0/8", "127.0.0.1", 80, False),
        ("10.0.0.0/8", "a.example", 80, False),
        ("nonsense/8", "127.0.0.1", 80, False),
        ("::1", "::1", 80, True),
        ("[::1]", "::1", 80, True),
        ("[::1]:80", "::1", 80, True),
        ("[::1]:81", "::1", 80, False),
        ("fd00::/8", "fd00::1", 80, True),
    ],
)
def test_exceptions(listed: str, host: str, port: int, is_direct: bool) -> None:
    proxies = from_environment({"ALL_PROXY": "http://p:1", "no_proxy": listed})
    assert proxies is not None
    assert (proxies.find(Origin("https", host, port)) is None) is is_direct


@pytest.mark.parametrize(
    "value", ["socks5://u:canary@p:1", "https://u:canary@p:1", "http://u:canary@p:99999", "http://"]
)
def test_proxies_that_are_refused(value: str) -> None:
    proxies = from_environment({"HTTPS_PROXY": value})
    assert proxies is not None
    with pytest.raises(ConfigurationError, match="HTTPS_PROXY") as caught:
        proxies.find(HTTPS)
    assert "canary" not in str(caught.value)


def test_passwords_are_not_shown() -> None:
    proxies = from_environment({"HTTPS_PROXY": "http://user:c%C3%A4nary@p:1"})
    assert proxies is not None
    proxy = proxies.find(HTTPS)
    assert proxy is not None
    assert proxy.authorization == "Basic dXNlcjpjw6RuYXJ5"
    assert "dXNlcjpjw6RuYXJ5" not in repr(proxy)


def test_several_threads_share_a_tunnelled_client(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, pem: Path
) -> None:
    together = threading.Event()
    opened: Script = [READ, together, b"HTTP/1.1 200 OK\r\n\r\n", START_TLS(server_context(pem))]
    with FaultServer([*opened, *serving(*[reply(b"ok")] * 8)]) as proxy:
        use(monkeypatch, proxy)
        results = make_client(verify=str(pem)).send_all([get(Origin("https", "127.0.0.1", 8443))] * 8)
        assert [getattr(each, "body", each) for each in results] == [b"ok"] * 8
