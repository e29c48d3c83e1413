"""Credentials of a container: who may be asked, with which token, and what the answers become."""

from __future__ import annotations

from pathlib import Path

import pytest

from runtime.aws.credentials import Credentials
from runtime.aws.sources.container import ContainerSource
from runtime.errors import ConfigurationError, ConnectError, CredentialsError
from tests.runtime.aws.fakes import LATER, outside, reply, sent, temporary

RELATIVE, FULL = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"
TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN"


def test_relative_uri() -> None:
    surroundings = outside({RELATIVE: "/v2/credentials?id=1", FULL: "https://elsewhere"}, [reply(temporary("C"))])
    assert ContainerSource(surroundings).load() == Credentials("ASIAC", "C-secret", "C-token", LATER)
    assert sent(surroundings).lines == ["GET http://169.254.170.2/v2/credentials?id=1"]
    assert sent(surroundings).sent[0].headers == [("Accept", "application/json")]


@pytest.mark.parametrize(
    "url",
    [
        "https://any.example/path/",
        "http://localhost:1338/latest/meta-data/container/security-credentials",
        "http://127.0.0.1:8080/2016-11-01/credentialprovider/",
        "http://127.9.9.9/",
        "http://[::1]:99/x?y=%20z",
        "http://169.254.170.2/x",
        "http://169.254.170.23/v1/credentials",
        "http://[fd00:ec2::23]/v1/credentials",
    ],
)
def test_hosts_that_may_be_asked(url: str) -> None:
    surroundings = outside({FULL: url}, [reply(temporary("C", AccountId="1"))])
    found = ContainerSource(surroundings).load()
    assert found is not None
    assert found.account_id == "1"
    assert sent(surroundings).lines == [f"GET {url}"]


@pytest.mark.parametrize(
    "url",
    [
        "http://any.example/",
        "http://169.254.169.254/",
        "http://169.254.170.2.any.example/",
        "http://127.0.0.1.any.example/",
        "http://localhost.any.example/",
        "http://[fd00:ec2::254]/",
        "http://10.0.0.1/",
        "http://2130706433/",
    ],
)
def test_hosts_that_may_not(url: str) -> None:
    with pytest.raises(CredentialsError, match=f"{FULL} leads to .* over plain http"):
        ContainerSource(outside({FULL: url, TOKEN: "t"})).load()


@pytest.mark.parametrize(
    ("variable", "url"),
    [
        (FULL, "http://CANARY:pw@127.0.0.1/"),
        (FULL, "ftp://127.0.0.1/CANARY"),
        (FULL, "http://127.0.0.1\\@CANARY/"),
        (FULL, "http://127.0.0.1/?a b"),
        (FULL, "http://127.0.0.1/?a\r\nX: CANARY"),
        (FULL, "http://127.0.0.1/#CANARY"),
        (RELATIVE, "@CANARY/"),
        (RELATIVE, "CANARY"),
        (RELATIVE, "/a\r\nX: CANARY"),
    ],
)
def test_what_is_no_uri(variable: str, url: str) -> None:
    with pytest.raises(ConfigurationError, match=variable) as caught:
        ContainerSource(outside({variable: url})).load()
    assert "CANARY" not in str(caught.value)


def test_the_token_and_its_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("from-file\n", encoding="utf-8")
    for variables, expected in (
        ({TOKEN: "Basic abc"}, "Basic abc"),
        ({TOKEN: "other", f"{TOKEN}_FILE": str(file)}, "from-file"),
    ):
        surroundings = outside({RELATIVE: "/"} | variables, [reply(temporary("C"))])
        ContainerSource(surroundings).load()
        assert ("Authorization", expected) in sent(surroundings).sent[0].headers
    with pytest.raises(CredentialsError, match=f"{TOKEN}_FILE: the file /nowhere cannot be read"):
        ContainerSource(outside({RELATIVE: "/", f"{TOKEN}_FILE": "/nowhere"})).load()
    with pytest.raises(CredentialsError, match=TOKEN) as caught:
        ContainerSource(outside({RELATIVE: "/", TOKEN: "CANARY\r\nX: y"})).load()
    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([reply("CANARY", 404)], "answered with status 404"),
        ([reply("CANARY", 500)] * 3, "answered with status 500"),
        ([reply("<html>CANARY")], "not a JSON object"),
        ([reply(temporary("CANARY", AccessKeyId=None))], "AccessKeyId is missing"),
        ([reply(temporary("CANARY", Expiration=None))], "Expiration is missing"),
        ([ConnectError("cannot connect")] * 3, "cannot connect"),
    ],
)
def test_a_container_without_credentials_is_an_error(answers: list[object], message: str) -> None:
    surroundings = outside({RELATIVE: "/"}, list(answers))
    with pytest.raises(CredentialsError, match=f"^{RELATIVE}: .*{message}") as caught:
        ContainerSource(surroundings).load()
    assert "CANARY" not in str(caught.value)
    assert len(sent(surroundings).sent) == len(answers)


def test_no_container() -> None:
    assert ContainerSource(outside({RELATIVE: "", FULL: ""})).load() is None
