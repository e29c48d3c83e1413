"""Has hypothesis-jsonschema make replies from a document's schemas. Runs in the judge's environment.

    python -m benchmarks.conformance.make_replies DOCUMENT REQUESTS REPLIES

One schema is used once, however many operations reply with it.
"""

from __future__ import annotations

import base64
import json
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema

from benchmarks.conformance.reply_schemas import ReplySchemas

_REPLIES = 5
# Of its own time, not of the clock's.
_SECONDS = 3
_SECONDS_IN_ALL = 8
_FORMATS = {
    "byte": st.binary(max_size=20).map(lambda data: base64.b64encode(data).decode()),
    "uuid": st.uuids().map(str),
}
_FIXED = settings(
    max_examples=_REPLIES,
    database=None,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class TooSlow(Exception):
    """It takes longer than anyone waits."""


def replies(schema: Any) -> list[Any]:
    """Values of a schema: the simplest, then others, always the same."""
    found: list[Any] = []

    @_FIXED
    @given(from_schema(schema, custom_formats=_FORMATS))
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    unique = {json.dumps(value, sort_keys=True): value for value in found}
    return list(unique.values())


def limited(schema: Any) -> list[Any]:
    """The same within a time.

    Raises:
        TooSlow: It is over.
    """

    def stop(*_: Any) -> None:
        raise TooSlow(f"no value within {_SECONDS} s")

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
    try:
        return replies(schema)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


class Document:
    """Where operations say what they reply."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.schemas = ReplySchemas(document)
        self._operations: dict[Any, Any] = {}
        for path, item in document.get("paths", {}).items():
            for method, operation in self._members(item):
                if isinstance(operation, dict):
                    self._operations[method.upper(), path.partition("#")[0]] = operation
                    self._operations[operation.get("operationId")] = operation

    def _members(self, item: Any) -> Iterator[tuple[str, Any]]:
        found = self.schemas.followed(item)
        return iter(found.items() if isinstance(found, dict) else ())

    def successes(self, recorded: dict[str, Any]) -> Iterator[tuple[int, str, Any]]:
        """Status, media type and schema of what an operation may reply in JSON."""
        operation = self._operations.get(recorded["name"]) or self._operations.get(
            (recorded["of"], recorded["path"]), {}
        )
        answers = operation.get("responses") or {}
        found = [status for status in answers if status.startswith("2")] or [
            each for each in answers if each == "default"
        ]
        for status in found:
            for media, content in (self.schemas.followed(answers[status]).get("content") or {}).items():
                if "json" in media and "seq" not in media and "lines" not in media and "schema" in content:
                    yield int(status) if status.isdigit() else 200, media, content["schema"]
                    break


def made(document: Document, requests: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A line for each reply, and for each schema that nothing was made from."""
    seen: set[str] = set()
    end = time.process_time() + _SECONDS_IN_ALL
    for recorded in requests:
        for status, media, schema in document.successes(recorded):
            key = json.dumps(schema, sort_keys=True)
            if key in seen:
                continue
            seen.add(key)
            facts = {"way": recorded["way"], "status": status, "media": media}
            if time.process_time() > end:
                yield {**facts, "unmade": "TooSlow: the document's time is over"}
                continue
            try:
                for value in limited(document.schemas.of(schema)):
                    yield {**facts, "value": value}
            except Exception as error:  # noqa: BLE001  (whatever it is, it is the result)
                yield {**facts, "unmade": f"{type(error).__name__}: {error}"[:300]}


def main(document: Path, requests: Path, output: Path) -> None:
    """Make all replies."""
    warnings.simplefilter("ignore")
    lines = [json.loads(line) for line in requests.read_text(encoding="utf-8").splitlines()]
    pages = [line for line in lines if line.get("kind") == "page"]
    replies({"type": "string"})  # the first of all takes its time: tables of Unicode
    known = Document(json.loads(document.read_text(encoding="utf-8")))
    with output.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in made(known, pages))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
