"""`generate check --against` in the forms of machines: one result that has the check and the comparison."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import generate, replace
from tests.cli.sarif_schema import conforming
from tests.diff.conftest import git

DOCUMENT = Path("specs/shop/openapi.yaml")
AGAINST = ("check", "--unformatted", "--against", "HEAD", "--format")


@pytest.fixture
def broken(repository: Path) -> Path:
    """A value of an enumeration is gone, a member has come, words changed; generated, not committed."""
    document = repository / DOCUMENT
    replace(document, "enum: [red, green, blue]", "enum: [red, green]")
    replace(document, "        note: {type: string", "        size: {type: integer}\n        note: {type: string")
    replace(document, "Gets an order.", "Reads an order.")
    assert generate("--unformatted").code == 0
    return repository


def test_json_is_one_object(broken: Path) -> None:
    ended = generate(*AGAINST, "json")
    content = json.loads(ended.out)
    assert (ended.code, content["exit_code"], ended.err) == (1, 1, "")
    assert content["targets"][0]["exit_code"] == 0
    against = content["against"]
    assert (against["revision"], against["fail_on"], against["exit_code"]) == ("HEAD", "breaking", 1)
    assert [cause["change"]["rule"] for cause in against["targets"][0]["causes"]] == [
        "enum-value-removed", "member-added", "operation-docs-changed",
    ]  # fmt: skip
    assert "against" not in json.loads(generate("check", "--unformatted", "--format", "json").out)


def test_the_threshold_is_that_of_the_text(broken: Path) -> None:
    git("commit", "-q", "-a", "-m", "second")
    replace(broken / DOCUMENT, "Reads an order.", "Gets an order.")
    assert generate("--unformatted").code == 0
    assert generate(*AGAINST, "json").code == 0
    assert generate(*AGAINST, "json", "--fail-on", "any").code == 1


def test_a_version_that_says_so_opens_the_gate(broken: Path) -> None:
    assert generate(*AGAINST, "json", "--fail-on", "version").code == 1
    assert generate("changelog", "--write").code == 0
    assert generate("--unformatted").code == 0
    assert generate(*AGAINST, "json", "--fail-on", "version").code == 0
    assert generate(*AGAINST, "json").code == 1


def test_what_nobody_notices_needs_no_version(repository: Path) -> None:
    replace(repository / DOCUMENT, "Gets an order.", "Reads an order.")
    assert generate("--unformatted").code == 0
    assert generate(*AGAINST, "json", "--fail-on", "version").code == 0


def _results(text: str) -> list[dict[str, Any]]:
    """The results, each with its rule, without what is said of the protocol."""
    (run,) = conforming(text)["runs"]
    found = [{**each, "rule": run["tool"]["driver"]["rules"][each["ruleIndex"]]} for each in run["results"]]
    return [each for each in found if each["ruleId"] != "GEN001"]


def test_sarif_has_what_fails_and_what_else_is_noticed(broken: Path) -> None:
    ended = generate(*AGAINST, "sarif")
    results = {each["ruleId"]: each for each in _results(ended.out)}
    assert ended.code == 1
    assert {rule: each["level"] for rule, each in results.items()} == {
        "enum-value-removed": "error",
        "member-added": "note",
    }
    gone = results["enum-value-removed"]
    assert gone["rule"]["fullDescription"]["text"] == "Its name is gone, and the service refuses it."
    assert "shared.Color.BLUE" in gone["message"]["text"]
    (location,) = gone["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": str(DOCUMENT)}
    assert location["physicalLocation"]["region"]["startLine"] == 122


def test_what_is_gone_stands_at_the_document(repository: Path) -> None:
    replace(repository / DOCUMENT, "        maker: {type: string}\n", "")
    assert generate("--unformatted").code == 0
    (result,) = _results(generate(*AGAINST, "sarif").out)
    (location,) = result["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": str(DOCUMENT)}


def test_github_and_junit(broken: Path) -> None:
    github = generate(*AGAINST, "github").out.splitlines()
    assert [line for line in github if line.startswith("::error ")] == github
    assert github[0].startswith(f"::error file={DOCUMENT},line=122,endLine=122,col=5,title=enum-value-removed")
    (suite,) = ET.fromstring(generate(*AGAINST, "junit").out)
    assert (suite.get("name"), suite.get("failures")) == ("shop", "1")
    git("commit", "-q", "-a", "-m", "second")
    (suite,) = ET.fromstring(generate(*AGAINST, "junit").out)
    assert suite.get("failures") == "0"


@pytest.mark.parametrize("form", ["json", "github", "sarif", "junit"])
def test_a_revision_that_does_not_exist_is_told_in_every_form(form: str, broken: Path) -> None:
    ended = generate("check", "--unformatted", "--against", "nowhere", "--format", form)
    assert ended.code == 2
    assert "CFG014" in ended.out
    assert "error[CFG014]" in ended.err


def test_a_check_that_differs_and_breaks_is_one_log(broken: Path) -> None:
    (broken / "generated/shop/README.md").unlink()
    rules = [each["ruleId"] for each in _results(generate(*AGAINST, "sarif").out)]
    assert rules == ["file-missing", "enum-value-removed", "member-added"]
