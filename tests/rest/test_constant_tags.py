"""Objects that a discriminator tells apart bring their tag themselves; what comes back may say anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.rest.recorder import Recorder

DOCUMENT = """openapi: 3.0.3
info: {title: Deliveries, version: "1"}
paths:
  /deliveries:
    post:
      operationId: deliver
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Delivery"}}}}
      responses:
        "200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Delivery"}}}}
  /homes:
    post:
      operationId: deliverHome
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Home"}}}}
      responses:
        "200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/Home"}}}}
components:
  schemas:
    Delivery:
      oneOf:
        - {$ref: "#/components/schemas/Home"}
        - {$ref: "#/components/schemas/Locker"}
        - {type: object, additionalProperties: {type: integer}}
      discriminator:
        propertyName: deliveryMethod
        mapping: {home: "#/components/schemas/Home", locker: "#/components/schemas/Locker"}
    Home:
      type: object
      required: [deliveryMethod]
      properties: {deliveryMethod: {type: string}, street: {type: string}, floor: {type: integer}}
    Locker:
      type: object
      required: [deliveryMethod, number]
      properties: {deliveryMethod: {type: string, enum: [home, locker]}, number: {type: integer}}
"""
PROGRAM = """
from deliveries import SDK
from deliveries.models import shared

with SDK(server_url="http://localhost") as client:
    client.deliver(request=shared.Locker(number=7))
    client.deliver_home(street="s")
    client.deliver_home(delivery_method="home")
    client.deliver_home(delivery_method="locker")  # type: ignore[call-overload]
    shared.Locker(delivery_method="home", number=7)  # type: ignore[arg-type]
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deliveries")
    (folder / "openapi.yaml").write_text(DOCUMENT, encoding="utf-8")
    write_files(folder, run(folder / "openapi.yaml", package="deliveries").files())
    return folder


@pytest.fixture(scope="module")
def sdk(root: Path) -> Iterator[ModuleType]:
    with imported(root, "deliveries") as module:
        yield module


@pytest.fixture
def server() -> Iterator[Recorder]:
    with Recorder() as recorder:
        yield recorder


@pytest.fixture
def client(sdk: ModuleType, server: Recorder) -> Iterator[Any]:
    with sdk.SDK(server_url=server.url) as made:
        yield made


def test_the_tag_is_sent_without_being_given(sdk: ModuleType, server: Recorder, client: Any) -> None:
    server.answers(200, {})
    client.deliver(request=sdk.models.shared.Locker(number=7))
    client.deliver_home(street="s")
    client.deliver_home()

    home = {"deliveryMethod": "home"}
    assert [request.json for request in server.requests] == [
        {"deliveryMethod": "locker", "number": 7},
        {**home, "street": "s"},
        home,
    ]


def test_another_tag_is_not_sent(sdk: ModuleType, server: Recorder, client: Any) -> None:
    wrong = sdk.models.shared.Locker(delivery_method="home", number=7)
    for call in (lambda: client.deliver(request=wrong), lambda: client.deliver_home(delivery_method="locker")):
        with pytest.raises(sdk.models.errors.RequestError, match="delivery_?[mM]ethod: expected '(home|locker)'"):
            call()

    assert server.requests == []


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ({"deliveryMethod": "home", "street": "s"}, "Home"),
        ({"deliveryMethod": "drone", "number": 1}, "Unknown"),
        ({"number": 1}, "dict"),
        ({"street": "s", "floor": 1}, "Home"),
        ({"weather": "fine"}, "Unknown"),
    ],
)
def test_replies_with_and_without_tags_are_read(
    server: Recorder, client: Any, reply: dict[str, Any], kind: str
) -> None:
    server.answers(200, reply)

    delivery = client.deliver(request={"a": 1}).delivery

    assert type(delivery).__name__ == kind
    assert reply.items() <= (delivery.to_dict() if kind == "Home" else delivery).items()


def test_what_is_documented_as_one_kind_may_say_another(server: Recorder, client: Any) -> None:
    server.answers(200, {"deliveryMethod": "palace", "street": "s"})

    home = client.deliver_home().home

    assert (home.delivery_method, home.street) == ("palace", "s")


def test_type_checkers_know_the_tag(root: Path, mypy: Callable[[str, Path], str]) -> None:
    assert mypy(PROGRAM, root) == ""
