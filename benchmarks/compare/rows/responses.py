"""What is made of a reply that says 200."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.compare.clients.peer import Options, Peer
from benchmarks.compare.replies import CREDENTIALS, POOL_ID, POOLS
from benchmarks.compare.row import Cell, row
from benchmarks.compare.server import REQUEST_ID, Reply, Server


def _answered(peer: Peer, reply: Reply, operation: str = "ListIdentityPools", **members: Any) -> Any:
    members = members or {"MaxResults": 5}
    with Server(reply) as server, peer.connect(Options(url=server.url, attempts=1)) as connection:
        return connection.call(operation, **members)


def _unreadable(peer: Peer, reply: Reply) -> Cell:
    """A reply that can't be read must not look like an empty one."""
    try:
        result = _answered(peer, reply)
    except Exception as error:  # noqa: BLE001  (any client may raise anything)
        own = peer.is_own(error)
        told = peer.failure(error).status
        lost = "" if told else "; status lost"
        return Cell(f"{type(error).__name__}{'' if own else ' (not its own)'}{lost}", good=own and told is not None)
    pools = peer.at(result, "IdentityPools")
    return Cell(f"no error; IdentityPools is {pools!r}", good=False)


_WANTED = "an exception of its own that tells the status"


@row("200, body cut off in the middle", _WANTED)
def truncated(peer: Peer) -> Cell:
    return _unreadable(peer, Reply(body=b'{"IdentityPools": [{"IdentityPoolId": "us-ea'))


@row("200, body `null`", _WANTED)
def null(peer: Peer) -> Cell:
    return _unreadable(peer, Reply(body=b"null"))


@row("200, body `[]`", _WANTED)
def array(peer: Peer) -> Cell:
    return _unreadable(peer, Reply(body=b"[]"))


@row("200, an HTML page", _WANTED)
def html(peer: Peer) -> Cell:
    page = b"<html><body>Please sign in to the network</body></html>"
    return _unreadable(peer, Reply(body=page, headers=(("Content-Type", "text/html"),)))


@row("200, an object where a list belongs", _WANTED)
def wrong_shape(peer: Peer) -> Cell:
    return _unreadable(peer, Reply(body=b'{"IdentityPools": {"IdentityPoolId": "x"}}'))


@row("200, empty body", "an empty result")
def empty(peer: Peer) -> str:
    result = _answered(peer, Reply(body=b""))
    found = peer.at(result, "IdentityPools")
    return "an empty result" if not found else repr(found)


@row("200, Content-Type text/html around good JSON", "read")
def content_type(peer: Peer) -> str:
    result = _answered(peer, Reply(body=POOLS.body, headers=(("Content-Type", "text/html"),)))
    return "read" if peer.at(result, "IdentityPools", 0, "IdentityPoolId") == POOL_ID else "not read"


@row("members that the model does not know", "read")
def unknown_members(peer: Peer) -> str:
    result = _answered(peer, Reply(body=POOLS.body | {"New": {"a": [1]}, "__type": "x"}))
    return "read" if peer.at(result, "IdentityPools", 0, "IdentityPoolId") == POOL_ID else "not read"


@row("an enum value that the model does not know", "kept")
def unknown_enum(peer: Peer) -> str:
    body = {"UnprocessedIdentityIds": [{"IdentityId": "us-east-1:0", "ErrorCode": "Brand/New"}]}
    result = _answered(peer, Reply(body=body), "DeleteIdentities", IdentityIdsToDelete=["us-east-1:0"])
    found = peer.at(result, "UnprocessedIdentityIds", 0, "ErrorCode")
    return "kept" if str(found) == "Brand/New" or getattr(found, "value", None) == "Brand/New" else repr(found)


@row("a time is an aware datetime in UTC", "UTC")
def utc(peer: Peer) -> str:
    result = _answered(peer, CREDENTIALS, "GetCredentialsForIdentity", IdentityId=POOL_ID)
    found = peer.at(result, "Credentials", "Expiration")
    if not isinstance(found, datetime) or found.utcoffset() is None:
        return repr(found)
    kind = type(found.tzinfo)
    return "UTC" if kind in {type(UTC), ZoneInfo} and not found.utcoffset() else f"the machine's zone ({kind.__name__})"


@row("request id of a result", "kept")
def request_id(peer: Peer) -> str:
    return "kept" if peer.request_id(_answered(peer, POOLS)) == REQUEST_ID else "lost"


@row("number of attempts of a result", "1")
def attempts(peer: Peer) -> str:
    return str(peer.attempts(_answered(peer, POOLS)))


@row("headers of a result", "kept")
def headers(peer: Peer) -> str:
    result = _answered(peer, Reply(body=POOLS.body, headers=(("x-extra", "here"),)))
    if peer.name == "boto3":
        found = result["ResponseMetadata"]["HTTPHeaders"].get("x-extra")
    elif isinstance(result, dict):
        return "none"
    else:
        found = getattr(result, "headers", {}).get("x-extra")
    return "kept" if found == "here" else "none"


@row("two results of the same reply: their pools are equal", "equal")
def equality(peer: Peer) -> str:
    first, second = (peer.at(_answered(peer, POOLS), "IdentityPools") for _ in range(2))
    return "equal" if first == second and first is not second else "not equal"


@row("a whole result is pickled, and copied deeply", "both")
def pickling(peer: Peer) -> str:
    result = _answered(peer, POOLS)
    done = []
    for name, again in (("pickled", _pickled), ("copied", copy.deepcopy)):
        try:
            made = again(result)
        except Exception as error:  # noqa: BLE001  (any client may raise anything)
            done.append(f"not {name}: {type(error).__name__}")
        else:
            same = peer.at(made, "IdentityPools") == peer.at(result, "IdentityPools")
            done.append(name if same else f"not {name}")
    return "both" if done == ["pickled", "copied"] else ", ".join(done)


def _pickled(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301  (our own bytes)


@row("a result as JSON under the service's names, times included", "made")
def to_json(peer: Peer) -> str:
    result = _answered(peer, CREDENTIALS, "GetCredentialsForIdentity", IdentityId=POOL_ID)
    text = peer.to_json(result)
    return "made" if '"Expiration"' in text else text[:40]
