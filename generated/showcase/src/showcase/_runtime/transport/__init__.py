"""The transports: `SocketTransport` for threads and `AsyncioTransport` for asyncio, which are bundled and speak
HTTP/1.1; and `Httpx2Transport` with `AsyncHttpx2Transport`, which hand over to httpx2.

They move one request and one reply over pooled connections. They refuse to follow redirects, to keep cookies and to
retry, but for one resend when a kept connection turns out dead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..lazy import lazily

if TYPE_CHECKING:
    from .asynchronous import AsyncioTransport
    from .blocking import SocketTransport
    from .httpx2 import AsyncHttpx2Transport, Httpx2Transport
else:
    # On demand, so that a blocking program never pays for asyncio, nor anybody for httpx2 who does not use it.
    __getattr__ = lazily(
        __name__,
        {
            "AsyncHttpx2Transport": "httpx2",
            "AsyncioTransport": "asynchronous",
            "Httpx2Transport": "httpx2",
            "SocketTransport": "blocking",
        },
    )

__all__ = ["AsyncHttpx2Transport", "AsyncioTransport", "Httpx2Transport", "SocketTransport"]
