"""What a path held at a revision of git: read with `git cat-file`, written into a directory of ours.

Only what a document can be made of is taken: YAML, JSON and TOML. Nothing is checked out, no hook or filter of the
repository runs, and symbolic links are left behind.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from generator.diagnostics import Refusal

_SUFFIXES = (".yaml", ".yml", ".json", ".toml")
_REGULAR = (b"100644", b"100755")


class Repository:
    """The repository that holds a directory.

    Raises:
        Refusal: There is none, or no git.
    """

    def __init__(self, directory: Path) -> None:
        """Find it."""
        self._directory = directory
        self.top = Path(self._git("rev-parse", "--show-toplevel").decode().strip())

    def commit(self, revision: str) -> str:
        """The commit that a revision means.

        Raises:
            Refusal: There is no such revision.
        """
        if revision.startswith("-"):
            raise _unknown(revision)
        try:
            return (
                self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
                .decode()
                .strip()
            )
        except Refusal:
            raise _unknown(revision) from None

    def extract(self, commit: str, folder: PurePosixPath, into: Path) -> None:
        """Write the documents below a folder of the repository, at a commit, below a directory of ours.

        Args:
            commit: As `commit` gives it.
            folder: Relative to the top; `.` for all of it.
            into: An empty directory.
        """
        wanted = [(blob, name) for blob, name in self._listed(commit, folder) if name.lower().endswith(_SUFFIXES)]
        for (_, name), content in zip(wanted, self._contents([blob for blob, _ in wanted]), strict=True):
            place = into / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)

    def files(self, commit: str, folder: PurePosixPath) -> Mapping[str, bytes]:
        """The files below a folder of the repository, at a commit, by their paths from there."""
        listed = list(self._listed(commit, folder))
        contents = self._contents([blob for blob, _ in listed])
        paths = (PurePosixPath(name).relative_to(folder).as_posix() for _, name in listed)
        return dict(zip(paths, contents, strict=True))

    def _listed(self, commit: str, folder: PurePosixPath) -> Iterator[tuple[bytes, str]]:
        """The regular files below a folder: their contents' names, and their paths from the top."""
        path = [] if folder == PurePosixPath() else ["--", folder.as_posix()]
        listed = self._git("ls-tree", "-r", "-z", "--full-tree", commit, *path)
        for entry in filter(None, listed.split(b"\0")):
            facts, _, raw = entry.partition(b"\t")
            mode, _, blob = facts.split(b" ")
            if mode in _REGULAR:
                yield blob, os.fsdecode(raw)

    def _contents(self, blobs: Sequence[bytes]) -> list[bytes]:
        if not blobs:
            return []
        answer = self._git("cat-file", "--batch", given=b"\n".join(blobs) + b"\n")
        found, position = [], 0
        for _ in blobs:
            end = answer.index(b"\n", position)
            size = int(answer[position:end].rsplit(b" ", 1)[1])
            found.append(answer[end + 1 : end + 1 + size])
            position = end + 1 + size + 1
        return found

    def _git(self, *arguments: str, given: bytes | None = None) -> bytes:
        command = ["git", "-C", str(self._directory), *arguments]
        try:
            # No shell; what a caller gives is checked to be no option.
            return subprocess.run(command, input=given, capture_output=True, check=True).stdout  # noqa: S603
        except FileNotFoundError:
            raise Refusal.because("IO005", "git is not installed", help="install git, or compare two paths") from None
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode(errors="replace").strip().split("\n")[-1]
            raise Refusal.because(
                "IO005", f"git says: {said or 'no'}", help="compare two paths, or work in a repository"
            ) from None


def _unknown(revision: str) -> Refusal:
    return Refusal.because(
        "CFG014", f"there is no revision {revision!r}", help="name a commit, a branch or a tag; or a path that exists"
    )
