"""Keeps openapi-core, which tries every path of a document for every request, from trying those that end otherwise: of
14,000 paths that takes hours. Which of the others match is openapi-core's to say. Runs in its environment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from openapi_core.templating.paths.finders import APICallPathFinder


class LikelyPathFinder(APICallPathFinder):  # type: ignore[misc]  # openapi-core is elsewhere
    """Finds the path of a request among those whose last two segments are the request's, or are templates."""

    def __init__(self, spec: Any, base_url: str | None = None) -> None:
        super().__init__(spec, base_url=base_url)
        self._patterns: dict[tuple[str | None, str | None], list[str]] = defaultdict(list)
        for pattern in (spec / "paths").read_value():
            self._patterns[_end(pattern)].append(pattern)

    def find(self, method: str, name: str) -> Any:
        """The path, operation and server of a request; `name` is its URL."""
        last, before = _end(urlsplit(name).path)
        likely = [
            pattern
            for end in ((last, before), (last, None), (None, before), (None, None))
            for pattern in self._patterns.get(end, ())
        ]
        finder = APICallPathFinder(_Document(self.spec, likely), base_url=self.base_url)
        return finder.find(method, name)


class _Document:
    """A document of which only some paths are there."""

    def __init__(self, spec: Any, patterns: list[str]) -> None:
        self._spec = spec
        self._patterns = patterns

    def __truediv__(self, part: str) -> Any:
        return _Paths(self._spec / part, self._patterns) if part == "paths" else self._spec / part

    def __getattr__(self, name: str) -> Any:
        return getattr(self._spec, name)


class _Paths:
    def __init__(self, paths: Any, patterns: list[str]) -> None:
        self._paths = paths
        self._patterns = patterns

    def exists(self) -> bool:
        return bool(self._paths.exists())

    def str_items(self) -> Iterator[tuple[str, Any]]:
        return ((pattern, self._paths / pattern) for pattern in self._patterns)


def _end(path: str) -> tuple[str | None, str | None]:
    """The last segment and the one before it; None where anything may stand."""
    *_, before, last = ["", *path.split("/")]
    return None if "{" in last else last, None if "{" in before or not before else before
