"""The bundled HTTP/1.1 transports: `SocketTransport` for threads, `AsyncioTransport` for asyncio.

They move one request and one reply over pooled connections. They refuse to follow redirects, to keep cookies, to speak
HTTP/2 and to retry, but for one resend when a kept connection turns out dead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .asynchronous import AsyncioTransport
    from .blocking import SocketTransport

__all__ = ["AsyncioTransport", "SocketTransport"]


def __getattr__(name: str) -> Any:
    # On demand, so that a blocking program never pays for importing asyncio, nor an asyncio one for the blocking pool.
    if name == "SocketTransport":
        from .blocking import SocketTransport

        return SocketTransport
    if name == "AsyncioTransport":
        from .asynchronous import AsyncioTransport

        return AsyncioTransport
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
