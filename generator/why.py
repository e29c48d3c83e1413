"""What made a line of a generated package: a place of the document, and a template or a file of the runtime.

Nothing is kept for this: the document is planned again, and names lead from the line to the part that they stand for.
So the answer is right also for a document that has changed since, as long as the names are still there.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath

from generator.characters import escape
from generator.config import TargetConfig, discover_targets
from generator.diagnostics import Location, Refusal, Report
from generator.output.digest import digest_of
from generator.output.manifest import read_manifest
from generator.pipeline import prepare, target_of
from generator.python.planning.package import named
from generator.python.symbols import symbols
from generator.runtime_source import templates_root
from generator.source import Excerpts, display_name, read_source
from generator.terminal import visible

_WIDTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What made a line.

    Args:
        file: The generated file.
        line: Of it, from 1.
        symbol: The name that the line belongs to, "" where it belongs to none that the document knows.
        place: Where the document says it; the whole document where no part of it does; None for a copy.
        template: The template, or the file that it is a copy of.
        template_line: Of what is copied as it is; None for a template.
        is_edited: Whether the file is not what was generated.
    """

    file: str
    line: int
    symbol: str
    place: Location | None
    template: str
    template_line: int | None
    is_edited: bool


def why(where: str, project: Path) -> Cause:
    """The cause of a line.

    Args:
        where: FILE:LINE, also FILE:LINE:COLUMN as compilers write it.
        project: The directory that holds `specs/`.

    Raises:
        Refusal: There is no such line, no target made the file, or its document cannot be read.
    """
    path, line = _split(where)
    config = _target_of(path, project)
    package = PurePosixPath(path.resolve().relative_to(config.output.resolve()).as_posix())
    text = read_source(path).text
    if line > text.count("\n") + bool(text.rpartition("\n")[2]):
        raise Refusal.because("CFG011", f"{display_name(path)} has no line {line}", help="check the line")
    listed = _listed(config, package)
    copied = _copied(config, package)
    symbol, place = ("", None) if copied else _place(config, package, text, line)
    return Cause(
        file=display_name(path),
        line=line,
        symbol=symbol,
        place=place,
        template=display_name(copied or _template(config, package)),
        template_line=line if copied else None,
        is_edited=digest_of(path) != listed,
    )


def as_text(cause: Cause) -> str:
    """For a person: the name, the place with its line, the template."""
    lines = [visible(f"{cause.file}:{cause.line}") + (f"   {cause.symbol}" if cause.symbol else "")]
    if cause.place is not None:
        pointer = f"   #{escape(cause.place.pointer)}" if cause.place.pointer else ""
        lines.append(f"  from     {cause.place}{pointer}")
        source = Excerpts()(cause.place)
        if source is not None and cause.place.pointer:
            lines.append(f"           {visible(source.strip())[:_WIDTH]}")
    copied = f":{cause.template_line}, copied as it is" if cause.template_line else ""
    lines.append(f"  through  {visible(cause.template)}{copied}")
    if cause.is_edited:
        lines.append("  but the file is not what was generated: somebody edited it")
    return "\n".join(lines)


def as_json(cause: Cause) -> str:
    """For programs: one object."""
    return json.dumps(asdict(cause), indent=2)


def _split(where: str) -> tuple[Path, int]:
    found = re.fullmatch(r"(.+?):([1-9]\d{0,8})(:\d+)?", where, re.ASCII | re.DOTALL)
    if found is None:
        raise Refusal.because("CFG011", f"{where!r} is not FILE:LINE", help="write it like `client.py:120`")
    return Path(found[1]), int(found[2])


def _target_of(path: Path, project: Path) -> TargetConfig:
    """The target whose package holds a file."""
    for config in discover_targets(project):
        if path.resolve().is_relative_to(config.output.resolve()):
            return config
    raise Refusal.because(
        "CFG010", f"no target makes {display_name(path)}", help="name a file of a generated package, and its --project"
    )


def _listed(config: TargetConfig, package: PurePosixPath) -> str:
    """The digest of a file as it was generated."""
    manifest = read_manifest(config.output)
    if manifest is None or str(package) not in manifest.files:
        path = display_name(config.output / package)
        raise Refusal.because("CFG011", f"{path} was not generated", help="name a file of a generated package")
    return manifest.files[str(package)]


def _copied(config: TargetConfig, package: PurePosixPath) -> Path | None:
    """What a file is a copy of, if it is one."""
    runtime = PurePosixPath("src", config.package, "_runtime")
    if package.is_relative_to(runtime):
        return templates_root() / "runtime" / package.relative_to(runtime)
    return config.changelog if str(package) == "CHANGELOG.md" else None


def _template(config: TargetConfig, package: PurePosixPath) -> Path:
    if package.is_relative_to("docs/operations"):
        return templates_root() / "package/docs/operations/operation.md.jinja"
    inner = str(package).replace(f"src/{config.package}/", "src/__package__/", 1)
    return templates_root() / "package" / f"{inner.replace('async_client.py', 'client.py')}.jinja"


def _place(config: TargetConfig, package: PurePosixPath, text: str, line: int) -> tuple[str, Location | None]:
    """The innermost name around a line that stands for a part of the document, and that part."""
    planned = prepare(replace(config, validated=False), Report(), None)
    if package.suffix == ".md":
        for bound, operation in zip(planned.bound.operations, planned.plan.operations, strict=True):
            if str(operation.page.path) == str(package):
                return str(operation.method), planned.document.locate(bound.operation.id, key=True)
        return "", planned.document.locate("")
    types, _, names = named(planned.bound, target_of(config, planned.plan.names), Report(), planned.document.locate)
    module = str(package).removeprefix(f"src/{config.package}/")
    known: dict[str, str] = {}
    for in_module, name, pointer in symbols(planned.bound, planned.plan, types, names):
        if in_module == module:
            known.setdefault(name, pointer)
    around = _names(text, line) if package.suffix == ".py" else []
    for length in range(len(around), 0, -1):
        name = ".".join(around[:length])
        if name in known:
            return name, planned.document.locate(known[name], key=True)
    return "", planned.document.locate("")


def _names(text: str, line: int) -> list[str]:
    """The names around a line, the outermost first."""
    try:
        return list(_around(ast.parse(text).body, line))
    except (SyntaxError, ValueError):  # somebody edited it
        return []


def _around(body: Sequence[ast.AST], line: int) -> Iterator[str]:
    before: ast.AST | None = None
    for node in body:
        first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])  # type: ignore[attr-defined]
        if first <= line <= (node.end_lineno or first):  # type: ignore[attr-defined]
            # A string behind an assignment is its docstring.
            is_docstring = isinstance(node, ast.Expr) and isinstance(before, ast.AnnAssign | ast.Assign)
            yield from _inside(before if is_docstring and before is not None else node, line)
            return
        before = node


def _inside(node: ast.AST, line: int) -> Iterator[str]:
    match node:
        case ast.ClassDef():
            yield node.name
            yield from _around(node.body, line)
        case ast.If():  # what type checkers read, and what runs
            yield from _around([*node.body, *node.orelse], line)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield node.name
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            on_line = [each.arg for each in arguments if each.lineno <= line <= (each.end_lineno or line)]
            yield from on_line if len(on_line) == 1 else ()
        case ast.AnnAssign(target=ast.Name(id="CONSTRAINTS"), value=ast.Dict() as table):
            yield from _entry(table, line)
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            yield name


def _entry(table: ast.Dict, line: int) -> Iterator[str]:
    """The keys of a table of tables."""
    for key, value in zip(table.keys, table.values, strict=True):
        if key is not None and key.lineno <= line <= (value.end_lineno or line):
            if isinstance(key, ast.Attribute):
                yield key.attr
            elif isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value
            if isinstance(value, ast.Dict):
                yield from _entry(value, line)
            return
