"""A package has every module that its own modules import, at whatever moment."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

import pytest

from generator.importers.document import import_service
from tests.cases.stages import run

ROOT = Path(__file__).parents[2]


def imported(path: PurePosixPath, text: bytes) -> Iterator[PurePosixPath]:
    """What a module of the package imports, as paths without a suffix."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level:
            package = path.parents[node.level - 1]
            module = package.joinpath(*node.module.split(".")) if node.module else package
            yield from [module] if node.module else (module / alias.name for alias in node.names)


def lacking(files: Mapping[str, bytes]) -> set[tuple[str, str]]:
    modules = {PurePosixPath(path).with_suffix("") for path in files if path.endswith(".py")}
    packages = {module.parent for module in modules if module.name == "__init__"}
    return {
        (path, str(module))
        for path, text in files.items()
        if path.endswith(".py")
        for module in imported(PurePosixPath(path), text)
        if module not in modules and module not in packages and not has(files, module)
    }


def has(files: Mapping[str, bytes], module: PurePosixPath) -> bool:
    """Whether a package defines the name itself."""
    return module.name.encode() in files.get(str(module.parent / "__init__.py"), b"")


@pytest.mark.parametrize("service", ["kms", "lambda", "s3", "sns", "ec2"], ids="{}".format)
def test_a_service_of_each_protocol(service: str, tmp_path: Path) -> None:
    described = import_service(f"botocore:{service}").document
    few = dict(list(described["paths"].items())[:3])
    document = tmp_path / "service.json"
    document.write_text(json.dumps({**described, "paths": few}), encoding="utf-8")

    assert lacking(run(document, package="served").files()) == set()


def test_the_showcase() -> None:
    assert lacking(run(ROOT / "specs" / "showcase" / "openapi.yaml", package="shown").files()) == set()
