"""`generate why FILE:LINE`: which place of the document made a line, and through which template."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import replace as changed
from pathlib import Path

import pytest

from generator.config import discover_targets
from generator.diagnostics import Report
from generator.pipeline import prepare, produce, target_of
from generator.python.planning.package import named
from generator.python.symbols import symbols
from tests.cli.commands import ROOT, generate, isolate

PETS = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets/{name}:
    put:
      operationId: changePet
      tags: [pets]
      parameters:
        - {name: name, in: path, required: true, schema: {type: string}, description: Its name.}
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
      responses:
        "200": {description: Done., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
        "404": {description: None., content: {application/json: {schema: {$ref: "#/components/schemas/NoSuchPet"}}}}
components:
  schemas:
    Pet:
      type: object
      properties:
        nick: {type: string, maxLength: 20, description: What it is called.}
        kind: {$ref: "#/components/schemas/Kind"}
    Kind:
      type: string
      enum:
        - cat
        - dog
    NoSuchPet: {type: object, properties: {message: {type: string}}}
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The working directory, with a generated package."""
    work = tmp_path_factory.mktemp("why")
    with pytest.MonkeyPatch.context() as monkeypatch:
        isolate(monkeypatch, work / "home")
        (work / "specs/pets").mkdir(parents=True)
        (work / "specs/pets/openapi.yaml").write_text(PETS, encoding="utf-8")
        monkeypatch.chdir(work)
        assert generate("pets").code == 0
        yield work


def line_of(path: Path, *marks: str) -> int:
    """The line of the last mark, each searched for behind the one before."""
    text, at = path.read_text(encoding="utf-8"), 0
    for mark in marks:
        at = text.index(mark, at)
    return text.count("\n", 0, at) + 1


@pytest.mark.parametrize(
    ("file", "marks", "symbol", "written"),
    [
        ("src/pets/client.py", ["def change_pet"], "Pets.change_pet", "put:"),
        ("src/pets/async_client.py", ["async def change_pet", "nick:"], "Pets.change_pet.nick", "nick: {type"),
        ("src/pets/client.py", ["def change_pet", "name:"], "Pets.change_pet.name", "- {name: name"),
        ("src/pets/models/shared.py", ["class Pet("], "Pet", "Pet:"),
        ("src/pets/models/shared.py", ["nick:"], "Pet.nick", "nick: {type"),
        ("src/pets/models/shared.py", ["What it is called."], "Pet.nick", "nick: {type"),
        ("src/pets/models/shared.py", ["DOG ="], "Kind.DOG", "- dog"),
        ("src/pets/models/errors.py", ["class NoSuchPet"], "NoSuchPetError", '"404":'),
        ("src/pets/models/operations.py", ["class ChangePetRequest"], "ChangePetRequest", "put:"),
        ("src/pets/models/operations.py", ["class ChangePetResponse"], "ChangePetResponse", '"200":'),
        ("src/pets/_operations.py", ["CHANGE_PET", "method="], "CHANGE_PET", "put:"),
        ("src/pets/_constraints.py", ['"nick"'], "Pet.nick", "nick: {type"),
        ("docs/operations/pets/change_pet.md", ["#"], "change_pet", "put:"),
    ],
)
def test_the_place_that_made_a_line(project: Path, file: str, marks: list[str], symbol: str, written: str) -> None:
    path = Path("generated/pets") / file

    ended = generate("why", f"{path}:{line_of(path, *marks)}", "--format", "json")

    assert ended.code == 0, ended.err
    cause = json.loads(ended.out)
    assert cause["symbol"] == symbol
    assert cause["place"]["file"] == "specs/pets/openapi.yaml"
    line = PETS.splitlines()[cause["place"]["line"] - 1]
    assert line.strip().startswith(written)
    assert (ROOT / cause["template"]).is_file()
    assert cause["template"].endswith(".jinja")
    assert not cause["is_edited"]


def test_a_file_of_the_runtime_is_copied(project: Path) -> None:
    ended = generate("why", "generated/pets/src/pets/_runtime/model.py:12:5")

    assert ended.out.splitlines()[0] == "generated/pets/src/pets/_runtime/model.py:12"
    assert ended.out.splitlines()[1].endswith("templates/runtime/model.py:12, copied as it is")


def test_a_person_reads_the_line_of_the_document(project: Path) -> None:
    path = Path("generated/pets/src/pets/models/shared.py")

    lines = generate("why", f"{path}:{line_of(path, 'nick:')}").out.splitlines()

    assert lines[0].endswith("   Pet.nick")
    assert lines[1] == "  from     specs/pets/openapi.yaml:19:9   #/components/schemas/Pet/properties/nick"
    assert lines[2] == "           nick: {type: string, maxLength: 20, description: What it is called.}"
    assert lines[3].endswith("templates/package/src/__package__/models/shared.py.jinja")


def test_an_edited_file_is_called_so(project: Path) -> None:
    path = Path("generated/pets/src/pets/hooks.py")
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}# mine\n", encoding="utf-8")

    ended = generate("why", f"{path}:1")
    path.write_text(text, encoding="utf-8")

    assert ended.out.splitlines()[-1] == "  but the file is not what was generated: somebody edited it"


@pytest.mark.parametrize(
    ("where", "code", "message"),
    [
        ("client.py", "CFG011", "is not FILE:LINE"),
        ("specs/pets/openapi.yaml:1", "CFG010", "no target makes"),
        ("generated/pets/none.py:1", "IO001", "does not exist"),
        ("generated/pets/src/pets/hooks.py:99999", "CFG011", "has no line 99999"),
        ("generated/pets/.sdkpress.json:1", "CFG011", "was not generated"),
    ],
)
def test_what_nothing_made(project: Path, where: str, code: str, message: str) -> None:
    ended = generate("why", where)

    assert ended.code in (2, 3)
    assert f"error[{code}]" in ended.err
    assert message in ended.err


@pytest.mark.parametrize("name", ["cognito-identity", "showcase"])
def test_every_name_is_in_the_module_that_is_said_to_have_it(name: str) -> None:
    """All names of a whole package: the table is what is generated, whatever the names are."""
    (config,) = [changed(each, formatted=False) for each in discover_targets(ROOT) if each.name == name]
    planned = prepare(config, Report(), None)
    files = produce(planned, None, formatted=False)
    types, _, names = named(planned.bound, target_of(config, planned.plan.names), Report(), planned.document.locate)
    found = list(symbols(planned.bound, planned.plan, types, names))

    for _, _, pointer in found:
        assert planned.document.locate(pointer, key=True).line
    for module in ("models/shared.py", "models/operations.py", "models/errors.py", "_operations.py"):
        defined = set(names_in(files[f"src/{config.package}/{module}"].decode()))
        named_there = {symbol for in_module, symbol, _ in found if in_module == module}
        assert named_there <= defined
        assert len(named_there) >= 3
    methods = {str(operation.method) for operation in planned.plan.operations if operation.is_whole}
    for module in ("client.py", "async_client.py"):
        defined = set(names_in(files[f"src/{config.package}/{module}"].decode()))
        both = defined & {symbol for in_module, symbol, _ in found if in_module == module}
        assert methods <= {symbol.split(".")[1] for symbol in both if "." in symbol}


def names_in(text: str) -> Iterator[str]:
    for node in ast.parse(text).body:
        match node:
            case ast.ClassDef():
                yield node.name
                yield from (f"{node.name}.{name}" for name in names_in(ast.unparse(ast.Module(node.body, []))))
            case ast.If():
                yield from names_in(ast.unparse(ast.Module([*node.body, *node.orelse], [])))
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.name
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                yield name
