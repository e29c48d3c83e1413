"""The syntax-tree gate: generated Python holds declarations and constants, and nothing that could act on import.

Escaping by construction should make this gate idle. It is there because the price of being wrong is code that a
document wrote. What methods do when they are called is held to the little that templates write: they hand over to the
runtime.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

_TOP = (ast.Import, ast.ImportFrom, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Assign, ast.AnnAssign)
_IN_CLASS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Assign, ast.AnnAssign, ast.Pass)
_IN_FUNCTION = (ast.Assign, ast.AnnAssign, ast.Return)
_CALLEES = frozenset(
    {
        "_k.Entries",
        "_k.Items",
        "_k.Number",
        "_k.OneOf",
        "_k.Text",
        "_lazily",
        "_m.beside",
        "_m.constant",
        "_m.field",
        "_o.Api",
        "_o.Content",
        "_o.IdempotencyKey",
        "_o.Link",
        "_o.Operation",
        "_o.Pagination",
        "_o.Parameter",
        "_o.Part",
        "_o.Server",
        "_o.Streaming",
        "_r.Retries",
        "_streams.streamed",
        "_stub.Knowledge",
        "_stub.ReplyField",
        "frozenset",
    }
)
_CALLEES_IN_FUNCTION = frozenset(
    {
        "Clock",
        "_c.Settings",
        "_h.header",
        "_p.presign",
        "_p.presign_async",
        "self._invoke",
        "self._stream",
        "self.client_options",
        "super",
        "super().__init__",
        "super().config_security",
    }
)
# The one module that acts, and all that it does.
_PROGRAM = "/testing/__main__.py"
_ACT = "raise SystemExit(_server.main(Stub()))"
_DECORATORS = frozenset({"overload", "property", "_cached_property"})
_MODULES = frozenset({"__future__", "datetime", "decimal", "functools", "typing", "uuid"})
_INERT = frozenset({ast.Constant, ast.Name, ast.Load, ast.Store})  # nothing in them to look at
_ACTIVE = (ast.Lambda, ast.Yield, ast.YieldFrom, ast.NamedExpr, ast.comprehension, ast.JoinedStr)


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
    _Gate(path, module).check()


class _Gate:
    """The check of one module; names that it defines or imports may be called in its methods."""

    def __init__(self, path: str, module: ast.Module) -> None:
        self._path = path
        self._body = module.body
        self._in_function = _CALLEES_IN_FUNCTION | set(_names(module.body))

    def check(self) -> None:
        for node in self._body:
            if isinstance(node, ast.If) and ast.unparse(node.test) == "_t.TYPE_CHECKING":
                for branch in (*node.body, *node.orelse):
                    self._statement(branch, (ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.ClassDef))
            elif self._path.endswith(_PROGRAM) and ast.unparse(node) == _ACT:
                continue
            else:
                self._statement(node, _TOP)

    def _statement(self, node: ast.stmt, allowed: tuple[type[ast.stmt], ...]) -> None:
        if isinstance(node, ast.Expr):
            if not (isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)):
                raise self._unexpected(node, "an expression that is no docstring")
        elif not isinstance(node, allowed):
            raise self._unexpected(node, f"{type(node).__name__} where only declarations stand")
        elif isinstance(node, ast.Import | ast.ImportFrom):
            self._import(node)
        elif isinstance(node, ast.ClassDef):
            self._class(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            self._function(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            self._assignment(node)

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        if isinstance(node, ast.ImportFrom):
            foreign = [] if node.level else [node.module or ""]
        else:
            foreign = [alias.name for alias in node.names]
        if not _MODULES.issuperset(foreign):
            raise self._unexpected(node, f"an import of {', '.join(foreign)[:60]}")

    def _class(self, node: ast.ClassDef) -> None:
        if node.decorator_list:
            raise self._unexpected(node, "a decorated class")
        for expression in (*node.bases, *(keyword.value for keyword in node.keywords)):
            self._expression(expression, _CALLEES)
        for statement in node.body:
            self._statement(statement, _IN_CLASS)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for decorator in node.decorator_list:
            if ast.unparse(decorator) not in _DECORATORS:
                raise self._unexpected(node, f"the decorator {ast.unparse(decorator)[:60]!r}")
        for expression in (node.args, *([node.returns] if node.returns else [])):
            self._expression(expression, _CALLEES)
        for statement in node.body:
            if not isinstance(statement, (*_IN_FUNCTION, ast.Expr)):
                raise self._unexpected(statement, f"{type(statement).__name__} in a method")
            self._expression(statement, self._in_function)

    def _assignment(self, node: ast.Assign | ast.AnnAssign) -> None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if not all(isinstance(target, ast.Name) for target in targets):
            raise self._unexpected(node, "an assignment to something else than a name")
        self._expression(node, _CALLEES)

    def _expression(self, root: ast.AST, callees: frozenset[str]) -> None:
        """Constants, names, and calls of what may be called."""
        for node in _walk(root):
            if isinstance(node, ast.Call) and _dotted(node.func) not in callees:
                raise self._unexpected(node, f"a call of {ast.unparse(node.func)[:60]!r}")
            if isinstance(node, _ACTIVE) or (isinstance(node, ast.Await) and callees is _CALLEES):
                raise self._unexpected(root, type(node).__name__)

    def _unexpected(self, node: ast.AST, what: str) -> UnexpectedCode:
        return UnexpectedCode(f"{self._path}:{getattr(node, 'lineno', 0)}: {what}")


def _walk(root: ast.AST) -> Iterator[ast.AST]:
    """Every node that could act, or holds one; `ast.walk` takes five times as long, and the trees are large."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                stack += [item for item in value if isinstance(item, ast.AST) and type(item) not in _INERT]
            elif isinstance(value, ast.AST) and type(value) not in _INERT:
                stack.append(value)


def _dotted(function: ast.expr) -> str | None:
    """What is called, as it is written."""
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return f"{function.value.id}.{function.attr}"
    if isinstance(function, ast.Name):
        return function.id
    return ast.unparse(function)  # `super().__init__`


def _names(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)
