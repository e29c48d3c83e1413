"""Gives a generated client the replies that were made for it, and looks at what it writes back.

python -m benchmarks.conformance.read_replies PACKAGE REPLIES LOSSES
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.conformance.package import Package
from benchmarks.conformance.same import difference


def loss(package: Package, reply: dict[str, Any]) -> str:
    """What a reply loses on its way through the client; empty for nothing."""
    way, body = reply["way"], json.dumps(reply["value"]).encode()
    response = package.reply(reply["status"], reply["media"], body)
    try:
        result = package.run(package.program(way), lambda _: response).get("result")
        field = package.operation(way).field
        if field is None:
            return "NotRead: the result has no body"
        data, text = package.written_back(getattr(result, field))
    except Exception as error:  # noqa: BLE001  (whatever it is, it is the result)
        return f"{type(error).__name__}: {error}"[:300]
    return difference(reply["value"], data) or difference(reply["value"], json.loads(text))


def main(root: Path, replies: Path, output: Path) -> None:
    """Read them all."""
    package = Package(root)
    with output.open("w", encoding="utf-8") as file:
        for line in replies.read_text(encoding="utf-8").splitlines():
            reply = json.loads(line)
            if "value" in reply:
                file.write(json.dumps({"way": reply["way"], "loss": loss(package, reply)}) + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
