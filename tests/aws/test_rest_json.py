"""AWS REST-JSON: created, read, listed, missed and deleted through moto, and through the stub that clients ship."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.aws.conftest import Connect, Package, Stubbed
from tests.aws.json_lives import ROLE, service_role


@pytest.fixture
def code() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("handler.py", "def handle(event, context): return event")
    return buffer.getvalue()


def test_a_life_of_a_function(connect: Connect, package: Package, moto: str, code: bytes) -> None:
    models, client = package("lambda").models, connect("lambda")
    service_role(moto)
    content = models.shared.CreateFunctionRequestCode(zip_file=code)

    made = client.create_function(
        function_name="echo", role=ROLE, handler="handler.handle", runtime="python3.13", code=content
    )
    assert made.status_code == 201
    assert made.function.code_size == len(code)
    assert client.get_function(function_name="echo").function_details.configuration.handler == "handler.handle"
    assert [each.function_name for each in client.list_functions().function_list.functions] == ["echo"]
    assert client.delete_function(function_name="echo").status_code == 204
    with pytest.raises(models.errors.ResourceNotFoundException) as caught:
        client.get_function(function_name="echo")
    assert caught.value.status_code == 404  # not the status that the document invents
    assert "echo" in caught.value.message


def test_the_stub_is_signed_for_and_fails_as_the_service_does(stubbed: Stubbed) -> None:
    stub, client, models = stubbed("lambda")
    assert client.get_function(function_name="a b").status_code == 200
    sent = stub.calls[-1].http
    assert sent.target == "/2015-03-31/functions/a%20b"
    assert "/us-east-1/lambda/aws4_request" in dict(sent.headers)["Authorization"]
    stub.on("get_function").fail(models.errors.ResourceNotFoundException, message="gone")
    with pytest.raises(models.errors.ResourceNotFoundException, match="gone"):
        client.get_function(function_name="x")
