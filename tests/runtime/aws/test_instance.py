"""Credentials of an EC2 instance, and the many ways of not being one."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import pytest

from runtime.aws.credentials import Credentials
from runtime.aws.sources.instance import InstanceSource
from runtime.aws.sources.outside import Outside
from runtime.errors import ConfigurationError, ConnectTimeout, ProtocolError, ReadTimeout, ResponseError
from runtime.http import HTTPRequest
from tests.runtime.aws.fakes import LATER, Reply, outside, reply, sent, temporary, write

ROLES = "/latest/meta-data/iam/security-credentials/"
FOUND = Credentials("ASIAI", "I-secret", "I-token", LATER)


@pytest.fixture
def environ(no_files: dict[str, str]) -> dict[str, str]:
    del no_files["AWS_EC2_METADATA_DISABLED"]
    return no_files


def service(token: Reply | None = None, roles: Reply | None = None, role: Reply | None = None, *, v1: bool = False):
    """A metadata service, each of whose answers may be replaced."""

    def answer(request: HTTPRequest) -> Reply:
        if request.method == "PUT":
            assert request.target == "/latest/api/token"
            assert request.headers == [("X-aws-ec2-metadata-token-ttl-seconds", "21600")]
            return reply("CANARY-session") if token is None else token
        assert request.headers == ([] if v1 else [("X-aws-ec2-metadata-token", "CANARY-session")])
        if request.target == ROLES:
            return reply("a role/x\n") if roles is None else roles
        assert request.target == f"{ROLES}a%20role%2Fx"
        return reply(temporary("I")) if role is None else role

    return answer


def test_a_session_a_role_its_credentials(environ: dict[str, str]) -> None:
    surroundings = outside(environ, service())
    assert InstanceSource(surroundings).load() == FOUND
    web = sent(surroundings)
    assert web.lines == [
        "PUT http://169.254.169.254/latest/api/token",
        f"GET http://169.254.169.254{ROLES}",
        f"GET http://169.254.169.254{ROLES}a%20role%2Fx",
    ]
    assert {(timeout.connect, timeout.read, timeout.total) for timeout in web.timeouts} == {(1.0, 1.0, 2.0)}


@pytest.mark.parametrize("token", [reply("", 403), reply("", 404), reply("", 405), ReadTimeout("hop limit")])
def test_a_service_of_the_first_version(environ: dict[str, str], token: Reply) -> None:
    assert InstanceSource(outside(environ, service(token, v1=True))).load() == FOUND

    surroundings = outside(environ | {"AWS_EC2_METADATA_V1_DISABLED": "TRUE"}, service(token))
    source = InstanceSource(surroundings)
    assert source.load() is None
    assert len(sent(surroundings).sent) == 1
    assert "first version of its protocol is switched off" in source.describe()


@pytest.mark.parametrize(
    ("answers", "requests", "reason"),
    [
        ({"token": ConnectTimeout("no connection")}, 1, "no connection"),
        ({"token": reply("", 400)}, 1, "status 400"),
        ({"token": reply("<html>CANARY portal</html>")}, 1, "something else than a token"),
        ({"token": reply("CANARY\r\nX: y")}, 1, "something else than a token"),
        ({"token": reply("")}, 1, "something else than a token"),
        ({"token": ProtocolError("no HTTP")}, 1, "no HTTP"),
        ({"token": ResponseError("too large")}, 1, "too large"),
        ({"roles": reply("", 404)}, 2, "status 404"),
        ({"roles": reply("", 403)}, 2, "status 403"),
        ({"roles": reply("", 302)}, 2, "status 302"),
        ({"roles": reply("")}, 2, "names no role"),
        ({"roles": reply("<html>CANARY</html>")}, 2, "names no role"),
        ({"roles": ReadTimeout("slow")}, 2, "slow"),
        ({"role": reply("<html>CANARY</html>")}, 3, "not a JSON object"),
        ({"role": reply({"Code": "AssumeRoleUnauthorizedAccess", "Message": "CANARY"})}, 3, "cannot be used"),
        ({"role": reply(temporary("CANARY", Token=None))}, 3, "Token is missing"),
        ({"role": reply(temporary("CANARY", SecretAccessKey="CANARY\n"))}, 3, "white space"),
        ({"role": reply("", 500)}, 3, "status 500"),
    ],
)
def test_no_instance(environ: dict[str, str], answers: dict[str, Reply], requests: int, reason: str) -> None:
    surroundings = outside(environ, service(**answers))
    source = InstanceSource(surroundings)
    assert source.load() is None
    assert len(sent(surroundings).sent) == requests
    assert reason in source.describe()
    assert "CANARY" not in source.describe()


@pytest.mark.parametrize("value", ["true", "True", "TRUE"])
def test_switched_off(environ: dict[str, str], value: str) -> None:
    source = InstanceSource(outside(environ | {"AWS_EC2_METADATA_DISABLED": value}))
    assert source.load() is None
    assert "switched off" in source.describe()


@pytest.mark.parametrize(
    ("variables", "config", "origin"),
    [
        ({"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv6"}, "", "http://[fd00:ec2::254]"),
        ({"AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:99/"}, "", "http://127.0.0.1:99"),
        ({"AWS_EC2_METADATA_SERVICE_ENDPOINT": ""}, "ec2_metadata_service_endpoint = http://[::1]:9", "http://[::1]:9"),
        ({}, "ec2_metadata_service_endpoint_mode = ipv6", "http://[fd00:ec2::254]"),
        (
            {"AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://h", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "ipv6"},
            "",
            "http://h",
        ),
    ],
)
def test_where_the_service_is(environ: dict[str, str], variables: dict[str, str], config: str, origin: str) -> None:
    write(environ, config=f"[default]\n{config}\n")
    surroundings = outside(environ | variables, service())
    assert InstanceSource(surroundings).load() == FOUND
    assert sent(surroundings).lines[0] == f"PUT {origin}/latest/api/token"


def test_patience(environ: dict[str, str]) -> None:
    variables = {"AWS_METADATA_SERVICE_TIMEOUT": "0.5", "AWS_METADATA_SERVICE_NUM_ATTEMPTS": "3"}
    surroundings = outside(environ | variables, lambda _: ConnectTimeout("none"))
    assert InstanceSource(surroundings).load() is None
    assert [timeout.connect for timeout in sent(surroundings).timeouts] == [0.5, 0.5, 0.5]
    write(environ, config="[default]\nmetadata_service_timeout = 2\nmetadata_service_num_attempts = 2\n")
    surroundings = outside(environ, lambda _: ConnectTimeout("none"))
    assert InstanceSource(surroundings).load() is None
    assert [timeout.connect for timeout in sent(surroundings).timeouts] == [2.0, 2.0]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("AWS_METADATA_SERVICE_TIMEOUT", "soon"),
        ("AWS_METADATA_SERVICE_TIMEOUT", "0"),
        ("AWS_METADATA_SERVICE_TIMEOUT", "nan"),
        ("AWS_METADATA_SERVICE_TIMEOUT", "inf"),
        ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "-1"),
        ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "1000000"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ipv5"),
    ],
)
def test_settings_that_are_wrong(environ: dict[str, str], variable: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=variable):
        InstanceSource(outside(environ | {variable: value})).load()


def test_an_endpoint_that_is_no_url(environ: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match="metadata service") as caught:
        InstanceSource(outside(environ | {"AWS_EC2_METADATA_SERVICE_ENDPOINT": "CANARY"})).load()
    assert "CANARY" not in str(caught.value)


@contextmanager
def black_hole() -> Iterator[str]:
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_black_hole_costs_what_was_allowed(environ: dict[str, str]) -> None:
    with black_hole() as url:
        variables = {"AWS_EC2_METADATA_SERVICE_ENDPOINT": url, "AWS_METADATA_SERVICE_TIMEOUT": "0.1"}
        source = InstanceSource(Outside(environ | variables))
        begin = monotonic()
        assert source.load() is None
        # Once for the session, once for the first version, each with the transport's one resend at most.
        assert monotonic() - begin < 5
        assert "no byte of the reply" in source.describe()


def test_no_proxy_is_asked(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    with black_hole() as url, socket.create_server(("127.0.0.1", 0)) as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.getsockname()[1]}")
        variables = {"AWS_EC2_METADATA_SERVICE_ENDPOINT": url, "AWS_METADATA_SERVICE_TIMEOUT": "0.05"}
        InstanceSource(Outside(environ | variables)).load()
        proxy.setblocking(False)
        with pytest.raises(BlockingIOError):
            proxy.accept()
