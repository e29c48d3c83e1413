"""`generate diff`, `generate changelog`, `generate check --against` in a repository."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.commands import generate, replace, tree
from tests.diff.conftest import git

MAKER = "        Maker: {type: string}\n        id: {type: string, readOnly: true}"
DOCUMENT = Path("specs/shop/openapi.yaml")


@pytest.fixture
def broken(repository: Path) -> Path:
    """A value of an enumeration and an argument are gone, a member has been added; not committed."""
    replace(repository / DOCUMENT, "enum: [red, green, blue]", "enum: [red, green]")
    replace(
        repository / DOCUMENT,
        "        note: {type: string",
        "        size: {type: integer}\n        note: {type: string",
    )
    return repository


def test_nothing_changed(repository: Path) -> None:
    ended = generate("diff")
    assert (ended.code, ended.out, ended.err) == (0, "shop: no changes\n", "")


def test_the_working_tree_beside_the_last_commit(broken: Path) -> None:
    ended = generate("diff")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("shop: 1 breaking, 1 additive, ")
    assert """
! breaking  schema Color: value "blue" removed  [enum-value-removed]
    Its name is gone, and the service refuses it.
    HEAD:specs/shop/openapi.yaml:124:26 -> specs/shop/openapi.yaml:122:5
    in listItems, createItem, getItem
    ! `shared.Color.BLUE` removed
    worked before:
        shared.Color.BLUE
    files: src/shop/models/shared.py
""" in ended.out
    assert "next version 0.2.0 (was 0.1.0)" in ended.out


def test_two_revisions(broken: Path) -> None:
    git("commit", "-q", "-a", "-m", "second")
    assert generate("diff").out == "shop: no changes\n"
    assert "2 breaking" not in generate("diff", "HEAD~1", "HEAD").out
    assert "1 breaking, 1 additive" in generate("diff", "HEAD~1", "HEAD").out
    assert generate("diff", "HEAD", "HEAD").out == "shop: no changes\n"


def test_the_other_way_round_is_another_change(broken: Path) -> None:
    git("commit", "-q", "-a", "-m", "second")
    assert 'value "blue" added' in generate("diff", "HEAD", "HEAD~1").out


def test_a_document_at_a_revision(broken: Path) -> None:
    ended = generate("diff", f"HEAD:{DOCUMENT}")
    assert ended.code == 0
    assert "HEAD:specs/shop/openapi.yaml:" in ended.out
    assert "1 breaking, 1 additive" in ended.out


def test_two_documents_by_their_paths(broken: Path) -> None:
    git("show", "HEAD")
    old = shutil.copy(Path(__file__).with_name("shop.yaml"), broken / "old.yaml")
    ended = generate("diff", Path(old).name, str(DOCUMENT), "--level", "api")
    assert "old.yaml:" in ended.out
    assert "1 breaking, 1 additive" in ended.out
    assert "shared.Color" not in ended.out


def test_from_a_directory_below_the_top(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = broken / "sdks"
    below.mkdir()
    shutil.move(broken / "specs", below)
    git("add", "-A")
    git("commit", "-q", "-m", "moved")
    replace(below / DOCUMENT, "Gets an order.", "Reads an order.")
    assert "1 docs" in generate("diff", "--project", "sdks").out
    monkeypatch.chdir(below)
    assert "1 docs" in generate("diff").out


def test_a_project_that_is_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    ended = generate("diff")
    assert ended.code == 4
    assert ended.err.startswith("error[IO005]: git says: ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["no-such-revision"], "error[CFG014]: there is no revision 'no-such-revision'"),
        (["--", "--all"], "error[CFG014]: there is no revision '--all'"),
        (["HEAD:specs/no.yaml", str(DOCUMENT)], "error[CFG014]: HEAD holds no specs/no.yaml"),
        (["HEAD", str(DOCUMENT)], "error[CFG015]: HEAD and specs/shop/openapi.yaml are a document and a project"),
        (["--target", "shoes"], "error[CFG015]: neither HEAD nor working tree has 'shoes'"),
        (["missing.yaml", str(DOCUMENT)], "error[IO001]: missing.yaml does not exist"),
    ],
)
def test_what_cannot_be_compared(repository: Path, arguments: list[str], says: str) -> None:
    ended = generate("diff", *arguments)
    assert ended.code in (2, 3)
    assert ended.out == ""
    assert ended.err.startswith(says)


def test_a_sibling_in_front_is_an_addition_as_it_will_be_when_generated(repository: Path) -> None:
    replace(repository / DOCUMENT, "        id: {type: string, readOnly: true}", MAKER)
    told = "shop: 1 additive, "
    assert generate("diff").out.startswith(told)  # nothing was generated yet: the names are those of the old side
    assert generate("diff", f"HEAD:{DOCUMENT}").out.startswith("openapi.yaml: 1 additive, ")
    assert generate("changelog").out.count("added") == 1
    git("stash")
    assert generate().code == 0
    git("add", "-A")
    git("commit", "-q", "-m", "generated")
    git("stash", "pop")
    assert generate("diff").out.startswith(told)
    assert generate().code == 0
    git("commit", "-q", "-a", "-m", "second")
    replace(repository / DOCUMENT, "        maker: {type: string}\n", "")
    assert generate().code == 0
    git("commit", "-q", "-a", "-m", "third")
    assert generate("diff", "HEAD~2", "HEAD~1").out.startswith(told)
    # What is left is `maker_2` in both revisions, because their manifests say so.
    assert "removed" in (said := generate("diff", "HEAD~1", "HEAD").out)
    assert "maker_2" not in said
    assert generate("check", "--against", "HEAD~2").err.count("`shared.Item.maker` removed") == 1


def test_json_says_the_same(broken: Path) -> None:
    content = json.loads(generate("diff", "--format", "json").out)
    assert content["schema_version"] == 1
    (target,) = content["targets"]
    assert target["severity"] == "breaking"
    assert target["version"]["proposed"] == "0.2.0"
    first, second = target["causes"]
    assert first["change"]["rule"] == "enum-value-removed"
    assert first["change"]["before"]["file"] == "HEAD:specs/shop/openapi.yaml"
    assert first["witness"] == "shared.Color.BLUE\n"
    assert second["change"]["rule"] == "member-added"
    assert "src/shop/models/shared.py" in [each["path"] for each in target["files"]]


def test_github_shows_it_beside_the_line(broken: Path) -> None:
    first, second = generate("diff", "--format", "github").out.splitlines()
    place = "file=specs/shop/openapi.yaml,line=122,col=5"
    assert first.startswith(f"::error {place},title=breaking%3A enum-value-removed::schema Color: ")
    assert second.startswith("::notice file=specs/shop/openapi.yaml,line=")


def test_the_stat_lists_files(broken: Path) -> None:
    lines = generate("diff", "--stat").out.splitlines()
    assert lines[0].startswith("shop: 1 breaking, 1 additive")
    assert any(line.split()[:2] == ["M", "src/shop/models/shared.py"] for line in lines)


def test_colour_is_for_terminals(broken: Path) -> None:
    assert "\x1b[" not in generate("diff").out
    assert "\x1b[1;31m! breaking\x1b[0m" in generate("diff", terminal=True).out


def test_a_fingerprint_survives_a_new_order(broken: Path) -> None:
    def prints() -> set[str]:
        (target,) = json.loads(generate("diff", "HEAD", "--format", "json", "--level", "api").out)["targets"]
        return {cause["change"]["fingerprint"] for cause in target["causes"]}

    before = prints()
    text = (broken / DOCUMENT).read_text()
    start, end = text.index("    Card:\n"), text.index("    Transfer:\n")
    (broken / DOCUMENT).write_text(text[:start] + text[end:] + text[start:end])
    assert prints() == before


def test_the_gate(broken: Path) -> None:
    assert generate().code == 0
    assert generate("check").code == 0
    ended = generate("check", "--against", "HEAD")
    assert ended.code == 1
    assert 'value "blue" removed' in ended.err
    git("commit", "-q", "-a", "-m", "second")
    assert generate("check", "--against", "HEAD").code == 0


@pytest.mark.parametrize(("fail_on", "code"), [("breaking", 0), ("additive", 0), ("any", 1)])
def test_the_gate_has_a_threshold(repository: Path, fail_on: str, code: int) -> None:
    replace(repository / DOCUMENT, "Gets an order.", "Reads an order.")
    assert generate().code == 0
    assert generate("check", "--against", "HEAD", "--fail-on", fail_on).code == code


def test_a_threshold_for_nothing(repository: Path) -> None:
    assert generate().code == 0
    assert generate("check", "--fail-on", "any").code == 2


def test_the_changelog_is_printed(broken: Path) -> None:
    before = tree(broken)
    ended = generate("changelog", "--date", "2026-02-03")
    assert tree(broken) == before
    assert ended.out == """\
## [0.2.0] - 2026-02-03

### Added

- `client.items.create_item` takes `size`.

### Removed

- **Breaking:** `shared.Color.BLUE` removed.
"""


def test_the_changelog_and_the_version_reach_the_package(broken: Path) -> None:
    settings = broken / "specs" / "shop" / "sdk.toml"
    settings.write_text('# Ours.\npackage = "shop"\n\n[names]\n"/components/schemas/Line" = "Row"\n')
    git("add", "-A")
    git("commit", "-q", "-m", "second")
    replace(broken / DOCUMENT, "required: [name]", "required: [name, price]")
    ended = generate("changelog", "--write")
    assert (ended.code, ended.out) == (0, "specs/shop/CHANGELOG.md\nspecs/shop/sdk.toml\n")
    assert settings.read_text() == (
        '# Ours.\npackage = "shop"\nversion = "0.2.0"\n\n[names]\n"/components/schemas/Line" = "Row"\n'
    )
    assert generate().code == 0
    package = broken / "generated" / "shop"
    log = (package / "CHANGELOG.md").read_text()
    assert log.startswith(
        "# Changelog\n\n## [0.2.0]\n\n### Changed\n\n- **Breaking:** `client.items.create_item(price)`"
    )
    assert 'version = "0.2.0"' in (package / "pyproject.toml").read_text()
    assert generate("check").code == 0
    # The changelog is an input like the document: what its owner adds reaches the package too.
    own = broken / "specs" / "shop" / "CHANGELOG.md"
    own.write_text(f"{log}\nBy hand.\n")
    assert generate("check").code == 1
    own.write_text(log)
    # Again: the block of a version that is not released yet is replaced.
    assert generate("changelog", "--write").code == 0
    assert (broken / "specs" / "shop" / "CHANGELOG.md").read_text() == log
    assert settings.read_text().count("version") == 1


def test_a_date_that_is_none(repository: Path) -> None:
    assert generate("changelog", "--date", "soon").code == 2


def test_the_next_version_alone(broken: Path) -> None:
    reason = "something breaks, and below 1.0 the second place says so"
    assert generate("diff", "--bump").out == f"shop: 0.1.0 -> 0.2.0: {reason}\n"
