"""What openapi-spec-validator finds in a closed document. Also the program of the process that it works in.

The library takes most of a second to import, fetches what a document tells it to fetch, and gives up at the first
pattern that Python can't read. So it is imported late, given nothing that it could fetch with, and every part that it
checks is guarded on its own.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NoReturn

from .findings import Finding, Steps, from_error
from .patterns import Dialect, dialect
from .pointer import from_fragment, split
from .positions import Position, children
from .tree import ABSENT, look_up, step
from .verdict import to_text

_MAX_HOPS: Final = 64
_NETWORK: Final = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "subprocess.Popen"})


def examine(root: dict[str, Any]) -> list[Finding]:
    """Validates a closed document.

    Args:
        root: The document, of a version that is known, with local references only.

    Returns:
        Every finding once: those of the validator in its order, then the patterns that Python can't read.
    """
    patterns = list(_patterns(root))
    unreadable = {finding.path for finding in patterns}
    found = [finding._replace(path=_real_path(root, finding.path)) for finding in _validated(root)]
    # The validator, too, says of an unreadable pattern that it isn't one.
    others = (finding for finding in found if finding.path not in unreadable)
    return list(dict.fromkeys([*others, *patterns]))


def _validated(root: dict[str, Any]) -> Iterator[Finding]:
    from jsonschema_path import SchemaPath  # late: see above
    from openapi_spec_validator.shortcuts import get_validator_cls

    kind: Any = get_validator_cls(root)
    guarded = {keyword: _guarded(checker, keyword) for keyword, checker in kind.keyword_validators.items()}
    document = SchemaPath.from_dict(root, handlers=_Nowhere(), resolved_cache_maxsize=128)
    validator = type(kind.__name__, (kind,), {"keyword_validators": guarded})(document)
    for error in validator.schema_validator.iter_errors(root):
        yield from_error(error, ())
    yield from validator.root_validator(document)


class _Nowhere(dict[str, Callable[[str], NoReturn]]):
    """Handlers for every scheme there is, none of which goes anywhere: for an unknown one the library has its own."""

    def __contains__(self, scheme: object) -> bool:
        return True

    def __getitem__(self, scheme: str) -> Callable[[str], NoReturn]:
        return _refuse


def _refuse(uri: str) -> NoReturn:
    message = f"a closed document refers to {uri}"
    raise LookupError(message)


def _guarded(checker: type, keyword: str) -> type:
    """A checker of the library whose findings know their place, whose crashes cost only its part of the document."""

    def call(self: Any, *args: Any, **options: Any) -> Iterator[Finding]:
        place = next(argument.parts for argument in args if hasattr(argument, "parts"))
        code = "SPEC040"
        if keyword == "default":
            place, code = (*place, "default"), "SPEC041"
        try:
            for found in checker.__call__(self, *args, **options):
                if isinstance(found, Finding):
                    yield found
                elif not _is_of_path(found):
                    yield from_error(found, place, code)
        except re.error:
            return  # reported by `_patterns`, once and with a place
        except Exception as error:  # noqa: BLE001 - whatever a stranger's document makes the library raise
            if not _is_unresolved(error):
                yield Finding(place, "SPEC044", f"the validator cannot check this: {type(error).__name__}")

    return type(checker.__name__, (checker,), {"__call__": call})


def _is_of_path(error: object) -> bool:
    """Whether a path and its parameters do not fit: whoever reads the operation says what becomes of them."""
    from openapi_spec_validator.validation.exceptions import UnresolvableParameterError  # late: see above

    return isinstance(error, UnresolvableParameterError)


def _is_unresolved(error: BaseException) -> bool:
    """Whether the library met a reference that leads nowhere: the loader has reported it."""
    from referencing.exceptions import Unresolvable  # late: see above

    return isinstance(error, Unresolvable | LookupError)


def _patterns(root: dict[str, Any]) -> Iterator[Finding]:
    stack: list[tuple[Any, Position, Steps]] = [(root, Position.OBJECT, ())]
    while stack:
        node, kind, path = stack.pop()
        if isinstance(node, list):
            stack.extend((child, kind, (*path, index)) for index, child in enumerate(node))
        elif isinstance(node, dict):
            if kind is Position.OBJECT and isinstance(node.get("pattern"), str):
                yield from _pattern(node["pattern"], (*path, "pattern"))
            stack.extend((child, below, (*path, key)) for key, child, below in children(node, kind))


def _pattern(pattern: str, path: Steps) -> Iterator[Finding]:
    match dialect(pattern):
        case Dialect.ECMA:
            yield Finding(path, "SPEC042", f"the pattern is ECMA-262, which Python cannot read: {pattern}")
        case Dialect.NONE:
            yield Finding(path, "SPEC043", f"the pattern is not a regular expression: {pattern}")
        case Dialect.SHARED:
            pass


def _real_path(root: Any, path: Steps) -> Steps:
    """The path to where a value is written: a path of the library goes through references as if they weren't there."""
    at: Steps = ()
    value, hops = root, 0
    for token in path:
        while step(value, token) is ABSENT and isinstance(value, dict) and "$ref" in value and hops < _MAX_HOPS:
            at = split(from_fragment(str(value["$ref"])[1:]))
            value, hops = look_up(root, at), hops + 1
        at, value = (*at, token), step(value, token)
    return at


def main() -> None:
    """Reads a document from standard input, as JSON, and writes its findings to standard output."""
    document = json.load(sys.stdin)
    library = find_spec("openapi_spec_validator")
    own_schemas = Path(str(library and library.origin)).parent.as_uri()
    sys.addaudithook(partial(_stay_at_home, own_schemas))
    sys.stdout.write(to_text(examine(document)))


def _stay_at_home(own_schemas: str, event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: no network, and by URL only the schemas that the library brings along and reads in this way."""
    if event in _NETWORK or (event == "urllib.Request" and not str(arguments[0]).startswith(own_schemas)):
        message = f"the validator must not use {event}"
        raise PermissionError(message)


if __name__ == "__main__":
    main()
