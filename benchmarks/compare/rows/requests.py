"""What is checked before a request is sent, and what is sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from benchmarks.compare.clients.peer import Lacking, Options, Peer
from benchmarks.compare.replies import FOUND_ID, NO_POOLS, POOL_ID
from benchmarks.compare.row import row
from benchmarks.compare.server import Server


def _attempt(peer: Peer, operation: str, *, strict: bool = False, **members: Any) -> str:
    """Whether a call was refused before anything was sent, with the strictest checks of the client if `strict`."""
    options = Options(attempts=1, strict=strict)
    with Server(NO_POOLS) as server, peer.connect(replace(options, url=server.url)) as connection:
        try:
            connection.call(operation, **members)
        except Exception as error:  # noqa: BLE001  (any client may raise anything)
            return f"{'sent; ' if server.requests else 'refused: '}{type(error).__name__}"
        return "sent"


REFUSED = ("refused", r"refused: .+")


@row("a required member is left out", *REFUSED)
def required(peer: Peer) -> str:
    return _attempt(peer, "ListIdentityPools")


@row("a required member of a nested structure is left out", *REFUSED)
def required_inside(peer: Peer) -> str:
    mappings = {"example.com": {"AmbiguousRoleResolution": "Deny"}}
    return _with_mappings(peer, mappings)


def _with_mappings(peer: Peer, mappings: dict[str, Any]) -> str:
    def make(mapping: dict[str, Any]) -> Any:
        if peer.name == "boto3":
            return mapping
        values = {"ambiguous_role_resolution": mapping["AmbiguousRoleResolution"]}
        if peer.name == "capo":
            return values
        if peer.name == "aws-sdk":
            from aws_sdk_cognito_identity.models import RoleMapping
        else:
            from sdk.models.shared import RoleMapping
        return RoleMapping(**values)

    try:
        made = {name: make(mapping) for name, mapping in mappings.items()}
    except TypeError as error:
        return f"refused: {type(error).__name__}"
    return _attempt(peer, "SetIdentityPoolRoles", IdentityPoolId=POOL_ID, Roles={}, RoleMappings=made)


@row("an argument that the operation does not have", *REFUSED)
def unknown_argument(peer: Peer) -> str:
    return _attempt(peer, "ListIdentityPools", MaxResults=5, PageSize=5)


@row("a word where a number belongs", *REFUSED)
def wrong_type(peer: Peer) -> str:
    return _attempt(peer, "ListIdentityPools", MaxResults="five")


STRICT = ("refused (on demand)", r"refused: .+")


@row("MaxResults=0, below the minimum", *STRICT)
def too_small(peer: Peer) -> str:
    return _attempt(peer, "ListIdentityPools", strict=True, MaxResults=0)


@row("MaxResults=61, above the maximum", *STRICT)
def too_large(peer: Peer) -> str:
    return _attempt(peer, "ListIdentityPools", strict=True, MaxResults=61)


@row("an IdentityPoolId that breaks its pattern", *STRICT)
def pattern(peer: Peer) -> str:
    return _attempt(peer, "DescribeIdentityPool", strict=True, IdentityPoolId="no pool at all")


@row("two violations in one call", "2 of 2 told")
def all_violations(peer: Peer) -> str:
    options = Options(attempts=1, strict=True)
    with Server(NO_POOLS) as server, peer.connect(replace(options, url=server.url)) as connection:
        try:
            connection.call("ListIdentities", IdentityPoolId="", MaxResults=0)
        except Exception as error:  # noqa: BLE001  (any client may raise anything)
            text = str(error).lower().replace("_", "")
            return f"{sum(name in text for name in ('identitypoolid', 'maxresults'))} of 2 told"
    return "sent"


@row("a public operation (GetId), with keys at hand", "no signature")
def unsigned(peer: Peer) -> str:
    with Server(FOUND_ID) as server, peer.connect(Options(url=server.url)) as connection:
        connection.call("GetId", IdentityPoolId=POOL_ID)
        return "signed" if server.requests[0].key_id else "no signature"


@row("headers that tell the service of attempts (amz-sdk-*)", "both", r"both")
def attempt_headers(peer: Peer) -> str:
    with Server(NO_POOLS) as server, peer.connect(Options(url=server.url)) as connection:
        connection.call("ListIdentityPools", MaxResults=5)
        sent = server.requests[0].headers
    found = [name for name in ("amz-sdk-invocation-id", "amz-sdk-request") if name in sent]
    return "both" if len(found) == 2 else found[0] if found else "none"  # noqa: PLR2004


@row("User-Agent names the client", "named")
def user_agent(peer: Peer) -> str:
    with Server(NO_POOLS) as server, peer.connect(Options(url=server.url)) as connection:
        connection.call("ListIdentityPools", MaxResults=5)
        sent = server.requests[0].headers.get("user-agent", "")
    product = {"boto3": "Boto3/", "aws-sdk": "aws-sdk-python/", "capo": "capo", "sdkpress": "openapi/"}[peer.name]
    if not sent:
        raise Lacking("none sent")
    return "named" if product in sent else sent.split()[0]
