"""What a client lacks where a reference leads nowhere: it depends on what the reference stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from generator.openapi.sites import Tokens

_UNTYPED: Final = "the value is typed as Any"
_SECTIONS: Final[Mapping[str, str]] = {
    "callbacks": "the SDK has no model of what the callback sends",
    "examples": "the example is not shown",
    "headers": "the header is not described",
    "links": "results do not tell of the link",
    "mapping": "values with this tag are told apart by their members",
    "parameters": "the parameter is left out of the SDK",
    "pathItems": "the operations of this path are left out of the SDK",
    "paths": "the operations of this path are left out of the SDK",
    "requestBodies": "the body is typed as Any, and sent as JSON",
    "responses": "the response is read as if it were not documented",
    "securitySchemes": "the SDK does not authenticate in this way",
}


def loss(at: Tokens, slot: str) -> str:
    """What the client lacks where a reference does.

    Args:
        at: Where the mapping is that holds the reference.
        slot: The key that it has there; another one than `$ref` is a name in a discriminator's `mapping`.
    """
    if slot != "$ref":
        return _SECTIONS["mapping"]
    if at[-1:] == ("requestBody",):
        return _SECTIONS["requestBodies"]
    return _SECTIONS.get(at[-2], _UNTYPED) if len(at) > 1 and "schema" not in at[:-1] else _UNTYPED
