"""A client is given credentials of its own API and of no other: else it would call in somebody else's name."""

from __future__ import annotations

from typing import Any

import pytest
import showcase.models.shared

from sdk import SDK, AsyncSDK
from sdk.models import shared
from sdk.models.errors import ConfigurationError

KEYS = {"access_key_id": "AKIDEXAMPLE", "secret_access_key": "secret"}
MISTAKES = [
    (shared.SchemeHmac(**KEYS), r"takes a sdk\.models\.shared\.Security, not a sdk\.models\.shared\.SchemeHmac: "
     r"write Security\(hmac=\.\.\.\)$"),
    ("AKIDEXAMPLE", r"security takes a sdk\.models\.shared\.Security, not a str$"),
    ({"hmac": KEYS}, "not a dict$"),
    (showcase.models.shared.Security(), r"not a showcase\.models\.shared\.Security$"),
    (shared.Security(hmac="AKIDEXAMPLE"), r"hmac of security takes a sdk\.models\.shared\.SchemeHmac, not a str$"),
]  # fmt: skip


@pytest.mark.parametrize(("security", "message"), MISTAKES)
@pytest.mark.parametrize("client", [SDK, AsyncSDK])
def test_a_mistake_belongs_to_the_line_that_made_it(client: Any, security: Any, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message) as caught:
        client(security, region="eu-west-1")
    assert "AKIDEXAMPLE" not in str(caught.value)


def test_so_does_a_later_one() -> None:
    with SDK(region="eu-west-1") as client, pytest.raises(ConfigurationError, match="not a str"):
        client.config_security("AKIDEXAMPLE")  # type: ignore[arg-type]


def test_a_class_below_will_do() -> None:
    class Own(shared.Security):
        pass

    with SDK(Own(hmac=shared.SchemeHmac(**KEYS)), region="eu-west-1"):
        pass
