"""Servers: chosen by name, URL or position, with variables; of the document, a path and an operation."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.cases.installing import imported, write_files
from tests.cases.stages import run, write_document
from tests.rest.recorder import Recorder

PACKAGE = "places_client"
DOCUMENT = Path(__file__).parent / "servers.yaml"
TENANTS = "https://{tenant}.example.invalid:{timeout}"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("servers")
    write_files(directory, run(DOCUMENT, package=PACKAGE).files())
    return directory


@pytest.fixture(scope="module")
def sdk(root: Path) -> Iterator[ModuleType]:
    with imported(root, PACKAGE) as module:
        yield module


@pytest.fixture
def server() -> Iterator[Recorder]:
    with Recorder() as recorder:
        yield recorder


@pytest.fixture
def host(server: Recorder) -> str:
    return server.url.removeprefix("http://").removesuffix("/v2")


@pytest.mark.parametrize("choice", [None, 0, "local"])
def test_variables_are_arguments(sdk: ModuleType, server: Recorder, host: str, choice: Any) -> None:
    with sdk.SDK(server=choice, host=host, base_path="v3/x", retries=0) as client:
        client.list_things()

    assert server.request.target == "/v3/x/things"


def test_defaults(sdk: ModuleType, server: Recorder, host: str) -> None:
    async def call() -> None:
        async with sdk.AsyncSDK(host=host) as client:
            await client.list_things()

    asyncio.run(call())

    assert server.request.target == "/v1/things"


@pytest.mark.parametrize(
    ("options", "target"),
    [
        ({}, "/first/elsewhere"),
        ({"server": "local"}, "/first/elsewhere"),
        ({"server": "tenants"}, "/slow/elsewhere"),
        ({"server": "tenants", "lane": "fast"}, "/fast/elsewhere"),
    ],
)
def test_servers_of_a_path(sdk: ModuleType, server: Recorder, host: str, options: dict[str, Any], target: str) -> None:
    with sdk.SDK(host=host, **options) as client:
        client.get_elsewhere()

    assert server.request.target == target


def test_a_relative_server_of_an_operation(sdk: ModuleType, server: Recorder, host: str) -> None:
    with sdk.SDK(host=host) as client:
        client.get_beside()

    assert server.request.target == "/other/beside"


def test_server_url_goes_before_all(sdk: ModuleType, server: Recorder) -> None:
    with sdk.SDK(server_url=server.url) as client:
        client.get_elsewhere()

    assert server.request.target == "/v2/elsewhere"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"server": "remote"}, "no server 'remote': it is one of 'local', 'tenants', 'https://third.example.invalid/'"),
        ({"server": 3}, "or 0 to 2"),
        ({"scheme": "ftp"}, "'scheme' of the server's URL is one of 'http', 'https'"),
        ({"server": 1, "timeout_": "80"}, "'timeout' of the server's URL is one of '443', '8443'"),
        ({"server": "tenants", "tenant": "evil.invalid/"}, "'tenant' is part of a host's name"),
        ({"server": TENANTS, "tenant": "a@evil.invalid"}, "'tenant' is part of a host's name"),
        ({"base_path": "../admin"}, "segment"),
        ({"host": 5}, "'host' of the server's URL is a str"),
        ({"server": 0, "server_url": "https://a.invalid"}, "stands for itself"),
    ],
)
def test_what_cannot_be_is_refused_by_the_constructor(sdk: ModuleType, options: dict[str, Any], message: str) -> None:
    with pytest.raises(sdk.models.errors.ConfigurationError) as raised:
        sdk.SDK(**options)
    assert message in str(raised.value)


def test_a_wrong_value_for_a_server_of_an_operation(sdk: ModuleType, host: str) -> None:
    with (
        sdk.SDK(server="tenants", lane="left", host=host) as client,
        pytest.raises(sdk.models.errors.ConfigurationError, match="'slow', 'fast'"),
    ):
        client.get_elsewhere()


def test_the_readme_lists_servers_and_variables(root: Path) -> None:
    text = (root / "README.md").read_text()

    assert "| `local` | `{scheme}://{host}/{base-path}` | On this machine \\| only. |" in text
    assert "| `2` | `https://third.example.invalid/` |  |" in text
    assert "| `timeout_` | `443`, `8443` | `443` |  |" in text


def test_servers_that_lack_something(tmp_path: Path) -> None:
    document = write_document(
        tmp_path,
        """
        servers: [{url: /v1}, {url: "https://{who}.example.invalid", name: second}]
        paths:
          /things:
            get: {operationId: listThings, responses: {"204": {description: None.}}}
        """,
    )
    write_files(tmp_path, run(document, package="lacking").files())
    with imported(tmp_path, "lacking") as sdk:
        for options, message in (({}, "pass server_url="), ({"server": "second"}, "needs a value for 'who'")):
            with sdk.SDK(**options) as client, pytest.raises(sdk.models.errors.ConfigurationError, match=message):
                client.list_things()


def test_types(root: Path, mypy: Callable[[str, Path], str]) -> None:
    program = f"""from {PACKAGE} import SDK
SDK(server="local", scheme="https", host="a", timeout_="443", timeout=5)
SDK(server=2)
SDK(server="remote")  # type: ignore[arg-type]
SDK(scheme="ftp")  # type: ignore[arg-type]
"""
    assert mypy(program, root) == ""
