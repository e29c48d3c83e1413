"""Steps in plain data: from a value to a part of it, by the tokens of a pointer. References are not followed here."""

import re
from collections.abc import Iterable
from typing import Any, Final

ABSENT: Final = object()
"""What a step that leads nowhere answers with; None is a value."""
_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,17}")


def step(value: Any, token: str | int) -> Any:
    """The part of a mapping or an array; an index may be text, with no sign or leading zeros (RFC 6901, section 4)."""
    if type(value) is dict:
        return value.get(token, ABSENT)
    if type(value) is list and _INDEX.fullmatch(str(token)) and int(token) < len(value):
        return value[int(token)]
    return ABSENT


def look_up(value: Any, tokens: Iterable[str | int]) -> Any:
    """The part at the end of a path, or `ABSENT`."""
    for token in tokens:
        value = step(value, token)
    return value


def copied(value: Any) -> Any:
    """The same data, sharing nothing."""
    if type(value) is dict:
        return {key: copied(child) for key, child in value.items()}
    return [copied(child) for child in value] if type(value) is list else value
