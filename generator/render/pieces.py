"""Divides a module into pieces that can be formatted one by one, and puts the formatted pieces together.

Formatting takes longer than all else, and after an edit nearly every function reads as before. A piece is a function, a
class without functions, or another long statement. What is left between the pieces is the frame: there each
piece has a stand-in of the same kind, so that the blank lines around it are those that the whole module would have.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_INDENT = "    "
_HEADER = "class _:\n"  # what methods are formatted below: how long a line may be depends on the indentation
_PREFIX = "_piece_"
_LENGTH = 100  # characters; what is shorter is not worth the trouble
_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Divided:
    """A module in pieces.

    Attributes:
        frame: What is between the pieces, with stand-ins for them.
        pieces: Texts that are modules of their own.
    """

    frame: str
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    node: ast.stmt
    method: bool

    @property
    def first(self) -> int:
        """Its first line, from 0, after decorators: those stay in the frame."""
        return self.node.lineno - 1

    @property
    def last(self) -> int:
        """The line after its last."""
        return self.node.end_lineno or 0

    @property
    def margin(self) -> str:
        return _INDENT if self.method else ""

    def stand_in(self, number: int) -> str:
        """The text that holds the place of a part: a statement of its kind, by black's rules on blank lines."""
        name = _name(number)
        if isinstance(self.node, _Function):
            body = " ...\n" if _is_stub(self.node) else f"\n{self.margin}{_INDENT}return\n"
            return f"{self.margin}def {name}():{body}"
        if isinstance(self.node, ast.ClassDef):
            return f"class {name}:\n{_INDENT}x = 0\n"
        return f"{name} = 0\n"


def divide(text: str) -> Divided:
    """Divide a module whose lines end in line feeds.

    Raises:
        SyntaxError: It is no Python.
    """
    if _PREFIX in text:  # of a document that means to be taken for a stand-in
        return Divided(text, ())
    lines = text.split("\n")
    frame: list[str] = []
    pieces: list[str] = []
    done = 0
    long = (part for part in _parts(ast.parse(text)) if sum(map(len, lines[part.first : part.last])) > _LENGTH)
    for number, part in enumerate(long):
        first, last = part.first, part.last
        frame += [f"{line}\n" for line in lines[done:first]]
        frame.append(part.stand_in(number))
        pieces.append((_HEADER if part.method else "") + "\n".join(lines[first:last]) + "\n")
        done = last
    return Divided("".join(frame) + "\n".join(lines[done:]), tuple(pieces))


def assemble(frame: str, pieces: Sequence[str]) -> str:
    """Put formatted pieces into their formatted frame."""
    lines = iter(frame.splitlines(keepends=True))
    whole: list[str] = []
    number = 0
    for line in lines:
        if number < len(pieces) and _name(number) in line:
            whole.append(pieces[number].removeprefix(_HEADER))
            if line.endswith(":\n"):
                next(lines)  # the body of the stand-in
            number += 1
        else:
            whole.append(line)
    return "".join(whole)


def _parts(module: ast.Module) -> Iterator[_Part]:
    for node in module.body:
        if isinstance(node, ast.ClassDef) and any(isinstance(below, _Function) for below in node.body):
            yield from (_Part(below, method=True) for below in node.body if isinstance(below, _Function))
        elif isinstance(node, _Function | ast.ClassDef | ast.Assign | ast.AnnAssign):
            yield _Part(node, method=False)


def _is_stub(node: _Function) -> bool:
    only, *more = node.body
    return not more and isinstance(only, ast.Expr) and isinstance(only.value, ast.Constant) and only.value.value is ...


def _name(number: int) -> str:
    return f"{_PREFIX}{number}_"
