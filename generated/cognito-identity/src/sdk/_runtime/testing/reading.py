"""Bodies of requests read closely: a value of another type is an error here, where replies are read leniently."""

from __future__ import annotations

from typing import Any

import msgspec

from ..codec import chosen, decode

__all__ = ["read_closely"]


def read_closely(type_: Any, data: bytes) -> Any:
    """`data` read as JSON of exactly `type_`; further members are kept where the type keeps them.

    Raises:
        msgspec.MsgspecError: It is something else.
    """
    try:
        return msgspec.json.decode(data, type=type_, dec_hook=chosen)
    except msgspec.ValidationError as error:
        if "unknown field" not in str(error):  # which only those models refuse that keep them
            raise
        return decode(type_, data)
