"""The generators: how each is run, and where its operations are to be found.

All are run with their own defaults, but for what keeps them from asking the network or other programs, and for
validation, which OpenAPI Generator is told to leave out: with it, a quarter of public documents end there.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_OPC_CONFIG = Path(__file__).with_name("openapi-python-client.yaml")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A generator.

    Attributes:
        name: As its makers write it.
        distribution: What is installed; None for our own.
        command: The command line, from the programs' directory, the document and the directory to write into.
        package: The package, relative to that directory.
        operations: Counts the operations that can be called; None where only models are made.
    """

    name: str
    distribution: str | None
    command: Callable[[Path, Path, Path], Sequence[str]]
    package: str
    operations: Callable[[Path], int] | None


def _methods(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            yield from (each.name for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))


def _in_sdkpress(package: Path) -> int:
    text = (package / "client.py").read_text(encoding="utf-8")
    return len(set(re.findall(r"_operations\.([A-Z0-9_]+)", text)) - {"API"})


def _in_modules(package: Path) -> int:
    return sum(path.name != "__init__.py" for path in (package / "api").rglob("*.py"))


def _in_api_classes(package: Path) -> int:
    names = [name for path in (package / "api").glob("*_api.py") for name in _methods(path)]
    return sum(
        not name.startswith("_") and not name.endswith(("_with_http_info", "_without_preload_content"))
        for name in names
    )


def _in_sdk_class(package: Path) -> int:
    return sum(not name.startswith("_") for name in _methods(package / "sdk_gen.py"))


CANDIDATES = (
    Candidate(
        name="sdkpress",
        distribution=None,
        command=lambda _, document, out: (
            *(sys.executable, "-m", "generator", str(document)),
            *("--output", str(out / "ours"), "--package", "made", "--no-cache"),
        ),
        package="ours/src/made",
        operations=_in_sdkpress,
    ),
    Candidate(
        name="OpenAPI Generator",
        distribution="openapi-generator-cli",
        command=lambda programs, document, out: (
            *(str(programs / "openapi-generator-cli"), "generate", "-i", str(document), "-g", "python"),
            *("-o", str(out), "--package-name", "made", "--skip-validate-spec"),
        ),
        package="made",
        operations=_in_api_classes,
    ),
    Candidate(
        name="openapi-python-client",
        distribution="openapi-python-client",
        command=lambda programs, document, out: (
            *(str(programs / "openapi-python-client"), "generate", "--path", str(document), "--meta", "none"),
            *("--output-path", str(out / "made"), "--config", str(_OPC_CONFIG)),
        ),
        package="made",
        operations=_in_modules,
    ),
    Candidate(
        name="hey-api",
        distribution="hey-api",
        command=lambda programs, document, out: (
            *(str(programs / "hey-api"), "-i", str(document), "-o", str(out / "made"), "--no-log-file", "-s"),
        ),
        package="made",
        operations=_in_sdk_class,
    ),
    Candidate(
        name="datamodel-code-generator (models only)",
        distribution="datamodel-code-generator",
        command=lambda programs, document, out: (
            *(str(programs / "datamodel-codegen"), "--input", str(document), "--input-file-type", "openapi"),
            *("--output", str(out / "made.py"), "--output-model-type", "pydantic_v2.BaseModel"),
        ),
        package="made.py",
        operations=None,
    ),
)
