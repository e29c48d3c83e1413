"""Pieces of files that changed, and not because of the document."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.history.comparing import comparisons
from generator.history.reviewing import page
from generator.review.sheet import sheet
from generator.review.unexplained import Piece
from tests.cli.commands import generate, replace
from tests.diff.conftest import git

DOCUMENT = Path("specs/shop/openapi.yaml")
CLIENT = Path("generated/shop/src/shop/client.py")
SHARED = Path("generated/shop/src/shop/models/shared.py")


@pytest.fixture
def committed(repository: Path) -> Path:
    """The package is committed, and the document has been edited since."""
    assert generate("--unformatted").code == 0
    git("add", "-A", "-f")
    git("commit", "-q", "-m", "package")
    replace(repository / DOCUMENT, "Gets an order.", "Reads an order.")
    return repository


def _pieces(before: str | None = None, after: str | None = None) -> list[tuple[str, str, list[str]]]:
    (found,) = comparisons(before, after, Path(), (), level="files")
    return [_told(each) for each in sheet(found).unexplained]


def _told(piece: Piece) -> tuple[str, str, list[str]]:
    changed = [f"{each.sign}{each.text}" for each in piece.lines.shown if each.sign in "+-"]
    return piece.path, piece.origin, changed


def test_what_the_document_makes_is_explained(committed: Path) -> None:
    assert generate("--unformatted").code == 0
    assert _pieces() == []


def test_nothing_changed_where_it_was_not_generated_again(committed: Path) -> None:
    assert _pieces() == []


def test_an_edit_by_hand_is_one_piece_of_a_file_that_changed_otherwise_too(committed: Path) -> None:
    assert generate("--unformatted").code == 0
    text = (committed / CLIENT).read_text()
    (committed / CLIENT).write_text(text.replace("import uuid as _uuid\n", "import uuid as _uuid\nimport os\n", 1))
    assert _pieces() == [("src/shop/client.py", "edited", ["+import os"])]
    git("add", "-A", "-f")
    git("commit", "-q", "-m", "edited")
    assert _pieces("HEAD~1", "HEAD") == [("src/shop/client.py", "edited", ["+import os"])]
    assert _pieces() == []


def test_another_template_is_told_from_another_document(committed: Path) -> None:
    """What was committed was made by a template that had a line more."""
    text = (committed / SHARED).read_text()
    (committed / SHARED).write_text(text + "# From an old template.\n")
    git("add", "-f", str(SHARED))
    git("commit", "-q", "--amend", "-m", "package of old templates")
    (committed / SHARED).unlink()
    assert generate("--unformatted").code == 0
    assert _pieces() == [("src/shop/models/shared.py", "made", ["-# From an old template."])]


def test_a_file_that_nobody_generates(committed: Path) -> None:
    (committed / "generated/shop/src/shop/extra.py").write_text("import os\n")
    assert _pieces() == [("src/shop/extra.py", "edited", ["+import os"])]


def test_a_formatted_package_is_compared_as_it_is_written(repository: Path) -> None:
    assert generate().code == 0
    git("add", "-A", "-f")
    git("commit", "-q", "-m", "package")
    replace(repository / DOCUMENT, "Gets an order.", "Reads an order.")
    assert generate().code == 0
    assert _pieces() == []
    (repository / CLIENT).write_text((repository / CLIENT).read_text() + "\nprint()\n")
    assert _pieces() == [("src/shop/client.py", "edited", ["+", "+print()"])]


def test_they_stand_before_the_changes(committed: Path) -> None:
    assert generate("--unformatted").code == 0
    (committed / CLIENT).write_text((committed / CLIENT).read_text() + "print()\n")
    (found,) = comparisons(None, None, Path(), (), level="files")
    shown = page([sheet(found)], "a", "b")
    assert shown.index('id="t1-unexplained"') < shown.index('id="t1-changes"')
    assert "1 piece of files</a> changed, and not because of the document." in shown
