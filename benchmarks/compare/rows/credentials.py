"""Where credentials and the region come from, in the base install; nothing but this machine is reached."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.compare.clients.peer import Lacking, Options, Peer
from benchmarks.compare.replies import CREDENTIALS, FOUND_ID, NO_POOLS, POOL_ID
from benchmarks.compare.row import row
from benchmarks.compare.server import Reply, Request, Server
from benchmarks.compare.surroundings import environment, profile_files, tried

_LATER = (datetime.now(UTC) + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _signed_with(peer: Peer, wanted: str) -> str:
    """Whether a call is signed with the key that the surroundings offer."""
    with Server(NO_POOLS) as server, peer.connect(Options(url=server.url, keys=False)) as connection:
        try:
            connection.call("ListIdentityPools", MaxResults=5)
        except Exception as raised:  # noqa: BLE001  (any client may raise anything)
            return f"not found: {type(raised).__name__}"
        found = server.requests[0].key_id
    return "found" if found == wanted else f"signed with {found}"


@row("environment variables", "found")
def from_environment(peer: Peer) -> str:
    with environment(AWS_ACCESS_KEY_ID="AKIDENV", AWS_SECRET_ACCESS_KEY="x"):  # noqa: S106  (an example)
        return _signed_with(peer, "AKIDENV")


@row("shared credentials file, profile by AWS_PROFILE", "found")
def from_profile(peer: Peer) -> str:
    text = "[work]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = x\n"
    with profile_files("", text), environment(AWS_PROFILE="work"):
        return _signed_with(peer, "AKIDPROFILE")


@row("`credential_process` of a profile", "found")
def from_process(peer: Peer) -> str:
    document = {"Version": 1, "AccessKeyId": "AKIDPROCESS", "SecretAccessKey": "x", "Expiration": _LATER}
    program = Path(os.environ["HOME"]) / "give.py"
    program.write_text(f"print({json.dumps(document)!r})\n")
    with profile_files(f"[default]\ncredential_process = {Path(sys.executable).resolve()} {program}\n"):
        return _signed_with(peer, "AKIDPROCESS")


@row("container endpoint (AWS_CONTAINER_CREDENTIALS_FULL_URI)", "found")
def from_container(peer: Peer) -> str:
    document = {"AccessKeyId": "AKIDCONTAINER", "SecretAccessKey": "x", "Token": "t", "Expiration": _LATER}
    with (
        Server(Reply(body=document, headers=(("Content-Type", "application/json"),))) as source,
        environment(AWS_CONTAINER_CREDENTIALS_FULL_URI=f"{source.url}/get"),
    ):
        return _signed_with(peer, "AKIDCONTAINER")


@row("instance metadata (IMDSv2 at AWS_EC2_METADATA_SERVICE_ENDPOINT)", "found")
def from_instance(peer: Peer) -> str:
    document = {
        "Code": "Success",
        "Type": "AWS-HMAC",
        "AccessKeyId": "AKIDINSTANCE",
        "SecretAccessKey": "x",
        "Token": "t",
        "LastUpdated": "2026-01-01T00:00:00Z",
        "Expiration": _LATER,
    }

    def script(request: Request, _number: int) -> Reply:
        text = (("Content-Type", "text/plain"),)
        if request.method == "PUT":
            return Reply(body=b"token", headers=(*text, ("X-aws-ec2-metadata-token-ttl-seconds", "21600")))
        if request.path.rstrip("/").endswith(("security-credentials", "security-credentials-extended")):
            return Reply(body=b"role", headers=text)
        return Reply(body=document, headers=text)

    with Server(script) as source, environment(AWS_EC2_METADATA_SERVICE_ENDPOINT=source.url):
        return _signed_with(peer, "AKIDINSTANCE")


def _sts(action: str) -> Callable[[Request, int], Reply]:
    text = (
        f'<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result><Credentials>'
        f"<AccessKeyId>AKIDROLE</AccessKeyId><SecretAccessKey>x</SecretAccessKey><SessionToken>t</SessionToken>"
        f"<Expiration>{_LATER}</Expiration></Credentials></{action}Result></{action}Response>"
    )
    return lambda _request, _number: Reply(body=text.encode(), headers=(("Content-Type", "text/xml"),))


@row("web identity (EKS), STS at AWS_ENDPOINT_URL_STS", "found")
def from_web_identity(peer: Peer) -> str:
    token = Path(os.environ["HOME"]) / "token"
    token.write_text("canary-token")
    with (
        Server(_sts("AssumeRoleWithWebIdentity")) as source,
        environment(
            AWS_WEB_IDENTITY_TOKEN_FILE=str(token),
            AWS_ROLE_ARN="arn:aws:iam::123456789012:role/example",
            AWS_ENDPOINT_URL_STS=source.url,
        ),
    ):
        return _signed_with(peer, "AKIDROLE")


@row("`role_arn` with `source_profile`, STS at AWS_ENDPOINT_URL_STS", "found")
def from_role(peer: Peer) -> str:
    config = (
        "[profile work]\nrole_arn = arn:aws:iam::123456789012:role/example\nsource_profile = base\nregion = us-east-1\n"
    )
    keys = "[base]\naws_access_key_id = AKIDBASE\naws_secret_access_key = x\n"
    with (
        Server(_sts("AssumeRole")) as source,
        profile_files(config, keys),
        environment(AWS_PROFILE="work", AWS_ENDPOINT_URL_STS=source.url),
    ):
        return _signed_with(peer, "AKIDROLE")


@row("SSO profile with a cached token, portal at AWS_ENDPOINT_URL_SSO", "found")
def from_sso(peer: Peer) -> str:

    cache = Path(os.environ["HOME"]) / ".aws" / "sso" / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    held = {"accessToken": "t", "expiresAt": _LATER, "region": "us-east-1", "startUrl": "https://example.com/start"}
    name = hashlib.sha1(b"company", usedforsecurity=False).hexdigest()
    (cache / f"{name}.json").write_text(json.dumps(held))
    config = (
        "[profile work]\nsso_session = company\nsso_account_id = 123456789012\nsso_role_name = reader\n"
        "region = us-east-1\n[sso-session company]\nsso_region = us-east-1\nsso_start_url = https://example.com/start\n"
    )
    expires = int((datetime.now(UTC) + timedelta(hours=2)).timestamp() * 1000)
    keys = {"accessKeyId": "AKIDSSO", "secretAccessKey": "x", "sessionToken": "t", "expiration": expires}
    reply = Reply(body={"roleCredentials": keys}, headers=(("Content-Type", "application/json"),))
    with (
        Server(reply) as source,
        profile_files(config),
        environment(AWS_PROFILE="work", AWS_ENDPOINT_URL_SSO=source.url),
    ):
        return _signed_with(peer, "AKIDSSO")


@row("credentials that end, 16 threads at once", "renewed once")
def one_refresh(peer: Peer) -> str:
    if peer.name == "aws-sdk":
        raise Lacking("asyncio only")

    def script(_request: Request, number: int) -> Reply:
        if number > 1:
            threading.Event().wait(0.3)  # slow enough for everybody to ask, if nobody holds them back
        ends = datetime.now(UTC) + (timedelta(seconds=4) if number == 1 else timedelta(hours=2))
        document = {"AccessKeyId": f"AKID{number}", "SecretAccessKey": "x", "Token": "t"}
        body = document | {"Expiration": ends.strftime("%Y-%m-%dT%H:%M:%SZ")}
        return Reply(body=body, headers=(("Content-Type", "application/json"),))

    with (
        Server(script) as source,
        Server(NO_POOLS) as server,
        environment(AWS_CONTAINER_CREDENTIALS_FULL_URI=f"{source.url}/get"),
        peer.connect(Options(url=server.url, keys=False)) as connection,
    ):
        connection.call("ListIdentityPools", MaxResults=5)
        threading.Event().wait(3.2)  # those of the first time may be used for three seconds at least
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda _: connection.call("ListIdentityPools", MaxResults=5), range(16)))
        asked = len(source.requests)
    return {1: "not renewed", 2: "renewed once"}.get(asked, "renewed by several at once")


@row("a public operation without any credentials", "answered; metadata not asked")
def public(peer: Peer) -> str:
    tried.clear()
    with Server(FOUND_ID) as server, peer.connect(Options(url=server.url, keys=False)) as connection:
        try:
            connection.call("GetId", IdentityPoolId=POOL_ID)
            answered = "answered"
        except Exception as raised:  # noqa: BLE001  (any client may raise anything)
            answered = f"fails: {type(raised).__name__}"
    asked = any(host.startswith("169.254.") for host in tried)
    return f"{answered}; metadata {'asked' if asked else 'not asked'}"


@row("an identity pool as the source of credentials", "found")
def from_identity_pool(peer: Peer) -> str:
    if peer.name != "sdkpress":
        raise Lacking("none")
    import sdk
    from sdk.credentials import identity_pool_credentials
    from sdk.models import shared

    def script(request: Request, _number: int) -> Reply:
        return {"GetId": FOUND_ID, "GetCredentialsForIdentity": CREDENTIALS}.get(request.operation, NO_POOLS)

    with Server(script) as server, sdk.SDK(server_url=server.url, region="us-east-1") as guest:
        source = identity_pool_credentials(guest, POOL_ID)
        security = shared.Security(hmac=shared.SchemeHmac(credentials=source))
        with sdk.SDK(security, server_url=server.url, region="us-east-1") as client:
            client.list_identity_pools(max_results=5)
        return "found" if server.requests[-1].key_id == "ASIAEXAMPLE" else "not used"


def _region(peer: Peer) -> str:
    tried.clear()
    try:
        with peer.connect(Options(region=None, attempts=1)) as connection:
            connection.call("ListIdentityPools", MaxResults=5)
    except Exception as raised:  # noqa: BLE001  (there is nobody to reach)
        if not tried:
            return f"ignored: {type(raised).__name__}"
    host = tried[0] if tried else "none"
    return "honoured" if "eu-west-3" in host else host


@row("AWS_REGION", "honoured")
def aws_region(peer: Peer) -> str:
    with environment(AWS_REGION="eu-west-3"):
        return _region(peer)


@row("AWS_DEFAULT_REGION", "honoured")
def aws_default_region(peer: Peer) -> str:
    with environment(AWS_DEFAULT_REGION="eu-west-3"):
        return _region(peer)


@row("the profile's `region`", "honoured")
def profile_region(peer: Peer) -> str:
    with profile_files("[profile work]\nregion = eu-west-3\n"), environment(AWS_PROFILE="work"):
        return _region(peer)
