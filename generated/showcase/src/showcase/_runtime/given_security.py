"""What a client is given to authenticate with: a mistake here would be a call in somebody else's name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from .errors import ConfigurationError

if TYPE_CHECKING:
    from msgspec import Struct

__all__ = ["checked_security"]


def checked_security(security: Any, kind: type[Struct] | None) -> Any:
    """`security` as it is.

    Args:
        security: What the client was given, None for nothing.
        kind: The API's own class of it, None where it has no schemes.

    Raises:
        ConfigurationError: It is of another class, or holds a scheme of another class.
    """
    if security is None or kind is None:
        return security
    if not isinstance(security, kind):
        name = next((name for name, schemes in _schemes(kind).items() if isinstance(security, schemes)), None)
        tip = "" if name is None else f": write {kind.__name__}({name}=...)"
        raise ConfigurationError(f"security takes a {_named(kind)}, not a {_named(type(security))}{tip}")
    for name, schemes in _schemes(kind).items():
        scheme = getattr(security, name)
        if scheme is not None and not isinstance(scheme, schemes):
            expected = " or ".join(map(_named, schemes))
            raise ConfigurationError(f"{name} of security takes a {expected}, not a {_named(type(scheme))}")
    return security


@cache
def _schemes(kind: type[Struct]) -> dict[str, tuple[type[Any], ...]]:
    none = type(None)
    return {
        name: tuple(option for option in get_args(hint) if option is not none)
        for name, hint in get_type_hints(kind).items()
        if name in kind.__struct_fields__
    }


def _named(kind: type[Any]) -> str:
    """Other packages have classes of the same name."""
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
