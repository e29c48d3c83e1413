"""boto3."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from benchmarks.compare.clients.peer import KEYS, Connection, Failure, Lacking, Options, Peer, snake


class _Connection(Connection):
    def __init__(self, options: Options) -> None:
        config: dict[str, Any] = {}
        retries = {"total_max_attempts": options.attempts, "mode": options.retry_mode}
        if any(retries.values()):
            config["retries"] = {name: value for name, value in retries.items() if value}
        if options.seconds is not None:
            config |= {"connect_timeout": options.seconds, "read_timeout": options.seconds}
        config |= {"use_fips_endpoint": True} if options.fips else {}
        config |= {"use_dualstack_endpoint": True} if options.dual_stack else {}
        keys = dict(zip(("aws_access_key_id", "aws_secret_access_key"), KEYS, strict=True)) if options.keys else {}
        self.native: Any = boto3.session.Session().client(
            "cognito-identity",
            endpoint_url=options.url,
            region_name=options.region,
            config=Config(**config) if config else None,
            **keys,
        )
        if options.hook is not None:
            hook = options.hook
            self.native.meta.events.register("before-send.cognito-identity", lambda **_: hook())

    def call(self, operation: str, **members: Any) -> Any:
        return getattr(self.native, snake(operation))(**members)

    def close(self) -> None:
        self.native.close()


class _Boto3(Peer):
    name = "boto3"
    distribution = "boto3"
    module = "boto3"
    roots = ("botocore", "boto3")
    log_names = ("boto3", "botocore")

    def connect(self, options: Options) -> Connection:
        return _Connection(options)

    def failure(self, error: BaseException) -> Failure:
        if not isinstance(error, ClientError):
            return Failure(message=str(error))
        told: Any = error.response
        facts = told.get("ResponseMetadata", {})
        return Failure(
            code=told.get("Error", {}).get("Code"),
            message=told.get("Error", {}).get("Message"),
            status=facts.get("HTTPStatusCode"),
            request_id=facts.get("RequestId"),
        )

    def at(self, result: Any, *path: str | int) -> Any:
        for step in path:
            result = result.get(step) if isinstance(step, str) else result[step]
        return result

    def items(self, connection: Any, operation: str, key: str, **members: Any) -> Iterator[Any]:
        if not connection.native.can_paginate(snake(operation)):
            raise Lacking("no paginator")
        for page in connection.native.get_paginator(snake(operation)).paginate(**members):
            yield from page[key]

    def request_id(self, result: Any) -> str | None:
        found: str | None = result["ResponseMetadata"].get("RequestId")
        return found

    def attempts(self, result: Any) -> int:
        return int(result["ResponseMetadata"]["RetryAttempts"]) + 1

    def to_json(self, result: Any) -> str:
        return json.dumps({name: value for name, value in result.items() if name != "ResponseMetadata"})

    def stubbed(self) -> str:
        connection = _Connection(Options())
        with Stubber(connection.native) as stubber:
            stubber.add_response("list_identity_pools", {"IdentityPools": [{"IdentityPoolName": "made up"}]})
            result = connection.call("ListIdentityPools", MaxResults=5)
        found = self.at(result, "IdentityPools", 0, "IdentityPoolName")
        return "answers without a network" if found == "made up" else repr(found)

    def stubbed_wrongly(self) -> str:
        with Stubber(_Connection(Options()).native) as stubber:
            try:
                stubber.add_response("list_identity_pools", {"IdentityPools": "none"})
            except Exception as error:  # noqa: BLE001  (any client may raise anything)
                return f"refused: {type(error).__name__}"
        return "taken"


PEER = _Boto3()
