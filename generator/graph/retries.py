"""When failed attempts are repeated, where the document says so: `x-speakeasy-retries` of an operation, or of it all.

Its times are milliseconds, and what it leaves out has the defaults that its inventor documents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.graph.model import RetryPolicy
from generator.graph.types import Context

_EXTENSION = "x-speakeasy-retries"
_KEYS = {"strategy", "backoff", "statusCodes", "retryConnectionErrors"}
_DEFAULTS = {"initialInterval": 500, "maxInterval": 60_000, "maxElapsedTime": 3_600_000, "exponent": 1.5}
_STATUS = re.compile(r"[1-5](?:[0-9][0-9]|XX)", re.IGNORECASE)
_STEEPEST = 100
_LONGEST = 86_400_000
_SECOND = 1000


def retry_policy(context: Context, extensions: Mapping[str, Any], at: str) -> RetryPolicy | None:
    """The policy among the extensions of the object at `at`; a malformed one is reported and ignored."""
    declared = extensions.get(_EXTENSION)
    if declared is None:
        return None
    policy = _read(declared)
    if policy is None:
        context.report.warning(
            "SPEC035",
            f"`{_EXTENSION}` is not understood: it takes {', '.join(f'`{key}`' for key in sorted(_KEYS))}",
            context.locate(f"{at}/{_EXTENSION}"),
            help="write `strategy: backoff`, `statusCodes` such as [429, 5XX], and times in milliseconds up to a day; "
            "or `strategy: none`",
            effect="it is read as if it were absent",
        )
    return policy


def _read(declared: Any) -> RetryPolicy | None:
    if not isinstance(declared, dict) or not set(declared) <= _KEYS:
        return None
    if declared.get("strategy") == "none":
        return RetryPolicy(max_attempts=1)
    backoff, statuses = _backoff(declared.get("backoff", {})), _statuses(declared.get("statusCodes"))
    connection_errors = declared.get("retryConnectionErrors", True)
    if declared.get("strategy") != "backoff" or backoff is None or statuses is None:
        return None
    if not isinstance(connection_errors, bool):
        return None
    return RetryPolicy(
        initial_interval=backoff["initialInterval"] / _SECOND,
        max_interval=backoff["maxInterval"] / _SECOND,
        max_elapsed=backoff["maxElapsedTime"] / _SECOND,
        exponent=float(backoff["exponent"]),
        statuses=statuses,
        connection_errors=connection_errors,
    )


def _backoff(declared: Any) -> Mapping[str, float] | None:
    if not isinstance(declared, dict) or not set(declared) <= set(_DEFAULTS):
        return None
    found = {**_DEFAULTS, **declared}
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in found.values())
    if not numbers or not 1 <= found["exponent"] <= _STEEPEST:
        return None
    return found if all(0 <= found[key] <= _LONGEST for key in _DEFAULTS) else None


def _statuses(declared: Any) -> tuple[str, ...] | None:
    if not isinstance(declared, list):
        return None
    found = tuple(str(status).upper() for status in declared if isinstance(status, str | int))
    return found if len(found) == len(declared) and all(_STATUS.fullmatch(status) for status in found) else None
