"""Operations: inputs, bodies, successes, failures, authentication, pages; and which types travel where."""

from __future__ import annotations

import pytest

from generator.graph.model import ListOf, Media, Named, Place, Record, Scalar, ScalarKind, TypeRef, Usage
from generator.graph.page_shape import Pagination
from tests.graph.conftest import Understand, id_of

STRING = Scalar(ScalarKind.STRING)


def test_usage_is_marked_and_the_unused_is_left_out(understand: Understand) -> None:
    found = understand("""
        paths:
          /a:
            post:
              parameters: [{name: kind, in: query, schema: {$ref: '#/components/schemas/Kind'}}]
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/In'}}}}
              responses:
                "200": {description: Fine., content: {application/json: {schema: {$ref: '#/components/schemas/Out'}}}}
                "404":
                  description: None.
                  content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}
        components:
          schemas:
            Both: {type: object, properties: {x: {type: string}}}
            In: {type: object, properties: {list: {type: array, items: {$ref: '#/components/schemas/Both'}}}}
            Kind: {type: string, enum: [a]}
            Out:
              type: object
              additionalProperties: {$ref: '#/components/schemas/Both'}
              properties: {y: {type: string}}
            Problem: {type: object, properties: {message: {type: string}}}
            Unused: {type: object, properties: {x: {type: string}}}
        """)

    assert {id_: type_.usage for id_, type_ in found.api.types.items()} == {
        id_of("Both"): Usage.BOTH,
        id_of("In"): Usage.INPUT,
        id_of("Kind"): Usage.INPUT,
        id_of("Out"): Usage.OUTPUT,
        id_of("Problem"): Usage.OUTPUT,
    }


def test_types_stand_in_the_order_of_the_document(understand: Understand) -> None:
    found = understand("""
        paths:
          /a:
            post:
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Z'}}}}
              responses: {"204": {description: Done.}}
        components:
          schemas:
            A: {type: object, properties: {x: {type: object, properties: {y: {type: string}}}}}
            Z: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}
        """)

    assert list(found.api.types) == [id_of("A"), id_of("Z"), id_of("A/properties/x")]


@pytest.mark.parametrize(
    "member",
    [
        "{type: string, format: password}",
        "{type: string, x-sensitive: true}",
        "{$ref: '#/components/schemas/Secret'}",
        "{$ref: '#/components/schemas/Alias'}",
        "{allOf: [{$ref: '#/components/schemas/Secret'}, {description: Words.}]}",
        "{type: array, items: {$ref: '#/components/schemas/Secret'}}",
        "{type: object, additionalProperties: {$ref: '#/components/schemas/Secret'}}",
        "{type: object, additionalProperties: {type: array, items: {$ref: '#/components/schemas/Alias'}}}",
    ],
)
def test_sensitive_members(schemas: Understand, member: str) -> None:
    found = schemas(f"""
        Subject: {{type: object, properties: {{hidden: {member}, shown: {{type: string}}}}}}
        Alias: {{$ref: '#/components/schemas/Secret'}}
        Secret: {{type: string, x-sensitive: true}}
        """)

    record = found.api.types[id_of("Subject")]
    assert isinstance(record, Record)
    assert {field.name: field.sensitive for field in record.fields} == {"hidden": True, "shown": False}


def test_inputs(understand: Understand) -> None:
    found = understand("""
        paths:
          /a/{id}:
            parameters:
              - {name: id, in: path, required: true, schema: {type: string}}
              - {name: q, in: query, schema: {type: string}}
            get:
              parameters:
                - {name: q, in: query, required: true, schema: {type: integer}}
                - {name: tags, in: query, explode: false, schema: {type: array, items: {type: string}}}
                - {name: X-Trace, in: header, schema: {type: string, format: password}}
                - {name: Accept, in: header, schema: {type: string}}
                - {name: content-type, in: header, schema: {type: string}}
                - {name: authorization, in: header, schema: {type: string}}
                - {name: session, in: cookie, schema: {type: string}}
                - {name: untyped, in: query}
              responses: {"204": {description: Done.}}
        """)

    inputs = found.api.operations[0].inputs
    assert [(i.name, i.place, i.required, i.explode) for i in inputs] == [
        ("id", Place.PATH, True, False),
        ("q", Place.QUERY, True, True),
        ("tags", Place.QUERY, False, False),
        ("X-Trace", Place.HEADER, False, False),
        ("session", Place.COOKIE, False, True),
        ("untyped", Place.QUERY, False, True),
    ]
    assert [i.name for i in inputs if i.sensitive] == ["X-Trace"]
    assert inputs[1].type == Scalar(ScalarKind.INTEGER)


def test_an_operation_without_an_id_is_named_by_method_and_path(understand: Understand) -> None:
    found = understand('paths: {"/a/{id}": {get: {responses: {"204": {description: Done.}}}}}')

    assert [operation.source_name for operation in found.api.operations] == ["get /a/{id}"]


@pytest.mark.parametrize(
    ("media", "kind", "type_"),
    [
        ("multipart/form-data", Media.BINARY, Scalar(ScalarKind.UPLOAD)),
        ("application/x-www-form-urlencoded", Media.BINARY, Scalar(ScalarKind.UPLOAD)),
        ("text/plain; charset=utf-8", Media.TEXT, STRING),
        ("application/xml", Media.BINARY, Scalar(ScalarKind.UPLOAD)),
        ("image/png", Media.BINARY, Scalar(ScalarKind.UPLOAD)),
        ("application/jsonish", Media.BINARY, Scalar(ScalarKind.UPLOAD)),
    ],
)
def test_no_operation_is_left_out_for_its_body(understand: Understand, media: str, kind: Media, type_: TypeRef) -> None:
    found = understand(f"""
        paths:
          /a:
            post:
              operationId: upload
              requestBody: {{content: {{{media}: {{schema: {{type: string}}}}}}}}
              responses: {{"204": {{description: Done.}}}}
        """)

    body = found.api.operations[0].body
    assert body is not None
    assert (body.media, body.type, body.content_type) == (kind, type_, media)


def test_of_several_bodies_the_one_that_types_say_most_about(understand: Understand) -> None:
    found = understand("""
        paths:
          /a:
            post:
              requestBody:
                content:
                  image/*: {}
                  text/plain: {schema: {type: string}}
                  multipart/form-data: {schema: {type: object, properties: {file: {type: string, format: binary}}}}
              responses: {"204": {description: Done.}}
        """)

    body = found.api.operations[0].body
    assert body is not None
    assert body.content_type == "multipart/form-data"


def test_a_file_is_a_file_in_a_form_and_a_string_in_json(understand: Understand) -> None:
    found = understand("""
        paths:
          /a:
            post:
              requestBody: {content: {multipart/form-data: {schema: {$ref: '#/components/schemas/InForm'}}}}
              responses:
                "200":
                  description: Done.
                  content: {application/json: {schema: {$ref: '#/components/schemas/InJson'}}}
        components:
          schemas:
            InForm: {type: object, properties: {files: {type: array, items: {type: string, format: binary}}}}
            InJson: {type: object, properties: {files: {type: array, items: {type: string, format: binary}}}}
        """)

    types = {definition.source_name: definition for definition in found.api.types.values()}
    in_form, in_json = types["InForm"], types["InJson"]
    assert isinstance(in_form, Record)
    assert isinstance(in_json, Record)
    assert in_form.fields[0].type == ListOf(Scalar(ScalarKind.FILE))
    assert in_json.fields[0].type == ListOf(STRING)


def test_the_style_of_a_parameter(understand: Understand) -> None:
    found = understand("""
        paths:
          /a:
            get:
              parameters:
                - {name: a, in: query, style: deepObject, schema: {type: object}}
                - {name: b, in: query, style: pipeDelimited, schema: {type: array}}
                - {name: c, in: query, content: {application/json: {schema: {type: object}}}}
                - {name: d, in: header, style: form, schema: {type: string}}
                - {name: e, in: query, allowReserved: true, schema: {type: string}}
              responses: {"204": {description: Done.}}
        """)

    inputs = found.api.operations[0].inputs
    assert [(i.name, i.style, i.explode, i.allow_reserved) for i in inputs] == [
        ("a", "deepObject", False, False),
        ("b", "pipeDelimited", False, False),
        ("c", "json", False, False),
        ("d", "simple", False, False),
        ("e", "form", True, True),
    ]
    (warning,) = [finding for finding in found.report.diagnostics if finding.code == "GEN011"]
    assert warning.effect is not None
    assert "'simple'" in warning.effect


@pytest.mark.parametrize(
    ("media", "sent"),
    [
        ("application/json", "application/json"),
        ("application/json; charset=utf-8", "application/json; charset=utf-8"),
        ("application/vnd.api+json", "application/vnd.api+json"),
        ("'*/*'", "application/json"),
    ],
)
def test_json_by_any_name_is_json(understand: Understand, media: str, sent: str) -> None:
    found = understand(f"""
        paths:
          /a:
            post:
              requestBody: {{required: true, content: {{text/plain: {{}}, {media}: {{schema: {{type: string}}}}}}}}
              responses: {{"204": {{description: Done.}}}}
        """)

    body = found.api.operations[0].body
    assert body is not None
    assert (body.content_type, body.type, body.required) == (sent, STRING, True)


def test_successes_and_failures(understand: Understand) -> None:
    found = understand("""
        paths:
          /a:
            get:
              responses:
                "100": {description: Not yet.}
                "200": {description: Fine., content: {application/json: {schema: {type: string}}}}
                "202": {description: Later.}
                2XX: {description: Any., content: {text/plain: {schema: {type: string}}}}
                "404":
                  description: None.
                  content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}
                5XX:
                  description: Broken.
                  content: {application/json: {schema: {type: object, properties: {m: {type: string}}}}}
                default: {description: Anything else.}
        components:
          schemas:
            Problem:
              type: object
              description: What went wrong.
              properties: {message: {type: string}}
              x-fault: client
        """)

    operation = found.api.operations[0]
    assert [(out.status, out.content_type, out.type) for out in operation.outputs] == [
        ("200", "application/json", STRING),
        ("202", None, None),
        ("2XX", "text/plain", STRING),
    ]
    inline = "/paths/~1a/get/responses/5XX/content/application~1json/schema"
    assert [
        (case.status, case.source_name, case.type, case.docs.description, case.fault) for case in operation.errors
    ] == [
        ("404", "Problem", Named(id_of("Problem")), "What went wrong.", "client"),
        ("5XX", None, Named(inline), "Broken.", None),
        ("default", None, None, "Anything else.", None),
    ]


def test_authentication(understand: Understand) -> None:
    found = understand("""
        security: [{key: []}, {basic: [], bearer: []}]
        paths:
          /a:
            get: {operationId: default, responses: {"204": {description: Done.}}}
            put: {operationId: none, security: [], responses: {"204": {description: Done.}}}
            post: {operationId: optional, security: [{}, {key: []}], responses: {"204": {description: Done.}}}
        components:
          securitySchemes:
            key: {type: apiKey, name: X-Key, in: header}
            basic: {type: http, scheme: Basic}
            bearer: {type: http, scheme: bearer}
            aws: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}
            oauth: {type: oauth2, flows: {}}
        """)

    assert {operation.source_name: operation.auth for operation in found.api.operations} == {
        "default": (("key",), ("basic", "bearer")),
        "none": (),
        "optional": ((), ("key",)),
    }
    assert {key: (scheme.kind, scheme.name, scheme.place) for key, scheme in found.api.auth.items()} == {
        "key": ("api_key", "X-Key", Place.HEADER),
        "basic": ("http_basic", None, None),
        "bearer": ("http_bearer", None, None),
        "aws": ("aws_sigv4", "Authorization", Place.HEADER),
        "oauth": ("oauth2", None, None),
    }


def paginated(extension: str) -> str:
    return f"""
    paths:
      /a:
        get:
          x-pagination: {extension}
          responses: {{"204": {{description: Done.}}}}
    """


def test_pagination(understand: Understand) -> None:
    found = understand(paginated("{input: NextToken, output: NextToken, results: Items, limit: MaxResults}"))

    assert found.api.operations[0].pagination == Pagination(
        input="NextToken", output=("NextToken",), results=("Items",), limit="MaxResults"
    )
    assert found.codes() == ["SPEC045"]  # nothing of it is in request or reply


@pytest.mark.parametrize(
    "extension",
    [
        "yes",
        "[]",
        "{}",
        "{input: a, output: b}",
        "{input: a, output: b, results: 1}",
        "{input: a, output: b, results: c, limit: null}",
        "{input: a, output: b, results: c, total: d}",
        "{offset: a, page: b, results: c}",
        "{link: false, results: c}",
        "{url: '$.a[?(@.b)]', results: c}",
    ],
)
def test_an_ill_formed_pagination_costs_the_iteration_only(understand: Understand, extension: str) -> None:
    found = understand(paginated(extension))

    assert [operation.pagination for operation in found.api.operations] == [None]
    assert found.codes() == ["SPEC033"]


def test_unknown_keys_of_a_pagination_are_named(understand: Understand) -> None:
    found = understand(paginated("{input: a, output: b, results: c, limitt: d, 1/x: e}"))

    assert found.messages("SPEC033") == ["`x-pagination` has no key 'limitt'", "`x-pagination` has no key '1/x'"]
    helps = {each.help: each.location for each in found.report.diagnostics if each.code == "SPEC033"}
    assert list(helps) == ["write `limit`, or remove it", "remove it"]
    assert [at.pointer.rpartition("x-pagination/")[2] for at in helps.values() if at] == ["limitt", "1~1x"]


def test_servers_and_the_facts_of_the_api(understand: Understand) -> None:
    found = understand("""
        openapi: 3.1.0
        info:
          title: Pets
          version: "2"
          summary: All about pets.
          license: {name: MIT License, identifier: MIT}
          x-team: pets
        externalDocs: {url: "https://docs.example.com/"}
        servers:
          - {url: "https://{region}.example.com:{port}", variables: {region: {default: eu}, port: {default: 8443}}}
          - {url: /relative}
        paths: {}
        """)

    api = found.api
    assert (api.title, api.version, api.docs.summary, api.license) == ("Pets", "2", "All about pets.", "MIT")
    assert (api.documentation_url, dict(api.traits)) == ("https://docs.example.com/", {"x-team": "pets"})
    assert [(server.url, {v.name: v.default for v in server.variables}) for server in api.servers] == [
        ("https://{region}.example.com:{port}", {"region": "eu", "port": "8443"}),
        ("/relative", {}),
    ]


@pytest.mark.parametrize(
    ("responses", "outputs", "errors"),
    [
        ("default: {description: What there is., CONTENT}", ["default"], []),
        ('"404": {description: None.}, default: {description: What there is., CONTENT}', ["default"], ["404"]),
        ('"200": {description: Fine.}, default: {description: Anything else., CONTENT}', ["200"], ["default"]),
        ("default: {description: An unexpected error., CONTENT}", [], ["default"]),
        ("default: {description: Otherwise., content: {application/json: {schema: PROBLEM}}}", [], ["default"]),
        ("default: {description: Nothing at all.}", [], ["default"]),
    ],
)
def test_default_alone_is_a_success_unless_it_speaks_of_failures(
    understand: Understand, responses: str, outputs: list[str], errors: list[str]
) -> None:
    written = responses.replace("CONTENT", "content: {application/json: {schema: {type: string}}}")
    written = written.replace("PROBLEM", "{$ref: '#/components/schemas/ApiProblem'}")
    found = understand(f"""
        paths:
          /a:
            get: {{responses: {{{written}}}}}
        components:
          schemas:
            ApiProblem: {{type: object, properties: {{title: {{type: string}}}}}}
        """)

    (operation,) = found.api.operations
    assert [output.status for output in operation.outputs] == outputs
    assert [case.status for case in operation.errors] == errors


@pytest.mark.parametrize(
    ("content", "asked", "unasked"),
    [
        ("{application/json: {schema: A}, text/csv: {}, image/png: {}}", "application/json", "text/csv, image/png"),
        ("{application/json: {schema: A}, application/x+json: {schema: B}}", "application/json", "application/x+json"),
        ("{application/json: {schema: A}, application/xml: {schema: B}}", "application/json", "application/xml"),
        ("{text/html: {}, application/json: {schema: A}}", "application/json", "text/html"),
        ("{image/png: {}, image/jpeg: {}}", "image/png", "image/jpeg"),
        (
            "{application/json: {schema: A}, text/event-stream: {schema: A}, text/csv: {}}",
            "application/json and text/event-stream",
            "text/csv",
        ),
        ("{text/event-stream: {schema: A}, application/jsonl: {schema: A}}", "text/event-stream", "application/jsonl"),
    ],
)  # fmt: skip
def test_media_types_that_are_not_asked_for_are_told(
    understand: Understand, content: str, asked: str, unasked: str
) -> None:
    assert _told(understand, content) == [f"the client asks for {asked} here, not for {unasked}"]


@pytest.mark.parametrize(
    "content",
    [
        "{application/json: {schema: A}}",
        "{text/plain: {schema: A}, application/json: {schema: A}, text/json: {schema: A}}",
        "{application/json: {schema: A}, application/*+json: {schema: A}}",
        "{application/json: {schema: {type: array}}, application/xml: {schema: {type: array}}, '*/*': {}}",
        "{application/json; charset=utf-8: {schema: A}, application/json: {schema: A}}",
        "{application/json: {schema: A}, text/event-stream: {schema: B}}",
        "{application/jsonl: {schema: A}, application/x-ndjson: {schema: A}}",
    ],
)  # fmt: skip
def test_spellings_of_what_is_asked_for_are_not_told(understand: Understand, content: str) -> None:
    assert _told(understand, content) == []


def _told(understand: Understand, content: str) -> list[str]:
    for name in "AB":
        content = content.replace(f"schema: {name}", f"schema: {{$ref: '#/components/schemas/{name}'}}")
    found = understand(f"""
        paths:
          /a: {{get: {{responses: {{"200": {{description: Fine., content: {content}}}}}}}}}
        components:
          schemas:
            A: {{type: object, properties: {{x: {{type: string}}}}}}
            B: {{type: object, properties: {{y: {{type: string}}}}}}
        """)
    return found.messages("GEN017")
