"""What a reference may ask for, and what it leads to: one file."""

import pytest

from generator.diagnostics import ExitCode

HEAD = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n"


def schemas(**entries):
    """A document of schemas, one to a line from line 6 on."""
    lines = [f"    {name}: {text}\n" for name, text in entries.items()]
    return HEAD + "components:\n  schemas:\n" + "".join(lines)


@pytest.mark.parametrize(
    "reference",
    [
        "http://169.254.169.254/latest/meta-data",
        "HTTPS://example.com/a.yaml#/Pet",
        "//evil/x",
        "ftp://example.com/a",
        "data:application/json,{}",
        "\\\\\\\\unc\\\\share",
        "urn:example:pet",
    ],
)
def test_other_machines_are_not_asked(refuse, reference):
    refusal = refuse({"a.yaml": schemas(A=f'{{$ref: "{reference}"}}')})
    (found,) = refusal.diagnostics
    assert (found.code, found.location.line, found.location.column) == ("REF001", 6, 15)
    assert found.location.pointer == "/components/schemas/A/$ref"
    assert refusal.exit_code is ExitCode.UNREADABLE


@pytest.mark.parametrize(
    "reference",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "file:b.yaml",
        "/etc/passwd",
        "../secret.yaml",
        "a/../../secret.yaml#/x",
        "%2e%2e/secret.yaml",
        "..%2Fsecret.yaml",
        "%2Fetc/passwd",
        "c:/x.yaml",
        "..\\\\secret.yaml",
        "link.yaml",
        "directory/secret.yaml",
        "a%00.yaml",
    ],
)
def test_files_outside_are_not_opened(write, refuse, tmp_path, reference):
    (tmp_path.parent / "secret.yaml").write_text("x: TOP SECRET")
    (tmp_path / "link.yaml").symlink_to(tmp_path.parent / "secret.yaml")
    (tmp_path / "directory").symlink_to(tmp_path.parent)
    refusal = refuse({"a.yaml": schemas(A=f'{{$ref: "{reference}"}}')})
    (found,) = refusal.diagnostics
    assert (found.code, found.location.line, found.location.column) == ("REF003", 6, 15)
    assert "SECRET" not in f"{found}{refusal}"


def test_every_forbidden_reference_is_reported(refuse, seen):
    refusal = refuse({"a.yaml": schemas(A="{$ref: 'http://x'}", B="{$ref: '#/nope'}", C="{$ref: /x}")})
    assert seen(refusal.diagnostics) == [("REF001", 6, 15), ("REF003", 8, 15)]


@pytest.mark.parametrize(
    ("reference", "plain"),
    [
        ("#/components/schemas/A", "#/components/schemas/A"),
        ("#/components/schemas/a~1b", "#/components/schemas/a~1b"),
        ("#/components/schemas/a%7E1b", "#/components/schemas/a~1b"),
        ("#/components/schemas/%7B%C3%A9%7D", "#/components/schemas/{é}"),
        ("#/components/schemas/100%25", "#/components/schemas/100%25"),
        ("#/components/schemas/A/allOf/1", "#/components/schemas/A/allOf/1"),
        ("#", "#"),
        ("#named", "#/components/schemas/A/allOf/0"),
        ("a.yaml#/components/schemas/A", "#/components/schemas/A"),
        ("./a.yaml#/components/schemas/A", "#/components/schemas/A"),
        ("#/components/schemas/through/allOf/0", "#/components/schemas/A/allOf/0"),
        ("#/components/schemas/twice/allOf/0", "#/components/schemas/A/allOf/0"),
    ],
)
def test_references_become_plain_pointers(load, reference, plain):
    text = schemas(
        A="{allOf: [{$anchor: named}, {}]}",
        through="{$ref: '#/components/schemas/A'}",
        twice="{$ref: '#/components/schemas/through'}",
        **{"a/b": "{}", "'{é}'": "{}", "'100%'": "{}"},
        Z=f"{{$ref: '{reference}'}}",
    )
    document, report = load({"a.yaml": text})
    assert document.root["components"]["schemas"]["Z"]["$ref"] == plain
    assert not report.diagnostics


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("#/components/schemas/Nope", "REF002"),
        ("#/components/schemas/A/allOf/-1", "REF002"),
        ("#/components/schemas/A/allOf/00", "REF002"),
        ("#/components/schemas/A/allOf/-", "REF002"),
        ("#/components/schemas/A/allOf/9999999999999999999999", "REF002"),
        ("#/components/schemas/A/type/x", "REF002"),
        ("#nobody", "REF002"),
        ("a.yaml#/nope", "REF002"),
        ("none.yaml", "REF007"),
        ("none.yaml#/A", "REF007"),
        ("b/", "REF007"),
        ("#/a~2b", "REF006"),
        ("#/a%zz", "REF006"),
        ("#/%ff", "REF006"),
    ],
)
def test_references_that_lead_nowhere(load, reference, code):
    document, report = load({"a.yaml": schemas(A="{type: object, allOf: [{}]}", Z=f"{{$ref: '{reference}'}}")})
    (found,) = report.diagnostics
    assert (found.code, found.location.line, found.location.column) == (code, 7, 15)
    assert found.location.pointer == "/components/schemas/Z/$ref"
    assert document.root["components"]["schemas"]["Z"]["$ref"].startswith("#/")


def test_what_is_missing_is_reported_once_with_the_number_of_uses(load):
    _, report = load({"a.yaml": schemas(**dict.fromkeys("ABC", "{$ref: '#/components/schemas/Pett'}"), Pet="{}")})
    (found,) = report.diagnostics
    assert found.message == "#/components/schemas/Pett does not exist, used 3 times"
    assert found.location.line == 6
    assert found.help == "write `#/components/schemas/Pet`, or add what is missing"
    ((label, place),) = found.related
    assert (label, place.line, place.column, place.end_column) == ("a similar name is defined here", 9, 5, 8)


@pytest.mark.parametrize(
    ("reference", "suggestion"),
    [
        ("#/components/schemas/pet", "#/components/schemas/Pet"),
        ("#/component/schemas/Pet", "#/components/schemas/Pet"),
        ("#/definitions/Pet", "#/components/schemas/Pet"),
        ("#/components/parameters/Pet", "#/components/schemas/Pet"),
        ("#/components/schemas/Pet/propertys/id", "#/components/schemas/Pet/properties/id"),
        ("#/components/schemas/Zebra", None),
        ("#/Zebra", None),
    ],
)
def test_did_you_mean(load, reference, suggestion):
    _, report = load({"a.yaml": schemas(Pet="{properties: {id: {}}}", Z=f"{{$ref: '{reference}'}}")})
    (found,) = report.diagnostics
    assert (f"write `{suggestion}`" in found.help) == (suggestion is not None)
    assert len(found.related) == (suggestion is not None)


_OPERATION = "paths:\n  /a:\n    get:\n      "


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("paths:\n  /a: {$ref: '#/nope'}", "the operations of this path are left out of the SDK"),
        (f"{_OPERATION}parameters: [{{$ref: '#/nope'}}]", "the parameter is left out of the SDK"),
        (f"{_OPERATION}requestBody: {{$ref: '#/nope'}}", "the body is typed as Any, and sent as JSON"),
        (f"{_OPERATION}responses: {{'200': {{$ref: '#/nope'}}}}", "the response is read as if it were not documented"),
        (
            f"{_OPERATION}responses: {{'200': {{content: {{a/b: {{schema: {{$ref: '#/nope'}}}}}}}}}}",
            "the value is typed as Any",
        ),
        ("components: {schemas: {A: {properties: {parameters: {$ref: '#/nope'}}}}}", "the value is typed as Any"),
        (
            "components: {schemas: {A: {discriminator: {propertyName: t, mapping: {a: '#/nope'}}}}}",
            "values with this tag are told apart by their members",
        ),
    ],
)
def test_what_the_client_lacks_is_said(load, text, effect):
    _, report = load({"a.yaml": f"openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\n{text}\n"})
    (found,) = report.diagnostics
    assert (found.severity, found.effect) == ("warning", effect)


@pytest.mark.parametrize(
    ("entries", "chain", "line"),
    [
        ({"A": "{$ref: '#/components/schemas/A'}"}, "A -> A", 6),
        ({"A": "{$ref: '#/components/schemas/B'}", "B": "{$ref: '#/components/schemas/A'}"}, "B -> A -> B", 6),
        (
            {
                "Start": "{$ref: '#/components/schemas/A'}",
                "A": "{$ref: '#/components/schemas/B'}",
                "B": "{$ref: '#/components/schemas/A', description: x}",
            },
            "B -> A -> B",
            7,
        ),
        ({"A": "{allOf: [{$ref: '#/components/schemas/A'}]}"}, "A -> A", 6),
        (
            {
                "A": "{allOf: [{}, {$ref: '#/components/schemas/B'}]}",
                "B": "{allOf: [{$ref: '#/components/schemas/A'}]}",
            },
            "B -> A -> B",
            6,
        ),
    ],
)
def test_a_circle_of_references_is_reported_once(load, entries, chain, line):
    _, report = load({"a.yaml": schemas(**entries)})
    (found,) = report.diagnostics
    expected = " -> ".join(f"#/components/schemas/{name}" for name in chain.split(" -> "))
    assert (found.code, found.message) == ("REF004", f"the references go in a circle: {expected}")
    assert found.location.line == line


@pytest.mark.parametrize(
    "entry",
    [
        "{properties: {child: {$ref: '#/components/schemas/A'}}}",
        "{items: {$ref: '#/components/schemas/A'}}",
        "{allOf: [{properties: {child: {$ref: '#/components/schemas/A'}}}]}",
    ],
)
def test_a_schema_may_contain_itself(load, entry):
    _, report = load({"a.yaml": schemas(A=entry)})
    assert not report.diagnostics


def test_a_circle_on_the_way_of_a_pointer_ends(load, seen):
    _, report = load(
        {
            "a.yaml": schemas(
                A="{$ref: '#/components/schemas/A/x'}",
                B="{$ref: '#/components/schemas/C/x'}",
                C="{$ref: '#/components/schemas/B/y'}",
            )
        }
    )
    assert {code for code, _, _ in seen(report.diagnostics)} == {"REF002"}


def test_forty_diamonds_are_not_inlined(load):
    entries = {
        f"L{level}": "{{properties: {{a: {0}, b: {0}}}}}".format(f"{{$ref: '#/components/schemas/L{level + 1}'}}")
        for level in range(40)
    }
    document, report = load({"a.yaml": schemas(**entries, L40="{type: string}")})
    assert len(document.root["components"]["schemas"]) == 41
    assert not report.diagnostics


def test_a_reference_must_be_text(load, seen):
    _, report = load({"a.yaml": schemas(A="{$ref: 1}", B="{$ref: {a: 1}}", C="{properties: {$ref: {type: string}}}")})
    assert seen(report.diagnostics) == [("REF005", 6, 15), ("REF005", 7, 15)]


DATA = "{$ref: 'http://example.com'}"


@pytest.mark.parametrize(
    "entry",
    [
        f"{{example: {DATA}}}",
        f"{{examples: [{DATA}]}}",
        f"{{default: {{deep: [{DATA}]}}}}",
        f"{{enum: [{DATA}]}}",
        f"{{const: {DATA}}}",
        f"{{x-mine: {DATA}}}",
        f"{{properties: {{a: {{default: {DATA}}}}}}}",
    ],
)
def test_data_is_not_a_reference(load, entry):
    _, report = load({"a.yaml": schemas(A=entry)})
    assert not report.diagnostics


def test_the_value_of_an_example_is_data_and_the_example_is_not(load, seen):
    examples = f"components:\n  examples:\n    A: {{value: {DATA}}}\n    B: {{$ref: '#/nope'}}\n"
    _, report = load({"a.yaml": HEAD + examples})
    assert seen(report.diagnostics) == [("REF002", 7, 15)]


@pytest.mark.parametrize(
    "entry",
    [
        "{properties: {default: {$ref: '#/nope'}}}",
        "{properties: {example: {$ref: '#/nope'}}}",
        "{properties: {x-mine: {$ref: '#/nope'}}}",
        "{properties: {enum: {items: {$ref: '#/nope'}}}}",
        "{patternProperties: {const: {$ref: '#/nope'}}}",
        "{properties: {properties: {properties: {default: {$ref: '#/nope'}}}}}",
        "{properties: {$ref: '#/nope'}}",
    ],
)
def test_names_that_look_like_keywords_are_names(load, entry):
    _, report = load({"a.yaml": schemas(A=entry)})
    assert [found.code for found in report.diagnostics] == ["REF002"]


def test_a_default_response_and_extension_headers_are_references(load, seen):
    paths = """\
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a:
    get:
      responses:
        default: {$ref: '#/a'}
        '200':
          headers:
            x-limit: {$ref: '#/b'}
          links:
            l: {$ref: '#/c', parameters: {p: {$ref: 'http://x'}}}
    x-extension: {$ref: 'http://x'}
  x-extension: {$ref: 'http://x'}
"""
    _, report = load({"a.yaml": paths})
    assert seen(report.diagnostics) == [("REF002", 7, 25), ("REF002", 10, 29), ("REF002", 12, 23)]


def test_what_is_kept_in_an_extension_is_a_schema_once_something_refers_to_it(load, seen):
    text = (
        schemas(A="{$ref: '#/x-shelf/Pet'}")
        + "x-shelf:\n  Pet: {items: {$ref: '#/nope'}}\n  Other: {$ref: 'http://x'}\n"
    )
    _, report = load({"a.yaml": text})
    assert seen(report.diagnostics) == [("REF002", 8, 23)]


def test_a_mapping_of_a_discriminator_is_names_and_references(load, seen):
    mapping = "{discriminator: {propertyName: t, mapping: {a: B, b: '#/components/schemas/%42', c: '#/nope'}}}"
    document, report = load({"a.yaml": schemas(A=mapping, B="{}")})
    found = document.root["components"]["schemas"]["A"]["discriminator"]["mapping"]
    assert found == {"a": "B", "b": "#/components/schemas/B", "c": "#/nope"}
    assert [code for code, _, _ in seen(report.diagnostics)] == ["REF002"]
