"""A REST API end to end: what is called, what travels, what comes back."""

from __future__ import annotations

import base64
import datetime  # noqa: ICN001  (as users write it)
import os
import subprocess
import sys
import uuid
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.rest.conftest import PACKAGE, Invoke
from tests.rest.recorder import Recorder

ROOT = Path(__file__).parents[2]
ID = uuid.UUID("12345678-1234-4123-8123-123456789012")
REX = {"id": str(ID), "name": "Rex", "status": "sold"}


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


# --- what travels ---------------------------------------------------------------------------------------------------


def test_a_path_parameter_is_one_segment(invoke: Invoke, server: Recorder) -> None:
    server.answers(200, REX)

    invoke(lambda client: client.pets.get_pet(pet_name="a/b c?d#e%f{day}"))

    assert (server.request.method, server.request.target) == ("GET", "/v2/pets/a%2Fb%20c%3Fd%23e%25f%7Bday%7D")


def test_several_path_parameters(invoke: Invoke, server: Recorder) -> None:
    server.answers(200, {"id": str(ID), "notes": None})

    visit = invoke(
        lambda client: client.pets.get_visit(pet_name="{day}", day=datetime.date(2024, 2, 29))
    ).get_visit_response

    assert server.request.target == "/v2/pets/%7Bday%7D/visits/2024-02-29"
    assert (visit.id, visit.notes) == (ID, None)


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_a_path_parameter_that_addresses_something_else_is_refused(
    invoke: Invoke, server: Recorder, models: Any, name: str
) -> None:
    with pytest.raises(models.errors.RequestError, match="pet-name"):
        invoke(lambda client: client.pets.get_pet(pet_name=name))

    assert server.requests == []


def test_the_query(invoke: Invoke, server: Recorder, models: Any) -> None:
    server.answers(200, [])

    invoke(
        lambda client: client.pets.list_pets(
            status=[models.shared.Status.AVAILABLE, "on-hold"],
            ids=[1, 2],
            sort_by=models.shared.SortKey.MINUS_NAME,
            born_after=datetime.date(2024, 1, 31),
            seen_since=datetime.datetime(2024, 1, 31, 12, 30, tzinfo=datetime.UTC),
            indoor=False,
            q="a&b=c d+e/é",
            list_=["x", "y"],
            str_="s",
            timeout_=5,
            options_="o",
        )
    )

    assert server.request.target == (
        "/v2/pets?status=available&status=on-hold&ids=1,2&sort-by=-name&born_after=2024-01-31"
        "&seen_since=2024-01-31T12%3A30%3A00Z&indoor=false&q=a%26b%3Dc%20d%2Be%2F%C3%A9"
        "&list=x&list=y&str=s&timeout=5&options=o"
    )


def test_what_is_not_given_is_not_sent(invoke: Invoke, server: Recorder) -> None:
    server.answers(200, [])

    invoke(lambda client: client.pets.list_pets())

    assert server.request.target == "/v2/pets"
    assert {"x-trace-id", "x-shelf", "cookie", "content-type"} & set(server.request.headers) == set()
    assert server.request.body == b""


def test_headers_and_cookies(invoke: Invoke, server: Recorder) -> None:
    server.answers(200, [])

    invoke(lambda client: client.pets.list_pets(x_trace_id=ID, x_shelf=["a", "b"], session="a b;c"))

    headers = server.request.headers
    assert (headers["x-trace-id"], headers["x-shelf"], headers["cookie"]) == (str(ID), "a,b", "session=a%20b%3Bc")
    assert headers["accept"] == "application/json"


def test_a_header_cannot_be_smuggled_in(invoke: Invoke, server: Recorder, models: Any) -> None:
    with pytest.raises(models.errors.RequestError):
        invoke(lambda client: client.pets.list_pets(x_shelf=["a\r\nX-Evil: 1"]))

    assert server.requests == []


def test_the_body(invoke: Invoke, server: Recorder, models: Any) -> None:
    server.answers(201, REX)

    result = invoke(
        lambda client: client.pets.create_pet(
            name="Rex",
            status="sold",
            size=models.shared.Size.VALUE_2,
            born=datetime.date(2020, 2, 29),
            tags={"a": "b"},
            class_="dog",
            foo_bar=1,
            foo_bar_2=2,
            owner=models.shared.Person(
                email="a@example.com", address=models.shared.PersonAddress(city="Oslo", from_="here")
            ),
        )
    )

    assert server.request.headers["content-type"] == "application/json"
    assert server.request.json == {
        "name": "Rex",
        "status": "sold",
        "size": 2,
        "born": "2020-02-29",
        "tags": {"a": "b"},
        "class": "dog",
        "fooBar": 1,
        "foo_bar": 2,
        "owner": {"email": "a@example.com", "address": {"city": "Oslo", "from": "here"}},
    }
    assert (result.status_code, result.pet.id) == (201, ID)


def test_a_request_object_says_the_same(invoke: Invoke, server: Recorder, models: Any) -> None:
    server.answers(201, REX)
    request = models.operations.CreatePetRequest(
        headers=models.operations.CreatePetHeaders(x_trace_id=ID),
        request=models.shared.NewPet(name="Rex", status="sold"),
    )

    invoke(lambda client: client.pets.create_pet(request))

    assert server.request.headers["x-trace-id"] == str(ID)
    assert server.request.json == {"name": "Rex", "status": "sold"}


def test_a_body_whose_members_clash_with_parameters_is_given_whole(
    invoke: Invoke, server: Recorder, models: Any
) -> None:
    server.answers(200, REX)

    invoke(
        lambda client: client.pets.replace_pet(
            pet_name="Rex", request=models.shared.ReplacePetRequest(pet_name="Max", weight=1.5)
        )
    )

    assert server.request.target == "/v2/pets/Rex"
    assert server.request.json == {"pet_name": "Max", "weight": 1.5}


def test_a_map_as_the_body(invoke: Invoke, server: Recorder) -> None:
    result = invoke(lambda client: client.store.set_labels(request={"a": "b"}))

    assert server.request.json == {"a": "b"}
    assert (result.status_code, result.result) == (204, None)


@pytest.mark.parametrize(
    "arguments",
    [{}, {"name": "Rex"}, {"name": "Rex", "status": "sold", "surprise": 1}],
    ids=["none", "missing", "unknown"],
)
def test_wrong_arguments_are_refused(invoke: Invoke, server: Recorder, arguments: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="createPet"):
        invoke(lambda client: client.pets.create_pet(**arguments))

    assert server.requests == []


# --- authentication -------------------------------------------------------------------------------------------------


def test_a_key_in_a_header(invoke: Invoke, server: Recorder) -> None:
    server.answers(200, REX)

    invoke(lambda client: client.pets.get_pet(pet_name="Rex"))

    assert server.request.headers["x-shop-key"] == "k-1"


def test_optional_authentication_is_used_where_it_is_given(invoke: Invoke, server: Recorder) -> None:
    server.answers(200, [])

    invoke(lambda client: client.pets.list_pets())

    assert server.request.headers["x-shop-key"] == "k-1"


def test_optional_authentication_may_be_left_out(invoke: Invoke, server: Recorder) -> None:
    server.answers(200, [])

    invoke(lambda client: client.pets.list_pets(), security=None)

    assert "x-shop-key" not in server.request.headers


def test_an_operation_without_authentication_gets_none(invoke: Invoke, server: Recorder) -> None:
    server.answers(200, {"status_code": 7, "class": "good"})

    result = invoke(lambda client: client.health())

    assert "x-shop-key" not in server.request.headers
    assert (result.status_code, result.health_response.status_code, result.health_response.class_) == (200, 7, "good")


def test_a_bearer_token(invoke: Invoke, server: Recorder, models: Any) -> None:
    security = models.shared.Security(staff=models.shared.SchemeStaff(token="t-1"))

    invoke(lambda client: client.pets.delete_pet(pet_name="Rex"), security=security)

    assert server.request.headers["authorization"] == "Bearer t-1"


def test_a_user_name_and_a_password(invoke: Invoke, server: Recorder, models: Any) -> None:
    security = models.shared.Security(login=models.shared.SchemeLogin(username="u", password="pä"))

    invoke(lambda client: client.pets.delete_pet(pet_name="Rex"), security=security)

    assert server.request.headers["authorization"] == "Basic " + base64.b64encode("u:pä".encode()).decode()


def test_two_schemes_together(invoke: Invoke, server: Recorder, models: Any) -> None:
    server.answers(200, {"cats": 2})
    security = models.shared.Security(
        shop_key=models.shared.SchemeShopKey(api_key="k-1"), counter=models.shared.SchemeCounter(api_key="c 1")
    )

    result = invoke(lambda client: client.store.get_stock(), security=security)

    assert (server.request.target, server.request.headers["x-shop-key"]) == ("/v2/store/stock?counter=c%201", "k-1")
    assert result.result == {"cats": 2}


def test_half_of_two_schemes_is_not_enough(invoke: Invoke, server: Recorder, models: Any) -> None:
    with pytest.raises(models.errors.CredentialsError, match="shopKey with counter"):
        invoke(lambda client: client.store.get_stock())

    assert server.requests == []


def test_secrets_do_not_show(models: Any) -> None:
    shown = repr(
        (
            models.shared.Security(staff=models.shared.SchemeStaff(token="canary")),
            models.shared.NewPet(name="Rex", status="sold", chip="canary"),
        )
    )

    assert "canary" not in shown
    assert "Rex" in shown


# --- what comes back ------------------------------------------------------------------------------------------------


def test_a_typed_result(invoke: Invoke, server: Recorder, models: Any) -> None:
    server.answers(
        200,
        {
            **REX,
            "size": 2,
            "born": "2020-02-29",
            "seen": "2024-01-31T12:30:00+01:00",
            "owner": None,
            "tags": {"a": "b"},
            "parents": [{**REX, "name": "Max"}],
            "novelty": [1],
        },
    )

    result = invoke(lambda client: client.pets.get_pet(pet_name="Rex"))

    pet = result.pet
    assert isinstance(pet, models.shared.Pet)
    assert (pet.id, pet.size, pet.born, pet.owner) == (ID, models.shared.Size.VALUE_2, datetime.date(2020, 2, 29), None)
    assert pet.status is models.shared.Status.SOLD
    assert pet.seen == datetime.datetime(2024, 1, 31, 11, 30, tzinfo=datetime.UTC)
    assert [parent.name for parent in pet.parents] == ["Max"]
    assert isinstance(pet.parents[0], models.shared.Pet)
    assert (result.request_id, result.content_type, result.attempts) == ("r-1", "application/json", 1)


def test_a_list_as_the_result(invoke: Invoke, server: Recorder) -> None:
    server.answers(200, [REX, {**REX, "name": "Max"}])

    assert [pet.name for pet in invoke(lambda client: client.pets.list_pets()).result] == ["Rex", "Max"]


def test_no_content_is_no_body(invoke: Invoke, server: Recorder, models: Any) -> None:
    security = models.shared.Security(staff=models.shared.SchemeStaff(token="t-1"))

    result = invoke(lambda client: client.pets.delete_pet(pet_name="Rex"), security=security)

    assert (result.status_code, result.raw_response.body) == (204, b"")


@pytest.mark.parametrize(("member", "value"), [("status", "adopted"), ("size", 9)])
def test_a_value_that_came_later_is_kept(invoke: Invoke, server: Recorder, member: str, value: object) -> None:
    server.answers(200, {**REX, member: value})

    found = getattr(invoke(lambda client: client.pets.get_pet(pet_name="Rex")).pet, member)

    assert (found, found.is_known) == (value, False)


@pytest.mark.parametrize(
    ("status", "body", "kind", "message", "data"),
    [
        (404, {"message": "no Rex", "wanted": "Rex"}, "NotFoundError", "no Rex", "NotFound"),
        (400, {"message": "bad"}, "ClientError", "bad", "NoneType"),
        (503, {"title": "closed", "detail": "until nine"}, "ProblemError", "until nine", "Problem"),
    ],
)
def test_errors_by_status_by_range_and_by_default(
    invoke: Invoke, server: Recorder, models: Any, status: int, body: dict[str, Any], kind: str, message: str, data: str
) -> None:
    server.answers(status, body, "application/problem+json")

    with pytest.raises(models.errors.APIError) as caught:
        invoke(lambda client: client.pets.get_pet(pet_name="Rex"))

    error = caught.value
    assert type(error) is getattr(models.errors, kind)
    assert (error.status_code, error.message) == (status, message)
    assert error.data == body
    assert type(error.details).__name__ == data
    assert (error.request_id, error.headers["content-type"], error.attempts) == ("r-1", "application/problem+json", 1)
    assert error.retryable is (status == 503)


def plain(data: Any) -> Any:
    return data if isinstance(data, dict) else data.to_dict()


def test_an_error_inside_an_error_document(invoke: Invoke, server: Recorder, models: Any) -> None:
    server.answers(409, {"error": {"code": "twice", "message": "there is a Rex"}})

    with pytest.raises(models.errors.ConflictError) as caught:
        invoke(lambda client: client.pets.create_pet(name="Rex", status="sold"))

    assert caught.value.message == "there is a Rex"
    shared = models.shared
    assert caught.value.details == shared.Conflict(error=shared.ConflictError(code="twice", message="there is a Rex"))


@pytest.mark.parametrize("body", [b"<h1>no</h1>", b"", b"[]", b'{"error": "text"}'])
def test_an_error_whose_document_is_another(invoke: Invoke, server: Recorder, models: Any, body: bytes) -> None:
    server.answers(409, body)

    with pytest.raises(models.errors.ConflictError) as caught:
        invoke(lambda client: client.pets.create_pet(name="Rex", status="sold"))

    found = caught.value.details
    if b"text" in body:
        assert found == models.shared.Conflict(error="text")  # what came is kept, whatever its type
    else:
        assert found is None


def test_an_undocumented_error(invoke: Invoke, server: Recorder, models: Any) -> None:
    server.answers(418, b"<h1>teapot</h1>", "text/html")

    with pytest.raises(models.errors.APIError) as caught:
        invoke(lambda client: client.pets.replace_pet(pet_name="Rex", request=models.shared.ReplacePetRequest()))

    assert type(caught.value) is models.errors.APIError
    assert (caught.value.status_code, caught.value.data) == (418, None)
    assert caught.value.raw_response.body == b"<h1>teapot</h1>"


def test_a_success_that_is_no_json(invoke: Invoke, server: Recorder, models: Any) -> None:
    server.answers(200, b"<h1>hello</h1>", "text/html")

    with pytest.raises(models.errors.DecodeError) as caught:
        invoke(lambda client: client.pets.get_pet(pet_name="Rex"))

    assert caught.value.raw_response.status_code == 200


# --- the package ----------------------------------------------------------------------------------------------------


def test_the_surface(petshop: ModuleType) -> None:
    client = petshop.SDK()

    assert client.sdk is client
    assert sorted(name for name in dir(client.pets) if not name.startswith("_")) == [
        "create_pet",
        "delete_pet",
        "get_pet",
        "get_visit",
        "list_pets",
        "replace_pet",
    ]
    client.close()


def test_the_server_of_the_document_is_the_default(petshop: ModuleType) -> None:
    client = petshop.SDK()

    assert client._session.auth.base_url(petshop._operations.GET_PET) == "https://eu.petshop.example/v2"
    client.close()


def test_type_checkers_agree(package: Path) -> None:
    config = str(ROOT / "pyproject.toml")

    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--config-file",
            config,
            "--cache-dir",
            str(package / ".mypy"),
            "-p",
            PACKAGE,
        ],
        cwd=package / "src",
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.stdout.startswith("Success"), result.stdout + result.stderr
