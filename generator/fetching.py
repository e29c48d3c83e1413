"""A document over the network: the only place of the generator that opens a connection, and only for `generate fetch`.

What comes is a stranger's: HTTPS all the way, redirects too, of bounded size and in bounded time, and it becomes input
only once a person has accepted its hash.
"""

from __future__ import annotations

import time
import urllib.request
from http import HTTPStatus
from http.client import HTTPException
from pathlib import PurePosixPath
from typing import IO, Any, Final
from urllib.parse import urlsplit

from generator import __version__
from generator.diagnostics import Refusal
from generator.source import MAX_BYTES

_IDLE: Final = 30.0  # seconds that a peer may be silent
_TOTAL: Final = 300.0  # seconds for all of it
_CHUNK: Final = 1 << 16


class _SecureRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects as long as they stay on HTTPS."""

    max_redirections = 5

    def redirect_request(
        self, req: Any, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """The next request.

        Raises:
            Refusal: It would leave HTTPS.
        """
        if urlsplit(newurl).scheme != "https":
            raise _failed(req.full_url, "it redirects to something that is not https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(url: str) -> bytes:
    """What a URL has.

    Args:
        url: `https://...`, without a user or password.

    Raises:
        Refusal: It cannot be had (IMP007), or is larger than a document may be (SPEC001).
    """
    opener = urllib.request.OpenerDirector()  # not `build_opener`: that one opens files, FTP and plain HTTP too
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _SecureRedirects(),
    ):
        opener.add_handler(handler)
    headers = {"User-Agent": f"sdkpress/{__version__}", "Accept-Encoding": "identity"}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - the opener knows nothing but https
    try:
        with opener.open(request, timeout=_IDLE) as response:
            encoding = response.headers.get("Content-Encoding", "identity")
            if response.status != HTTPStatus.OK or encoding != "identity":
                raise _failed(url, f"status {response.status}, or encoded")
            return _body(url, response)
    except (OSError, HTTPException) as error:  # `URLError` and `HTTPError` are `OSError`s
        raise _failed(url, str(error) or type(error).__name__) from None


def _body(url: str, response: Any) -> bytes:
    ends = time.monotonic() + _TOTAL
    body = bytearray()
    while chunk := response.read(_CHUNK):
        body += chunk
        if len(body) > MAX_BYTES:
            raise Refusal.because(
                "SPEC001",
                f"{shown(url)} is larger than {MAX_BYTES // 1024 // 1024} MiB",
                help="fetch a smaller document",
                effect="nothing was written",
            )
        if time.monotonic() > ends:
            raise _failed(url, f"it takes longer than {_TOTAL:.0f} s")
    if response.length:  # bytes that were promised, and did not come
        raise _failed(url, f"it ends {response.length} bytes early")
    return bytes(body)


def shown(url: str) -> str:
    """A URL without its query, in which some put their keys."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{PurePosixPath(parts.path or '/')}"


def _failed(url: str, why: str) -> Refusal:
    return Refusal.because(
        "IMP007",
        f"{shown(url)}: {why}",
        help="check `url` in [source] of sdk.toml, and the network",
        effect="nothing was written",
    )
