"""What an exception tells of an error reply: its class, the code, the message, the status, the request id."""

from __future__ import annotations

from typing import Any

from benchmarks.compare.clients.peer import Options, Peer
from benchmarks.compare.replies import error
from benchmarks.compare.row import Cell, row
from benchmarks.compare.server import REQUEST_ID, Reply, Server

_TYPED = "ResourceNotFoundException"


def _raised(peer: Peer, reply: Reply) -> BaseException | None:
    with Server(reply) as server, peer.connect(Options(url=server.url, attempts=1)) as connection:
        try:
            connection.call("ListIdentityPools", MaxResults=5)
        except Exception as raised:  # noqa: BLE001  (any client may raise anything)
            return raised
    return None


def _told(
    peer: Peer, reply: Reply, *, kind: str | None = _TYPED, code: str | None = _TYPED, message: str | None = "gone"
) -> Cell:
    """What is left of an error.

    Args:
        peer: The client.
        reply: The error.
        kind: The class it should have; None for whichever is the client's own.
        code: The code it should tell.
        message: The message it should tell.
    """
    raised = _raised(peer, reply)
    if raised is None:
        return Cell("no exception", good=False)
    told = peer.failure(raised)
    wanted: dict[str, Any] = {"code": code, "message": message, "status": reply.status}
    lost = [name for name, value in wanted.items() if value is not None and getattr(told, name) != value]
    shown = type(raised).__name__ + ("" if peer.is_own(raised) else " (not its own)")
    if "code" in lost and told.code is not None:
        lost[lost.index("code")] = f"code (says {told.code!r})"
    fits = peer.is_own(raised) and kind in {None, type(raised).__name__}
    return Cell(shown + (f"; lost: {', '.join(lost)}" if lost else ""), good=fits and not lost)


WHOLE = "its class; code, message, status kept"
GENERIC = "an exception of its own; code, message, status kept"
NO_CODE = "an exception of its own that tells the status"


@row("`__type` is the code", WHOLE)
def plain(peer: Peer) -> Cell:
    return _told(peer, error(_TYPED))


@row("`__type` with a namespace and a URI", WHOLE)
def namespace(peer: Peer) -> Cell:
    return _told(peer, error(f"com.amazonaws.cognitoidentity#{_TYPED}:http://example.com/"))


@row("no Content-Type", WHOLE)
def no_content_type(peer: Peer) -> Cell:
    return _told(peer, error(_TYPED, headers=(("Content-Type", ""),)))


@row("the code in `code`", WHOLE)
def code_member(peer: Peer) -> Cell:
    return _told(peer, Reply(status=400, body={"code": _TYPED, "message": "gone"}))


@row("the code in the header alone, with a colon behind it", WHOLE)
def header_alone(peer: Peer) -> Cell:
    return _told(peer, Reply(status=400, body={"message": "gone"}, headers=(("x-amzn-ErrorType", f"{_TYPED}:"),)))


@row("header and `__type` differ (the header counts)", WHOLE)
def header_differs(peer: Peer) -> Cell:
    return _told(peer, error("InvalidParameterException", headers=(("x-amzn-ErrorType", _TYPED),)))


@row("`Message`, capitalised", WHOLE)
def capital(peer: Peer) -> Cell:
    return _told(peer, Reply(status=400, body={"__type": _TYPED, "Message": "gone"}))


@row("a code that is not in the model", GENERIC)
def unknown_code(peer: Peer) -> Cell:
    return _told(peer, error("UnrecognizedClientException"), kind=None, code="UnrecognizedClientException")


@row("a code that the model has for other operations only", GENERIC)
def elsewhere(peer: Peer) -> Cell:
    return _told(peer, error("ExternalServiceException"), kind=None, code="ExternalServiceException")


@row("404, empty body", NO_CODE)
def empty(peer: Peer) -> Cell:
    return _told(peer, Reply(status=404, body=b""), kind=None, code=None, message=None)


@row("403, an HTML page", NO_CODE)
def html(peer: Peer) -> Cell:
    return _page(peer, 403)


@row("500, an HTML page", NO_CODE)
def html_500(peer: Peer) -> Cell:
    return _page(peer, 500)


def _page(peer: Peer, status: int) -> Cell:
    page = Reply(status=status, body=b"<html><h1>No</h1></html>", headers=(("Content-Type", "text/html"),))
    return _told(peer, page, kind=None, code=None, message=None)


@row("400, body `null`", NO_CODE)
def null(peer: Peer) -> Cell:
    return _told(peer, Reply(status=400, body=b"null"), kind=None, code=None, message=None)


@row("400, body `[]`", NO_CODE)
def array(peer: Peer) -> Cell:
    return _told(peer, Reply(status=400, body=b"[]"), kind=None, code=None, message=None)


@row("400, `__type` is a number", NO_CODE)
def number(peer: Peer) -> Cell:
    return _told(peer, Reply(status=400, body={"__type": 5}), kind=None, code=None, message=None)


@row("400, body is not UTF-8", NO_CODE)
def not_utf8(peer: Peer) -> Cell:
    return _told(peer, Reply(status=400, body=b'{"message": "\xff\xfe"}'), kind=None, code=None, message=None)


@row("`message` is null", "its class; code, status kept")
def no_message(peer: Peer) -> Cell:
    return _told(peer, Reply(status=400, body={"__type": _TYPED, "message": None}), message=None)


@row("request id of an error", "kept")
def request_id(peer: Peer) -> str:
    raised = _raised(peer, error(_TYPED))
    assert raised is not None
    return "kept" if peer.failure(raised).request_id == REQUEST_ID else "lost"


@row("an exception is pickled whole", "whole")
def pickled(peer: Peer) -> str:
    import pickle

    raised = _raised(peer, error(_TYPED))
    assert raised is not None
    made = pickle.loads(pickle.dumps(raised))  # noqa: S301  (our own bytes)
    before, after = peer.failure(raised), peer.failure(made)
    return "whole" if before == after and type(made) is type(raised) else f"comes back as {type(made).__name__}"


@row("the classes are importable, and have one base for whatever a call raises", "yes", "yes")
def importable(peer: Peer) -> str:
    raised = _raised(peer, error(_TYPED))
    assert raised is not None
    kind = type(raised)
    module = __import__(kind.__module__, fromlist=["x"])
    if getattr(module, kind.__name__, None) is not kind:
        return "made by the client at run time"
    with Server(Reply(drop=True)) as server, peer.connect(Options(url=server.url, attempts=1)) as connection:
        try:
            connection.call("ListIdentityPools", MaxResults=5)
        except Exception as lost:  # noqa: BLE001  (any client may raise anything)
            bases = [base for base in kind.__mro__ if base.__module__.partition(".")[0] in peer.roots]
            shared = any(isinstance(lost, base) for base in bases)
            return "yes" if shared else f"a lost connection is a {type(lost).__module__}.{type(lost).__name__}"
    return "no exception"
