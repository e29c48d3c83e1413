"""Each code is explained; what is called wrong gives the finding, and what is called right gives none."""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import indent

import pytest

from generator.codes import CODES
from generator.config import default_config, discover_targets
from generator.diagnostics import Refusal, Severity
from generator.explain import explanations
from generator.lint import unnamed
from generator.openapi.examine import examine
from generator.openapi.verdict import Verdict, from_text, to_text
from generator.run import plan_target
from tests.cli.commands import ROOT, generate

HEAD = 'openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\n'
PETS = HEAD + """\
paths:
  /pets: {get: {operationId: listPets, responses: {"200": {$ref: "#/components/responses/Pets"}}}}
  /cats: {get: {operationId: listCats, tags: [cats], responses: {"200": {$ref: "#/components/responses/Pets"}}}}
components:
  responses:
    Pets: {description: All of them., content: {application/json: {schema: {$ref: "#/components/schemas/Pets"}}}}
  schemas:
    Pets: {type: object, properties: {names: {type: array, items: {type: string}}, count: {type: integer}}}
"""
FRAMES = {
    "paths": lambda sample: f"{HEAD}paths:\n{indent(sample, '  ')}",
    "schemas": lambda sample: f"{HEAD}paths: {{}}\ncomponents:\n  schemas:\n{indent(sample, '    ')}",
}
SAMPLED = sorted(code for code, explanation in explanations().items() if explanation.at)


def findings(at: str, sample: str, directory: Path) -> set[tuple[str, Severity]]:
    """What is found where the sample stands alone."""
    specs = directory / "specs" / "pets"
    specs.mkdir(parents=True)
    (specs / "shared.yaml").write_text("Pet: {type: object, properties: {name: {type: string}}}\n", encoding="utf-8")
    configured = at in ("overlay.yaml", "sdk.toml")
    name = at if "." in at else "openapi.yaml"
    (specs / name).write_text(FRAMES[at](sample) if at in FRAMES else sample, encoding="utf-8")
    if configured:
        (specs / "openapi.yaml").write_text(PETS, encoding="utf-8")
    try:
        (config,) = (
            discover_targets(directory)
            if configured
            else [default_config(specs / name, directory / "out", package=None, distribution=None)]
        )
    except Refusal as refusal:
        return {(found.code, found.severity) for found in refusal.diagnostics}
    outcome, planned = plan_target(config, cache=None, progress=lambda _: None)
    skipped = () if planned is None else planned.api.skipped
    linted = () if planned is None else unnamed(planned, config.names)
    return {(found.code, found.severity) for found in (*outcome.diagnostics, *linted)} | {
        (item.code, Severity.NOTE) for item in skipped
    }


class InThisProcess:
    """Validates where the test runs: a process for each of a hundred samples would take minutes."""

    def __init__(self, text: bytes) -> None:
        self._text = text

    def verdict(self, timeout: float | None) -> Verdict:
        return from_text(to_text(examine(json.loads(self._text))).encode())


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.openapi.validate._Worker", InThisProcess)


@pytest.mark.parametrize("code", SAMPLED)
def test_the_wrong_sample_gives_the_finding_and_the_right_one_none(code: str, tmp_path: Path) -> None:
    explanation = explanations()[code]

    wrong = findings(explanation.at, explanation.bad, tmp_path / "wrong")
    right = findings(explanation.at, explanation.good, tmp_path / "right")

    assert (code, CODES[code].severity) in wrong
    usual = {("GEN001", Severity.NOTE), ("GEN012", Severity.NOTE), ("NAME003", Severity.NOTE)}
    assert right <= usual - {(code, Severity.NOTE)}


def test_every_code_is_explained() -> None:
    assert set(explanations()) == set(CODES)
    assert all(each.why and each.remedy and bool(each.bad) == bool(each.good) for each in explanations().values())


@pytest.mark.parametrize("code", sorted(set(CODES) - set(SAMPLED)))
def test_what_no_sample_shows_another_test_does(code: str) -> None:
    """Codes about files, options and faults: a test elsewhere names the code that it brings about."""
    places = [*(ROOT / "tests").rglob("test_*.py"), *(ROOT / "tests" / "errors").glob("*/expected.txt")]

    assert any(code in path.read_text(encoding="utf-8") for path in places if path.name != Path(__file__).name)


def test_an_explanation_says_why_and_what_to_do_with_samples() -> None:
    ended = generate("explain", "ref002")

    assert ended.code == 0
    assert ended.out.startswith("warning[REF002]: a reference to something that does not exist\n\n")
    assert "\nWhat to do: Correct the name" in ended.out
    wrong, right = re.findall(r"^    Owner: .*$", ended.out, re.MULTILINE)
    assert "schemas/Pett" in wrong
    assert 'schemas/Pet"' in right
    assert max(len(line) for line in ended.out.splitlines()) <= 100


def test_the_list_has_every_code_once() -> None:
    ended = generate("explain", "--list")

    assert [line.split()[0] for line in ended.out.splitlines()] == list(CODES)


def test_a_code_that_does_not_exist() -> None:
    ended = generate("explain", "REF0002")

    assert ended.code == 2
    assert "error[CFG011]: there is no code 'REF0002'" in ended.err
    assert "help: did you mean REF002?" in ended.err


@pytest.mark.parametrize("arguments", [(), ("REF002", "--list")])
def test_one_code_or_the_list(arguments: tuple[str, ...]) -> None:
    assert generate("explain", *arguments).code == 2
