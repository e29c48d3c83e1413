import pytest

from generator.openapi import library
from generator.source import Excerpts

ROOT = """\
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /pets: {$ref: paths/pets.yaml}
components:
  schemas:
    Pet: {$ref: 'schemas/pet.yaml#/Pet'}
"""
PATHS = """\
get:
  responses:
    '200':
      content:
        application/json: {schema: {$ref: '../schemas/pet.yaml#/Pet'}}
    default: {$ref: '../a.yaml#/components/responses/E'}
"""
PET = """\
Pet:
  properties:
    owner: {$ref: '#/Owner'}
    parent: {$ref: '#/Pet'}
    root: {$ref: '../a.yaml#/components/schemas/Pet'}
Owner: {type: string}
"""
FILES = {"a.yaml": ROOT, "paths/pets.yaml": PATHS, "schemas/pet.yaml": PET}


def test_files_are_taken_in_by_their_relative_paths_and_references_become_local(load):
    document, _ = load(FILES)
    bundled = document.root["x-bundled-files"]
    assert list(bundled) == ["paths/pets.yaml", "schemas/pet.yaml"]
    assert document.root["paths"]["/pets"] == {"$ref": "#/x-bundled-files/paths~1pets.yaml"}
    pet = "#/x-bundled-files/schemas~1pet.yaml/Pet"
    assert document.root["components"]["schemas"]["Pet"] == {"$ref": pet}
    assert bundled["schemas/pet.yaml"]["Pet"]["properties"] == {
        "owner": {"$ref": "#/x-bundled-files/schemas~1pet.yaml/Owner"},
        "parent": {"$ref": pet},
        "root": {"$ref": "#/components/schemas/Pet"},
    }
    media = bundled["paths/pets.yaml"]["get"]["responses"]["200"]["content"]["application/json"]
    assert media["schema"]["$ref"] == pet


def test_places_are_in_the_file_that_a_person_wrote(load, seen):
    document, report = load(FILES)
    at = document.locate("/x-bundled-files/schemas~1pet.yaml/Pet/properties/owner/$ref")
    assert (at.file, at.pointer, at.line, at.column) == ("schemas/pet.yaml", "/Pet/properties/owner/$ref", 3, 19)
    assert Excerpts()(at) == "    owner: {$ref: '#/Owner'}"
    assert document.locate("/paths/~1pets").file == "a.yaml"
    assert document.locate("/x-bundled-files/paths~1pets.yaml").pointer == ""
    (missing,) = report.diagnostics
    assert (missing.code, missing.location.file, missing.location.line) == ("REF002", "paths/pets.yaml", 6)


def test_a_path_through_a_file_leads_to_the_file(load):
    text = ROOT + "    Status: {$ref: '#/paths/~1pets/get/responses/200/content/application~1json/schema'}\n"
    document, _ = load({**FILES, "a.yaml": text})
    assert document.root["components"]["schemas"]["Status"]["$ref"] == (
        "#/x-bundled-files/paths~1pets.yaml/get/responses/200/content/application~1json/schema"
    )


def test_one_file_by_several_paths_is_one_file(load, write, tmp_path):
    write(FILES)
    (tmp_path / "same.yaml").symlink_to(tmp_path / "schemas/pet.yaml")
    text = ROOT + "    B: {$ref: './schemas/../schemas/pet.yaml#/Pet'}\n    C: {$ref: same.yaml}\n"
    document, _ = load({**FILES, "a.yaml": text})
    assert list(document.root["x-bundled-files"]) == ["paths/pets.yaml", "schemas/pet.yaml"]
    assert document.root["components"]["schemas"]["C"]["$ref"] == "#/x-bundled-files/schemas~1pet.yaml"


def test_a_missing_file_is_reported_once(load):
    text = ROOT.replace("paths/pets.yaml", "none.yaml#/a").replace("schemas/pet.yaml#/Pet", "none.yaml#/a")
    _, report = load({"a.yaml": text})
    (found,) = report.diagnostics
    assert (found.code, found.message) == ("REF007", "the file none.yaml does not exist, used 2 times")
    assert found.location.line == 4


def test_anchors_are_those_of_the_file(load):
    text = ROOT.replace("schemas/pet.yaml#/Pet", "schemas/pet.yaml#owner") + "    Z: {$ref: '#owner'}\n"
    document, report = load(
        {**FILES, "a.yaml": text, "schemas/pet.yaml": PET.replace("{type", "{$anchor: owner, type")}
    )
    assert document.root["components"]["schemas"]["Pet"]["$ref"] == "#/x-bundled-files/schemas~1pet.yaml/Owner"
    assert "#owner does not exist" in [found.message for found in report.diagnostics]


def test_the_directory_may_be_wider_but_not_wider_than_that(load, refuse, tmp_path):
    files = {"api/a.yaml": ROOT.replace("paths/", "../paths/").replace("schemas/pet", "../schemas/pet")}
    files |= {"paths/pets.yaml": PATHS, "schemas/pet.yaml": PET}
    assert [found.code for found in refuse(files).diagnostics] == ["REF003", "REF003"]
    document, _ = load(files, root_dir=tmp_path)
    assert "schemas/pet.yaml" in document.root["x-bundled-files"]


def test_a_reference_to_another_machine_in_a_bundled_file_is_refused_there(refuse):
    refusal = refuse({**FILES, "schemas/pet.yaml": PET.replace("'#/Owner'", "'http://x/'")})
    (found,) = refusal.diagnostics
    assert (found.code, found.location.file, found.location.line) == ("REF001", "schemas/pet.yaml", 3)


def test_an_ill_formed_file_is_refused_where_it_is(refuse):
    (found,) = refuse({**FILES, "schemas/pet.yaml": "a: [\n"}).diagnostics
    assert (found.code, found.location.file) == ("SPEC005", "schemas/pet.yaml")


def test_a_circle_through_files_ends(load):
    document, report = load(
        {
            "a.yaml": ROOT.replace("schemas/pet.yaml#/Pet", "b.yaml#/B").replace(
                "/pets: {$ref: paths/pets.yaml}", "/x: {}"
            ),
            "b.yaml": "B: {$ref: 'a.yaml#/components/schemas/Pet'}",
        }
    )
    assert [found.code for found in report.diagnostics] == ["REF004"]
    assert document.root["x-bundled-files"]["b.yaml"]["B"]["$ref"] == "#/components/schemas/Pet"


def test_a_document_may_keep_the_name_as_long_as_it_is_not_needed(load, refuse):
    own = ROOT.partition("paths:")[0] + "paths: {}\nx-bundled-files: {}\n"
    document, _ = load({"a.yaml": own})
    assert document.root["x-bundled-files"] == {}
    (found,) = refuse({**FILES, "a.yaml": ROOT + "x-bundled-files: {}\n"}).diagnostics
    assert (found.code, found.location.line) == ("REF008", 4)


@pytest.mark.parametrize(("limit", "value"), [("MAX_FILES", 1), ("MAX_BYTES", 200)])
def test_files_together_are_bounded(refuse, monkeypatch, limit, value):
    monkeypatch.setattr(library, limit, value)
    assert refuse(FILES).diagnostics[0].code == "SPEC001"


def test_the_digest_is_of_all_files_and_of_nothing_else(load, tmp_path, monkeypatch):
    first = load(FILES)[0].digest
    assert load(FILES)[0].digest == first
    monkeypatch.chdir("/")
    assert load(FILES)[0].digest == first
    assert load({**FILES, "schemas/pet.yaml": PET + "# one more\n"})[0].digest != first
    assert load({**FILES, "schemas/unused.yaml": "a: 1"})[0].digest == first
