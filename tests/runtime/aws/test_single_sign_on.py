"""Roles for who has signed on with the AWS command line."""

from __future__ import annotations

import json
from hashlib import sha1
from pathlib import Path

import pytest

from runtime.aws.chain import resolve_credentials
from runtime.aws.credentials import Credentials
from runtime.aws.sources.profile import ProfileSource
from runtime.errors import ConfigurationError, ConnectError, CredentialsError
from tests.runtime.aws.fakes import LATER, FakeTransport, outside, pair, reply, sent, write

START = "https://x.awsapps.com/start"
WHO = "sso_account_id = 123456789012\nsso_role_name = Read Only\n"
SESSION = f"[profile p]\nsso_session = main\n{WHO}[sso-session main]\nsso_region = eu-west-1\nsso_start_url = {START}\n"
LEGACY = f"[profile p]\nsso_start_url = {START}\nsso_region = eu-west-1\n{WHO}"
TOKEN = {"accessToken": "CANARY-token", "expiresAt": "2026-01-01T00:00:01Z"}
ROLE = {
    "roleCredentials": {
        "accessKeyId": "ASIASSO",
        "secretAccessKey": "sso-secret",
        "sessionToken": "sso-session",
        "expiration": int(LATER.timestamp() * 1000),
    }
}
LOGIN = "run `aws sso login --profile p`"


def sign_on(
    environ: dict[str, str], config: str, token: object, *answers: object
) -> tuple[Credentials | None, FakeTransport]:
    write(environ, config=config)
    key = "main" if "sso_session" in config else START
    cache = Path(environ["HOME"], ".aws", "sso", "cache")
    cache.mkdir(parents=True)
    if token is not None:
        content = token if isinstance(token, str) else json.dumps(token)
        (cache / f"{sha1(key.encode()).hexdigest()}.json").write_text(content, encoding="utf-8")
    surroundings = outside(environ, list(answers) or [reply(ROLE)], profile="p")
    return ProfileSource(surroundings).load(), sent(surroundings)


@pytest.mark.parametrize("config", [SESSION, LEGACY], ids=["session", "legacy"])
@pytest.mark.parametrize("ends", ["2026-01-01T00:00:01Z", "2026-01-01T00:00:01UTC"])
def test_the_token_buys_credentials(no_files: dict[str, str], config: str, ends: str) -> None:
    found, web = sign_on(no_files, config, TOKEN | {"expiresAt": ends})

    assert found == Credentials("ASIASSO", "sso-secret", "sso-session", LATER, "123456789012")
    assert web.lines == [
        "GET https://portal.sso.eu-west-1.amazonaws.com/federation/credentials?role_name=Read+Only&account_id=123456789012"
    ]
    assert web.sent[0].headers == [("x-amz-sso_bearer_token", "CANARY-token")]


@pytest.mark.parametrize(
    ("token", "message"),
    [
        (None, "cannot be read"),
        ("CANARY", "not a JSON object"),
        ({}, "holds no token"),
        (TOKEN | {"accessToken": 1}, "holds no token"),
        (TOKEN | {"accessToken": "CANARY\r\nX: y"}, "holds no token"),
        (TOKEN | {"expiresAt": "2026-01-01T00:00:00Z"}, "the token of profile 'p' has expired"),
        ({"accessToken": "CANARY"}, "has expired"),
    ],
)
def test_who_has_to_sign_on(no_files: dict[str, str], token: object, message: str) -> None:
    with pytest.raises(CredentialsError, match=f"{message}.*; {LOGIN}$") as caught:
        sign_on(no_files, SESSION, token)
    assert "CANARY" not in str(caught.value)


# --- renewing ---------------------------------------------------------------------------------------------------------

RENEWABLE = TOKEN | {
    "startUrl": START,
    "region": "eu-west-1",
    "clientId": "who",
    "clientSecret": "CANARY-secret",
    "registrationExpiresAt": "2026-03-01T00:00:00Z",
    "refreshToken": "CANARY-refresh",
}
ENDED = RENEWABLE | {"expiresAt": "2025-12-31T23:59:59Z"}
NEW = {"accessToken": "NEW-token", "expiresIn": 3600, "refreshToken": "NEW-refresh", "tokenType": "Bearer"}


def kept(environ: dict[str, str]) -> Path:
    return Path(environ["HOME"], ".aws", "sso", "cache", f"{sha1(b'main').hexdigest()}.json")


@pytest.mark.parametrize("token", [RENEWABLE, ENDED], ids=["ends soon", "has ended"])
def test_a_token_is_renewed_for_all_tools(no_files: dict[str, str], token: dict[str, str]) -> None:
    found, web = sign_on(no_files, SESSION, token, reply(NEW), reply(ROLE))

    assert found is not None
    assert found.access_key_id == "ASIASSO"
    assert web.lines[0] == "POST https://oidc.eu-west-1.amazonaws.com/token"
    assert web.sent[0].headers == [("Content-Type", "application/json")]
    assert json.loads(web.sent[0].body) == {
        "clientId": "who",
        "clientSecret": "CANARY-secret",
        "grantType": "refresh_token",
        "refreshToken": "CANARY-refresh",
    }
    assert web.sent[1].headers == [("x-amz-sso_bearer_token", "NEW-token")]
    path = kept(no_files)
    expected = {"accessToken": "NEW-token", "refreshToken": "NEW-refresh", "expiresAt": "2026-01-01T01:00:00Z"}
    assert json.loads(path.read_text()) == token | expected
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_the_old_refresh_token_stays_where_no_new_one_comes(no_files: dict[str, str]) -> None:
    sign_on(no_files, SESSION, ENDED, reply({"accessToken": "NEW-token", "expiresIn": 1}), reply(ROLE))
    assert json.loads(kept(no_files).read_text())["refreshToken"] == "CANARY-refresh"


def test_a_token_that_is_said_to_last_for_ever_lasts_a_year(no_files: dict[str, str]) -> None:
    sign_on(no_files, SESSION, ENDED, reply(NEW | {"expiresIn": 10**30}), reply(ROLE))
    assert json.loads(kept(no_files).read_text())["expiresAt"] == "2027-01-02T00:00:00Z"


def test_a_token_that_holds_for_long_is_taken_as_it_is(no_files: dict[str, str]) -> None:
    _, web = sign_on(no_files, SESSION, RENEWABLE | {"expiresAt": "2026-01-01T00:15:01Z"}, reply(ROLE))
    assert len(web.sent) == 1


@pytest.mark.parametrize(
    "answers",
    [
        [reply({"error": "invalid_grant"}, 400)],
        [reply({}, 500), reply({}, 500)],
        [ConnectError("no way"), ConnectError("no way")],
        [reply({"accessToken": "x"})],
    ],
    ids=["over", "failing", "unreachable", "no token"],
)
def test_a_token_that_holds_is_taken_where_renewing_fails(no_files: dict[str, str], answers: list[object]) -> None:
    _, web = sign_on(no_files, SESSION, RENEWABLE, *answers, reply(ROLE))
    assert web.sent[-1].headers == [("x-amz-sso_bearer_token", "CANARY-token")]
    assert json.loads(kept(no_files).read_text()) == RENEWABLE


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([reply({"error": "invalid_grant", "error_description": "CANARY"}, 400)], f"has expired; {LOGIN}$"),
        ([reply({}, 500), reply({}, 500)], r"the token of profile 'p' could not be renewed \(status 500\)$"),
        ([ConnectError("no way"), ConnectError("no way")], "the token of profile 'p': no way"),
        ([reply({"accessToken": "CANARY"})], "could not be renewed: what came is no token"),
        ([reply(NEW | {"expiresIn": True})], "could not be renewed: what came is no token"),
        ([reply("CANARY")], "not a JSON object"),
    ],
)
def test_a_token_that_has_ended_and_is_not_renewed(
    no_files: dict[str, str], answers: list[object], message: str
) -> None:
    with pytest.raises(CredentialsError, match=message) as caught:
        sign_on(no_files, SESSION, ENDED, *answers)
    assert "CANARY" not in str(caught.value)
    assert json.loads(kept(no_files).read_text()) == ENDED


@pytest.mark.parametrize(
    "changes",
    [
        {"refreshToken": None},
        {"clientSecret": ""},
        {"registrationExpiresAt": "2026-01-01T00:00:00Z"},
        {"registrationExpiresAt": "soon"},
        {"registrationExpiresAt": None},
    ],
)
def test_what_cannot_be_renewed_is_not_tried(no_files: dict[str, str], changes: dict[str, str]) -> None:
    with pytest.raises(CredentialsError, match=f"has expired; {LOGIN}$"):
        sign_on(no_files, SESSION, ENDED | changes)


def test_without_a_session_nothing_is_renewed(no_files: dict[str, str]) -> None:
    with pytest.raises(CredentialsError, match=f"has expired; {LOGIN}$"):
        sign_on(no_files, LEGACY, ENDED)


def test_a_file_that_cannot_be_written_stays(no_files: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.replace", refuse)
    found, _ = sign_on(no_files, SESSION, ENDED, reply(NEW), reply(ROLE))
    path = kept(no_files)
    assert found is not None
    assert json.loads(path.read_text()) == ENDED
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_name_that_the_command_line_would_split(no_files: dict[str, str]) -> None:
    write(no_files, config=LEGACY.replace("profile p", "profile my name"))
    with pytest.raises(CredentialsError, match="aws sso login --profile 'my name'`"):
        resolve_credentials(no_files, "my name")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (reply({"message": "CANARY"}, 401), f"not accepted any more; {LOGIN}"),
        (reply({"message": "CANARY"}, 403), r"refuses the role \(status 403\)"),
        (reply("<html>CANARY"), "not a JSON object"),
        (reply({}), "roleCredentials is missing"),
        (reply({"roleCredentials": {}}), "expiration is not a number"),
        (reply({"roleCredentials": {"expiration": 1}}), "accessKeyId is missing"),
        (reply({"roleCredentials": ROLE["roleCredentials"] | {"expiration": 10**30}}), "expiration is not a time"),
    ],
)
def test_answers_that_are_no_credentials(no_files: dict[str, str], answer: object, message: str) -> None:
    with pytest.raises(CredentialsError, match=message) as caught:
        sign_on(no_files, SESSION, TOKEN, answer)
    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (f"[profile p]\nsso_session = gone\n{WHO}", r"sso_session of profile 'p' \(.*config:1\): there is no section"),
        (f"[profile p]\n{WHO}", "has no sso_region"),
        (LEGACY.replace("sso_role_name = Read Only\n", ""), "has no sso_role_name"),
        (SESSION.replace("sso_session = main", "sso_session = main\nsso_region = us-east-1"), "differs from that of"),
        ("[profile p]\nsso_session = main\n", "says where to sign on, but sso_account_id is not set"),
        (LEGACY.replace("eu-west-1", "eu/west"), "sso_region of profile 'p' is"),
    ],
)
def test_settings_that_are_wrong(no_files: dict[str, str], config: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        sign_on(no_files, config, TOKEN)


def test_it_comes_before_key_pairs(no_files: dict[str, str]) -> None:
    found, _ = sign_on(no_files, SESSION.replace("[sso-session", f"{pair('OWN')}[sso-session"), TOKEN)
    assert found is not None
    assert found.access_key_id == "ASIASSO"
