"""Reports show the text of documents and never obey it; rules say what they promise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from generator.diff import report_github, report_json, report_markdown, report_text
from generator.diff.bump import bump
from generator.diff.changelog import changelog, inserted
from generator.diff.compare import Comparison, compare
from generator.diff.rules import BREAKING, RULES, Impact
from generator.graph.model import Usage
from tests.diff.versions import SHOP, base, compared, edited, planned

_HOSTILE = "red\\x1b]0;title\\x07`](javascript:x)<script>x</script>\\n::error::%0A|\\u202e"


def _plain(_role: str, text: str) -> str:
    return text


@pytest.fixture
def hostile(tmp_path: Path) -> Comparison:
    edits = (
        ("enum: [red, green, blue]", f'enum: [red, green, blue, "{_HOSTILE}"]'),
        ("  title: Shop", '  title: "Shop`<b>\\n## x"'),
    )
    return compared(SHOP, edited(SHOP, edits), tmp_path)


def test_a_terminal_is_not_obeyed(hostile: Comparison) -> None:
    text = "\n".join(report_text.report(hostile, _plain, verbose=True))
    assert "\\u001b]0;title" in text
    assert all(character.isprintable() for character in text.replace("\n", ""))


def test_markdown_has_no_markup_of_the_document(hostile: Comparison) -> None:
    for text in ("\n".join(report_markdown.report(hostile)), changelog(hostile)):
        tokens = [each for token in MarkdownIt().parse(text) for each in (token, *(token.children or ()))]
        assert "red" in text
        assert not [token.type for token in tokens if token.type in ("html_inline", "html_block", "link_open", "image")]


def test_a_workflow_command_stays_one(hostile: Comparison) -> None:
    lines = list(report_github.report(hostile))
    assert len(lines) == len("\n".join(lines).splitlines())
    assert all(line.startswith(("::error ", "::notice ")) for line in lines)
    assert "%250A" in lines[0]


def test_json_is_json(hostile: Comparison) -> None:
    assert json.loads(report_json.as_json([hostile]))["targets"][0]["counts"]["additive"] == 1


def test_every_rule_has_words_for_both_directions() -> None:
    for name, rule in RULES.items():
        for usage in (Usage.INPUT, Usage.OUTPUT, Usage.BOTH):
            assert rule.view(usage).sentence.endswith("."), name
        assert rule.view(Usage.BOTH).impact == max(rule.view(Usage.INPUT).impact, rule.view(Usage.OUTPUT).impact)
        rule.title.format(name="", before="", after="")


@pytest.mark.parametrize(
    ("number", "impact", "proposed"),
    [
        ("0.3.1", "breaking", "0.4.0"),
        ("0.3.1", "additive", "0.3.2"),
        ("0.3.1", "docs", "0.3.2"),
        ("1.4.2", "breaking", "2.0.0"),
        ("1.4.2", "additive", "1.5.0"),
        ("1.4.2", "docs", "1.4.3"),
        ("2.0.0rc1", "breaking", "2.0.0"),
    ],
)
def test_the_step(number: str, impact: str, proposed: str, tmp_path: Path) -> None:
    edits = {
        "breaking": (", blue]", "]"),
        "additive": (", blue]", ", blue, grey]"),
        "docs": ("A color.", "Some color."),
    }
    document = tmp_path / "shop.yaml"
    document.write_text(edited(SHOP, (edits[impact],)))
    comparison = compare("sdk", planned(SHOP, number=number), planned(document, number=number))
    assert comparison.impact is Impact[impact.upper()]
    step = bump(comparison)
    assert (step.before, step.after) == (number, proposed)


def test_a_version_that_goes_far_enough_is_kept(tmp_path: Path) -> None:
    document = tmp_path / "shop.yaml"
    document.write_text(edited(SHOP, ((", blue]", "]"),)))
    comparison = compare("sdk", planned(SHOP, number="1.0.0"), planned(document, number="3.0.0"))
    assert bump(comparison).after == "3.0.0"
    assert comparison.impact is BREAKING


def test_blocks_stand_newest_first_and_once() -> None:
    log = inserted("", "## [1.0.0]\n\n- One.\n")
    log = inserted(log, "## [1.1.0]\n\n- Two.\n")
    assert log == "# Changelog\n\n## [1.1.0]\n\n- Two.\n\n## [1.0.0]\n\n- One.\n"
    assert inserted(log, "## [1.1.0] - 2026-02-03\n\n- Three.\n") == (
        "# Changelog\n\n## [1.1.0] - 2026-02-03\n\n- Three.\n\n## [1.0.0]\n\n- One.\n"
    )


def test_nothing_is_no_change() -> None:
    comparison = compare("sdk", base(SHOP), base(SHOP))
    assert comparison.impact is None
    assert comparison.causes == []
    assert changelog(comparison) == ""
