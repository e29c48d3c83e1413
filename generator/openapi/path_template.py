"""A path and the parameters that are sent in it, made to fit each other: no path is ever sent with braces in it.

OpenAPI 3.1, section 4.8.8.2: each variable of a path is a parameter of that name, and each parameter in the path is one
of its variables. Where that is not so, what is left over decides: one variable and one parameter are the same thing
under two names; else a variable is a text that callers give, and a parameter has no place to go to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from generator.openapi.model import ABSENT, Parameter, Schema
from generator.openapi.node import Node, escape_token

_VARIABLE: Final = re.compile(r"\{([^{}]+)\}")
_STRAY: Final = re.compile(r"(\{[^{}]+\})|[{}]")
# Smithy's greedy label (`httpLabel` trait), which stands for several segments.
_GREEDY: Final = "+"


def fit(path: str, parameters: Sequence[Parameter], operation: Node) -> tuple[str, tuple[Parameter, ...]]:
    """The path and the parameters of an operation, each variable a parameter and each parameter in the path a variable.

    Args:
        path: As the document writes it; a fragment, which tells operations of one path apart, stays as it is.
        parameters: All of the operation's.
        operation: Told of what does not fit.
    """
    sent, mark, fragment = path.partition("#")
    named = {each.name for each in parameters if each.place == "path"}
    sent, greedy = _without_greed(_without_query(sent, parameters), named)
    variables = list(dict.fromkeys(_VARIABLE.findall(sent)))
    known = {*variables, *_VARIABLE.findall(fragment)}
    lacking = [name for name in variables if name not in named]
    astray = [each for each in parameters if each.place == "path" and each.name not in known]
    words = _Words(path, operation)
    if len(lacking) == len(astray) == 1:
        words.renamed(astray[0], lacking[0])
        called, added = {astray[0].name: lacking[0]}, []
    else:
        called, added = {}, [_text(name, operation) for name in lacking]
        for each in astray:
            words.astray(each)
        for name in lacking:
            words.lacking(name)
    fitting = [
        each if each.place != "path" else _called(each, called.get(each.name, each.name), is_greedy=each.name in greedy)
        for each in parameters
        if each.place != "path" or each.name in known or each.name in called
    ]
    return _closed(sent, words) + mark + fragment, (*fitting, *added)


def _without_query(path: str, parameters: Sequence[Parameter]) -> str:
    """The path without the pairs `name={name}` behind it that are parameters of the query: they would be sent twice."""
    place, _, query = path.partition("?")
    spelled = {f"{each.name}={{{each.name}}}" for each in parameters if each.place == "query"}
    kept = [pair for pair in query.split("&") if pair and pair not in spelled]
    return f"{place}?{'&'.join(kept)}" if kept else place


def _without_greed(path: str, named: set[str]) -> tuple[str, set[str]]:
    """The path with `{Key}` for `{Key+}` where the parameter is called `Key`, and the names of those parameters."""
    labels = {name for name in _VARIABLE.findall(path) if name.endswith(_GREEDY) and name not in named}
    greedy = {name.removesuffix(_GREEDY) for name in labels} & named
    for name in greedy:
        path = path.replace(f"{{{name}{_GREEDY}}}", f"{{{name}}}")
    return path, greedy


def _called(parameter: Parameter, name: str, *, is_greedy: bool) -> Parameter:
    return replace(parameter, name=name, allow_reserved=parameter.allow_reserved or is_greedy)


def _text(name: str, operation: Node) -> Parameter:
    at = f"{operation.at}/parameters/{escape_token(name)}"
    return Parameter(
        at=at,
        name=name,
        place="path",
        required=True,
        schema=Schema(at=f"{at}/schema", types=("string",)),
        style=None,
        explode=None,
        allow_reserved=False,
        content=None,
        description=None,
        deprecated=False,
        example=ABSENT,
        extensions={},
    )


def _closed(path: str, words: _Words) -> str:
    """The path, with other braces than those of variables encoded."""
    if not any(found[1] is None for found in _STRAY.finditer(path)):
        return path
    words.stray()
    return _STRAY.sub(lambda found: found[1] or f"%{ord(found[0]):X}", path)


class _Words:
    """What is said of one path. Names come first, as messages are cut where paths are long; and no operation is named,
    so that what all operations of a path share is said once.
    """

    def __init__(self, path: str, operation: Node) -> None:
        self._path = path
        self._report = operation.report
        self._document = operation.document

    def renamed(self, parameter: Parameter, variable: str) -> None:
        self._report.warning(
            "SPEC039",
            f"the path has no {{{parameter.name}}}, and {{{variable}}} has no parameter: {self._path}",
            self._document.locate(f"{parameter.at}/name"),
            help=f"call the parameter `{variable}`, or write `{{{parameter.name}}}` in the path",
            effect=f"the parameter is called {variable!r}, and sent in place of {{{variable}}}",
        )

    def astray(self, parameter: Parameter) -> None:
        self._report.warning(
            "SPEC039",
            f"the path has no {{{parameter.name}}} for the parameter: {self._path}",
            self._document.locate(f"{parameter.at}/name"),
            help=f"write `{{{parameter.name}}}` in the path, or correct `name` or `in` of the parameter",
            effect="the parameter is left out of the SDK",
        )

    def lacking(self, variable: str) -> None:
        self._report.warning(
            "SPEC039",
            f"{{{variable}}} in the path has no parameter: {self._path}",
            self._document.locate(f"/paths/{escape_token(self._path)}", key=True),
            help=f"describe it: a parameter with `name: {variable}` and `in: path`",
            effect="it is a required parameter, a string",
        )

    def stray(self) -> None:
        self._report.warning(
            "SPEC039",
            f"a brace that belongs to no variable of the path: {self._path}",
            self._document.locate(f"/paths/{escape_token(self._path)}", key=True),
            help="write variables as `{name}`",
            effect="the brace is sent percent-encoded",
        )
