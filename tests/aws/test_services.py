"""Services of AWS over all their protocols, through moto, which knows nothing of us.

Their documents are made from botocore's own descriptions: something is made, read, listed page by page, missed and
deleted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.aws.lives import LIVES, Life
from tests.aws.services import Made, services


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    with services(Path(tmp_path_factory.mktemp("services"))) as make:
        yield make


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
    assert Counter(life.protocol for life in LIVES) == {
        "aws_json": 4,
        "aws_rest_json": 2,
        "aws_query": 3,
        "aws_ec2": 1,
        "aws_rest_xml": 3,
    }
