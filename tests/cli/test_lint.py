"""`generate lint`: everything that is amiss in one run, in forms that others read; and overlays that mend it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

from generator.codes import CODES
from generator.lint import appended
from generator.openapi.remedies import Correction
from tests.cli.commands import generate, isolate, replace, tree
from tests.cli.sarif_schema import conforming

BROKEN = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get: {operationId: pets, responses: {"200": {description: All pets.}}}
    post: {operationId: pets, responses: {"201": {description: "100%, added."}}}
  /pets/{name}:
    put:
      operationId: replace
      parameters:
        - {name: name, in: path, required: "true", schema: {type: str}}
        - {name: count, in: query, schema: {type: integer, default: "20"}}
        - {name: born, in: query, schema: {type: date}}
        - {name: age, in: query, schema: {type: integer, default: many}}
      responses:
        "200": {description: Done., content: {application/json: {schema: {$ref: "#/components/schemas/Pett"}}}}
        "404": {description: None., content: {application/json: {schema: {$ref: "#/components/schemas/Pett"}}}}
components:
  schemas:
    Pet:
      type: object
      properties:
        it's "so": {type: string, maxLength: "20"}
        example: {$ref: "#/components/schemas/Pett"}
      example: {$ref: "#/components/schemas/Pett"}
"""
CODES_OF_IT = {"REF002": 1, "SPEC030": 2, "SPEC031": 2, "SPEC040": 1, "SPEC041": 2}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a target that is broken in eight ways."""
    isolate(monkeypatch, tmp_path / "home")
    specs = tmp_path / "work" / "specs" / "pets"
    specs.mkdir(parents=True)
    (specs / "openapi.yaml").write_text(BROKEN.replace('it\'s "so"', "size"), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


def counted(codes: list[str]) -> dict[str, int]:
    return {code: codes.count(code) for code in sorted(set(codes))}


def test_everything_is_said_at_once_and_nothing_is_written(project: Path) -> None:
    before = tree(project)

    ended = generate("lint")

    assert ended.code == 1
    assert counted(re.findall(r"^warning\[(\w+)\]", ended.out, re.MULTILINE)) == CODES_OF_IT
    assert "= help: write `#/components/schemas/Pet`" in ended.out
    assert re.search(r"^pets: 0 errors, 8 warnings \(.*\)$", ended.out, re.MULTILINE)
    assert tree(project) == before


def test_a_document_alone_needs_no_output(project: Path) -> None:
    assert generate("lint", "specs/pets/openapi.yaml", "--format", "json").code == 1
    assert tree(project).keys() == {"specs", "specs/pets", "specs/pets/openapi.yaml"}


def test_fix_writes_an_overlay_and_then_nothing_is_amiss(project: Path) -> None:
    document = (project / "specs/pets/openapi.yaml").read_bytes()

    ended = generate("lint", "--fix")

    assert ended.code == 0, ended.out
    assert "specs/pets/overlay.yaml: 10 actions added" in ended.err
    assert (project / "specs/pets/openapi.yaml").read_bytes() == document
    assert generate("lint").code == 0
    overlay = yaml.safe_load((project / "specs/pets/overlay.yaml").read_text(encoding="utf-8"))
    changes = [action.get("update", "removed") for action in overlay["actions"]]
    assert changes.count({"$ref": "#/components/schemas/Pet"}) == 3  # the data of an example is none of them
    assert {"operationId": "postPets"} in changes
    assert {"default": 20} in changes
    assert {"type": "string", "format": "date"} in changes
    assert {"required": True} in changes
    assert {"maxLength": 20} in changes
    assert "removed" in changes
    assert all(re.match(r"(REF|SPEC)\d{3}: ", action["description"]) for action in overlay["actions"])


def test_fix_renames_additional_operations(project: Path) -> None:
    both = f"additionalOperations: {{{', '.join(f'{method}: {{operationId: pets}}' for method in ('LINK', 'COPY'))}}}"
    text = f'openapi: 3.2.0\ninfo: {{title: Pets, version: "1"}}\npaths: {{/pets: {{{both}}}}}\n'
    (project / "specs/pets/openapi.yaml").write_text(text, encoding="utf-8")

    assert generate("lint", "--fix").code == 0

    (action,) = yaml.safe_load((project / "specs/pets/overlay.yaml").read_text(encoding="utf-8"))["actions"]
    assert action["target"] == "$['paths']['/pets']['additionalOperations']['COPY']"
    assert action["update"] == {"operationId": "copyPets"}


@pytest.mark.parametrize(
    ("parameter", "count"),
    [
        ("{name: pet_id, in: path, required: true, schema: {type: string}}", 1),
        ("{$ref: '#/components/parameters/Id'}", 0),
        ("{$ref: '#/paths/~1cats~1{pet_id}/get/parameters/0'}", 0),
    ],
    ids=["of its path", "of components", "of another path"],
)
def test_a_parameter_is_called_as_its_path_calls_it(project: Path, parameter: str, count: int) -> None:
    shared = "{name: pet_id, in: path, required: true, schema: {type: string}}"
    responses = 'responses: {"200": {description: A pet.}}'
    (project / "specs/pets/openapi.yaml").write_text(
        'openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\npaths:\n'
        f"  /pets/{{id}}:\n    get:\n      operationId: pet\n      parameters: [{parameter}]\n      {responses}\n"
        f"  /cats/{{pet_id}}:\n    get:\n      operationId: cat\n      parameters: [{shared}]\n      {responses}\n"
        f"components: {{parameters: {{Id: {shared}}}}}\n",
        encoding="utf-8",
    )

    ended = generate("lint")
    fixed = generate("lint", "--fix")

    assert re.findall(r"^warning\[(\w+)\]", ended.out, re.MULTILINE) == ["SPEC039"]  # and not what the validator says
    assert (fixed.code, fixed.err.count("1 action added")) == (1 - count, count)


def test_fix_continues_an_overlay_and_keeps_its_text(project: Path) -> None:
    text = """\
overlay: 1.1.0
info: {title: Corrections, version: "1"}
actions:
- target: $.info  # as it is called
  update:
    title: >
      All
      pets
"""
    overlay = project / "specs/pets/overlay.yaml"
    overlay.write_text(text, encoding="utf-8")

    assert generate("lint", "--fix").code == 0

    assert overlay.read_text(encoding="utf-8").startswith(f"{text}- target: ")
    assert generate("lint", "--fix").err == ""  # nothing is left to correct


def test_fix_prints_what_it_cannot_add(project: Path) -> None:
    overlay = project / "specs/pets/overlay.yaml"
    overlay.write_text(
        '{overlay: 1.1.0, info: {title: C, version: "1"}, actions: [{target: $.info, update: {title: C}}]}\n',
        encoding="utf-8",
    )
    before = tree(project)

    ended = generate("lint", "--fix")

    assert "specs/pets/overlay.yaml cannot be continued by itself; add these to its `actions`:" in ended.err
    assert '{"operationId": "postPets"}' in ended.err
    assert ended.code == 1
    assert {key: value for key, value in tree(project).items() if "overlay" in key} == {
        key: value for key, value in before.items() if "overlay" in key
    }


def test_fix_of_a_document_says_how_an_overlay_beside_it_is_meant(project: Path) -> None:
    (project / "specs/pets/overlay.yaml").write_text("mine\n", encoding="utf-8")

    ended = generate("lint", "specs/pets/openapi.yaml", "--fix")

    assert "say `--overlay specs/pets/overlay.yaml`" in ended.err
    assert (project / "specs/pets/overlay.yaml").read_text(encoding="utf-8") == "mine\n"


def test_an_overlay_1_0_gets_no_action_that_it_cannot_say(project: Path) -> None:
    overlay = project / "specs/pets/overlay.yaml"
    overlay.write_text(
        "overlay: 1.0.0\ninfo: {title: C, version: '1'}\nactions:\n  - {target: $.info, update: {title: C}}\n",
        encoding="utf-8",
    )

    ended = generate("lint", "--fix", "--format", "json")

    found = json.loads(ended.out)["targets"][0]["diagnostics"]
    assert [each["code"] for each in found if each["severity"] != "note"] == ["SPEC041"]
    assert "remove" not in overlay.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "overlay: 1.1.0\nactions: [{target: $.info, remove: true}]\n",
        "overlay: 1.1.0\nactions:\n  - {target: $.a}\ninfo: {}\n",
        '{"overlay": "1.1.0", "actions": []}',
        "- actions\n",
        "a: [\n",
        "",
    ],
)
def test_an_overlay_that_cannot_be_continued_is_left_alone(text: str) -> None:
    assert appended(text, [Correction(target="$.x", reason="why", update={"a": 1})]) is None


def test_names_with_quotes_are_found_by_their_target(project: Path) -> None:
    (project / "specs/pets/openapi.yaml").write_text(BROKEN, encoding="utf-8")

    ended = generate("lint", "--fix")

    assert "OVL" not in ended.out
    assert '"maxLength": 20' in (project / "specs/pets/overlay.yaml").read_text(encoding="utf-8")


def test_annotations_of_github(project: Path) -> None:
    lines = generate("lint", "--format", "github").out.splitlines()

    assert len(lines) == 8
    assert lines[0].startswith("::warning file=specs/pets/openapi.yaml,line=6,endLine=6,col=11,title=SPEC040")
    assert all("%0A" in line and "\x1b" not in line for line in lines)


def test_stale_files_are_annotated(project: Path) -> None:
    assert generate("pets", "--unformatted").code == 0
    client = project / "generated/pets/src/pets/client.py"
    client.write_text(client.read_text(encoding="utf-8") + "# 100%\n", encoding="utf-8")
    (project / "generated/pets/README.md").unlink()

    ended = generate("check", "--unformatted", "--format", "github")
    suites = generate("check", "--unformatted", "--format", "junit")

    assert ended.code == 1
    assert re.search(
        r"^::error file=generated/pets/src/pets/client.py,line=\d+,title=file-edited::", ended.out, re.MULTILINE
    )
    assert re.search(r"^::error file=generated/pets/README.md,.*title=file-missing::", ended.out, re.MULTILINE)
    assert ended.out.count("::warning ") == 8
    (suite,) = ET.fromstring(suites.out)
    assert (suite.get("name"), suite.get("failures")) == ("pets", "10")


def test_sarif_is_what_the_standard_says(project: Path) -> None:
    """Section 3 of SARIF 2.1.0: what a consumer needs of a log, run, rule and result."""
    log = conforming(generate("lint", "--format", "sarif").out)

    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({result["ruleId"] for result in run["results"]})
    results = [result for result in run["results"] if result["level"] != "note"]
    assert counted([result["ruleId"] for result in results]) == CODES_OF_IT
    for result in results:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == CODES[result["ruleId"]].severity
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"] == {"uri": "specs/pets/openapi.yaml"}
        region = location["physicalLocation"]["region"]
        line = BROKEN.replace('it\'s "so"', "size").splitlines()[region["startLine"] - 1]
        assert 1 <= region["startColumn"] <= len(line)
    assert len({result["partialFingerprints"]["finding/v1"] for result in run["results"]}) == len(run["results"])


def test_fingerprints_stay_when_lines_move(project: Path) -> None:
    def fingerprints() -> set[str]:
        (run,) = json.loads(generate("lint", "--format", "sarif").out)["runs"]
        return {result["partialFingerprints"]["finding/v1"] for result in run["results"]}

    before = fingerprints()
    replace(project / "specs/pets/openapi.yaml", "paths:\n", "# moved\n\npaths:\n")

    assert fingerprints() == before


def test_a_clean_target_passes_in_junit(project: Path) -> None:
    (project / "specs/pets/openapi.yaml").write_text(
        'openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\npaths: {}\n', encoding="utf-8"
    )

    ended = generate("lint", "--format", "junit")

    assert ended.code == 0
    ((case,),) = ET.fromstring(ended.out)
    assert list(case) == []


@pytest.mark.parametrize("form", ["json", "github", "sarif", "junit"])
def test_a_refusal_is_reported_in_every_form(form: str, project: Path) -> None:
    ended = generate("lint", "cats", "--format", form)

    assert ended.code == 2
    assert "CFG010" in ended.out
    assert "error[CFG010]" in ended.err


def test_hostile_text_stays_text_in_every_form(project: Path) -> None:
    (project / "specs/pets/openapi.yaml").write_text(
        'openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\npaths: {}\n'
        'components: {schemas: {A: {$ref: "#/x\\n::error::y\\e[31m<&]]>%0A"}}}\n',
        encoding="utf-8",
    )

    github = generate("lint", "--format", "github").out
    junit = generate("lint", "--format", "junit").out
    sarif = generate("lint", "--format", "sarif").out

    assert [line[:9] for line in github.splitlines()] == ["::warning"]
    assert "%250A" in github
    assert "\x1b" not in github + junit + sarif
    ET.fromstring(junit)
    conforming(sarif)


def test_an_operation_without_a_name_is_noted_with_the_name_that_it_gets(project: Path) -> None:
    document = project / "specs/pets/openapi.yaml"
    nameless = '  /pets/toys: {get: {responses: {"200": {description: Toys.}}}}\n'
    document.write_text('openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\npaths:\n' + nameless, encoding="utf-8")

    quiet, ended = generate("lint"), generate("lint", "--verbose")

    assert (quiet.code, ended.code) == (0, 0)
    assert "NAME003" not in quiet.out
    assert "its method is called 'get_pets_toys', after its path" in ended.out
    assert "specs/pets/openapi.yaml:4:16" in ended.out
    (project / "specs/pets/sdk.toml").write_text('[names]\n"/paths/~1pets~1toys/get" = "toys"\n', encoding="utf-8")
    assert "NAME003" not in generate("lint", "--verbose").out
