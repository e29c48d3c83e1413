"""`sdk.testing.Stub`: what the users of a client test their own programs with."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import sdk
from sdk.models import errors, operations, shared
from sdk.testing import Stub, UnexpectedRequest

SOURCE = Path(sdk.__file__).parents[1]
POOL = "eu-west-1:12345678-1234-4123-8123-123456789012"
NEW_POOL: dict[str, Any] = {"identity_pool_name": "mine", "allow_unauthenticated_identities": True}


@pytest.fixture
def stub() -> Stub:
    return Stub()


@pytest.fixture
def client(stub: Stub) -> sdk.SDK:
    return stub.client()


# --- what is answered when nothing is prepared ---------------------------------------------------------------------


def test_every_operation_answers_with_what_its_class_promises(stub: Stub) -> None:
    for name, operation in stub.operations.items():
        response = stub.on(name)._standing(recorded(stub, name))

        assert response.status_code == 200
        assert bool(response.body) is (operation.output is not None), name
    assert stub.unmet() == {}


def recorded(stub: Stub, name: str) -> Any:
    from sdk.testing import RecordedCall

    request: Any = None
    return RecordedCall(operation=name, name=name, request=request, attempt=1, http=request)


def test_a_reply_says_what_the_request_said(client: sdk.SDK) -> None:
    pool = client.create_identity_pool(**NEW_POOL, identity_pool_tags={"team": "blue"}).identity_pool

    assert (pool.identity_pool_name, pool.allow_unauthenticated_identities) == ("mine", True)
    assert pool.identity_pool_tags == {"team": "blue"}
    assert pool.identity_pool_id


def test_what_is_made_up_agrees_between_operations(client: sdk.SDK) -> None:
    made = client.create_identity_pool(**NEW_POOL).identity_pool.identity_pool_id

    assert next(iter(client.list_identity_pools(max_results=1))).identity_pool_id == made


def test_values_are_the_same_in_every_process() -> None:
    program = (
        "from sdk.testing import Stub\n"
        "s = Stub()\n"
        "c = s.client()\n"
        "print(c.get_identity_pool_roles(identity_pool_id='x:0').raw_response.body)\n"
        "print(c.list_identities(identity_pool_id='x:0', max_results=3).raw_response.body)\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONPATH": str(SOURCE), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(said) == 1


def test_nothing_of_it_is_imported_by_the_client() -> None:
    program = (
        "import sys, sdk, sdk.async_client; print([n for n in sys.modules if 'testing' in n or 'constraint' in n])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(SOURCE)}, capture_output=True, check=True, text=True
    )

    assert done.stdout == "[]\n"


def test_credentials_that_are_made_up_have_not_expired(stub: Stub, client: sdk.SDK) -> None:
    found = client.get_credentials_for_identity(identity_id=POOL).get_credentials_for_identity_response.credentials

    assert found is not None
    assert found.expiration is not None
    assert found.expiration > stub.clock.now()


# --- what is prepared ----------------------------------------------------------------------------------------------


def test_members_that_are_not_named_are_made_up(stub: Stub, client: sdk.SDK) -> None:
    stub.on(client.describe_identity_pool).reply(identity_pool_name="prepared")

    pool = client.describe_identity_pool(identity_pool_id=POOL).identity_pool

    assert (pool.identity_pool_name, pool.identity_pool_id) == ("prepared", POOL)
    assert pool.cognito_identity_providers


def test_what_is_prepared_counts_more_than_what_was_sent(stub: Stub, client: sdk.SDK) -> None:
    stub.on(client.create_identity_pool).reply(identity_pool_name="renamed")

    assert client.create_identity_pool(**NEW_POOL).identity_pool.identity_pool_name == "renamed"


def test_a_whole_body_is_sent_as_it_is(stub: Stub, client: sdk.SDK) -> None:
    body = shared.IdentityPool(identity_pool_id=POOL, identity_pool_name="x", allow_unauthenticated_identities=False)
    stub.on("describe_identity_pool").reply(body)

    assert client.describe_identity_pool(identity_pool_id=POOL).identity_pool == body

    stub.on("describe_identity_pool").reply({"IdentityPoolName": None})

    assert client.describe_identity_pool(identity_pool_id=POOL).raw_response.body == b'{"IdentityPoolName":null}'


def test_counted_answers_come_first_and_in_order(stub: Stub, client: sdk.SDK) -> None:
    route = stub.on(client.get_id).reply(identity_id="last")
    route.reply(identity_id="first", times=1).reply(identity_id="second", times=2)

    assert stub.pending == {"get_id": 3}
    found = [client.get_id(identity_pool_id=POOL).get_id_response.identity_id for _ in range(5)]

    assert found == ["first", "second", "second", "last", "last"]
    assert stub.pending == {}


@pytest.mark.parametrize(
    ("members", "said"),
    [
        (
            {"identity_pool_nam": "x"},
            "IdentityPool has no member 'identity_pool_nam'; did you mean 'identity_pool_name'?",
        ),
        ({"identity_pool_name": 5}, "IdentityPool.identity_pool_name: Expected `str`, got `int`"),
    ],
)
def test_a_mistake_belongs_to_the_line_that_made_it(stub: Stub, members: dict[str, Any], said: str) -> None:
    with pytest.raises(TypeError, match=f"^{said.replace('?', '.')}$"):
        stub.on("create_identity_pool").reply(**members)


def test_unknown_operations_are_told_apart(stub: Stub) -> None:
    with pytest.raises(LookupError, match=r"there is no operation 'get_idd'; did you mean 'get_id'\?"):
        stub.on("get_idd")  # type: ignore[arg-type]


DOCUMENTED = sorted(
    name for name, value in vars(errors).items() if isinstance(value, type) and value.__module__ == errors.__name__
)


@pytest.mark.parametrize("name", DOCUMENTED)
def test_each_documented_error_can_be_raised(stub: Stub, client: sdk.SDK, name: str) -> None:
    stub.on(client.get_id).fail(getattr(errors, name), "because")

    with pytest.raises(getattr(errors, name)) as caught:
        client.get_id(identity_pool_id=POOL, retries=0)

    assert (caught.value.code, caught.value.message) == (name, "because")
    assert caught.value.status_code == (500 if name == "InternalErrorException" else 400)
    assert caught.value.request_id


def test_so_can_others_with_all_that_they_carry(stub: Stub, client: sdk.SDK) -> None:
    stub.on(client.get_id).fail("BrandNewException", "no", status=418, Reason="tea")

    with pytest.raises(errors.APIError) as caught:
        client.get_id(identity_pool_id=POOL)

    assert (caught.value.code, caught.value.status_code, caught.value.data["Reason"]) == (
        "BrandNewException",
        418,
        "tea",
    )


def test_an_error_needs_a_code(stub: Stub) -> None:
    with pytest.raises(ValueError, match="an error needs a code: APIError has none here"):
        stub.on("get_id").fail(errors.APIError)


def test_throttled_calls_are_tried_again_and_nobody_waits(stub: Stub, client: sdk.SDK) -> None:
    stub.on(client.get_id).throttle(times=2, retry_after=1.5)

    assert client.get_id(identity_pool_id=POOL).attempts == 3
    assert [call.attempt for call in stub.calls] == [1, 2, 3]
    assert stub.clock.waits == [1.5, 1.5]


def test_lost_connections_are_tried_again(stub: Stub, client: sdk.SDK) -> None:
    stub.on(client.get_id).lose(times=1).lose(times=3, error=errors.ReadTimeout("no answer"))

    with pytest.raises(errors.ReadTimeout, match="no answer"):
        client.get_id(identity_pool_id=POOL)

    assert [call.response for call in stub.calls] == [None] * 3
    assert stub.pending == {"get_id": 1}


def test_pages_lead_to_each_other(stub: Stub, client: sdk.SDK) -> None:
    stub.on(client.list_identities).pages(3, items=2)

    result = client.list_identities(identity_pool_id=POOL, max_results=2)
    found = [identity.identity_id for identity in result]

    assert len(set(found)) == 6
    assert len(stub.calls) == 3
    assert result.pages
    again = client.list_identities(identity_pool_id=POOL, max_results=2, next_token=result.next_token)
    assert [each.identity_id for each in again.items] == found[2:4]


def test_without_preparation_there_is_one_page(stub: Stub, client: sdk.SDK) -> None:
    assert len(list(client.list_identity_pools(max_results=5))) == 2
    assert client.list_identity_pools(max_results=5, next_token="t").next_token is None
    assert len(stub.calls) == 2


def test_a_token_that_no_page_gave_is_no_page(stub: Stub, client: sdk.SDK) -> None:
    stub.on(client.list_identities).pages(2)

    with pytest.raises(UnexpectedRequest, match="no page led to the token 'elsewhere'"):
        client.list_identities(identity_pool_id=POOL, max_results=2, next_token="elsewhere")


def test_only_what_has_pages_has_pages(stub: Stub) -> None:
    with pytest.raises(TypeError, match="get_id has no pages"):
        stub.on("get_id").pages(2)


def test_bytes_can_be_anything(stub: Stub, client: sdk.SDK) -> None:
    stub.on(client.get_id).raw(502, {"Content-Type": "text/html"}, b"<h1>Bad gateway</h1>")

    with pytest.raises(errors.APIError) as caught:
        client.get_id(identity_pool_id=POOL)

    assert (caught.value.status_code, caught.value.attempts, caught.value.request_id) == (502, 3, None)


def test_a_function_can_answer(stub: Stub, client: sdk.SDK) -> None:
    def answer(call: Any) -> Any:
        if call.body.identity_pool_id != POOL:
            raise errors.ResourceNotFoundException(f"no {call.body.identity_pool_id}")
        return None if call.body.logins else shared.GetIdResponse(identity_id="anonymous")

    stub.on(client.get_id).answer(answer)

    assert client.get_id(identity_pool_id=POOL).get_id_response.identity_id == "anonymous"
    assert client.get_id(identity_pool_id=POOL, logins={"a": "b"}).get_id_response.identity_id != "anonymous"
    with pytest.raises(errors.ResourceNotFoundException, match="no other"):
        client.get_id(identity_pool_id="other")


# --- what is written down ------------------------------------------------------------------------------------------


def test_requests_are_read_back_into_their_classes(stub: Stub, client: sdk.SDK) -> None:
    request = operations.CreateIdentityPoolRequest(
        request=shared.CreateIdentityPoolInput(
            **NEW_POOL,
            cognito_identity_providers=[shared.CognitoIdentityProvider(provider_name="p", client_id="c")],
        )
    )

    client.create_identity_pool(request, extra_headers={"X-Trace": "t-1"})

    (call,) = stub.calls
    assert (call.operation, call.name, call.request, call.body) == (
        "create_identity_pool",
        "CreateIdentityPool",
        request,
        request.request,
    )
    assert (call.headers["x-trace"], call.signed, call.attempt) == ("t-1", True, 1)
    assert call.response is not None
    assert call.response.status_code == 200


def test_public_operations_are_not_signed(stub: Stub, client: sdk.SDK) -> None:
    client.get_id(identity_pool_id=POOL)

    assert stub.calls[0].signed is False


def test_secrets_do_not_show(stub: Stub, client: sdk.SDK) -> None:
    client.get_id(identity_pool_id=POOL, logins={"provider": "canary-token"})

    assert "canary-token" not in repr(stub.calls)
    assert stub.calls[0].body.logins == {"provider": "canary-token"}


def test_what_the_api_does_not_know_is_an_assertion_and_sent_once(stub: Stub, client: sdk.SDK) -> None:
    number: Any = 5
    with pytest.raises(AssertionError, match=r"get_id was sent .*Expected `str`, got `int` - at `\$.IdentityPoolId`"):
        client.get_id(identity_pool_id=number, validate="none")

    request = sdk.HTTPRequest("POST", sdk._runtime.http.Origin("http", "x", 1), "/", [("X-Amz-Target", "A.Nope")])
    with pytest.raises(UnexpectedRequest, match="Amazon Cognito Identity has no operation for X-Amz-Target 'A.Nope'"):
        stub.send(request, sdk.Timeout())
    assert stub.calls == []


def test_a_strict_stub_refuses_what_breaks_the_limits() -> None:
    client = Stub(strict=True).client()

    assert client.get_id(identity_pool_id=POOL).attempts == 1
    with pytest.raises(
        UnexpectedRequest, match=r"does not allow: GetId was not sent: identity_pool_id: .*does not match"
    ):
        client.get_id(identity_pool_id="no pool")


# --- time ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [3, -3])
def test_a_skewed_server_is_believed_after_one_refusal(stub: Stub, client: sdk.SDK, hours: int) -> None:
    stub.skew(timedelta(hours=hours))

    first, second = (client.create_identity_pool(**NEW_POOL) for _ in range(2))

    assert (first.attempts, second.attempts) == (2, 1)
    refused = stub.calls[0].response
    assert refused is not None
    assert refused.headers["x-amzn-errortype"] == "InvalidSignatureException"
    assert client.get_id(identity_pool_id=POOL).attempts == 1  # nothing is dated where nothing is signed


def test_waiting_takes_no_time_and_moves_the_clock(stub: Stub) -> None:
    day, ticks = stub.clock.now(), stub.clock.monotonic()

    stub.clock.sleep(3600)
    asyncio.run(stub.clock.sleep_async(1800))

    assert timedelta(minutes=90) <= stub.clock.now() - day < timedelta(minutes=91)
    assert 5400 <= stub.clock.monotonic() - ticks < 5460
    assert stub.clock.waits == [3600, 1800]


def test_resetting_forgets_everything(stub: Stub, client: sdk.SDK) -> None:
    stub.on(client.get_id).fail("Nope").throttle(3)
    stub.skew(timedelta(hours=3))
    client.list_identity_pools(max_results=1)

    stub.reset()

    assert (stub.calls, stub.pending) == ([], {})
    assert client.get_id(identity_pool_id=POOL).attempts == 1
    assert client.create_identity_pool(**NEW_POOL).attempts == 1


# --- both clients, several threads -----------------------------------------------------------------------------------


def test_asyncio_clients_talk_to_the_same_stub(stub: Stub) -> None:
    stub.on("get_id").throttle(1)
    stub.on("list_identities").pages(2)

    async def calls() -> tuple[int, int]:
        async with stub.async_client() as client:
            found = await client.get_id(identity_pool_id=POOL)
            page = await client.list_identities(identity_pool_id=POOL, max_results=2)
            return found.attempts, len([each async for each in page])

    assert asyncio.run(calls()) == (2, 4)
    assert stub.on(sdk.AsyncSDK.get_id) is stub.on(sdk.SDK.get_id) is stub.on("get_id")


def test_a_client_of_ones_own_takes_it_as_its_transport(stub: Stub, keys: None) -> None:
    with sdk.SDK(transport=stub) as client:
        client.create_identity_pool(**NEW_POOL)

    assert stub.calls[0].http.origin.host == "cognito-identity.us-east-1.amazonaws.com"


def test_a_stub_s_client_reads_nothing_of_the_environment(
    stub: Stub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in {
        "AWS_PROFILE": "missing",
        "AWS_ENDPOINT_URL": "not a url",
        "AWS_MAX_ATTEMPTS": "many",
        "AWS_REGION": "!",
    }.items():
        monkeypatch.setenv(name, value)

    assert stub.client().create_identity_pool(**NEW_POOL).attempts == 1


def test_threads_share_it(stub: Stub, client: sdk.SDK) -> None:
    stub.on(client.get_id).reply(identity_id="counted", times=40)
    found: list[str | None] = []

    def work() -> None:
        found.extend(client.get_id(identity_pool_id=POOL).get_id_response.identity_id for _ in range(10))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found.count("counted") == 40
    assert len(stub.calls) == 80
    assert len({call.response.headers["x-amzn-requestid"] for call in stub.calls if call.response}) == 80
