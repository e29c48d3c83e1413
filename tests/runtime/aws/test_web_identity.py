"""Roles for who holds a token in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from runtime.aws.chain import resolve_credentials
from runtime.aws.credentials import Credentials
from runtime.aws.sources.profile import ProfileSource
from runtime.errors import CredentialsError
from tests.runtime.aws.fakes import LATER, form, outside, pair, role_reply, sent, write

ACTION = "AssumeRoleWithWebIdentity"
ASSUMED = Credentials("ASIAROLE", "ROLE-secret", "ROLE-token", LATER, "123456789012")


@pytest.fixture
def token(tmp_path: Path) -> Path:
    path = tmp_path / "token"
    path.write_text("a.b.c\n", encoding="utf-8")
    return path


def test_of_the_environment(no_files: dict[str, str], token: Path) -> None:
    variables = {"AWS_WEB_IDENTITY_TOKEN_FILE": str(token), "AWS_ROLE_ARN": "arn:r", "AWS_ROLE_SESSION_NAME": "me"}
    surroundings = outside(no_files | variables | {"AWS_REGION": "eu-west-1"}, [role_reply(action=ACTION)])

    assert ProfileSource(surroundings).load() == ASSUMED
    web = sent(surroundings)
    assert web.lines == ["POST https://sts.eu-west-1.amazonaws.com/"]
    assert [name for name, _ in web.sent[0].headers] == ["Content-Type"]
    assert form(web.sent[0]) == {
        "Action": ACTION,
        "Version": "2011-06-15",
        "RoleArn": "arn:r",
        "RoleSessionName": "me",
        "WebIdentityToken": "a.b.c",
    }


def test_of_a_profile(no_files: dict[str, str], token: Path) -> None:
    write(no_files, config=f"[profile p]\nrole_arn = arn:r\nweb_identity_token_file = {token}\n")
    # Variables count for the profile that the environment chose, and not for one that was named in code.
    environ = no_files | {"AWS_WEB_IDENTITY_TOKEN_FILE": "/nowhere", "AWS_ROLE_ARN": "arn:other"}
    surroundings = outside(environ, [role_reply(action=ACTION)], profile="p")

    assert ProfileSource(surroundings).load() == ASSUMED
    fields = form(sent(surroundings).sent[0])
    assert (fields["RoleArn"], fields["RoleSessionName"]) == ("arn:r", "sdk-1767225600")
    with pytest.raises(CredentialsError, match=r"AWS_WEB_IDENTITY_TOKEN_FILE: the file /nowhere cannot be read"):
        resolve_credentials(environ | {"AWS_PROFILE": "p"})


def test_the_token_is_read_at_each_load(no_files: dict[str, str], token: Path) -> None:
    variables = {"AWS_WEB_IDENTITY_TOKEN_FILE": str(token), "AWS_ROLE_ARN": "arn:r"}
    surroundings = outside(no_files | variables, lambda _: role_reply(action=ACTION))
    source = ProfileSource(surroundings)
    source.load()
    token.write_text("d.e.f", encoding="utf-8")
    source.load()
    assert [form(request)["WebIdentityToken"] for request in sent(surroundings).sent] == ["a.b.c", "d.e.f"]


def test_it_comes_after_a_role_and_before_key_pairs(no_files: dict[str, str], token: Path) -> None:
    variables = {"AWS_WEB_IDENTITY_TOKEN_FILE": str(token), "AWS_ROLE_ARN": "arn:web"}
    write(no_files, credentials=f"[default]\n{pair('FILE')}")
    surroundings = outside(no_files | variables, lambda _: role_reply())
    ProfileSource(surroundings).load()
    write(no_files, config=f"[default]\nrole_arn = arn:role\nsource_profile = b\n[profile b]\n{pair('B')}")
    ProfileSource(surroundings).load()
    assert [form(request)["RoleArn"] for request in sent(surroundings).sent] == ["arn:web", "arn:role"]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "does not hold a token"), (b"CANARY two", "does not hold"), (b"CANARY\xff", "does not hold")],
)
def test_files_that_hold_no_token(no_files: dict[str, str], token: Path, content: bytes, message: str) -> None:
    token.write_bytes(content)
    with pytest.raises(CredentialsError, match=message) as caught:
        resolve_credentials(no_files | {"AWS_WEB_IDENTITY_TOKEN_FILE": str(token), "AWS_ROLE_ARN": "arn:r"})
    assert "CANARY" not in str(caught.value)


def test_without_a_role(no_files: dict[str, str], token: Path) -> None:
    with pytest.raises(CredentialsError, match="AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not"):
        resolve_credentials(no_files | {"AWS_WEB_IDENTITY_TOKEN_FILE": str(token)})
    write(no_files, config=f"[profile p]\nweb_identity_token_file = {token}\n")
    with pytest.raises(CredentialsError, match=r"config:1\) is set, but role_arn is not"):
        resolve_credentials(no_files, "p")
