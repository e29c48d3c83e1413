"""The pet shop's client, generated once, and the two ways to call it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
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


@pytest.fixture
def mypy(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path], str]:
    """What `mypy --strict` says of a program, given the package's directory; empty for nothing."""

    def check(program: str, root: Path) -> str:
        file = tmp_path / "program.py"
        file.write_text(program, encoding="utf-8")
        # Workers beside this one have caches of their own: mypy's is not made for two at a time.
        cache = tmp_path_factory.getbasetemp() / "mypy"
        command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", str(cache), str(file)]
        env = {"MYPYPATH": str(root / "src"), "PATH": ""}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=env, cwd=tmp_path)
        return done.stdout + done.stderr

    return check


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
