"""A module formatted piece by piece reads as if it had been formatted whole."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from generator.render.format import _black
from generator.render.pieces import assemble, divide

ROOT = Path(__file__).parents[2]
MODULE = '''
"""Of many kinds."""
from __future__ import annotations
import typing as _t
TABLE = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 8, "i": 9, "j": 10, "k": 11, "l": 12, "m": 13}
# about the class
@_t.final
class First(object):
    """Speaks."""
    name: str = 'x'
    # about the method
    @overload
    def method(self, *, a: int, b: int = 0, c: int = 0, d: int = 0, e: int = 0, f: int = 0) -> dict[int, int]: ...
    @overload
    def method(self, *, a: str, b: int = 0, c: int = 0, d: int = 0, e: int = 0, f: int = 0) -> dict[str, str]: ...
    def method(self, **arguments: _t.Any) -> _t.Any:
        """Says."""

        def inner():

            return 1
        x = { 'a': inner(), 'a_long_name': inner(), 'another_long_name': inner(), 'yet_another': inner() }
        return x
    async def other(self):
        # a remark
        async with self as me:
            return (me, 'and a second thing', "and a third thing", 'and a fourth thing', 'and more')
        # at its end
    value = 1
class Second(First):
    a: int = 1
    b: int = 2  # of which more could be said; but this is a line that is long enough for all that is to be shown
def function(a, b, c, d):
    return [a + b + c + d, a + b + c - d, a + b - c - d, a - b - c - d, -a - b - c - d, a * b * c * d, a / b / c / d]
LAST = First()
'''


@pytest.fixture(params=["module", "client", "models", "operations"])
def text(request: pytest.FixtureRequest) -> str:
    if request.param == "module":
        return MODULE
    names = {"client": "client.py", "models": "models/shared.py", "operations": "_operations.py"}
    generated = ROOT / "generated" / "cognito-identity" / "src" / "sdk" / names[request.param]
    return ast.unparse(ast.parse(generated.read_text(encoding="utf-8")))


def test_piece_by_piece_is_as_good_as_whole(text: str) -> None:
    divided = divide(text)

    assert len(divided.pieces) > 2
    assert assemble(_black(divided.frame), [_black(piece) for piece in divided.pieces]) == _black(text)


def test_every_kind_of_piece_is_taken_out() -> None:
    starts = [piece.removeprefix("class _:\n").split("(")[0].split(" {")[0] for piece in divide(MODULE).pieces]

    methods = ["    def method"] * 3 + ["    async def other"]
    assert starts == ["TABLE =", *methods, "class Second", "def function"]


def test_a_text_that_speaks_of_stand_ins_stays_whole() -> None:
    text = MODULE.replace("Of many kinds.", "Of many kinds.\ndef _piece_0_():\n    return\n")

    divided = divide(text)

    assert divided.pieces == ()
    assert assemble(_black(divided.frame), ()) == _black(text)
