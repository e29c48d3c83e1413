"""When calls are tried again, as an expression: what the document says, and nothing where it says nothing."""

from __future__ import annotations

from generator.graph.model import RetryPolicy
from generator.python.expressions import Call, write
from generator.python.literals import literal
from generator.python.text import Code

_CLASS = "_r.Retries"


def retries_expression(policy: RetryPolicy | None) -> Code | None:
    """The policy as the runtime's own; None for none."""
    if policy is None:
        return None
    if policy.max_attempts == 1:
        return write(Call(_CLASS, (("max_attempts", literal(1)),)))
    values = {
        "max_attempts": policy.max_attempts,
        "base": policy.initial_interval,
        "throttling_base": policy.initial_interval,
        "cap": policy.max_interval,
        "exponent": policy.exponent,
        "max_elapsed": policy.max_elapsed,
        "statuses": policy.statuses,
        "connection_errors": policy.connection_errors,
    }
    return write(Call(_CLASS, tuple((name, literal(value)) for name, value in values.items())))
