"""A generated package below a folder, imported, and the programs that its documentation shows."""

from __future__ import annotations

import contextlib
import functools
import importlib
import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CALL = re.compile(r"\bclient\.([\w.]+)\(")
# Where documents name no server, or one that is relative to a place that is not known here.
_SERVER = "https://api.test"


class Stopped(Exception):
    """The request was written down, and no reply is wanted."""


class Package:
    """What is generated for one document.

    Attributes:
        ways: The ways to the operations' methods: `pets.create`.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        source = root / "src"
        name = next(path.parent.name for path in source.glob("*/py.typed"))
        sys.path.insert(0, str(source))
        self._module: Any = importlib.import_module(name)
        self._real = self._module.SDK
        self._stub = importlib.import_module(f"{name}.testing").Stub()
        self._http = importlib.import_module(f"{name}._runtime.http")
        self._codec = importlib.import_module(f"{name}._runtime.codec")
        self._values = importlib.import_module(f"{name}._runtime.testing.values")
        made = self._stub._values  # noqa: SLF001  (nobody else asks)
        # What never comes back is not in the stub's replies, and is marked by None; requests have it.
        shown = {
            class_: {name: value for name, value in members.items() if value is not None}
            for class_, members in made._examples.items()  # noqa: SLF001
        }
        self._made = self._values.Values(made._constraints, shown)  # noqa: SLF001
        self.ways = tuple(self._stub.operations)

    def operation(self, way: str) -> Any:
        """The constant that describes an operation."""
        return self._stub.operations[way]

    def program(self, way: str) -> str:
        """The program that shows how an operation is called; where it is one of two ways, that stands with the other.

        Raises:
            KeyError: There is none.
        """
        method = way.rpartition(".")[2]
        found = self._programs[way]
        return min(found, key=lambda page: not page[0].startswith(method))[1]

    @functools.cached_property
    def _programs(self) -> dict[str, list[tuple[str, str]]]:
        """Names of pages and the programs there, in order, by the ways that they call."""
        found: dict[str, list[tuple[str, str]]] = {}
        for path in sorted((self._root / "docs" / "operations").rglob("*.md")):
            for block in blocks(path.read_text(encoding="utf-8")):
                for way in dict.fromkeys(_CALL.findall(block)):
                    found.setdefault(way, []).append((path.stem, block))
        return found

    def run(self, program: str, send: Callable[[Any], Any]) -> dict[str, Any]:
        """Run a program of the documentation, whose client sends through `send`, and give what it defined."""
        self._module.SDK = functools.partial(self._real, transport=Sender(send), **self._options())
        defined: dict[str, Any] = {"__name__": "example"}
        with contextlib.redirect_stdout(io.StringIO()):
            exec(program, defined)  # noqa: S102  (what is generated is what is looked at)
        return defined

    def call_with_everything(self, way: str, send: Callable[[Any], Any]) -> Any:
        """Call an operation with every member that its description has."""
        operation = self.operation(way)
        request = self._made.of(operation.request, self._values.Place(way, way))
        with self._real(transport=Sender(send), **self._options()) as client:
            return functools.reduce(getattr, way.split("."), client)(request)

    def reply(self, status: int, content_type: str, body: bytes) -> Any:
        """A reply as the client's transports give it."""
        return self._http.HTTPResponse(status, self._http.Headers([("Content-Type", content_type)]), body)

    def written_back(self, value: Any) -> tuple[Any, bytes]:
        """What was read, as plain data and as JSON text."""
        return self._codec.plain(value), self._codec.encode(value)

    def _options(self) -> dict[str, Any]:
        options: dict[str, Any] = self._stub.client_options({"retries": 0})
        servers = self._stub._knowledge.api.servers  # noqa: SLF001  (the same)
        has_server = "region" in options or (servers and "://" in servers[0].url)
        if has_server:
            del options["server_url"]
        else:
            options["server_url"] = urljoin(_SERVER, servers[0].url if servers else "").rstrip("/")
        return options


class Sender:
    """A transport that hands each request to a function."""

    def __init__(self, send: Callable[[Any], Any]) -> None:
        self._send = send

    def send(self, request: Any, timeout: Any) -> Any:  # noqa: ARG002  (the transport's contract)
        """Hand it over."""
        return self._send(request)

    def close(self) -> None:
        """Nothing is open."""


def blocks(page: str) -> list[str]:
    """The programs on a page."""
    return _BLOCK.findall(page)


def programs(root: Path) -> Iterator[tuple[Path, str]]:
    """Every program of the documentation, with the page it stands on."""
    for path in [root / "README.md", *sorted((root / "docs").rglob("*.md"))]:
        for block in blocks(path.read_text(encoding="utf-8")):
            yield path, block
