"""Has hypothesis-jsonschema make replies from a document's schemas. Runs in the judge's environment.

    python -m benchmarks.conformance.make_replies DOCUMENT REQUESTS REPLIES

One schema is used once, however many operations reply with it. A document of many schemas gets fewer replies of each.
"""

from __future__ import annotations

import base64
import json
import signal
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_jsonschema import _from_schema, from_schema

from benchmarks.conformance.reply_schemas import ReplySchemas

_MOST_REPLIES = 5
_REPLIES_IN_ALL = 150
# Of those that a document has more of, so many are taken, spread evenly.
_MOST_SCHEMAS = 500
# Of its own time, not of the clock's.
_SECONDS = 10
# Statuses of replies that have no body, whatever is described (RFC 9110, sections 15.3.5 and 15.3.6).
_EMPTY = ("204", "205")
_FORMATS = {
    "byte": st.binary(max_size=20).map(lambda data: base64.b64encode(data).decode()),
    "uuid": st.uuids().map(str),
}


class TooSlow(Exception):
    """It takes longer than anyone waits."""


def remember() -> None:
    """Have hypothesis-jsonschema make one strategy of one schema, and look for no references, of which there are none.

    It makes the strategy of a member anew, with all of its parts, for each value of the object that the member is in,
    which takes most of its time, and more than anyone's for schemas that are deep.
    """
    made: dict[str, Any] = {}
    make = vars(_from_schema)["__from_schema"]

    def remembered(schema: Any, **options: Any) -> Any:
        key = json.dumps(schema, sort_keys=True)
        if key not in made:
            made[key] = make(schema, **options)
        return made[key]

    setattr(_from_schema, "__from_schema", remembered)
    _from_schema.resolve_all_refs = lambda schema: schema


def replies(schema: Any, most: int) -> list[Any]:
    """Values of a schema: the simplest, then others, always the same. Those that take too long are not among them.

    Raises:
        TooSlow: That is all of them.
    """
    found: list[Any] = []
    stopped = []

    @settings(
        max_examples=most,
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(from_schema(schema, custom_formats=_FORMATS))
    def collect(value: Any) -> None:
        found.append(value)

    def stop(*_: Any) -> None:
        stopped.append(True)
        raise TooSlow(f"no value within {_SECONDS} s")

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
    try:
        collect()
    except Exception:
        # Whatever hypothesis makes of being stopped.
        if not stopped:
            raise
        if not found:
            raise TooSlow(f"no value within {_SECONDS} s") from None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return list({json.dumps(value, sort_keys=True): value for value in found}.values())


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
            if status in _EMPTY:
                continue
            for media, content in (self.schemas.followed(answers[status]).get("content") or {}).items():
                if "json" in media and "seq" not in media and "lines" not in media and "schema" in content:
                    yield int(status) if status.isdigit() else 200, media, content["schema"]
                    break


def made(document: Document, requests: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A line for each reply, and for each schema that nothing was made from."""
    different: dict[str, tuple[dict[str, Any], Any]] = {}
    for recorded in requests:
        for status, media, schema in document.successes(recorded):
            facts = {"way": recorded["way"], "status": status, "media": media}
            different.setdefault(json.dumps(schema, sort_keys=True), (facts, schema))
    most = max(1, min(_MOST_REPLIES, _REPLIES_IN_ALL // max(len(different), 1)))
    step = max(1, -(-len(different) // _MOST_SCHEMAS))
    for number, (facts, schema) in enumerate(different.values()):
        if number % step:
            yield {**facts, "unmade": "LeftOut: the document has many"}
            continue
        try:
            for value in replies(document.schemas.of(schema), most):
                yield {**facts, "value": value}
        except Exception as error:  # noqa: BLE001  (whatever it is, it is the result)
            yield {**facts, "unmade": f"{type(error).__name__}: {error}"[:300]}


def main(document: Path, requests: Path, output: Path) -> None:
    """Make all replies."""
    warnings.simplefilter("ignore")
    lines = [json.loads(line) for line in requests.read_text(encoding="utf-8").splitlines()]
    pages = [line for line in lines if line.get("kind") == "page"]
    remember()
    replies({"type": "string"}, 1)  # the first of all takes its time: tables of Unicode
    known = Document(json.loads(document.read_text(encoding="utf-8")))
    with output.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in made(known, pages))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
