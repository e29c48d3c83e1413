"""The structure holds: who may import whom, what templates may compute, how long a module may be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).parent.parent
# Those of packages; a page for people chooses its words and marks by itself, and has tests of what gets into it.
TEMPLATES = sorted(path for part in ("macros", "package") for path in (ROOT / "templates" / part).rglob("*.jinja"))
MODULES = sorted([*(ROOT / "generator").rglob("*.py"), *(ROOT / "templates" / "runtime").rglob("*.py")])
LINE_LIMIT = 400
CATCH_ALL = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}


def lint_imports(*, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(cwd), str(cwd / "templates")])
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_imports_keep_to_the_contracts() -> None:
    result = lint_imports()

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("generator/graph/model.py", "from generator.python import text", "Stages only look down"),
        ("generator/render/render.py", "from generator.graph import model", "Rendering sees only the plan"),
        (
            "generator/protocols/rest_json.py",
            "from generator.protocols import aws_json",
            "Protocols never import each other",
        ),
        ("generator/python/naming.py", "import jinja2", "Jinja only in render"),
        ("generator/catch_all.py", "import os", "Stages only look down"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(tmp_path: Path, module: str, line: str, broken: str) -> None:
    for name in ("generator", "templates", "pyproject.toml"):
        copy(ROOT / name, tmp_path / name)
    target = tmp_path / module
    target.write_text((target.read_text(encoding="utf-8") if target.exists() else "") + f"\n{line}\n", encoding="utf-8")

    result = lint_imports(cwd=tmp_path)

    assert result.returncode != 0
    assert f"{broken} BROKEN" in result.stdout or "exhaustive" in result.stdout.lower() or "catch_all" in result.stdout


def copy(source: Path, target: Path) -> None:
    files = [source] if source.is_file() else source.rglob("*.py")
    for file in files:
        path = target if source.is_file() else target / file.relative_to(source)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.read_bytes())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_templates_compute_nothing(path: Path) -> None:
    """Finished strings, loops, boolean ifs and macros: whatever needs more belongs into the plan."""
    tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))

    assert [type(node).__name__ for node in tree.find_all(FORBIDDEN)] == []


FORBIDDEN = (
    nodes.BinExpr,
    nodes.UnaryExpr,
    nodes.Compare,
    nodes.Concat,
    nodes.Filter,
    nodes.Test,
    nodes.CondExpr,
    nodes.Assign,
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_stay_small_and_have_a_subject(path: Path) -> None:
    assert path.stem not in CATCH_ALL
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINE_LIMIT


def modules_without_docstring() -> Iterator[str]:
    import ast

    for path in MODULES:
        if ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None:
            yield path.relative_to(ROOT).as_posix()


def test_every_module_says_why_it_exists() -> None:
    assert list(modules_without_docstring()) == []


def test_only_one_module_opens_connections() -> None:
    names = ("urllib.request", "http.client", "asyncio", "ftplib", "smtplib")
    modules = (ROOT / "generator").rglob("*.py")
    asking = {
        path.name
        for path in modules
        if any(
            f"import {name}" in text or f"from {name}" in text for text in [path.read_text("utf-8")] for name in names
        )
    }
    assert asking == {"fetching.py"}
