"""The syntax-tree gate: generated Python holds declarations and constants, and nothing that could act on import.

Escaping by construction should make this gate idle. It is there because the price of being wrong is code that a document wrote.
"""

from __future__ import annotations

import ast

_TOP = (ast.Import, ast.ImportFrom, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Assign, ast.AnnAssign)
_IN_CLASS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Assign, ast.AnnAssign, ast.Pass)
_CALLEES = frozenset(
    {
        "_m.field",
        "frozenset",
        "_o.Operation",
        "_o.Pagination",
        "_o.Parameter",
        "_o.Api",
        "_o.Server",
    }
)


class UnexpectedCode(Exception):
    """Generated Python holds what no template writes. It is a bug of ours, found before anything was written."""


def verify_python(path: str, text: str) -> None:
    """Check one module.

    Raises:
        UnexpectedCode: It does not parse, or something in it would run at import that must not.
    """
    try:
        module = ast.parse(text, path)
        compile(module, path, "exec", dont_inherit=True)  # finds what parsing does not: an argument named twice
    except (SyntaxError, ValueError) as error:
        raise UnexpectedCode(f"{path} does not parse: {error}") from error
    for node in module.body:
        _check_statement(path, node, _TOP)


def _check_statement(path: str, node: ast.stmt, allowed: tuple[type[ast.stmt], ...]) -> None:
    if isinstance(node, ast.Expr):
        if not (isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)):
            raise UnexpectedCode(f"{path}:{node.lineno}: an expression that is no docstring")
    elif not isinstance(node, allowed):
        raise UnexpectedCode(f"{path}:{node.lineno}: {type(node).__name__} where only declarations stand")
    elif isinstance(node, ast.ClassDef):
        for expression in (*node.bases, *(keyword.value for keyword in node.keywords)):
            _check_expression(path, expression)
        for statement in node.body:
            _check_statement(path, statement, _IN_CLASS)
    elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        _check_expression(path, node.value)


def _check_expression(path: str, expression: ast.expr) -> None:
    """What runs at import: constants, names, and calls of a handful of constructors."""
    for node in ast.walk(expression):
        if isinstance(node, ast.Call) and ast.unparse(node.func) not in _CALLEES:
            raise UnexpectedCode(f"{path}:{node.lineno}: a call of {ast.unparse(node.func)[:60]!r} at import")
        if isinstance(node, ast.Lambda | ast.Await | ast.Yield | ast.NamedExpr | ast.comprehension | ast.JoinedStr):
            raise UnexpectedCode(f"{path}: {type(node).__name__} at import")
