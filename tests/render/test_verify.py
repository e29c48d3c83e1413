"""The syntax-tree gate: what may stand in a generated module."""

from __future__ import annotations

import pytest

from generator.render.verify import UnexpectedCode, verify_python

GOOD = [
    '"""Words."""',
    "import datetime as _dt",
    "from . import x",
    "__all__ = ['a']",
    "A: _t.Final = _o.Operation(name='x', output=list[shared.Pet], groups={'a': (b.C, ('d',))})",
    "class A(B, kw_only=True):\n    'Words.'\n    a: int | None = _m.field(default=None, name='x')\n    'Words.'\n",
    "class A(B):\n    def run(self, x: int = 1) -> R:\n        'W'\n        return self._invoke(_operations.A, x)\n",
    "class A(B):\n    async def run(self) -> R:\n        return await self._invoke(_operations.A)\n",
    "from .x import Auth\nclass A:\n    def __init__(self):\n        super().__init__(Auth())\n        self.x = 1\n",
    "async def f(x: int = 1) -> None: ...",
    "class A:\n    @property\n    def a(self) -> int: ...\n",
    "class A:\n    @overload\n    def a(self) -> int: ...\n    @_cached_property\n    def b(self) -> int: ...\n",
]
BAD = [
    "import os",
    "import datetime, os",
    "from os import system",
    "from os.path import *",
    "os.system('x')",
    "x",
    "1 + 1",
    "f'{x}'",
    "print('x')",
    "A = print('x')",
    "A = [print('x')]",
    "A = {'a': print('x')}",
    "A = _o.Operation(name=print('x'))",
    "A = _o.Operation()(1)",
    "A = _m.field().x()",
    "A: int = print('x')",
    "A: print('x') = 1",
    "A[print('x')] = 1",
    "A[print('x')]: int",
    "A = f'{print()}'",
    "A = lambda: 1",
    "A = [x for x in y]",
    "A = (B := 1)",
    "A = await x",
    "if True:\n    import os",
    "for x in y: pass",
    "while x: pass",
    "with x: pass",
    "try: pass\nexcept E: pass",
    "del x",
    "assert x",
    "raise X",
    "global x",
    "A += 1",
    "type(x)",
    "match x:\n    case _: pass",
    "class A(print('x')): pass",
    "class A(metaclass=print('x')): pass",
    "class A:\n    print('x')",
    "class A:\n    a = print('x')",
    "class A:\n    a: print('x')",
    "class A:\n    if True: pass",
    "class A:\n    class B:\n        print('x')",
    "class A:\n    import os",
    "@print('x')\nclass A: pass",
    "@print('x')\ndef f(): pass",
    "@evil\nclass A: pass",
    "class A:\n    @print('x')\n    def f(self): pass",
    "def f(x=print('x')): pass",
    "def f(*, x=print('x')): pass",
    "def f(x: print('x')): pass",
    "def f() -> print('x'): pass",
    "class A:\n    def f(self, x=print('x')): pass",
    "def f(): print('x')",
    "def f(): return x.system('x')",
    "def f():\n    import os",
    "def f():\n    if x: return y",
    "class A:\n    def f(self):\n        return self._invoke(exec('x'))",
    "class A:\n    def f(self):\n        'x' + __import__('os')",
    "lambda: print('x')",
    "a = b = print('x')",
    "def f(:",
    "x = 'unclosed",
    "\0",
]


@pytest.mark.parametrize("text", GOOD)
def test_declarations_pass(text: str) -> None:
    verify_python("x.py", text)


@pytest.mark.parametrize("text", BAD)
def test_what_acts_on_import_does_not(text: str) -> None:
    with pytest.raises(UnexpectedCode, match=r"^x\.py"):
        verify_python("x.py", text)


ACT = "from .._runtime.testing import server as _server\nfrom . import Stub\n\nraise SystemExit(_server.main(Stub()))\n"


def test_one_program_may_act_and_no_other_module() -> None:
    verify_python("src/x/testing/__main__.py", ACT)

    with pytest.raises(UnexpectedCode):
        verify_python("src/x/client.py", ACT)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("raise SystemExit(", "raise KeyError("),
        ("Stub()", "Stub(evil())"),
        ("_server.main", "_server.other"),
        ("raise", ""),
    ],
)
def test_the_program_does_nothing_else(old: str, new: str) -> None:
    with pytest.raises(UnexpectedCode):
        verify_python("src/x/testing/__main__.py", ACT.replace(old, new))
