"""Endpoints that code asks for: of FIPS 140, of IPv6."""

from __future__ import annotations

from typing import Any

import pytest

import sdk
from sdk._runtime.http import Headers, HTTPRequest, HTTPResponse, Timeout
from sdk.models import errors

POOL = "eu-west-1:12345678-1234-4123-8123-123456789012"


class Wire:
    """A transport that keeps the hosts."""

    def __init__(self) -> None:
        self.hosts: list[str] = []

    def send(self, request: HTTPRequest, timeout: Timeout) -> HTTPResponse:
        self.hosts.append(request.origin.host)
        return HTTPResponse(200, Headers(()), b"{}")

    def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize(
    ("asked", "host"),
    [
        ({}, "cognito-identity.us-east-1.amazonaws.com"),
        ({"use_fips": True}, "cognito-identity-fips.us-east-1.amazonaws.com"),
        ({"use_dual_stack": True}, "cognito-identity.us-east-1.amazonaws.com"),
        ({"use_fips": True, "use_dual_stack": True}, "cognito-identity-fips.us-east-1.amazonaws.com"),
    ],
)
def test_the_endpoint_is_the_one_that_was_asked_for(asked: dict[str, Any], host: str) -> None:
    wire = Wire()
    with sdk.SDK(region="us-east-1", transport=wire, **asked) as client:
        client.get_id(identity_pool_id=POOL)
    assert wire.hosts == [host]


def test_code_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_USE_FIPS_ENDPOINT", "true")
    wire = Wire()
    for asked in ({}, {"use_fips": False}):
        with sdk.SDK(region="us-east-1", transport=wire, **asked) as client:
            client.get_id(identity_pool_id=POOL)
    assert wire.hosts == ["cognito-identity-fips.us-east-1.amazonaws.com", "cognito-identity.us-east-1.amazonaws.com"]


@pytest.mark.parametrize("name", ["use_fips", "use_dual_stack"])
@pytest.mark.parametrize("client", [sdk.SDK, sdk.AsyncSDK])
def test_a_server_and_a_kind_of_endpoint_contradict_each_other(client: Any, name: str) -> None:
    with pytest.raises(errors.ConfigurationError, match=f"server_url names an endpoint, and {name} asks for one"):
        client(server_url="https://example.com", **{name: True})
