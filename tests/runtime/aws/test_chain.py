"""Where credentials are looked for, in which order, and that the search ends."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from runtime.aws.chain import CredentialsChain, default_chain, default_credentials, resolve_credentials
from runtime.aws.credentials import Credentials
from runtime.errors import ConfigurationError, CredentialsError
from tests.runtime.aws.fakes import outside, pair, reply, role_reply, sent, temporary, write


class Listed:
    """A source that gives what it is told to."""

    def __init__(self, name: str, *results: Credentials | None) -> None:
        self._name = name
        self._results = list(results)

    def load(self) -> Credentials | None:
        return self._results.pop(0)

    def describe(self) -> str:
        return self._name


def test_the_first_that_has_credentials_stays_the_source() -> None:
    first, second = Credentials("A", "1"), Credentials("A", "2")
    chain = CredentialsChain((Listed("empty", None), Listed("found", first, second, None), Listed("never")))
    assert [chain.load(), chain.load()] == [first, second]
    with pytest.raises(CredentialsError, match="no AWS credentials any more in found"):
        chain.load()


def test_every_place_is_named_where_there_are_none() -> None:
    chain = CredentialsChain((Listed("here", None), Listed("there", None)))
    with pytest.raises(CredentialsError, match="looked in: here; there. Set AWS_ACCESS_KEY_ID"):
        chain.load()


def rungs(environ: dict[str, str], tmp_path: Path) -> list[tuple[str, dict[str, str], str, str]]:
    """From the last place to the first: its name, and the variables and settings that fill it."""
    token = tmp_path / "token"
    token.write_text("a.b.c", encoding="utf-8")
    program = tmp_path / "program.py"
    document = {"Version": 1, "AccessKeyId": "AKIDPROCESS", "SecretAccessKey": "s"}
    program.write_text(f"print({json.dumps(document)!r})", encoding="utf-8")
    return [
        ("ASIAINSTANCE", {"AWS_EC2_METADATA_DISABLED": ""}, "", ""),
        ("ASIACONTAINER", {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://localhost/c"}, "", ""),
        ("AKIDCONFIG", {}, pair("CONFIG"), ""),
        ("AKIDPROCESS", {}, f"credential_process = {sys.executable} -S -E {program}\n", ""),
        ("AKIDFILE", {}, "", pair("FILE")),
        ("ASIAWEB", {"AWS_WEB_IDENTITY_TOKEN_FILE": str(token), "AWS_ROLE_ARN": "arn:web"}, "", ""),
        ("ASIAROLE", {}, "role_arn = arn:role\nsource_profile = base\n", ""),
        ("AKIDENV", {"AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "s"}, "", ""),
    ]


def answer(request: Any) -> Any:
    if request.origin.host == "localhost":
        return reply(temporary("CONTAINER"))
    if request.origin.host == "169.254.169.254":
        return reply(temporary("INSTANCE") if request.target.endswith("/r") else "r")
    return role_reply("WEB" if b"WebIdentity" in request.body else "ROLE")


def test_the_order(no_files: dict[str, str], tmp_path: Path) -> None:
    """Each place is filled beside those after it, and found before them."""
    environ, settings, keys, found = no_files, "", "", []
    for _, more_variables, more_settings, more_keys in rungs(no_files, tmp_path):
        environ, settings, keys = environ | more_variables, settings + more_settings, keys + more_keys
        config = f"[default]\n{settings}[profile base]\n{pair('BASE')}"
        write(environ, config=config, credentials=f"[default]\n{keys}")
        found.append(default_chain(outside(environ, answer)).load().access_key_id)
    assert found == [name for name, *_ in rungs(no_files, tmp_path)]


def test_a_profile_named_in_code_leaves_out_the_environment(no_files: dict[str, str]) -> None:
    write(no_files, config=f"[profile p]\n{pair('P')}")
    environ = no_files | {"AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "s"}
    assert default_chain(outside(environ, profile="p")).load().access_key_id == "AKIDP"
    assert default_chain(outside(environ | {"AWS_PROFILE": "p"})).load().access_key_id == "AKIDENV"


def test_a_profile_without_credentials_leaves_the_machine_to_answer(no_files: dict[str, str]) -> None:
    write(no_files, config="[profile p]\nregion = eu-west-1\n")
    environ = no_files | {"AWS_EC2_METADATA_DISABLED": ""}
    assert default_chain(outside(environ, answer, profile="p")).load().access_key_id == "ASIAINSTANCE"


def test_an_instance_that_stops_answering(no_files: dict[str, str]) -> None:
    replies = [reply("session"), reply("r"), reply(temporary("I")), reply("", 400)]
    chain = default_chain(outside(no_files | {"AWS_EC2_METADATA_DISABLED": ""}, replies))
    chain.load()
    with pytest.raises(CredentialsError, match=r"any more in the EC2 instance metadata \(it answers with status 400\)"):
        chain.load()


def test_static_keys_cost_no_network(no_files: dict[str, str]) -> None:
    write(no_files, credentials=f"[default]\n{pair('FILE')}")
    surroundings = outside(no_files | {"AWS_EC2_METADATA_DISABLED": ""})
    default_chain(surroundings).load()
    assert sent(surroundings).sent == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xef\xbb\xbf[default]\r\naws_access_key_id = A\r\naws_secret_access_key = S\r\n", None),
        (b"[default]\naws_access_key_id\n", r"credentials:2: a setting is written"),
        (b"aws_access_key_id = CANARY\n", r"credentials:1: a setting stands before"),
    ],
)
def test_files_as_editors_leave_them(no_files: dict[str, str], content: bytes, message: str | None) -> None:
    Path(no_files["AWS_SHARED_CREDENTIALS_FILE"]).write_bytes(content)
    if message is None:
        assert resolve_credentials(no_files) == Credentials("A", "S")
    else:
        with pytest.raises(ConfigurationError, match=message) as caught:
            resolve_credentials(no_files)
        assert "CANARY" not in str(caught.value)


class _Metadata(BaseHTTPRequestHandler):
    """A metadata service that speaks real HTTP."""

    def do_PUT(self) -> None:
        self._answer(b"session")

    def do_GET(self) -> None:
        self._answer(
            json.dumps(temporary("REAL", Expiration="2999-01-01T00:00:00Z")).encode()
            if self.path.endswith("/r")
            else b"r"
        )

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def metadata() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Metadata)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_over_real_connections(no_files: dict[str, str], metadata: str) -> None:
    variables = {"AWS_EC2_METADATA_DISABLED": "", "AWS_EC2_METADATA_SERVICE_ENDPOINT": metadata}
    provider = default_credentials(no_files | variables)
    assert provider.get().access_key_id == "ASIAREAL"
    assert provider.get() is provider()


def test_a_network_that_swallows_everything_costs_seconds(no_files: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        variables = {
            "AWS_EC2_METADATA_DISABLED": "",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT": f"http://127.0.0.1:{silent.getsockname()[1]}",
            "AWS_METADATA_SERVICE_TIMEOUT": "0.1",
        }
        begin = monotonic()
        with pytest.raises(CredentialsError, match="no byte of the reply"):
            resolve_credentials(no_files | variables)
        assert monotonic() - begin < 5
