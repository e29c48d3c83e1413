"""The files of a package: every template at its place, the runtime byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.python.plan.package import PackagePlan
from generator.render.environment import environment
from generator.render.format import format_python
from generator.render.gate import verify_modules
from generator.render.imports import without_unused_imports
from generator.runtime_source import templates_root

_ONCE = (
    "pyproject.toml",
    "README.md",
    "docs/README.md",
    "src/__package__/__init__.py",
    "src/__package__/_constraints.py",
    "src/__package__/_operations.py",
    "src/__package__/hooks.py",
    "src/__package__/models/__init__.py",
    "src/__package__/models/errors.py",
    "src/__package__/models/operations.py",
    "src/__package__/models/shared.py",
    "src/__package__/testing/__init__.py",
    "src/__package__/testing/__main__.py",
    "src/__package__/tracing.py",
    "src/__package__/transports.py",
)
_ONCE_FOR_AWS = ("src/__package__/credentials.py",)
_TWINS = (("client", False), ("async_client", True))


def render(plan: PackagePlan, cache: Path | None = None, *, formatted: bool = True) -> dict[str, bytes]:
    """Path and content of every file, relative to the package's directory.

    Args:
        plan: The package.
        cache: Where formatted text is kept between runs; None keeps none.
        formatted: Whether black has the last word; most of the time of a first run is its.
    """
    files = dict(_texts(plan, cache))
    python = {path: text for path, text in files.items() if path.endswith(".py")}
    if formatted:
        files.update(format_python(python, cache, plan.metadata.distribution))
    verify_modules({path: files[path] for path in python}, cache, plan.metadata.distribution)
    contents = {path: text.encode("utf-8") for path, text in files.items()}
    contents.update(_runtime(plan))
    contents[f"src/{plan.package}/py.typed"] = b""
    return dict(sorted(contents.items()))


def _texts(plan: PackagePlan, cache: Path | None) -> Iterator[tuple[str, str]]:
    templates = environment(cache)
    for name in (*_ONCE, *(_ONCE_FOR_AWS if plan.features.is_aws else ())):
        path = name.replace("__package__", plan.package)
        yield path, without_unused_imports(templates.get_template(f"package/{name}.jinja").render(plan=plan))
    client = templates.get_template("package/src/__package__/client.py.jinja")
    for name, is_async in _TWINS:
        yield f"src/{plan.package}/{name}.py", without_unused_imports(client.render(plan=plan, is_async=is_async))
    page = templates.get_template("package/docs/operations/operation.md.jinja")
    for operation in plan.operations:
        yield str(operation.page.path), page.render(plan=plan, page=operation.page)


def _runtime(plan: PackagePlan) -> Iterator[tuple[str, bytes]]:
    root = templates_root() / "runtime"
    for entry in plan.runtime:
        source = root / entry
        for path in sorted(source.rglob("*.py")) if source.is_dir() else [source]:
            yield f"src/{plan.package}/_runtime/{_posix(path, root)}", path.read_bytes()


def _posix(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
