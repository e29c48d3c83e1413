"""What AWS JSON writes down."""

from __future__ import annotations

from runtime import model
from runtime.operation import Operation
from runtime.protocols.aws_json import AwsJson


class Body(model.Model, kw_only=True):
    options: str


class Request(model.Model, kw_only=True):
    request: Body | None = None


class Nothing(model.Model, kw_only=True):
    pass


def test_a_body_whose_members_are_no_arguments_is_sent_too() -> None:
    operation = Operation(name="Do", method="POST", path="/", request=Request, result=model.Response)

    assert AwsJson().encode(operation, Request(request=Body(options="a"))).body == b'{"options":"a"}'
    assert AwsJson().encode(operation, Request()).body == b"{}"
    assert AwsJson().encode(operation, Nothing()).body == b"{}"
