"""HTTP digest access authentication (RFC 7616): the server challenges, and the client answers without showing the
password.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from typing import TYPE_CHECKING, Any, ClassVar

from .security import Scheme

if TYPE_CHECKING:
    from .clock import Clock
    from .draft import Draft
    from .errors import APIError
    from .http import AsyncTransport, Transport
    from .servers import Servers

__all__ = ["Digest"]

_UNAUTHORIZED = 401
_HASHES = {"MD5": "md5", "SHA-256": "sha256", "SHA-512-256": "sha512_256"}
_PREFERENCE = ("SHA-256", "SHA-512-256", "MD5")
# A parameter of a challenge, or the name of a scheme, which has no value.
_WORD = re.compile(r'([A-Za-z0-9_-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))?')


class Digest(Scheme, kw_only=True):
    """User name and password, of which only a digest travels."""

    __sensitive__: ClassVar[frozenset[str]] = frozenset({"password"})

    username: str
    """User name."""
    password: str
    """Password."""

    def open(self, clock: Clock, servers: Servers) -> _Answers:
        """What answers the server's challenges."""
        return _Answers(self)

    def apply(self, draft: Draft) -> None:
        """Nothing: there is no answer before there is a challenge."""


class _Answers:
    """The answers to one server's challenges; the last challenge is good for further requests (section 3.6)."""

    def __init__(self, scheme: Digest) -> None:
        self._scheme = scheme
        self._challenge: dict[str, str] = {}
        self._count = 0
        self._lock = threading.Lock()

    def get(self, transport: Transport) -> _Answers:
        """Itself."""
        return self

    async def get_async(self, transport: AsyncTransport) -> _Answers:
        """Itself."""
        return self

    def refused(self, error: APIError, applied: Any) -> bool:
        """Take in the server's challenge; whether it can be answered."""
        if error.status_code != _UNAUTHORIZED:
            return False
        found = list(_challenges(error.headers.get("www-authenticate", "")))
        known = [challenge for challenge in found if _algorithm(challenge) in _HASHES and "nonce" in challenge]
        if not known:
            return False
        with self._lock:
            self._challenge = min(known, key=lambda challenge: _PREFERENCE.index(_algorithm(challenge)))
            self._count = 0
        return True

    def apply(self, draft: Draft) -> None:
        """Answer the challenge, where there has been one."""
        with self._lock:
            challenge, self._count = self._challenge, self._count + 1
            count = f"{self._count:08x}"
        if challenge:
            draft.headers.append(("Authorization", self._answer(challenge, count, draft)))

    def _answer(self, challenge: dict[str, str], count: str, draft: Draft) -> str:
        """The Authorization header (section 3.4)."""
        algorithm = _algorithm(challenge)
        realm, nonce = challenge.get("realm", ""), challenge["nonce"]
        own_nonce = secrets.token_hex(16)

        def digest(text: str) -> str:
            return hashlib.new(_HASHES[algorithm], text.encode(), usedforsecurity=False).hexdigest()

        secret = digest(f"{self._scheme.username}:{realm}:{self._scheme.password}")
        if challenge.get("algorithm", "").upper().endswith("-SESS"):
            secret = digest(f"{secret}:{nonce}:{own_nonce}")
        request = digest(f"{draft.method}:{draft.target}")
        offered = {name.strip() for name in challenge.get("qop", "").split(",")}
        fields = {"username": self._scheme.username, "realm": realm, "nonce": nonce, "uri": draft.target}
        if "auth" in offered:
            response = digest(f"{secret}:{nonce}:{count}:{own_nonce}:auth:{request}")
            plain = f", qop=auth, nc={count}"
            fields["cnonce"] = own_nonce
        else:  # RFC 2069, which servers without `qop` speak
            response, plain = digest(f"{secret}:{nonce}:{request}"), ""
        fields["response"] = response
        if "opaque" in challenge:
            fields["opaque"] = challenge["opaque"]
        quoted = ", ".join(f"{name}={_quoted(value)}" for name, value in fields.items())
        shown = f", algorithm={challenge['algorithm']}" if "algorithm" in challenge else ""
        return f"Digest {quoted}{plain}{shown}"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _algorithm(challenge: dict[str, str]) -> str:
    return challenge.get("algorithm", "MD5").upper().removesuffix("-SESS")


def _challenges(header: str) -> list[dict[str, str]]:
    """The Digest challenges of a WWW-Authenticate header, which may hold others too (RFC 9110, section 11.6.1)."""
    found: list[tuple[str, dict[str, str]]] = []
    for match in _WORD.finditer(header):
        name, quoted, plain = match.groups()
        if quoted is None and plain is None:
            found.append((name.lower(), {}))
        elif found:
            found[-1][1][name.lower()] = re.sub(r"\\(.)", r"\1", quoted or "") if plain is None else plain
    return [challenge for scheme, challenge in found if scheme == "digest"]
