"""Which operations have an idempotency key, and where: what documents write, and what cannot be one."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.graph.model import IdempotencyKey, Place
from tests.cases.stages import Stages, run, write_document
from tests.graph.conftest import Understand, members


def post(understand: Understand, parameters: str = "[]", operation: str = "", body: str = "") -> Stages:
    content = f"requestBody: {{content: {{application/json: {{schema: {body}}}}}}}" if body else "description: x"
    return understand(f"""
        paths:
          /a:
            post:
              {operation or "summary: x"}
              {content}
              parameters: {parameters}
              responses: {{"204": {{description: Done.}}}}
        components:
          schemas:
            Base: {{type: object, required: [Token], properties: {{Token: {{type: string, x-idempotencyToken: true}}}}}}
            Marked: {{type: string, x-idempotencyToken: true}}
            Order:
              type: object
              required: [ClientToken, Sum]
              properties:
                Sum: {{type: integer, x-idempotencyToken: true}}
                ClientToken: {{$ref: '#/components/schemas/Marked'}}
                Inner: {{$ref: '#/components/schemas/Base'}}
            Extended: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {{properties: {{Sum: {{type: integer}}}}}}]}}
        """)


def key_of(found: Stages) -> IdempotencyKey | None:
    return found.api.operations[0].idempotency


@pytest.mark.parametrize(
    ("parameter", "key"),
    [
        ("{name: Idempotency-Key, in: header, required: true}", (Place.HEADER, "Idempotency-Key")),
        (
            "{name: idempotency-key, in: header, schema: {type: string, format: uuid}}",
            (Place.HEADER, "idempotency-key"),
        ),
        ("{name: X-Once, in: header, x-idempotency-key: true, schema: {maxLength: 36}}", (Place.HEADER, "X-Once")),
        ("{name: token, in: query, x-idempotencyToken: true, schema: {type: string}}", (Place.QUERY, "token")),
        ("{name: token, in: query, schema: {$ref: '#/components/schemas/Marked'}}", (Place.QUERY, "token")),
    ],
)
def test_a_parameter(understand: Understand, parameter: str, key: tuple[Place, str]) -> None:
    found = post(understand, f"[{{name: a, in: query}}, {parameter}]")

    assert key_of(found) == IdempotencyKey(place=key[0], name=key[1])
    assert [input_.required for input_ in found.api.operations[0].inputs] == [False, False]


@pytest.mark.parametrize(
    "parameter",
    [
        "{name: Idempotency-Key, in: query}",
        "{name: X-Once, in: header, x-idempotency-key: 1}",
        "{name: token, in: cookie, x-idempotency-key: true}",
        "{name: Host, in: header, x-idempotency-key: true}",
        '{name: "X-Once\\r\\nX-Other: 1", in: header, x-idempotency-key: true}',
        "{name: Idempotency-Key, in: header, required: true, schema: {type: integer}}",
        "{name: Idempotency-Key, in: header, required: true, schema: {type: string, enum: [a]}}",
        "{name: Idempotency-Key, in: header, required: true, schema: {type: string, maxLength: 35}}",
    ],
)
def test_no_parameter(understand: Understand, parameter: str) -> None:
    found = post(understand, f"[{parameter}]")

    assert key_of(found) is None
    assert [input_.required for input_ in found.api.operations[0].inputs] == ["required: true" in parameter]


@pytest.mark.parametrize(
    ("extension", "name"), [("true", "Idempotency-Key"), ("X-Request-Once", "X-Request-Once"), ("false", None)]
)
def test_an_operation_says_it(understand: Understand, extension: str, name: str | None) -> None:
    found = post(understand, operation=f"x-idempotency-key: {extension}")

    assert key_of(found) == (None if name is None else IdempotencyKey(place=Place.HEADER, name=name))
    assert found.codes() == []


def test_an_operation_has_the_last_word(understand: Understand) -> None:
    found = post(understand, "[{name: Idempotency-Key, in: header, required: true}]", "x-idempotency-key: false")

    assert (key_of(found), found.api.operations[0].inputs[0].required) == (None, True)


def test_an_overlay_says_it_for_all(tmp_path: Path) -> None:
    document = write_document(
        tmp_path,
        """
        paths:
          /a: {post: {responses: {"204": {description: Done.}}}, get: {responses: {"204": {description: Done.}}}}
          /b: {post: {responses: {"204": {description: Done.}}}}
        """,
    )
    overlay = tmp_path / "overlay.yaml"
    overlay.write_text(
        "overlay: 1.0.0\ninfo: {title: Keys, version: '1'}\n"
        "actions: [{target: '$.paths.*.post', update: {x-idempotency-key: true}}]\n"
    )

    operations = run(document, overlays=(overlay,)).api.operations
    assert {(each.path, each.method): each.idempotency is not None for each in operations} == {
        ("/a", "POST"): True,
        ("/a", "GET"): False,
        ("/b", "POST"): True,
    }


@pytest.mark.parametrize("extension", ["null", "1", "[]", "''", "'a b'", "'X\\r\\nY: z'", "Authorization", "HOST"])
def test_an_ill_formed_extension_is_reported(understand: Understand, extension: str) -> None:
    found = post(understand, operation=f"x-idempotency-key: {extension.replace(chr(39), chr(34))}")

    assert key_of(found) is None
    assert found.codes() == ([] if extension == "null" else ["SPEC034"])


@pytest.mark.parametrize(("schema", "member"), [("Order", "ClientToken"), ("Extended", "Token")])
def test_a_member_of_the_body(understand: Understand, schema: str, member: str) -> None:
    found = post(understand, body=f"{{$ref: '#/components/schemas/{schema}'}}")

    assert key_of(found) == IdempotencyKey(place=None, name=member)
    assert members(found, schema)[member][1] is False


def test_only_what_is_filled_in_becomes_optional(understand: Understand) -> None:
    found = post(understand, body="{$ref: '#/components/schemas/Order'}")

    assert members(found, "Order")["Sum"][1] is True
    assert members(found, "Base")["Token"][1] is True


def test_a_body_that_is_no_object_has_no_member(understand: Understand) -> None:
    assert key_of(post(understand, body="{$ref: '#/components/schemas/Marked'}")) is None
