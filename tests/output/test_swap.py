"""Whatever goes wrong while files are swapped, and wherever: the package is the old one or the new one."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from generator.diagnostics import ExitCode, Refusal
from generator.output.check import compare_package
from generator.output.digest import digest
from generator.output.write import write_package

Files = dict[str, bytes]
Tree = Callable[[Path], Files]
Operation = Callable[..., object]


class Killed(BaseException):
    """The process ends here; nothing it would have done afterwards happens."""


class Faults:
    """Counts what is done to the disk, and lets the n-th operation fail.

    Args:
        patch: How to get in between.
        error: Raised instead of the operation.
        at: Which one fails, from 1.
        lasting: Whether all later ones fail too.
    """

    def __init__(self, patch: pytest.MonkeyPatch, error: BaseException, at: int, *, lasting: bool) -> None:
        self.error, self.at, self.lasting, self.calls = error, at, lasting, 0
        for name in ("replace", "unlink", "mkdir", "rmdir"):
            patch.setattr(os, name, self._guard(getattr(os, name)))
        patch.setattr(shutil, "copy2", self._guard(shutil.copy2))
        patch.setattr(Path, "write_bytes", self._guard(Path.write_bytes, half=True))
        patch.setattr(Path, "write_text", self._guard(Path.write_text, half=True))

    @property
    def fired(self) -> bool:
        """Whether there were enough operations to fail."""
        return self.calls >= self.at

    def _guard(self, operation: Operation, *, half: bool = False) -> Operation:
        def guarded(*arguments: object, **options: object) -> object:
            self.calls += 1
            if self.calls == self.at or (self.lasting and self.fired):
                if half and self.calls == self.at:
                    place, content = arguments
                    operation(place, content[: len(content) // 2], **options)  # type: ignore[index, arg-type]
                raise self.error
            return operation(*arguments, **options)

        return guarded


def _runs(
    tmp_path: Path, old: Files, error: BaseException, new: Files, *, lasting: bool
) -> Iterator[tuple[Path, BaseException | None]]:
    """Write the new package over the old one, failing at the first operation, at the second, and so on."""
    for at in count(1):
        root = tmp_path / str(at) / "pets"
        if old:
            write_package(root, old, {})
        else:
            root.parent.mkdir()
        with pytest.MonkeyPatch.context() as patch:
            faults = Faults(patch, error, at, lasting=lasting)
            raised: BaseException | None = None
            try:
                write_package(root, new, {})
            except (Refusal, Killed, KeyboardInterrupt) as caught:
                raised = caught
        if not faults.fired:
            assert at > len(new)
            return
        yield root, raised


@pytest.fixture(params=["over the old package", "from nothing"])
def before(request: pytest.FixtureRequest, old: Files) -> Files:
    """What is there before the run that fails."""
    return old if request.param == "over the old package" else {}


@pytest.fixture
def states(tmp_path: Path, before: Files, new: Files, tree: Tree) -> tuple[Files, Files]:
    """All there is to see in the package's parent before a run, and after a good one."""
    root = tmp_path / "model" / "pets"
    root.parent.mkdir()
    if before:
        write_package(root, before, {})
    first = tree(root.parent)
    write_package(root, new, {})
    return first, tree(root.parent)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_one_failure_leaves_the_old_package_or_the_new(
    tmp_path: Path, before: Files, new: Files, states: tuple[Files, Files], tree: Tree, number: int
) -> None:
    seen = set()
    for root, raised in _runs(tmp_path, before, OSError(number, os.strerror(number)), new, lasting=False):
        found = tree(root.parent)
        if raised is None:
            # Only what is done for tidiness after the commit may fail without being noticed.
            untidy = {path for path in found if path.startswith(".") or path == "pets/src/sdk/models/"}
            assert {path: content for path, content in found.items() if path not in untidy} == states[1]
        else:
            assert found == states[0]
            assert isinstance(raised, Refusal)
            assert raised.exit_code is ExitCode.IO
            assert os.strerror(number) in raised.diagnostics[0].message
        seen.add(raised is None)
        write_package(root, new, {})
        assert compare_package(root, new, {}) == ()
    assert seen == {True, False}


@pytest.mark.parametrize("error", [Killed(), OSError(errno.EROFS, "Read-only file system")])
def test_after_a_kill_the_next_run_finds_the_old_package_or_the_new(
    tmp_path: Path, before: Files, new: Files, states: tuple[Files, Files], tree: Tree, error: BaseException
) -> None:
    torn = 0
    for root, _ in _runs(tmp_path, before, error, new, lasting=True):
        found = {path: content for path, content in tree(root.parent).items() if not path.startswith(".")}
        torn += found not in states
        # With the old version as its goal, the next run shows whether it found an old or a new one: either way it can
        # only get there if all files are ones that we wrote.
        write_package(root, before or new, {})
        assert tree(root.parent) == (states[0] if before else states[1])
    assert torn > 1


def test_an_interrupt_from_the_keyboard_is_passed_on(tmp_path: Path, old: Files, new: Files) -> None:
    raised = None
    for root, raised in _runs(tmp_path, old, KeyboardInterrupt(), new, lasting=False):
        if raised is not None:
            assert (root / "README.md").read_bytes() in {old["README.md"], new["README.md"]}
            assert (root / "README.md").read_bytes() == new["README.md"] or compare_package(root, old, {}) == ()
    assert isinstance(raised, KeyboardInterrupt)


_KILLED_RUN = """
import os, pathlib, sys
from generator.output.write import write_package

replace, calls = os.replace, []

def killing(*arguments):
    calls.append(arguments)
    if len(calls) == 3:
        os._exit(9)
    replace(*arguments)

os.replace = killing
write_package(pathlib.Path(sys.argv[1]), {"a.py": b"new", "b.py": b"new", "c.py": b"new"}, {})
"""


def test_a_killed_process_leaves_no_lock(root: Path) -> None:
    old = {"a.py": b"old", "b.py": b"old", "c.py": b"old"}
    write_package(root, old, {})
    ended = subprocess.run([sys.executable, "-c", _KILLED_RUN, str(root)], check=False, cwd=Path(__file__).parents[2])
    assert ended.returncode == 9
    assert (root / "a.py").read_bytes() == b"new"
    assert (root / "b.py").read_bytes() == b"old"
    assert write_package(root, old, {}).unchanged == ("a.py", "b.py", "c.py")
    assert list(root.parent.iterdir()) == [root]


@pytest.fixture
def torn(root: Path, old: Files, new: Files) -> Path:
    """A package whose generation was killed after the first files were swapped."""
    write_package(root, old, {})
    with pytest.MonkeyPatch.context() as patch:
        calls = count(1)
        replace = os.replace

        def killing(source: Path, target: Path) -> None:
            if next(calls) > 3:
                raise Killed
            replace(source, target)

        patch.setattr(os, "replace", killing)
        with pytest.raises(Killed):
            write_package(root, new, {})
    assert (root / "README.md").read_bytes() == new["README.md"]
    return root


def test_work_done_by_hand_after_a_kill_survives(torn: Path, old: Files) -> None:
    (torn / "README.md").write_text("mine", encoding="utf-8")
    with pytest.raises(Refusal, match="OUT002"):
        write_package(torn, old, {})
    assert (torn / "README.md").read_text(encoding="utf-8") == "mine"


def test_a_package_thrown_away_after_a_kill_is_made_anew(torn: Path, new: Files) -> None:
    shutil.rmtree(torn)
    assert write_package(torn, new, {}).written == tuple(sorted(new))


def test_a_package_that_was_restored_after_a_kill_stays_so(torn: Path, old: Files, tmp_path: Path) -> None:
    shutil.rmtree(torn)
    write_package(tmp_path / "copy", old, {})
    shutil.copytree(tmp_path / "copy", torn)
    assert write_package(torn, old, {}).unchanged == tuple(sorted(old))


@pytest.mark.parametrize(
    "journal",
    [
        "",
        "{",
        "{}x",
        '{"a": 1}',
        "[1]",
        '[{"path": "a.py"}]',
        '[{"path": "../../important", "old": null, "new": "IMPORTANT"}]',
        '[{"path": "link/important", "old": null, "new": "IMPORTANT"}]',
        '[{"path": null, "old": null, "new": "IMPORTANT"}, {"path": "/", "old": null, "new": null}]',
    ],
)
def test_a_strange_journal_is_not_followed(root: Path, old: Files, tmp_path: Path, journal: str) -> None:
    write_package(root, old, {})
    important = tmp_path / "important"
    important.write_bytes(b"years")
    (root / "link").symlink_to(tmp_path)
    work = root.parent / ".pets.sdkpress"
    work.mkdir()
    (work / "journal.json").write_text(journal.replace("IMPORTANT", digest(b"years")), encoding="utf-8")
    with pytest.raises(Refusal, match="OUT005") as refusal:
        write_package(root, old, {})
    assert ".pets.sdkpress" in refusal.value.diagnostics[0].help
    assert important.read_bytes() == b"years"
