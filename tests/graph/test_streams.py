"""What a piece of a stream is, by everything that documents say it with."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from generator.graph.model import Anything, ListOf, Named, Scalar, ScalarKind, TypeRef
from generator.graph.stream_shape import Framing, Stream
from tests.cases.stages import Stages, run, write_document

TEXT = Scalar(ScalarKind.STRING)

# The example of OpenAPI 3.2.0, section 4.14.4.3.
STANDARD = """
text/event-stream:
  itemSchema:
    type: object
    properties:
      event: {type: string}
      data: {type: string}
      retry: {type: integer, minimum: 0}
    required: [event]
    oneOf:
      - properties: {event: {const: addString}}
      - properties:
          event: {const: addInt64}
          data: {$comment: Since the `data` field is a string, format: int64}
      - properties:
          event: {const: addJson}
          data:
            contentMediaType: application/json
            contentSchema: {type: object, required: [foo], properties: {foo: {type: integer}}}
"""


def built(directory: Path, content: str, *, version: str = "3.1.0", body: str = "") -> Stages:
    text = f"openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    post:\n      operationId: watch\n"
    text += body
    text += "      responses:\n        '200':\n          description: D\n          content:\n" + indent(
        content, " " * 12
    )
    text += (
        "\ncomponents:\n  schemas:\n    A: {type: object, properties: {a: {type: string}}}\n"
        "    E: {type: object, properties: {data: {$ref: '#/components/schemas/A'}, id: {type: string}}}\n"
    )
    return run(write_document(directory, text))


def stream(directory: Path, content: str, *, version: str = "3.1.0", body: str = "") -> Stream:
    found = built(directory, content, version=version, body=body).bound.operations[0].stream
    assert found is not None
    return found


A = Named("/components/schemas/A")


def pointer(type_: TypeRef | None) -> str:
    return type_.id.lstrip("#") if isinstance(type_, Named) else repr(type_)


@pytest.mark.parametrize(
    ("media", "framing"),
    [
        ("text/event-stream", Framing.EVENTS),
        ("Text/Event-Stream; charset=utf-8", Framing.EVENTS),
        ("application/jsonl", Framing.LINES),
        ("application/x-ndjson", Framing.LINES),
        ("application/x-jsonlines", Framing.LINES),
        ("application/json-seq", Framing.SEQUENCE),
        ("application/geo+json-seq", Framing.SEQUENCE),
        ("application/octet-stream", Framing.BYTES),
    ],
)
def test_media_types(tmp_path: Path, media: str, framing: Framing) -> None:
    assert stream(tmp_path, f'"{media}": {{schema: {{$ref: "#/components/schemas/A"}}}}').framing is framing


@pytest.mark.parametrize(
    ("content", "item"),
    [
        ("application/jsonl: {schema: {$ref: '#/components/schemas/A'}}", A.id),
        ("application/jsonl: {schema: {type: array, items: {$ref: '#/components/schemas/A'}}}", A.id),
        # There are no files outside of forms.
        ("application/jsonl: {schema: {type: string, format: binary}}", repr(TEXT)),
        (
            "text/event-stream: "
            "{itemSchema: {properties: {data: {type: array, items: {type: string, format: binary}}}}}",
            repr(ListOf(TEXT, None)),
        ),
        ("application/jsonl: {itemSchema: {$ref: '#/components/schemas/A'}}", A.id),
        ("application/jsonl: {itemSchema: {type: array, items: {type: string}}}", repr(ListOf(TEXT, None))),
        ("application/jsonl: {}", repr(Anything())),
        ("text/event-stream: {schema: {$ref: '#/components/schemas/A'}}", A.id),
        ("text/event-stream: {schema: {$ref: '#/components/schemas/E'}}", A.id),
        ("text/event-stream: {itemSchema: {$ref: '#/components/schemas/E'}}", A.id),
        ("text/event-stream: {schema: {type: string}}", repr(TEXT)),
        ("text/event-stream: {}", repr(TEXT)),
        ("text/event-stream: {itemSchema: {type: object, properties: {data: {type: string}}}}", repr(TEXT)),
        (
            "text/event-stream: {itemSchema: {type: object, properties: "
            "{data: {type: string, contentSchema: {$ref: '#/components/schemas/A'}}}}}",
            A.id,
        ),
        (
            "text/event-stream: {itemSchema: {properties: {data: {type: string, contentMediaType: application/json}}}}",
            repr(Anything()),
        ),
    ],
)
def test_items(tmp_path: Path, content: str, item: str) -> None:
    assert pointer(stream(tmp_path, content, version="3.2.0").item) == item.lstrip("#")


def test_the_standard_s_own_example(tmp_path: Path) -> None:
    found = stream(tmp_path, STANDARD, version="3.2.0")

    assert [name for name, _ in found.by_event] == ["addString", "addInt64", "addJson"]
    assert [type_ for _, type_ in found.by_event][:2] == [TEXT, TEXT]
    assert pointer(found.by_event[2][1]).endswith("/oneOf/2/properties/data/contentSchema")


def test_a_choice_that_holds_itself_is_read_once(tmp_path: Path) -> None:
    content = "text/event-stream: {schema: {$ref: '#/components/schemas/L'}}"
    text = (
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n"
        f"          description: D\n          content: {{{content}}}\n"
        "components: {schemas: {L: {oneOf: [{$ref: '#/components/schemas/L'}, {type: string}]}}}\n"
    )

    assert run(write_document(tmp_path, text)).bound.operations[0].stream is not None


@pytest.mark.parametrize(
    ("member", "switch"),
    [
        ("{type: boolean}", "stream"),
        ("{type: [boolean, 'null'], default: false}", "stream"),
        ("{type: string}", None),
    ],
)
def test_what_asks_for_a_stream(tmp_path: Path, member: str, switch: str | None) -> None:
    body = (
        "      requestBody: {content: {application/json: {schema: {type: object, properties: "
        f"{{stream: {member}}}}}}}}}}}\n"
    )
    both = "application/json: {schema: {type: object}}\ntext/event-stream: {schema: {type: string}}"

    assert stream(tmp_path, both, body=body).switch == switch
    assert stream(tmp_path, "text/event-stream: {}", body=body).switch is None


def test_methods(tmp_path: Path) -> None:
    both = "application/json: {schema: {type: object}}\ntext/event-stream: {schema: {type: string}}"
    for content, whole, method in (
        (both, True, "watch_stream"),
        ("text/event-stream: {}", False, "watch"),
        ("application/pdf: {}", True, "watch_stream"),
    ):
        operation = built(tmp_path, content).plan.operations[0]
        assert (operation.is_whole, str(operation.stream and operation.stream.method)) == (whole, method)
    assert built(tmp_path, "application/json: {}").plan.operations[0].stream is None


def test_names_do_not_clash(tmp_path: Path) -> None:
    text = (
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n"
        "  /a: {get: {operationId: get_file, responses: {'200': {description: D, content: {application/pdf: {}}}}}}\n"
        "  /b: {get: {operationId: get_file_stream, responses: {'204': {description: D}}}}\n"
    )
    found = run(write_document(tmp_path, text)).plan.operations

    assert [str(operation.method) for operation in found] == ["get_file", "get_file_stream"]
    assert str(found[0].stream and found[0].stream.method) == "get_file_stream_2"


def test_an_item_in_json_is_no_file(tmp_path: Path) -> None:
    content = "application/jsonl: {schema: {type: string, format: binary}}"

    assert stream(tmp_path, content).item == TEXT
