"""Two runs never write one package at once, and a lock never outlives its run."""

import os
from pathlib import Path

import pytest

from generator.diagnostics import ExitCode, Refusal
from generator.output import lock
from generator.output.lock import LockedError, hold
from generator.output.write import write_package


@pytest.fixture(
    params=[pytest.param(True, marks=pytest.mark.skipif(not lock.HAS_KERNEL_LOCKS, reason="no fcntl")), False]
)
def kernel(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the kernel does the locking, or the existence of a file."""
    monkeypatch.setattr(lock, "HAS_KERNEL_LOCKS", request.param)
    return bool(request.param)


@pytest.mark.usefixtures("kernel")
def test_a_lock_is_held_once(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with hold(path), pytest.raises(LockedError), hold(path):
        pytest.fail("held twice")
    assert not path.exists()
    with hold(path):
        assert path.exists()


@pytest.mark.usefixtures("kernel")
def test_a_lock_is_let_go_when_the_run_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), hold(tmp_path / "lock"):
        raise ZeroDivisionError
    with hold(tmp_path / "lock"):
        pass


@pytest.mark.skipif(not lock.HAS_KERNEL_LOCKS, reason="no fcntl")
def test_a_file_left_behind_is_no_lock(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    with hold(tmp_path / "lock"):
        pass


@pytest.mark.skipif(not lock.HAS_KERNEL_LOCKS, reason="no fcntl")
def test_a_lock_that_was_removed_while_it_was_taken_is_taken_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lock"
    opened = os.open
    descriptors = []

    def opening(*arguments: object) -> int:
        descriptors.append(opened(*arguments))  # type: ignore[arg-type]
        if len(descriptors) == 1:
            path.unlink()
        return descriptors[-1]

    monkeypatch.setattr(os, "open", opening)
    with hold(path):
        monkeypatch.undo()
        assert len(descriptors) == 2
        with pytest.raises(LockedError), hold(path):
            pytest.fail("held twice")


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="links are followed")
def test_a_linked_lock_is_not_followed(root: Path, tmp_path: Path) -> None:
    root.parent.mkdir()
    (root.parent / ".pets.sdkpress.lock").symlink_to(tmp_path / "planted")
    with pytest.raises(Refusal, match="OUT011"):
        write_package(root, {"a.py": b""}, {})
    assert not (tmp_path / "planted").exists()


@pytest.mark.usefixtures("kernel")
def test_a_second_run_is_refused(root: Path) -> None:
    write_package(root, {"a.py": b"old"}, {})
    with hold(root.parent / ".pets.sdkpress.lock"), pytest.raises(Refusal, match="OUT010") as refusal:
        write_package(root, {"a.py": b"new"}, {})
    assert refusal.value.exit_code is ExitCode.IO
    assert (root / "a.py").read_bytes() == b"old"


def test_runs_for_other_packages_go_on(root: Path) -> None:
    write_package(root, {"a.py": b""}, {})
    with hold(root.parent / ".pets.sdkpress.lock"):
        assert write_package(root.parent / "cats", {"a.py": b""}, {}).written == ("a.py",)
