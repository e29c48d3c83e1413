"""From the same files and variables, botocore's own providers get the same credentials."""

from __future__ import annotations

import json
import logging
import sys
from datetime import datetime
from hashlib import sha1
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.awsrequest import AWSResponse
from botocore.httpsession import URLLib3Session

from runtime.aws.chain import default_chain
from runtime.http import HTTPRequest, HTTPResponse
from tests.runtime.aws.fakes import Clock, outside, pair, reply, role_reply, temporary, write

FAR = "2999-01-01T00:00:00Z"


def answer(host: str, method: str, target: str, body: str) -> HTTPResponse:
    """The network, as both see it."""
    if host == "169.254.169.254":
        if method == "PUT":
            return reply("session")
        return reply(temporary("INSTANCE", Expiration=FAR)) if target.endswith("/r") else reply("r")
    if host in ("169.254.170.2", "localhost"):
        return reply(temporary("CONTAINER", Expiration=FAR, AccountId="5"))
    if host.startswith("portal.sso"):
        assert target == "/federation/credentials?role_name=R&account_id=123456789012"
        parts = {"accessKeyId": "ASIASSO", "secretAccessKey": "s", "sessionToken": "t", "expiration": 32472144000000}
        return reply({"roleCredentials": parts})
    assert host.startswith("sts.")
    action = "AssumeRoleWithWebIdentity" if "WebIdentity" in body else "AssumeRole"
    document = role_reply(action.upper(), action)
    return reply(document.body.replace(b"2026-01-01T01:00:00Z", FAR.encode()))


class _Raw:
    """The body of a botocore response."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, *_: object, **__: object) -> list[bytes]:
        return [self._body]


def _send(_: URLLib3Session, request: Any) -> AWSResponse:
    host, _, rest = request.url.partition("://")[2].partition("/")
    body = request.body or b""
    got = answer(host, request.method, f"/{rest}", body.decode() if isinstance(body, bytes) else str(body))
    return AWSResponse(request.url, got.status_code, {}, _Raw(got.body))


def by_botocore(environ: dict[str, str], profile: str | None, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, ...]:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(URLLib3Session, "send", _send)
    # When its classes were made, the home directory was another one.
    cache = Path(environ["HOME"], ".aws", "sso", "cache")
    for owner in ("credentials.SSOProvider", "tokens.SSOTokenProvider"):
        monkeypatch.setattr(f"botocore.{owner}._SSO_TOKEN_CACHE_DIR", str(cache))
    logging.getLogger("botocore").setLevel(logging.CRITICAL)
    session = botocore.session.Session(profile=profile)
    found = session.get_credentials()
    if found is None:
        return (None,) * 4
    frozen = found.get_frozen_credentials()
    return frozen.access_key, frozen.secret_key, frozen.token, frozen.account_id


def by_us(environ: dict[str, str], profile: str | None) -> tuple[Any, ...]:
    def send(request: HTTPRequest) -> HTTPResponse:
        return answer(request.origin.host, request.method, request.target, request.body.decode())

    clock = Clock(datetime.now().astimezone())
    found = default_chain(outside(environ, send, profile=profile, clock=clock)).load()
    return found.access_key_id, found.secret_access_key, found.session_token, found.account_id


def settings(folder: Path) -> dict[str, tuple[dict[str, str], str, str]]:
    """Variables, the config file and the credentials file of each case."""
    token, program = folder / "token", folder / "program.py"
    token.write_text("a.b.c", encoding="utf-8")
    document = {"Version": 1, "AccessKeyId": "AKIDPROCESS", "SecretAccessKey": "s", "SessionToken": "t"}
    program.write_text(f"print({json.dumps(document)!r})", encoding="utf-8")
    cache = folder / ".aws" / "sso" / "cache"
    cache.mkdir(parents=True)
    signed_on = {"accessToken": "t", "expiresAt": FAR, "startUrl": "https://x", "region": "eu-west-1"}
    for key in ("https://x", "main"):
        (cache / f"{sha1(key.encode()).hexdigest()}.json").write_text(json.dumps(signed_on), encoding="utf-8")
    keys = {"AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "s"}
    role = "[default]\nregion = eu-west-1\nrole_arn = arn:aws:iam::1:role/r\n"
    web = {"AWS_WEB_IDENTITY_TOKEN_FILE": str(token), "AWS_ROLE_ARN": "arn:aws:iam::1:role/r"}
    who = "sso_account_id = 123456789012\nsso_role_name = R\n"
    process = f"credential_process = '{sys.executable}' -S -E \"{program}\"\n"
    return {
        "environment": (keys, f"[default]\n{pair('C')}", ""),
        "both files": ({}, f"[default]\n{pair('C')}", f"[default]\n{pair('F')}aws_account_id = 7\n"),
        "role of a profile": ({}, f"{role}source_profile = b\n[profile b]\n{pair('B')}", ""),
        "role of a role": (
            {},
            f"{role}source_profile = m\n[profile m]\nrole_arn = arn:aws:iam::1:role/m\nsource_profile = b\n"
            f"[profile b]\n{pair('B')}",
            "",
        ),
        "role of itself": ({}, f"{role}source_profile = default\n{pair('B')}", ""),
        "role of a process": ({}, f"{role}source_profile = b\n[profile b]\n{process}", ""),
        "role of the container": (
            {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/c"},
            f"{role}credential_source = EcsContainer\n",
            "",
        ),
        "role of the instance": ({}, f"{role}credential_source = Ec2InstanceMetadata\n", ""),
        "web identity": (web, "[default]\nregion = eu-west-1\n", f"[default]\n{pair('F')}"),
        "web identity of a profile": ({}, f"{role}web_identity_token_file = {token}\n", ""),
        "web identity before a role": (web, f"{role}source_profile = b\n[profile b]\n{pair('B')}", ""),
        "single sign-on": (
            {},
            f"[default]\nsso_session = main\n{who}"
            "[sso-session main]\nsso_region = eu-west-1\nsso_start_url = https://x\n",
            f"[default]\n{pair('F')}",
        ),
        "single sign-on of old": ({}, f"[default]\nsso_region = eu-west-1\nsso_start_url = https://x\n{who}", ""),
        "process": ({}, f"[default]\n{process}{pair('C')}", ""),
        "process and keys": ({}, f"[default]\n{process}", f"[default]\n{pair('F')}"),
        "container": ({"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://localhost/c"}, "", ""),
        "instance": ({}, "", ""),
    }


CASES = (
    "environment",
    "both files",
    "role of a profile",
    "role of a role",
    "role of itself",
    "role of a process",
    "role of the container",
    "role of the instance",
    "web identity",
    "web identity of a profile",
    "web identity before a role",
    "single sign-on",
    "single sign-on of old",
    "process",
    "process and keys",
    "container",
    "instance",
)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("profile", [None, "default"], ids=["chosen by nobody", "named in code"])
def test_the_same_credentials(
    case: str, profile: str | None, no_files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    variables, config, credentials = settings(tmp_path)[case]
    environ = no_files | {"AWS_EC2_METADATA_DISABLED": "false"} | variables
    write(environ, config=config or "[default]\nregion = eu-west-1\n", credentials=credentials)

    assert by_us(environ, profile) == by_botocore(environ, profile, monkeypatch)


@pytest.mark.parametrize("first", ["we", "botocore"])
def test_who_renews_a_token_does_it_for_the_other(
    first: str, no_files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = settings(tmp_path)["single sign-on"][1]
    write(no_files, config=config)
    token = tmp_path / ".aws" / "sso" / "cache" / f"{sha1(b'main').hexdigest()}.json"
    secrets = {"clientId": "c", "clientSecret": "s", "refreshToken": "r", "registrationExpiresAt": FAR}
    ended = json.loads(token.read_text()) | secrets | {"expiresAt": "2020-01-01T00:00:00Z"}
    token.write_text(json.dumps(ended), encoding="utf-8")
    renewals: list[Any] = []
    others = answer

    def answered(host: str, method: str, target: str, body: str) -> HTTPResponse:
        if not host.startswith("oidc."):
            return others(host, method, target, body)
        renewals.append((host, method, target, json.loads(body)))
        return reply({"accessToken": "n", "expiresIn": 28800, "refreshToken": "r2", "tokenType": "Bearer"})

    monkeypatch.setattr(f"{__name__}.answer", answered)
    ways = [lambda: by_us(no_files, None), lambda: by_botocore(no_files, None, monkeypatch)]
    found = [way() for way in (ways if first == "we" else reversed(ways))]

    assert found[0] == found[1]
    sent = {"clientId": "c", "clientSecret": "s", "refreshToken": "r", "grantType": "refresh_token"}
    assert renewals == [("oidc.eu-west-1.amazonaws.com", "POST", "/token", sent)]
    assert json.loads(token.read_text())["refreshToken"] == "r2"


def test_every_case_is_tried(tmp_path: Path) -> None:
    assert set(CASES) == set(settings(tmp_path))
