"""The pet shop's client, generated once, and the two ways to call it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.rest.recorder import Recorder

PACKAGE = "petshop_client"
DOCUMENT = Path(__file__).parents[1] / "cases" / "rest-petshop" / "openapi.yaml"

Invoke = Callable[..., Any]


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory that the client is generated into."""
    root = tmp_path_factory.mktemp("petshop")
    write_files(root, run(DOCUMENT, package=PACKAGE).files())
    return root


@pytest.fixture(scope="session")
def petshop(package: Path) -> Iterator[ModuleType]:
    """The client's package, imported."""
    with imported(package, PACKAGE) as module:
        yield module


@pytest.fixture(scope="session")
def models(petshop: ModuleType) -> Any:
    """`models` of the client: `errors`, `operations`, `shared`."""
    return petshop.models


@pytest.fixture
def server() -> Iterator[Recorder]:
    """A server that records."""
    with Recorder() as recorder:
        yield recorder


@pytest.fixture(params=["blocking", "asyncio"])
def invoke(request: pytest.FixtureRequest, petshop: ModuleType, models: Any, server: Recorder) -> Invoke:
    """Calls the client: `invoke(lambda client: client.pets.get_pet(...), **arguments of the client)`."""
    key = models.shared.Security(shop_key=models.shared.SchemeShopKey(api_key="k-1"))

    def blocking(call: Callable[[Any], Any], **options: Any) -> Any:
        with petshop.SDK(**{"security": key, "server_url": server.url, "retries": 0, **options}) as client:
            return call(client)

    def asynchronous(call: Callable[[Any], Any], **options: Any) -> Any:
        async def main() -> Any:
            async with petshop.AsyncSDK(
                **{"security": key, "server_url": server.url, "retries": 0, **options}
            ) as client:
                return await call(client)

        return asyncio.run(main())

    return blocking if request.param == "blocking" else asynchronous
