"""A server that answers with one prepared reply after the other."""

from __future__ import annotations

from tests.clients.stub import Recorded, Reply, Stub

__all__ = ["Scripted", "failure"]


def failure(status: int, code: str | None = None, **headers: str) -> Reply:
    """A reply that names an error, or is empty where there is no code."""
    body = b"" if code is None else f'{{"__type":"{code}","message":"no"}}'.encode()
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Reply(body, status, (("x-amzn-RequestId", "id-1"), *named))


class Scripted(Stub):
    """The server; the last reply stays."""

    def __init__(self, *replies: Reply) -> None:
        super().__init__()
        self.script = list(replies)

    def answer(self, request: Recorded) -> Reply:
        """Note the request down and take the next reply."""
        self.requests.append(request)
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]
