"""Names: what they are derived from, who gives way, and what is said about it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

from generator.diagnostics import Refusal
from generator.output.write import refuse_unsafe
from generator.python.plan.package import OperationPlan
from tests.cases.stages import Stages, run, write_document

DONE = "responses: {'204': {description: Done.}}"

Understand = Callable[[str], Stages]
Pinned = Callable[[str, dict[str, str]], Stages]


@pytest.fixture
def understand(tmp_path: Path) -> Understand:
    return lambda text: run(write_document(tmp_path, text))


@pytest.fixture
def pinned(tmp_path: Path) -> Pinned:
    return lambda text, pins: run(write_document(tmp_path, text), pins=pins)


def record(*members: str) -> str:
    """A document whose one body has these members."""
    listed = ", ".join(f"{member!r}: {{type: string}}" for member in members)
    return f"""
paths:
  /a:
    post:
      operationId: send
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/R'}}}}}}}}
      responses: {{'204': {{description: Done.}}}}
components:
  schemas:
    R: {{type: object, properties: {{{listed}}}}}
"""


def operations(*ids: str) -> str:
    """A document with one operation for each id."""
    return "paths:\n" + "".join(
        f"  /p{number}: {{get: {{operationId: {id_!r}, {DONE}}}}}\n" for number, id_ in enumerate(ids)
    )


def attributes(stages: Stages, name: str = "R") -> list[str]:
    return [
        str(attribute.name)
        for found in stages.plan.models.records
        if found.name == name
        for attribute in found.attributes
    ]


def methods(stages: Stages) -> list[str]:
    return [str(operation.method) for operation in stages.plan.operations]


def classes(stages: Stages) -> list[str]:
    return [str(operation.request.name) for operation in stages.plan.operations]


# --- members --------------------------------------------------------------------------------------------------------


def test_the_first_of_several_keeps_the_name(understand: Understand) -> None:
    found = understand(record("fooBar", "foo_bar", "FooBar"))

    assert attributes(found) == ["foo_bar", "foo_bar_2", "foo_bar_3"]
    assert found.messages("NAME001") == [
        "attribute 'foo_bar' is called 'foo_bar_2', because 'foo_bar' is taken by another attribute",
        "attribute 'foo_bar' is called 'foo_bar_3', because 'foo_bar' is taken by another attribute",
    ]


def test_a_sibling_behind_changes_nothing(understand: Understand) -> None:
    before = attributes(understand(record("fooBar", "foo_bar", "x")))
    after = attributes(understand(record("fooBar", "foo_bar", "x", "foo_bar_2", "FooBar", "X")))

    assert after[: len(before)] == before
    assert len(set(after)) == len(after)


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ("class", "class_"),
        ("None", "none"),
        ("match", "match"),
        ("self", "self_"),
        ("str", "str_"),
        ("shared", "shared_"),
        ("to_dict", "to_dict_"),
        ("__init__", "init"),
        ("", "field"),
        (" ", "field"),
        ("123", "value_123"),
        ("-", "minus"),
        ("größe", "grosse"),
        ("日本", "u65e5_u672c"),
    ],
)
def test_members_of_any_spelling(understand: Understand, member: str, expected: str) -> None:
    assert attributes(understand(record(member))) == [expected]


def test_long_names_are_cut_and_stay_different(understand: Understand) -> None:
    names = attributes(understand(record("x" * 300 + "a", "x" * 300 + "b", "y" * 80, "Y" * 80)))

    assert len(set(names)) == 4
    assert all(len(name) <= 80 and name.isidentifier() for name in names)


@pytest.mark.parametrize("member", ['a"b', "a\\b", "a\nb", "\t"])
def test_a_member_that_cannot_be_written_is_left_out(tmp_path: Path, member: str) -> None:
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {
            "/a": {
                "post": {
                    "operationId": "send",
                    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/R"}}}},
                    "responses": {"204": {"description": "Done."}},
                }
            }
        },
        "components": {
            "schemas": {"R": {"type": "object", "properties": {member: {"type": "string"}, "b": {"type": "string"}}}}
        },
    }
    (tmp_path / "openapi.json").write_text(json.dumps(document), encoding="utf-8")

    found = run(tmp_path / "openapi.json")

    assert attributes(found) == ["b"]
    (warning,) = [finding for finding in found.report.diagnostics if finding.code == "NAME002"]
    assert warning.location is not None
    assert warning.location.line == 1


# --- enumerations ---------------------------------------------------------------------------------------------------


def members(stages: Stages) -> list[tuple[str, str]]:
    (enum,) = stages.plan.models.enums
    return [(str(name), str(value)) for name, value in enum.members]


def enumeration(values: str) -> str:
    return f"""
paths:
  /a:
    get:
      operationId: get
      parameters: [{{name: kind, in: query, schema: {{$ref: '#/components/schemas/E'}}}}]
      responses: {{'204': {{description: Done.}}}}
components:
  schemas:
    E: {{enum: {values}}}
"""


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("[a-b, a_b, A B]", ["A_B", "A_B_2", "A_B_3"]),
        ("[name, value, mro, _value_, __class__]", ["NAME", "VALUE", "MRO", "VALUE_2", "CLASS"]),
        ("['', ' ', '1', '-1', 'true', 'null']", ["EMPTY", "BLANK", "VALUE_1", "MINUS_1", "TRUE", "NULL"]),
        ("[asc, -asc, +asc]", ["ASC", "MINUS_ASC", "PLUS_ASC"]),
        ("[1, -1, 10]", ["VALUE_1", "MINUS_1", "VALUE_10"]),
        ("[a, a, null, b]", ["A", "B"]),
    ],
)
def test_members_of_enumerations(understand: Understand, values: str, expected: list[str]) -> None:
    assert [name for name, _ in members(understand(enumeration(values)))] == expected


def test_a_pinned_member_is_one_member(pinned: Pinned) -> None:
    found = pinned(enumeration("[null, a, b]"), {"/components/schemas/E/enum/2": "SECOND"})

    assert members(found) == [("A", '"a"'), ("SECOND", '"b"')]


# --- operations -----------------------------------------------------------------------------------------------------


def test_operations_that_meet(understand: Understand) -> None:
    found = understand(operations("get-user", "getUser", "getuser", "GetUser2", "get_user_2"))

    assert methods(found) == ["get_user", "get_user_2", "getuser", "get_user2", "get_user_2_2"]
    assert len(set(classes(found))) == 5
    assert len({str(operation.constant) for operation in found.plan.operations}) == 5


@pytest.mark.parametrize("id_", ["api", "API", "Api"])
def test_no_operation_takes_the_constant_of_the_api(understand: Understand, id_: str) -> None:
    assert [str(operation.constant) for operation in understand(operations(id_)).plan.operations] == ["API_"]


@pytest.mark.parametrize(
    ("id_", "expected"),
    [("close", "close_"), ("import", "import_"), ("sdk", "sdk_"), ("list", "list_"), ("", "get_p0"), ("-", "minus")],
)
def test_methods_that_would_hide_something(understand: Understand, id_: str, expected: str) -> None:
    assert methods(understand(operations(id_))) == [expected]


def test_a_pinned_operation_names_the_method_and_its_classes_follow(pinned: Pinned) -> None:
    found = pinned(operations("a", "b"), {"/paths/~1p0/get": "find_pets"})

    assert methods(found) == ["find_pets", "b"]
    assert classes(found) == ["FindPetsRequest", "BRequest"]
    assert [str(operation.constant) for operation in found.plan.operations] == ["FIND_PETS", "B"]


def test_classes_of_numbered_operations_stay_apart(understand: Understand) -> None:
    found = understand(operations("foo", "Foo", "foo2"))

    assert len(set(classes(found))) == 3


def test_long_operations(understand: Understand) -> None:
    found = understand(operations("x" * 300 + "a", "x" * 300 + "b", "y" * 79, "Y" * 79))

    names = [*methods(found), *classes(found)]
    assert all(len(name) <= 80 for name in names)
    assert len(set(classes(found))) == 4
    found.files()


@pytest.mark.parametrize("id_", ["aux", "con", "nul", "com1", "lpt9"])
def test_pages_are_not_called_like_devices(understand: Understand, id_: str) -> None:
    found = understand(operations(id_))

    assert methods(found) == [id_]
    refuse_unsafe(found.files())


def test_pages_differ_where_case_does_not(understand: Understand) -> None:
    """Pages are named after methods, which have no capitals: what differs in case alone is numbered before."""
    paths = list(understand(operations("getUser", "GETUSER", "getuser", "GetUser")).files())

    assert len({path.casefold() for path in paths}) == len(paths)
    refuse_unsafe(paths)


def test_pins_that_differ_in_case_alone_are_refused_before_anything_is_written(
    pinned: Pinned,
) -> None:
    files = pinned(operations("a", "b"), {"/paths/~1p0/get": "getUser", "/paths/~1p1/get": "getuser"}).files()

    with pytest.raises(Refusal) as caught:
        refuse_unsafe(files)
    assert [finding.code for finding in caught.value.diagnostics] == ["OUT007"]


# --- groups ---------------------------------------------------------------------------------------------------------


def grouped(*tags: str) -> str:
    return "paths:\n" + "".join(
        f"  /p{number}: {{get: {{operationId: get{number}, tags: [{tag!r}], {DONE}}}}}\n"
        for number, tag in enumerate(tags)
    )


def groups(stages: Stages) -> list[tuple[str, str]]:
    return [(str(group.attribute), str(group.class_name)) for group in stages.plan.groups]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["Pets", "pets"], [("pets", "Pets"), ("pets_2", "Pets2")]),
        (["sdk", "SDK"], [("sdk_", "Sdk"), ("sdk_2", "Sdk2")]),
        (["close", "class"], [("close_", "Close"), ("class_", "Class")]),
        (["transport", "Rest JSON"], [("transport", "Transport_"), ("rest_json", "RestJson_")]),
        (["a1", "a_1"], [("a1", "A1"), ("a_1", "A1_2")]),
        ([""], [("group", "Group")]),
    ],
)
def test_groups(understand: Understand, tags: list[str], expected: list[tuple[str, str]]) -> None:
    found = understand(grouped(*tags))

    assert groups(found) == expected
    refuse_unsafe(found.files())


def test_a_method_gives_way_to_a_group(understand: Understand) -> None:
    found = understand("""
        paths:
          /a:
            get: {operationId: pets, responses: {"204": {description: Done.}}}
            put: {operationId: put, tags: [pets], responses: {"204": {description: Done.}}}
        """)

    assert groups(found) == [("pets", "Pets")]
    assert methods(found) == ["pets_2", "put"]


# --- parameters -----------------------------------------------------------------------------------------------------


def parameters(*named: tuple[str, str], body: str = "") -> str:
    listed = "".join(f"        - {{name: {name!r}, in: {place}, schema: {{type: string}}}}\n" for name, place in named)
    content = (
        f"      requestBody: {{required: true, content: {{application/json: {{schema: {body}}}}}}}\n" if body else ""
    )
    path = "/a" + "".join(f"/{{{name}}}" for name, place in named if place == "path")
    return (
        f"paths:\n  {path}:\n    post:\n      operationId: send\n      parameters:\n"
        f"{listed}{content}      responses: {{'204': {{description: Done.}}}}\n"
    )


def only(stages: Stages) -> OperationPlan:
    (operation,) = stages.plan.operations
    return operation


def arguments(stages: Stages) -> list[str]:
    return [str(argument.name) for argument in only(stages).arguments]


def test_one_name_in_four_places(understand: Understand) -> None:
    found = understand(parameters(("id", "path"), ("id", "query"), ("id", "header"), ("id", "cookie")))

    assert arguments(found) == ["id", "id_2", "id_3", "id_4"]
    assert [(str(p.place), str(p.name), str(p.field)) for p in only(found).parameters] == [
        ('"path"', '"id"', '"id"'),
        ('"query"', '"id"', '"id_2"'),
        ('"header"', '"id"', '"id_3"'),
        ('"cookie"', '"id"', '"id_4"'),
    ]


@pytest.mark.parametrize(
    "name", ["self", "request", "server_url", "timeout", "extra_headers", "options", "security", "list", "from"]
)
def test_parameters_that_would_hide_something(understand: Understand, name: str) -> None:
    assert arguments(understand(parameters((name, "query")))) == [f"{name}_"]


@pytest.mark.parametrize(
    ("member", "attribute"),
    [
        ("other", None),
        ("id", "id"),
        ("ID", "id"),
        ("timeout", "timeout"),
        ("options", "options"),
        ("request", "request"),
    ],
)
def test_members_that_clash_with_parameters_or_options_have_other_names(
    understand: Understand, member: str, attribute: str | None
) -> None:
    body = f"{{type: object, properties: {{{member}: {{type: string}}}}}}"

    found = understand(parameters(("id", "path"), body=body))

    assert arguments(found) == ["id", "request" if attribute else member]
    spread = [str(argument.name) for argument in only(found).spread]
    assert spread == (["id", f"{attribute}_"] if attribute else [])
    facts = {str(name): str(value) for name, value in only(found).facts}
    assert facts == ({"renamed": f'{{"{attribute}_": "{attribute}"}}'} if attribute else {})
    assert len(found.messages("NAME001")) == len(spread) // 2
    found.files()


# --- types, errors, schemes -----------------------------------------------------------------------------------------


def typed(*names: str) -> str:
    members_ = ", ".join(f"m{number}: {{$ref: '#/components/schemas/{name}'}}" for number, name in enumerate(names))
    listed = "".join(f"    {name!r}: {{type: object, properties: {{x: {{type: string}}}}}}\n" for name in names)
    body = f"{{type: object, properties: {{{members_}}}}}"
    return parameters(("id", "path"), body=body) + "components:\n  schemas:\n" + listed


def records(stages: Stages) -> list[str]:
    return [
        str(found.name) for found in stages.plan.models.records if found.name != "SendRequest"
    ]  # the body, which is inline


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["User", "user", "User_"], ["User", "User_2", "User_3"]),
        (["Security", "None"], ["Security_2", "None_"]),
        (["1st"], ["Value1st"]),
    ],
)
def test_types(understand: Understand, names: list[str], expected: list[str]) -> None:
    assert records(understand(typed(*names))) == expected


def test_a_pin_is_never_moved(pinned: Pinned) -> None:
    found = pinned(typed("User"), {"/components/schemas/User/properties/x": "class_name"})

    assert attributes(found, "User") == ["class_name"]


@pytest.mark.parametrize(
    "pins",
    [
        {"Person": "User"},
        {"Person": "Same", "User": "Same"},
        {"Person": "user_2"},
    ],
    ids=["another's name", "two pins", "a numbered name"],
)
def test_a_pin_cannot_take_the_name_of_a_sibling(pinned: Pinned, pins: dict[str, str]) -> None:
    found = pinned(
        typed("User", "Person", "user"),
        {f"/components/schemas/{key}": name.replace("user", "User") for key, name in pins.items()},
    )

    assert found.codes().count("CFG018") == 1
    (message,) = found.messages("CFG018")
    assert "/components/schemas/" in message.partition(" is ")[2]


def test_two_pins_swap_two_names(pinned: Pinned) -> None:
    found = pinned(
        typed("User", "Person"), {"/components/schemas/Person": "User", "/components/schemas/User": "Person"}
    )

    assert records(found) == ["Person", "User"]
    assert not found.report.has_errors


def test_a_pin_to_its_own_name_says_who_of_two_has_it(pinned: Pinned) -> None:
    found = pinned(typed("User", "user"), {"/components/schemas/User": "User"})

    assert records(found) == ["User", "User_2"]
    assert not found.report.has_errors


def test_a_sibling_that_is_new_gives_way_to_a_pin(tmp_path: Path) -> None:
    pins = {"/components/schemas/Person": "User"}
    before = run(write_document(tmp_path, typed("Person", "Other")), pins=pins)
    locked = before.plan.names

    found = run(write_document(tmp_path, typed("Person", "Other", "User")), pins=pins, locked=locked)
    again = run(write_document(tmp_path, typed("Person", "Other", "User")), pins=pins, locked=found.plan.names)

    assert records(found) == records(again) == ["User", "Other", "User_2"]
    assert not found.report.has_errors
    assert not again.report.has_errors


def test_a_pin_for_nothing_is_an_error(pinned: Pinned) -> None:
    assert "CFG009" in pinned(typed("User"), {"/components/schemas/Nobody": "x"}).codes()


def test_exceptions(understand: Understand) -> None:
    named = ["Problem", "APIError", "timeoutException", "x" * 300]
    content = "content: {{application/json: {{schema: {{$ref: '#/components/schemas/{}'}}}}}}"
    typed_ = [f"{400 + number}: {{description: No., {content.format(name)}}}" for number, name in enumerate(named)]
    responses = ", ".join(
        [*typed_, *(f"{key}: {{description: No.}}" for key in ("404", "599", "4XX", "5XX", "default"))]
    )
    schemas = "".join(f"    {name}: {{type: object, properties: {{message: {{type: string}}}}}}\n" for name in named)
    found = understand(f"""
paths:
  /a: {{get: {{operationId: a, responses: {{{responses}}}}}}}
components:
  schemas:
{indent(schemas, '')}""")

    names = [str(error.name) for error in found.plan.errors]
    assert names[:3] == ["ProblemError", "APIError_", "TimeoutException"]
    assert len(names[3]) <= 80
    assert names[4:] == ["NotFoundError", "Status599Error", "ClientError", "ServerError", "UnexpectedError"]


def test_schemes(understand: Understand) -> None:
    keys = ["api-key", "api_key", "k" * 300]
    listed = "".join(f"    {key}: {{type: http, scheme: bearer}}\n" for key in keys)
    found = understand(operations("a") + f"components:\n  securitySchemes:\n{listed}")

    schemes = [(str(scheme.name), str(scheme.field)) for scheme in found.plan.schemes]
    assert schemes[:2] == [("SchemeApiKey", "api_key"), ("SchemeApiKey_2", "api_key_2")]
    assert all(len(name) <= 80 for name in schemes[2])


def test_streams_of_operations_with_long_names(understand: Understand) -> None:
    events = "content: {application/json: {schema: {type: object}}, text/event-stream: {schema: {type: string}}}"
    ids = [f"{'report' * 13}{last}" for last in "ab"]
    found = understand(
        "paths:\n"
        + "".join(
            f"  /p{id_}: {{get: {{operationId: {id_}, responses: {{'200': {{description: d, {events}}}}}}}}}\n"
            for id_ in ids
        )
    )

    streams = [str(operation.stream.method) for operation in found.plan.operations if operation.stream is not None]
    assert len(set(streams)) == 2
    assert all(len(name) <= 80 for name in streams)
