"""Ways to authenticate that need more than a constant: tokens that are got and renewed, challenges, the environment."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.clients.held_clock import HeldClock

PACKAGE = "vault_client"
ISSUER = "https://auth.vault.example"


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("vault")
    write_files(root, run(Path(__file__).with_name("security.yaml"), package=PACKAGE).files())
    with imported(root, PACKAGE) as module:
        yield module


class Server:
    """A transport for both clients that gives tokens at one host and checks them at another."""

    def __init__(self, sdk: ModuleType) -> None:
        self._sdk = sdk
        self.sent: list[Any] = []
        self.answers: list[tuple[int, dict[str, str], Any]] = []
        self.lifetime: Any = 3600
        self.tokens = 0
        self.metadata: tuple[int, dict[str, str], Any] = (200, {}, {"token_endpoint": f"{ISSUER}/o/token/?a=b"})
        self.refresh_token: str | None = None
        self.refuses_tokens_with: tuple[int, Any] | None = None
        self._lock = threading.Lock()

    def send(self, request: Any, timeout: Any) -> Any:
        with self._lock:
            self.sent.append(request)
            if request.origin.host == "auth.vault.example":
                return self._reply(*self.metadata) if request.method == "GET" else self._token()
            status, headers, body = self.answers.pop(0) if self.answers else (204, {}, None)
            return self._reply(status, headers, body)

    def close(self) -> None:
        """Nothing to close."""

    def _token(self) -> Any:
        if self.refuses_tokens_with is not None:
            status, body = self.refuses_tokens_with
            return self._reply(status, {}, body)
        self.tokens += 1
        body = {"access_token": f"t-{self.tokens}", "token_type": "Bearer", "expires_in": self.lifetime}
        return self._reply(200, {}, body | ({"refresh_token": self.refresh_token} if self.refresh_token else {}))

    def _reply(self, status: int, headers: dict[str, str], body: Any) -> Any:
        http = self._sdk._runtime.http
        return http.HTTPResponse(status, http.Headers(headers.items()), json.dumps(body).encode())

    @property
    def calls(self) -> list[Any]:
        """What went to the API."""
        return [request for request in self.sent if request.origin.host != "auth.vault.example"]

    @property
    def token_requests(self) -> list[Any]:
        """What went to the authorization server."""
        return [request for request in self.sent if request.origin.host == "auth.vault.example"]


class AsyncServer:
    """The same for asyncio; every request lets others run first."""

    def __init__(self, server: Server) -> None:
        self._server = server

    async def send(self, request: Any, timeout: Any) -> Any:  # noqa: ASYNC109  (the protocol's own)
        await asyncio.sleep(0)
        return self._server.send(request, timeout)

    async def aclose(self) -> None:
        """Nothing to close."""


@pytest.fixture
def server(sdk: ModuleType) -> Server:
    return Server(sdk)


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


Call = Callable[..., Any]


@pytest.fixture(params=["blocking", "asyncio"])
def call(request: pytest.FixtureRequest, sdk: ModuleType, server: Server, clock: HeldClock) -> Call:
    """`call(security, "by_machine", times=2)`: as many calls of one client."""

    def blocking(security: Any, name: str, times: int = 1) -> None:
        with sdk.SDK(security=security, transport=server, clock=clock) as client:
            for _ in range(times):
                getattr(client, name)()

    def asynchronous(security: Any, name: str, times: int = 1) -> None:
        async def main() -> None:
            async with sdk.AsyncSDK(security=security, transport=AsyncServer(server), clock=clock) as client:
                for _ in range(times):
                    await getattr(client, name)()

        asyncio.run(main())

    return blocking if request.param == "blocking" else asynchronous


def machine(sdk: ModuleType, **given: Any) -> Any:
    shared = sdk.models.shared
    return shared.Security(machine=shared.SchemeMachine(**given))


def authorization(request: Any) -> str | None:
    return dict(request.headers).get("Authorization")


SECRET = {"client_id": "i d", "client_secret": "s:é"}


def test_a_token_for_a_client_secret_is_got_once(sdk: ModuleType, server: Server, call: Call) -> None:
    call(machine(sdk, **SECRET, scopes=("read", "write")), "by_machine", times=3)

    (asked,) = server.token_requests
    assert (asked.method, asked.target) == ("POST", "/token")
    assert authorization(asked) == "Basic aSUyMGQ6cyUzQSVDMyVBOQ=="  # "i%20d:s%3A%C3%A9"
    assert parse_qsl(asked.body.decode()) == [("grant_type", "client_credentials"), ("scope", "read write")]
    assert [authorization(request) for request in server.calls] == ["Bearer t-1"] * 3


def test_the_secret_among_the_parameters(sdk: ModuleType, server: Server, call: Call) -> None:
    call(machine(sdk, **SECRET, client_authentication="body"), "by_machine")

    (asked,) = server.token_requests
    assert authorization(asked) is None
    assert dict(parse_qsl(asked.body.decode())) == {"grant_type": "client_credentials", **SECRET}


def test_a_password(sdk: ModuleType, server: Server, call: Call) -> None:
    call(machine(sdk, username="u", password="p", client_id="c"), "by_machine")

    (asked,) = server.token_requests
    assert dict(parse_qsl(asked.body.decode())) == {
        "grant_type": "password",
        "username": "u",
        "password": "p",
        "client_id": "c",
    }


@pytest.mark.parametrize(
    ("options", "urls"),
    [
        ({}, ["http://127.0.0.1:1/token", "http://127.0.0.1:1/renewed"]),
        (
            {"server_url": "https://other.example/api/v1"},
            ["https://other.example/api/token", "https://other.example/renewed"],
        ),
    ],
)
def test_a_relative_url_is_the_servers(
    sdk: ModuleType, server: Server, options: dict[str, Any], urls: list[str]
) -> None:
    given = sdk.models.shared.SchemeNear(username="u", password="p", client_id="c")
    server.answers = [(200, {}, {"access_token": "n", "expires_in": 1, "refresh_token": "r"}), (204, {}, None)] * 2
    with sdk.SDK(sdk.models.shared.Security(near=given), transport=server, **options) as client:
        client.by_near()
        client.by_near()

    asked = [request for request in server.sent if request.method == "POST"]
    assert [f"{each.origin.scheme}://{each.origin.authority}{each.target}" for each in asked] == urls
    assert authorization(server.sent[-1]) == "Bearer n"


def test_a_refresh_token_goes_to_its_own_place_and_is_replaced(
    sdk: ModuleType, server: Server, call: Call, clock: HeldClock
) -> None:
    server.refresh_token, server.lifetime = "r-2", 20  # less than the margin: every call needs another token

    call(machine(sdk, refresh_token="r-1"), "by_machine", times=2)

    assert [request.target for request in server.token_requests] == ["/refresh", "/refresh"]
    assert [dict(parse_qsl(request.body.decode()))["refresh_token"] for request in server.token_requests] == [
        "r-1",
        "r-2",
    ]


def test_a_token_is_renewed_before_it_ends(sdk: ModuleType, server: Server, clock: HeldClock) -> None:
    with sdk.SDK(security=machine(sdk, **SECRET), transport=server, clock=clock) as client:
        client.by_machine()
        clock.sleep(3600 - 31)
        client.by_machine()
        clock.sleep(1)
        client.by_machine()

    assert [authorization(request) for request in server.calls] == ["Bearer t-1", "Bearer t-1", "Bearer t-2"]


@pytest.mark.parametrize(
    ("name", "well_known"), [("city", "openid-configuration"), ("town", "oauth-authorization-server")]
)
def test_the_server_says_once_where_tokens_come_from(
    sdk: ModuleType, server: Server, call: Call, name: str, well_known: str
) -> None:
    server.lifetime = 20  # less than the margin: every call needs another token
    shared = sdk.models.shared
    scheme = getattr(shared, f"Scheme{name.capitalize()}")(**SECRET)
    call(shared.Security(**{name: scheme}), f"by_{name}", times=2)

    assert [(asked.method, asked.target) for asked in server.token_requests] == [
        ("GET", f"/.well-known/{well_known}"),
        ("POST", "/o/token/?a=b"),
        ("POST", "/o/token/?a=b"),
    ]
    assert [authorization(request) for request in server.calls] == ["Bearer t-1", "Bearer t-2"]


def test_a_token_url_that_is_given_needs_no_question(sdk: ModuleType, server: Server, call: Call) -> None:
    shared = sdk.models.shared
    call(shared.Security(city=shared.SchemeCity(**SECRET, token_url=f"{ISSUER}/mine/")), "by_city")

    assert [asked.target for asked in server.token_requests] == ["/mine/"]


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        ((404, {}, None), r"does not say where tokens come from \(status 404\)"),
        ((200, {}, {"token_endpoint": 5}), "does not say where tokens come from"),
        ((200, {}, {"token_endpoint": "http://auth.vault.example/token"}), "is not https"),
    ],
)
def test_metadata_that_says_nothing(
    sdk: ModuleType, server: Server, call: Call, metadata: tuple[int, dict[str, str], Any], message: str
) -> None:
    server.metadata = metadata
    shared = sdk.models.shared
    with pytest.raises(sdk.models.errors.CredentialsError, match=message):
        call(shared.Security(city=shared.SchemeCity(**SECRET)), "by_city")
    assert server.calls == []


@pytest.mark.parametrize("lifetime", ["20", 20.5])  # less than the margin
def test_an_end_may_be_told_as_text_or_with_a_fraction(sdk: ModuleType, server: Server, lifetime: Any) -> None:
    server.lifetime = lifetime

    with sdk.SDK(security=machine(sdk, **SECRET), transport=server) as client:
        client.by_machine()
        client.by_machine()

    assert server.tokens == 2


@pytest.mark.parametrize("lifetime", [None, "soon", "²", -1, [], 1e400])
def test_a_token_without_an_end_is_kept(sdk: ModuleType, server: Server, call: Call, lifetime: Any) -> None:
    server.lifetime = lifetime

    call(machine(sdk, **SECRET), "by_machine", times=2)

    assert server.tokens == 1


def test_a_token_that_the_server_refuses_is_replaced_once(sdk: ModuleType, server: Server, call: Call) -> None:
    server.answers = [(401, {}, None)]

    call(machine(sdk, **SECRET), "by_machine")

    assert [authorization(request) for request in server.calls] == ["Bearer t-1", "Bearer t-2"]


def test_a_server_that_refuses_every_token_is_asked_twice(sdk: ModuleType, server: Server, call: Call) -> None:
    server.answers = [(401, {}, None)] * 5

    with pytest.raises(sdk.models.errors.APIError) as caught:
        call(machine(sdk, **SECRET), "by_machine")

    assert (caught.value.status_code, len(server.calls)) == (401, 2)


def test_a_given_token_is_not_replaced(sdk: ModuleType, server: Server, call: Call) -> None:
    server.answers = [(401, {}, None)]

    with pytest.raises(sdk.models.errors.APIError):
        call(machine(sdk, token="mine"), "by_machine")

    assert [authorization(request) for request in server.sent] == ["Bearer mine"]


@pytest.mark.parametrize(
    "refusal", [(400, {"error": "invalid_client", "error_description": "s:é"}), (200, {"token": "x"}), (500, "<html>")]
)
def test_no_token_is_an_error_of_credentials(sdk: ModuleType, server: Server, call: Call, refusal: Any) -> None:
    server.refuses_tokens_with = refusal

    with pytest.raises(sdk.models.errors.CredentialsError) as caught:
        call(machine(sdk, **SECRET), "by_machine")

    assert caught.value.status_code == refusal[0]
    assert ("invalid_client" in str(caught.value)) is (refusal[0] == 400)
    assert "s:é" not in str(caught.value)
    assert server.calls == []


def test_many_threads_share_one_token(sdk: ModuleType, server: Server) -> None:
    threads = 16
    together = threading.Barrier(threads)

    with sdk.SDK(security=machine(sdk, **SECRET), transport=server) as client, ThreadPoolExecutor(threads) as pool:

        def one(_: int) -> None:
            together.wait(10)
            client.by_machine()

        list(pool.map(one, range(threads)))

    assert (server.tokens, len(server.calls)) == (1, threads)


def test_many_tasks_share_one_token_and_a_cancelled_one_takes_nothing_away(sdk: ModuleType, server: Server) -> None:
    async def main() -> None:
        async with sdk.AsyncSDK(security=machine(sdk, **SECRET), transport=AsyncServer(server)) as client:
            tasks = [asyncio.ensure_future(client.by_machine()) for _ in range(16)]
            await asyncio.sleep(0)
            tasks[0].cancel()
            results = await asyncio.gather(*tasks, return_exceptions=True)
            assert [type(result).__name__ for result in results[:2]] == ["CancelledError", "ByMachineResponse"]

    asyncio.run(main())

    assert (server.tokens, len(server.calls)) == (1, 15)


def test_one_client_in_two_event_loops(sdk: ModuleType, server: Server) -> None:
    client = sdk.AsyncSDK(security=machine(sdk, **SECRET), transport=AsyncServer(server))
    server.lifetime = 1

    asyncio.run(client.by_machine())
    asyncio.run(client.by_machine())

    assert server.tokens == 2


# --- digest ---------------------------------------------------------------------------------------------------------

NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
OPAQUE = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
ALL = f'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=%s, nonce="{NONCE}", opaque="{OPAQUE}"'


def door(sdk: ModuleType) -> Any:
    shared = sdk.models.shared
    return shared.Security(door=shared.SchemeDoor(username="Mufasa", password="Circle of Life"))


@pytest.mark.parametrize(
    ("challenge", "response"),
    [
        # The two answers of RFC 7616, section 3.9.1.
        (ALL % "MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        (ALL % "SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
        (
            f"Basic realm=\"x\", {ALL % 'MD5'}, {ALL % 'SHA-256'}",
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
        ),
    ],
)
def test_the_answers_of_the_standard(
    sdk: ModuleType, monkeypatch: pytest.MonkeyPatch, challenge: str, response: str
) -> None:
    digest = sdk._runtime.digest
    monkeypatch.setattr(digest.secrets, "token_hex", lambda _: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
    answers = digest.Digest(username="Mufasa", password="Circle of Life").open(None, None)
    error = sdk.models.errors.APIError(
        raw_response=sdk._runtime.http.HTTPResponse(
            401, sdk._runtime.http.Headers([("WWW-Authenticate", challenge)]), b""
        )
    )
    draft = sdk._runtime.draft.Draft(method="GET", path="/dir/index.html")

    assert answers.refused(error, answers)
    answers.apply(draft)

    ((_, value),) = draft.headers
    assert f'response="{response}"' in value
    assert f'opaque="{OPAQUE}"' in value
    assert "nc=00000001" in value


def test_a_challenge_is_answered_and_kept(sdk: ModuleType, server: Server, call: Call) -> None:
    server.answers = [(401, {"WWW-Authenticate": ALL % "SHA-256"}, None)]

    call(door(sdk), "by_door", times=2)

    first, second, third = (authorization(request) for request in server.sent)
    assert first is None
    assert second is not None
    assert third is not None
    assert 'uri="/v2/door"' in second
    assert "nc=00000001" in second
    assert "nc=00000002" in third


@pytest.mark.parametrize("challenge", ["", "Basic realm=x", 'Digest realm="x"', 'Digest nonce="n", algorithm=ROT13'])
def test_a_challenge_that_cannot_be_answered(sdk: ModuleType, server: Server, call: Call, challenge: str) -> None:
    server.answers = [(401, {"WWW-Authenticate": challenge}, None)]

    with pytest.raises(sdk.models.errors.APIError):
        call(door(sdk), "by_door")

    assert len(server.sent) == 1


# --- what is given, and where ---------------------------------------------------------------------------------------


def test_all_schemes_of_an_alternative(sdk: ModuleType, server: Server, call: Call) -> None:
    shared = sdk.models.shared
    asked = iter("ab")

    call(
        shared.Security(
            key=shared.SchemeKey(api_key=lambda: f"k&{next(asked)}"),
            person=shared.SchemePerson(username="u", password="p"),
        ),
        "by_key",
        times=2,
    )

    assert [request.target for request in server.sent] == ["/v2/key?api%20key=k%26a", "/v2/key?api%20key=k%26b"]
    assert authorization(server.sent[0]) == "Basic dTpw"


def test_a_scheme_that_no_client_knows(sdk: ModuleType, server: Server, call: Call) -> None:
    shared = sdk.models.shared

    call(shared.Security(strange=shared.SchemeStrange(value="HOBA result=1")), "by_key")

    assert authorization(server.sent[0]) == "HOBA result=1"


def test_a_certificate_is_the_transports(server: Server, call: Call) -> None:
    call(None, "by_wire")

    assert authorization(server.sent[0]) is None


def test_the_environment(server: Server, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAULT_CLIENT_KEY", "k")
    monkeypatch.setenv("VAULT_CLIENT_PERSON_USERNAME", "u")
    monkeypatch.setenv("VAULT_CLIENT_PERSON_PASSWORD", "p")
    monkeypatch.setenv("VAULT_CLIENT_MACHINE_CLIENT_ID", "c")
    monkeypatch.setenv("VAULT_CLIENT_MACHINE_CLIENT_SECRET", "s")

    call(None, "by_key")
    call(None, "by_machine")

    assert server.calls[0].target == "/v2/key?api%20key=k"
    assert authorization(server.calls[1]) == "Bearer t-1"


def test_half_of_a_pair_in_the_environment_is_nothing(
    sdk: ModuleType, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAULT_CLIENT_DOOR_USERNAME", "u")

    with pytest.raises(sdk.models.errors.CredentialsError, match="by_door|byDoor"):
        call(None, "by_door")


def test_what_is_given_hides_the_environment(
    sdk: ModuleType, server: Server, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAULT_CLIENT_STRANGE", "environment")

    with pytest.raises(sdk.models.errors.CredentialsError):
        call(machine(sdk, token="t"), "by_key")

    assert server.sent == []


def test_secrets_do_not_show(sdk: ModuleType) -> None:
    shown = repr(machine(sdk, token="SECRET", client_secret="SECRET", refresh_token="SECRET", password="SECRET"))

    assert "SECRET" not in shown
