"""Models as values: to plain data and JSON and back, equality, copies, pickles."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, datetime

import pytest

from sdk.models import errors, shared

POOL = shared.IdentityPool(
    identity_pool_id="us-east-1:1",
    identity_pool_name="pool",
    allow_unauthenticated_identities=False,
    cognito_identity_providers=[shared.CognitoIdentityProvider(provider_name="p", client_id="c")],
    identity_pool_tags={"a": "b"},
)
PLAIN = {
    "IdentityPoolId": "us-east-1:1",
    "IdentityPoolName": "pool",
    "AllowUnauthenticatedIdentities": False,
    "CognitoIdentityProviders": [{"ProviderName": "p", "ClientId": "c"}],
    "IdentityPoolTags": {"a": "b"},
}


def test_plain_data_has_the_names_of_the_wire_and_no_nulls() -> None:
    assert POOL.to_dict() == PLAIN
    assert json.loads(POOL.to_json()) == PLAIN


def test_there_and_back() -> None:
    assert shared.IdentityPool.from_dict(PLAIN) == POOL
    assert shared.IdentityPool.from_json(POOL.to_json()) == POOL
    assert shared.IdentityPool.from_json(POOL.to_json().encode()) == POOL


def test_reading_is_as_tolerant_as_for_replies() -> None:
    read = shared.IdentityDescription.from_dict({"IdentityId": "x", "CreationDate": 0, "Logins": None, "More": 1})

    assert read == shared.IdentityDescription(identity_id="x", creation_date=datetime(1970, 1, 1, tzinfo=UTC))
    assert shared.RoleMapping.from_dict({"Type": "Other"}).type == "Other"
    assert shared.IdentityPool.from_dict({}).identity_pool_id is None


@pytest.mark.parametrize("text", ["[]", "null", "{", "7"])
def test_what_is_no_object_is_refused(text: str) -> None:
    with pytest.raises(errors.DecodeError):
        shared.IdentityPool.from_json(text)


def test_copies_and_pickles_are_equal_and_apart() -> None:
    for other in (copy.copy(POOL), copy.deepcopy(POOL), pickle.loads(pickle.dumps(POOL))):
        assert other == POOL
        assert other is not POOL

    deep = copy.deepcopy(POOL)
    assert deep.identity_pool_tags is not None
    deep.identity_pool_tags["c"] = "d"
    assert POOL.identity_pool_tags == {"a": "b"}
