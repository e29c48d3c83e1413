"""Generates a document's package, calls every operation as its page does, and writes down what would have been sent.

    python -m benchmarks.conformance.call_examples DOCUMENT PACKAGE REQUESTS

Each line of REQUESTS is one request, or why there was none.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.conformance.generated import generate
from benchmarks.conformance.package import Package, Stopped, programs


def main(document: Path, root: Path, output: Path) -> None:
    """Call everything twice: as the page does, and with every member that the description has."""
    generate(document, root)
    package = Package(root)
    with output.open("w") as file:
        for way in package.ways:
            operation, program = package.operation(way), package.program(way)
            for kind, call in (
                ("page", lambda send, program=program: package.run(program, send)),
                ("everything", lambda send, way=way: package.call_with_everything(way, send)),
            ):
                facts = {"way": way, "kind": kind, "name": operation.name, "path": operation.path}
                file.write(json.dumps({**facts, "of": operation.method, **sent(call)}) + "\n")
        file.write(json.dumps({"broken": broken_programs(root)}) + "\n")


def sent(call: Callable[[Callable[[Any], Any]], Any]) -> dict[str, Any]:
    """The first request that a call sends."""
    found: list[Any] = []

    def record(request: Any) -> Any:
        found.append(request)
        raise Stopped

    try:
        call(record)
    except Stopped:
        pass
    except Exception as error:  # noqa: BLE001  (whatever it is, it is the result)
        return {"error": f"{type(error).__name__}: {error}"[:400]}
    if not found:
        return {"error": "nothing was sent"}
    request = found[0]
    body = request.body if request.upload is None else b"".join(request.upload)
    return {
        "method": request.method,
        "url": f"{request.origin.scheme}://{request.origin.authority}{request.target}",
        "headers": request.headers,
        "body": base64.b64encode(body).decode(),
    }


def broken_programs(root: Path) -> list[str]:
    """The programs of the documentation that do not compile."""
    broken = []
    for path, program in programs(root):
        try:
            compile(program, str(path), "exec")
        except SyntaxError as error:
            broken.append(f"{path.relative_to(root)}: {error}")
    return broken


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
