"""The stub of a REST API: requests found and read back, replies as the document has them."""

from __future__ import annotations

import datetime  # noqa: ICN001  (as users write it)
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run, write_document

SHOP = """
servers: [{url: "/v3/shop"}]
paths:
  /items/{id}:
    get:
      operationId: getItem
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer}}
        - {name: plain, in: query, schema: {type: array, items: {type: string}}}
        - {name: joined, in: query, explode: false, schema: {type: array, items: {type: string}}}
        - {name: spaced, in: query, style: spaceDelimited, explode: false, schema: {type: array, items: {type: string}}}
        - {name: piped, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}}
        - {name: deep, in: query, style: deepObject, schema: {$ref: "#/components/schemas/Filter"}}
        - {name: as_json, in: query, content: {application/json: {schema: {$ref: "#/components/schemas/Filter"}}}}
        - {name: moment, in: query, schema: {type: string, format: date-time}}
        - {name: X-List, in: header, schema: {type: array, items: {type: integer}}}
        - {name: X-Object, in: header, explode: true, schema: {type: object, additionalProperties: {type: string}}}
        - {name: session, in: cookie, schema: {type: string}}
        - {name: trail, in: cookie, explode: true, schema: {type: array, items: {type: string}}}
      responses:
        "200":
          description: One.
          content:
            application/vnd.shop+json:
              schema: {$ref: "#/components/schemas/Item"}
              example: {id: 7, label: Lamp, price: 12.5}
  /items/latest:
    get:
      operationId: getLatest
      responses:
        "203": {description: One., content: {application/json: {schema: {$ref: "#/components/schemas/Item"}}}}
  /styles/{label}/{matrix}/{object}:
    get:
      operationId: getStyles
      parameters:
        - {name: label, in: path, required: true, style: label, schema: &names {type: array, items: {type: string}}}
        - {name: matrix, in: path, required: true, style: matrix, explode: true, schema: *names}
        - {name: object, in: path, required: true, style: matrix, schema: {$ref: "#/components/schemas/Filter"}}
      responses: {"204": {description: Nothing.}}
  /form:
    post:
      operationId: sendForm
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded: {schema: {$ref: "#/components/schemas/Form"}}
      responses: {"2XX": {description: Text., content: {text/plain: {schema: {type: string}}}}}
  /upload:
    post:
      operationId: upload
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file]
              properties:
                file: {type: string, format: binary}
                title: {type: string}
                details: {$ref: "#/components/schemas/Filter"}
                copies: {type: array, items: {type: integer}}
      responses:
        "200":
          description: Bytes.
          content: {application/octet-stream: {schema: {type: string, format: binary}}}
  /text:
    put:
      operationId: sendText
      requestBody: {content: {text/plain: {schema: {type: string}}}}
      responses:
        "200":
          description: List.
          content:
            application/json: {schema: {type: array, maxItems: 1, items: {$ref: "#/components/schemas/Item"}}}
components:
  schemas:
    Filter: {type: object, properties: {kind: {type: string}, top: {type: integer}}}
    Form:
      type: object
      required: [name]
      properties:
        name: {type: string}
        tags: {type: array, items: {type: string}}
        filter: {$ref: "#/components/schemas/Filter"}
        agreed: {type: boolean}
    Item:
      type: object
      required: [id]
      properties:
        id: {type: integer, minimum: 5}
        label: {type: string, maxLength: 10, example: Chair}
        secret: {type: string, writeOnly: true}
        price: {type: number, example: "much"}
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    root = tmp_path_factory.mktemp("shop")
    write_files(root, run(write_document(root, SHOP), package="shop_client").files())
    with imported(root, "shop_client") as package:
        yield package


@pytest.fixture
def stub(shop: ModuleType) -> Any:
    from importlib import import_module

    return import_module("shop_client.testing").Stub()


@pytest.fixture
def shared(shop: ModuleType) -> Any:
    return shop.models.shared


def read_back(stub: Any) -> Any:
    """The request object of the only call, and what the client was given must have been the same."""
    (call,) = stub.calls
    return call.request


def test_parameters_come_back_from_every_place_and_style(shop: ModuleType, stub: Any, shared: Any) -> None:
    operations = shop.models.operations
    request = operations.GetItemRequest(
        path_params=operations.GetItemPathParams(id=5),
        query_params=operations.GetItemQueryParams(
            plain=["a", "b,c", "d&e=f"],
            joined=["x,y", "z"],
            spaced=["one", "t,w,o"],
            piped=["p&q", "r s"],
            deep=shared.Filter(kind="a[b]=c", top=3),
            as_json=shared.Filter(kind='"', top=4),
            moment=datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.UTC),
        ),
        headers=operations.GetItemHeaders(x_list=[1, 2], x_object={"k": "v"}),
        cookies=operations.GetItemCookies(session="s; t=u", trail=["1", "2&3"]),
    )

    stub.client().get_item(request)

    assert read_back(stub) == request


def test_label_and_matrix_come_back(shop: ModuleType, stub: Any, shared: Any) -> None:
    operations = shop.models.operations
    request = operations.GetStylesRequest(
        path_params=operations.GetStylesPathParams(
            label=["a", "b"], matrix=["c;d", "e/f"], object=shared.Filter(kind="g", top=1)
        )
    )

    assert stub.client().get_styles(request).status_code == 204

    assert read_back(stub) == request


def test_forms_come_back(shop: ModuleType, stub: Any, shared: Any) -> None:
    form = shared.Form(name="a+b &", tags=["x", "y z"], filter=shared.Filter(kind="k", top=2), agreed=True)

    result = stub.client().send_form(shop.models.operations.SendFormRequest(request=form))

    assert read_back(stub).request == form
    assert (result.status_code, result.content_type, result.result) == (200, "text/plain", "result")


def test_parts_come_back(shop: ModuleType, stub: Any, shared: Any) -> None:
    file = shop.File(content=b"\r\n--x\r\n\0\xff", name='a"b.bin', content_type="image/png", headers={"X-Part": "1"})

    result = stub.client().upload(file=file, title="é", details=shared.Filter(kind="k"), copies=[1, 2])

    body = read_back(stub).request
    assert (body.file, body.title, body.details, body.copies) == (file, "é", shared.Filter(kind="k"), [1, 2])
    assert (result.content_type, result.result) == ("application/octet-stream", b"example")


def test_text_comes_back(stub: Any) -> None:
    items = stub.client().send_text(request="grüße").result

    assert stub.calls[0].body == "grüße"
    assert [item.id for item in items] == [5]


def test_the_document_s_examples_win_where_they_are_valid(stub: Any) -> None:
    client = stub.client()

    shown = client.get_item(id=7)
    made = client.get_latest().item

    assert (shown.content_type, shown.item.label, shown.item.price) == ("application/vnd.shop+json", "Lamp", 12.5)
    assert (made.label, made.price, made.secret) == ("Chair", 1.0, None)


def test_the_more_fixed_path_is_meant_and_its_status_answers(stub: Any) -> None:
    assert stub.client().get_latest().status_code == 203
    assert stub.calls[0].operation == "get_latest"


def test_a_path_below_the_server_s_own_is_found(stub: Any) -> None:
    stub.client(server_url="http://elsewhere.test/v3/shop").get_item(id=5)

    assert stub.calls[0].http.target.startswith("/v3/shop/items/5")
    assert stub.calls[0].request.path_params.id == 5


@pytest.mark.parametrize(
    ("method", "target", "said"),
    [
        (
            "GET",
            "/items/a",
            "get_item was sent what its description does not allow: path parameter 'id': Expected `int`",
        ),
        ("DELETE", "/items/5", "Example has no operation for DELETE /items/5"),
        ("GET", "/item/5?key=secret", "Example has no operation for GET /item/5$"),
        ("POST", "/form", "missing|Missing"),
    ],
)
def test_what_the_document_does_not_know_is_an_assertion(
    shop: ModuleType, stub: Any, method: str, target: str, said: str
) -> None:
    request = shop.HTTPRequest(method, shop._runtime.http.Origin("http", "x", 80), target, [])

    with pytest.raises(AssertionError, match=said):
        stub.send(request, shop.Timeout())
    assert stub.calls == []


PETSHOP = Path(__file__).parents[1] / "cases" / "rest-petshop" / "openapi.yaml"


def test_errors_of_an_operation_come_with_their_status(petshop: ModuleType, models: Any) -> None:
    from importlib import import_module

    stub = import_module(f"{petshop.__name__}.testing").Stub()
    client, errors = stub.client(), models.errors
    route = stub.on(client.pets.get_pet)
    found = []
    for error, arguments in (
        (errors.NotFoundError, {}),
        (errors.ClientError, {}),
        (errors.ProblemError, {}),
        (errors.ClientError, {"status": 422}),
        (418, {}),
        ("out_of_tea", {"kettle": "cold"}),
    ):
        route.fail(error, "why", **arguments)
        with pytest.raises(errors.APIError, match="why") as caught:
            client.pets.get_pet(pet_name="Rex", retries=0)
        found.append((type(caught.value).__name__, caught.value.status_code, caught.value.code))

    assert found == [
        ("NotFoundError", 404, None),
        ("ClientError", 400, None),
        ("ProblemError", 500, None),
        ("ClientError", 422, None),
        ("ClientError", 418, None),
        ("ClientError", 400, "out_of_tea"),
    ]
    with pytest.raises(ValueError, match="ConflictError is not documented here; the documented ones are NotFoundError"):
        route.fail(errors.ConflictError)


def test_throttling_is_429_and_what_the_api_asks_for(petshop: ModuleType) -> None:
    from importlib import import_module

    stub = import_module(f"{petshop.__name__}.testing").Stub()
    client = stub.client()
    stub.on("pets.get_pet").throttle(2, retry_after=7)

    assert client.pets.get_pet(pet_name="Rex").attempts == 3
    assert stub.clock.waits == [7.0, 7.0]
    assert [call.attempt for call in stub.calls] == [1, 2, 3]
    assert isinstance(client.pets.get_pet(pet_name="Rex").pet.id, uuid.UUID)


CHOICES = """
paths:
  /shapes:
    post:
      operationId: drawShape
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Shape"}}}}
      responses:
        "200":
          description: It.
          content:
            application/json:
              schema:
                type: object
                required: [shape]
                properties:
                  shape: {$ref: "#/components/schemas/Shape"}
                  size: {oneOf: [{type: integer, minimum: 3}, {type: string}]}
                  more: {type: array, items: {$ref: "#/components/schemas/Shape"}}
components:
  schemas:
    Shape:
      oneOf: [{$ref: "#/components/schemas/Circle"}, {$ref: "#/components/schemas/Square"}]
      discriminator: {propertyName: kind, mapping: {circle: "#/components/schemas/Circle", box: "#/components/schemas/Square"}}
    Circle: {type: object, required: [kind, radius], properties: {kind: {type: string}, radius: {type: number}}}
    Square: {type: object, required: [kind, side], properties: {kind: {type: string}, side: {type: number}}}
"""  # noqa: E501


def test_choices_are_made_with_their_tag_and_read_back(tmp_path: Path) -> None:
    from importlib import import_module

    write_files(tmp_path, run(write_document(tmp_path, CHOICES), package="choices_client").files())
    with imported(tmp_path, "choices_client") as package:
        stub = import_module("choices_client.testing").Stub()
        square = package.models.shared.Square(kind="box", side=2.5)

        reply = stub.client().draw_shape(request=square).draw_shape_response

    assert stub.calls[0].body == square
    assert (type(reply.shape).__name__, reply.shape.kind, reply.shape.radius) == ("Circle", "circle", 1.0)
    assert [each.kind for each in reply.more] == ["circle", "circle"]
    assert isinstance(reply.size, int)


OAUTH = """
servers: [{url: "https://api.example"}]
security: [{login: []}]
paths:
  /me: {get: {operationId: getMe, responses: {"204": {description: Me.}}}}
  /us: {get: {operationId: getUs, security: [{city: []}], responses: {"204": {description: Us.}}}}
components:
  securitySchemes:
    login: {type: oauth2, flows: {clientCredentials: {tokenUrl: "https://login.example/token", scopes: {}}}}
    city: {type: openIdConnect, openIdConnectUrl: "https://city.example/.well-known/openid-configuration"}
"""


def test_tokens_are_handed_out_to_those_who_ask(tmp_path: Path) -> None:
    from importlib import import_module

    write_files(tmp_path, run(write_document(tmp_path, OAUTH), package="oauth_client").files())
    with imported(tmp_path, "oauth_client") as package:
        stub, shared = import_module("oauth_client.testing").Stub(), package.models.shared
        login = shared.SchemeLogin(client_id="me", client_secret="secret")
        stub.client(security=shared.Security(login=login)).get_me()
        stub.client().get_me()
        city = shared.SchemeCity(client_id="me", client_secret="secret")
        stub.client(security=shared.Security(city=city)).get_us()

    assert [call.headers["authorization"] for call in stub.calls] == ["Bearer stub-token"] * 3


BESIDE = """
paths:
  /bag:
    put:
      operationId: putBag
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Bag"}}}}
      responses: {"200": {description: It., content: {application/json: {schema: {$ref: "#/components/schemas/Bag"}}}}}
components:
  schemas:
    Bag: {type: object, required: [name], properties: {name: {type: string}}, additionalProperties: {type: integer}}
"""


def test_members_beside_those_that_are_named_come_back(tmp_path: Path) -> None:
    from importlib import import_module

    write_files(tmp_path, run(write_document(tmp_path, BESIDE), package="bag_client").files())
    with imported(tmp_path, "bag_client") as package:
        stub = import_module("bag_client.testing").Stub()
        bag = package.models.shared.Bag.from_dict({"name": "full", "apples": 3})

        reply = stub.client().put_bag(package.models.operations.PutBagRequest(request=bag)).bag

    assert stub.calls[0].body == bag
    assert b'"apples":3' in stub.calls[0].http.body
    assert reply.name == "full"
