"""The two sides of a comparison: which documents are meant, and one version of a package from each.

A side is a revision of git (`v1.4`, `HEAD~3`), a document or folder at one (`v1.4:specs/pets/openapi.yaml`), the path
of a document, a project's folder, or the working tree. Both sides are planned by this generator with its templates,
each with the configuration that it has there: what is compared is what the documents and the configuration changed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from generator.cache import user_directory
from generator.config import CONFIG, TargetConfig, default_config, discover_targets, load_target
from generator.diagnostics import Location, Refusal, Report, Severity
from generator.diff.compare import Version
from generator.diff.header_changes import Header
from generator.history.revisions import Repository
from generator.openapi import pointer as pointers
from generator.output.manifest import MANIFEST, kept_names
from generator.output.territory import resolve
from generator.pipeline import Planned, prepare, produce
from generator.python.locked_names import NameTable
from generator.selection import is_document
from generator.source import display_name

_UNNUMBERED = "0.1.0"
_MOST_REFERENCES = 20
_MOST_EXCERPT = 400  # lines


def _nothing(_output: Path) -> Mapping[str, bytes]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Where one version of each package comes from.

    Attributes:
        label: What reports call it.
        targets: The configurations, by name; of a document on its own there is one, whatever it is called.
        shown: Gives the name of a file that people know, by the one that it has here.
        standing: Reads the files below the directory of a package.
        is_document: Whether it is a document on its own.
    """

    label: str
    targets: Mapping[str, TargetConfig]
    shown: Callable[[str], str] = str
    standing: Callable[[Path], Mapping[str, bytes]] = _nothing
    is_document: bool = False

    def version(self, name: str, *, with_files: bool, before: Version | None = None) -> Version:
        """The version of a target that this side has; see `version`.

        It has the names that its package keeps. Where none is there, as beside a document on its own, those of the
        version `before` it are what a run would find.
        """
        config = self.targets[name]
        kept = {} if self.is_document else kept_names(resolve(config.output))
        locked = before.plan.names if before is not None and not kept else kept
        return version(config, self.shown, with_files=with_files, standing=self.standing, locked=locked)


def sides(first: str | None, second: str | None, project: Path, stack: ExitStack) -> tuple[Side, Side]:
    """The sides that a command line means.

    Args:
        first: The old side; None for the last commit.
        second: The new side; None for the working tree.
        project: The directory that holds `specs/`.
        stack: Takes the directories that are made.

    Raises:
        Refusal: A side does not exist, or the two can't be compared.
    """
    old = _side("HEAD" if first is None else first, project, stack)
    if second is None and old.is_document and first is not None:
        path = first.partition(":")[2]
        if not path or not Path(path).exists():
            raise _unfit(f"{first} is a document, and there is nothing to compare it with")
        second = path
    new = _working_tree(project) if second is None else _side(second, project, stack)
    if old.is_document != new.is_document:
        raise _unfit(f"{old.label} and {new.label} are a document and a project")
    return old, new


def _unfit(message: str) -> Refusal:
    return Refusal.because("CFG015", message, help="name two documents, or two revisions or folders of a project")


def _working_tree(project: Path) -> Side:
    targets = {config.name: config for config in discover_targets(project)}
    return Side(label="working tree", targets=targets, standing=_on_disk)


def _side(name: str, project: Path, stack: ExitStack) -> Side:
    path = Path(name)
    if path.is_dir():
        return Side(label=name, targets=_folder(path), standing=_on_disk)
    if path.exists() or (is_document(name) and ":" not in name):
        return _document(name, path, str)
    return _revision(name, project, stack)


def _folder(path: Path) -> Mapping[str, TargetConfig]:
    """A project, its `specs`, or a target's own folder."""
    project = path if (path / "specs").is_dir() else path.parent if path.name == "specs" else None
    if project is not None:
        return {config.name: config for config in discover_targets(project)}
    config = load_target(path / CONFIG, Report())
    return {config.name: config}


def _document(label: str, path: Path, shown: Callable[[str], str]) -> Side:
    config = default_config(path, Path("sdk"), package=None, distribution=None)
    return Side(label=label, targets={"": replace(config, name=path.name)}, shown=shown, is_document=True)


def _revision(name: str, project: Path, stack: ExitStack) -> Side:
    revision, _, path = name.partition(":")
    repository = Repository(project)
    commit = repository.commit(revision or "HEAD")
    into = Path(stack.enter_context(TemporaryDirectory(prefix="generate-diff-")))
    inside = PurePosixPath(project.resolve().relative_to(repository.top.resolve()).as_posix())

    def shown(file: str) -> str:
        return f"{revision}:{PurePosixPath(file).relative_to(display_name(into))}" if _is_below(file, into) else file

    def standing(output: Path) -> Mapping[str, bytes]:
        return repository.files(commit, PurePosixPath(output.relative_to(into).as_posix()))

    if not path:
        repository.extract(commit, inside / "specs", into)
        targets: Mapping[str, TargetConfig] = {config.name: config for config in discover_targets(into / inside)}
        _extract_manifests(repository, commit, targets, into)
        return Side(label=name, targets=targets, shown=shown, standing=standing)
    wanted = inside / path.removeprefix("./")
    repository.extract(commit, wanted.parent if is_document(path) else wanted, into)
    if (into / wanted).is_dir():
        targets = _folder(into / wanted)
        _extract_manifests(repository, commit, targets, into)
        return Side(label=name, targets=targets, shown=shown)
    if not (into / wanted).is_file():
        raise Refusal.because("CFG014", f"{revision} holds no {path}", help="check the path: from the project's folder")
    return _document(name, into / wanted, shown)


def _extract_manifests(repository: Repository, commit: str, targets: Mapping[str, TargetConfig], into: Path) -> None:
    """Bring the names along that the packages had."""
    for config in targets.values():
        repository.extract(commit, PurePosixPath((config.output / MANIFEST).relative_to(into).as_posix()), into)


def _is_below(file: str, directory: Path) -> bool:
    return PurePosixPath(file).is_relative_to(display_name(directory))


def _on_disk(output: Path) -> Mapping[str, bytes]:
    found = {}
    for directory, folders, names in os.walk(output):
        folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
        for path in (Path(directory, name) for name in names):
            if path.is_file() and not path.is_symlink():
                found[path.relative_to(output).as_posix()] = path.read_bytes()
    return found


def version(
    config: TargetConfig,
    shown: Callable[[str], str],
    *,
    with_files: bool,
    standing: Callable[[Path], Mapping[str, bytes]] = _nothing,
    locked: NameTable | None = None,
) -> Version:
    """One version of a package, planned.

    Args:
        config: The target.
        shown: Gives the name of a file that people know, by the one that it has here.
        with_files: Whether its files are rendered, without formatting.
        standing: Reads the files below the directory of a package.
        locked: The names that it keeps; None for none.

    Raises:
        Refusal: There is no package: the document or the configuration is at fault.
    """
    report = Report()
    planned = prepare(replace(config, validated=False), report, None, locked=locked)
    fatal = [found for found in report.diagnostics if found.severity is Severity.ERROR]
    if fatal:
        raise Refusal(fatal)
    return Version(
        bound=planned.bound,
        plan=planned.plan,
        pins=config.names,
        default_at=lambda pointer: _default(planned.document.root, pointer),
        headers_at=lambda pointer: _headers(planned.document.root, pointer),
        locate=_locator(planned, shown),
        excerpt=_excerpts(planned),
        texts=lambda: {shown(name): source.text for name, source in planned.document.sources.items()},
        files=produce(planned, None, formatted=False) if with_files else None,
        formatted=lambda: produce(planned, user_directory()),
        standing=lambda: standing(config.output),
        number=config.version or _UNNUMBERED,
        home=config.home if shown is str else None,
    )


def _locator(planned: Planned, shown: Callable[[str], str]) -> Callable[[str], Location]:
    def locate(pointer: str) -> Location:
        found = planned.document.locate(pointer, key=True)
        return replace(found, file=shown(found.file))

    return locate


def _excerpts(planned: Planned) -> Callable[[str], Sequence[str]]:
    @cache
    def lines_of(file: str) -> Sequence[str]:
        source = planned.document.sources.get(file)
        return () if source is None else source.lines()

    def excerpt(pointer: str) -> Sequence[str]:
        """The line of a key, and what is indented below it; nothing where it has no position."""
        start = planned.document.locate(pointer, key=True)
        if start.line is None:
            return ()
        return _block(lines_of(start.file)[start.line - 1 : start.line - 1 + _MOST_EXCERPT])

    return excerpt


def _block(lines: Sequence[str]) -> Sequence[str]:
    """The first line with those that belong to it."""
    depth, is_item = (_indent(lines[0]), lines[0].lstrip().startswith("-")) if lines else (0, False)
    for number, line in enumerate(lines[1:], start=1):
        if not line.strip() or _indent(line) > depth:
            continue
        if _indent(line) < depth or is_item or not line.lstrip().startswith(("- ", "}", "]")):
            lines = lines[:number]
            break
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _default(root: Mapping[str, Any], pointer: str) -> Any:
    """The default of the member or parameter at a pointer; None where there is none."""
    node = _resolved(root, _at(root, pointers.split(pointer)))
    schema = node.get("schema") if isinstance(node, Mapping) and "in" in node else node
    schema = _resolved(root, schema)
    return schema.get("default") if isinstance(schema, Mapping) else None


def _headers(root: Mapping[str, Any], pointer: str) -> Mapping[str, Header]:
    """The headers of the response at a pointer. `Content-Type` is described elsewhere (OpenAPI 3.1, 4.8.17.1)."""
    response = _resolved(root, _at(root, pointers.split(pointer)))
    found = response.get("headers") if isinstance(response, Mapping) else None
    headers = {}
    for name, value in found.items() if isinstance(found, Mapping) else ():
        header = _resolved(root, value)
        if isinstance(header, Mapping) and str(name).lower() != "content-type":
            schema = _resolved(root, header.get("schema"))
            told = [schema.get(key) for key in ("type", "format")] if isinstance(schema, Mapping) else []
            spelled = " ".join(str(each) for each in told if each is not None) or "text"
            place = f"{pointer}/headers/{pointers.escape(str(name))}"
            headers[str(name).lower()] = Header(place, str(name), header.get("required") is True, spelled)
    return headers


def _at(root: Any, path: Sequence[str]) -> Any:
    node = root
    for key in path:
        if isinstance(node, list):
            node = node[int(key)] if key.isdigit() and int(key) < len(node) else None
        else:
            node = node.get(key) if isinstance(node, Mapping) else None
    return node


def _resolved(root: Mapping[str, Any], node: Any) -> Any:
    for _ in range(_MOST_REFERENCES):
        if not isinstance(node, Mapping) or not isinstance(node.get("$ref"), str) or "default" in node:
            break
        node = _at(root, pointers.split(node["$ref"].removeprefix("#")))
    return node
