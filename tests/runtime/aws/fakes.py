"""Stand-ins for the network and the clock of credential sources."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from runtime.aws.sources.outside import Outside
from runtime.http import Headers, HTTPRequest, HTTPResponse, Timeout

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
LATER_TEXT = "2026-01-01T01:00:00Z"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> None:
        self.now += timedelta(**amount)


Reply = HTTPResponse | Exception
Answer = Callable[[HTTPRequest], Reply]


class FakeTransport:
    """Answers requests from a function, or from a list in its order, and keeps what was asked."""

    def __init__(self, answer: Answer | list[Reply]) -> None:
        self._answer = answer
        self.sent: list[HTTPRequest] = []
        self.timeouts: list[Timeout] = []

    def send(self, request: HTTPRequest, timeout: Timeout) -> HTTPResponse:
        self.sent.append(request)
        self.timeouts.append(timeout)
        reply = self._answer.pop(0) if isinstance(self._answer, list) else self._answer(request)
        if isinstance(reply, Exception):
            raise reply
        return reply

    def close(self) -> None:
        raise AssertionError("a transport that was given is not ours to close")

    @property
    def lines(self) -> list[str]:
        """What was asked, one request a line."""
        return [f"{sent.method} {sent.origin.scheme}://{sent.origin.authority}{sent.target}" for sent in self.sent]


def reply(body: object = b"", status: int = 200) -> HTTPResponse:
    """A reply; what is no text is sent as JSON."""
    content = body.encode() if isinstance(body, str) else body if isinstance(body, bytes) else json.dumps(body).encode()
    return HTTPResponse(status, Headers(()), content)


def outside(environ: dict[str, str], answer: Answer | list[Reply] | None = None, **changes: Any) -> Outside:
    """Surroundings whose network is `answer`; None for one that must not be used."""
    transport = FakeTransport([] if answer is None else answer)
    return Outside(**{"environ": environ, "transport": transport, "clock": Clock(), **changes})


def sent(surroundings: Outside) -> FakeTransport:
    """What went through `outside`."""
    assert isinstance(surroundings.transport, FakeTransport)
    return surroundings.transport


def form(request: HTTPRequest) -> dict[str, str]:
    """The fields of a form."""
    return {name: value for name, (value,) in parse_qs(request.body.decode(), strict_parsing=True).items()}


def write(environ: dict[str, str], *, credentials: str = "", config: str = "") -> None:
    """Write the files that AWS tools share."""
    Path(environ["AWS_SHARED_CREDENTIALS_FILE"]).write_text(credentials, encoding="utf-8")
    Path(environ["AWS_CONFIG_FILE"]).write_text(config, encoding="utf-8")


def pair(name: str) -> str:
    """Settings of a key pair."""
    return f"aws_access_key_id = AKID{name}\naws_secret_access_key = {name}-secret\n"


def role_reply(name: str = "ROLE", action: str = "AssumeRole") -> HTTPResponse:
    """What the Security Token Service answers."""
    return reply(
        f'<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>'
        f"<AssumedRoleUser><AssumedRoleId>X:s</AssumedRoleId>"
        f"<Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn></AssumedRoleUser>"
        f"<Credentials><AccessKeyId>ASIA{name}</AccessKeyId><SecretAccessKey>{name}-secret</SecretAccessKey>"
        f"<SessionToken>{name}-token</SessionToken><Expiration>{LATER_TEXT}</Expiration></Credentials>"
        f"</{action}Result></{action}Response>"
    )


def temporary(name: str, **changes: Any) -> dict[str, Any]:
    """The document of containers and instances."""
    document = {
        "Code": "Success",
        "AccessKeyId": f"ASIA{name}",
        "SecretAccessKey": f"{name}-secret",
        "Token": f"{name}-token",
        "Expiration": LATER_TEXT,
        **changes,
    }
    return {key: value for key, value in document.items() if value is not None}
