"""Targets that only one side has: a new API, and one that is gone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.commands import generate, replace
from tests.diff.conftest import git

DOCUMENT = Path("specs/shop/openapi.yaml")


@pytest.fixture
def moved(repository: Path) -> Path:
    """The shop is gone, and there is a store; nothing is committed."""
    shutil.move(repository / "specs/shop", repository / "specs/store")
    return repository


def test_both_are_told(moved: Path) -> None:
    ended = generate("diff", "--level", "python")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == """\
shop: 1 breaking

! breaking  API: gone, with 6 operations  [api-removed]
    There is no package of it any more.
    HEAD:specs/shop/openapi.yaml:2:1
store: 1 additive

+ additive  API: new, with 6 operations  [api-added]
    There is one more package.
    specs/store/openapi.yaml:2:1
"""


def test_programs_see_which_side_has_it(moved: Path) -> None:
    gone, new = json.loads(generate("diff", "--format", "json").out)["targets"]
    assert (gone["name"], gone["kind"], gone["severity"]) == ("shop", "removed", "breaking")
    assert (new["name"], new["kind"], new["version"]["proposed"]) == ("store", "added", "0.1.0")
    assert {each["kind"] for each in new["files"]} == {"added"}
    assert {each["kind"] for each in gone["files"]} == {"removed"}
    assert gone["unexplained_files"] == new["unexplained_files"] == []


def test_one_of_them_can_be_named(moved: Path) -> None:
    assert generate("diff", "--target", "store", "--stat").out.startswith("store: 1 additive")
    assert generate("diff", "--target", "shoes").code == 2


def test_a_changelog_begins_with_the_new_one(moved: Path) -> None:
    assert generate("changelog").out == """\
shop: gone
## [0.1.0]

### Added

- `API`: `new, with 6 operations`. There is one more package.
"""
    assert generate("changelog", "--write").out == "specs/store/CHANGELOG.md\nspecs/store/sdk.toml\n"


def test_what_is_gone_breaks_the_gate(moved: Path) -> None:
    assert generate("--unformatted").code == 0
    assert generate("check", "--unformatted", "--against", "HEAD").code == 1
    git("add", "-A")
    git("commit", "-q", "-m", "second")
    assert generate("check", "--unformatted", "--against", "HEAD").code == 0


def test_a_page_shows_them(moved: Path) -> None:
    assert generate("review", "--html", "review.html").code == 0
    page = (moved / "review.html").read_text()
    assert "gone, with 6 operations" in page
    assert "new, with 6 operations" in page
    assert "Next version" not in page


def test_where_there_was_no_project(repository: Path) -> None:
    git("rm", "-q", "-r", "--cached", "specs")
    git("commit", "-q", "-m", "none")
    assert generate("diff", "--stat").out.startswith("shop: 1 additive")
    replace(repository / DOCUMENT, "Gets an order.", "Reads an order.")
    assert generate("diff", "HEAD~1", "--stat").out.startswith("shop: 1 docs")
