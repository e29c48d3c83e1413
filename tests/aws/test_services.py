"""Services of AWS over all their protocols, through moto, which knows nothing of us.

Their documents are made from botocore's own descriptions: something is made, read, listed page by page, missed and
deleted.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.aws.json_lives import JSON_LIVES
from tests.aws.life import Life
from tests.aws.services import Made
from tests.aws.xml_lives import XML_LIVES

LIVES = (*JSON_LIVES, *XML_LIVES)


def _items(result: Any) -> list[Any]:
    """The items of all pages; of a service that has none, those of the result."""
    return list(result) if hasattr(result, "__iter__") else result.items or []


def _pages(result: Any) -> int:
    return len(list(result.pages())) if hasattr(result, "pages") else 1


@pytest.mark.parametrize("life", LIVES, ids=[life.service for life in LIVES])
def test_a_life(life: Life, made: Made, moto: str) -> None:
    module = made(life.service, life.operations)
    shared, errors = module.models.shared, module.models.errors
    security = shared.Security(hmac=shared.SchemeHmac(access_key_id="AKIDEXAMPLE", secret_access_key="secret"))
    assert (Path(module.__file__ or "").parent / "_runtime" / "protocols" / f"{life.protocol}.py").exists()

    with module.SDK(security, server_url=moto, region="us-east-1", retries=0) as client:
        life.before(client, moto)
        ids = [life.make(client, shared, f"thing{number}") for number in range(life.things)]
        assert life.read(client, shared, ids[0]) == "thing0"
        assert set(ids) <= {life.identifier(item) for item in _items(life.listed(client))}
        assert _pages(life.listed(client)) >= life.pages
        with pytest.raises(getattr(errors, life.error)) as caught:
            life.miss(client)
        assert caught.value.code == life.code
        assert 400 <= caught.value.status_code < 500
        assert caught.value.message
        for id_ in ids:
            assert life.delete(client, shared, id_).status_code // 100 == 2


def test_every_protocol_is_among_them() -> None:
    """At least 12 services go through all five steps, with a second page; the others' lists have none in moto."""
    assert Counter(life.protocol for life in LIVES if life.pages > 1) == {
        "aws_json": 6,
        "aws_rest_json": 2,
        "aws_query": 3,
        "aws_ec2": 1,
        "aws_rest_xml": 3,
    }
    assert {life.service for life in LIVES if life.pages == 1} == {"kms", "lambda", "apigateway"}


def test_sts_which_has_nothing_to_list(made: Made, moto: str, caplog: pytest.LogCaptureFixture) -> None:
    """Who calls, credentials for a while, and who calls with them; nobody sees these."""
    caplog.set_level("DEBUG")
    module = made("sts", ("AssumeRole", "GetCallerIdentity"))
    shared = module.models.shared

    def client(*secrets: str) -> Any:
        names = ("access_key_id", "secret_access_key", "session_token")
        security = shared.Security(hmac=shared.SchemeHmac(**dict(zip(names, secrets, strict=False))))
        return module.SDK(security, server_url=moto, region="us-east-1", retries=0)

    with client("AKIDEXAMPLE", "secret") as first:
        assert first.get_caller_identity().get_caller_identity_response.account == "123456789012"
        role = "arn:aws:iam::123456789012:role/reader"
        lent = first.assume_role(role_arn=role, role_session_name="me").assume_role_response.credentials
    with client(lent.access_key_id, lent.secret_access_key, lent.session_token) as second:
        assert second.get_caller_identity().get_caller_identity_response.arn.endswith(":assumed-role/reader/me")
    for secret in (lent.secret_access_key, lent.session_token):
        assert secret not in repr(lent)
        assert secret not in caplog.text
    assert "AssumeRole" in caplog.text
