"""Clients of services of AWS, generated from the small documents beside, and moto, which knows nothing of us."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.aws.services import Made, services
from tests.cases.installing import imported, write_files
from tests.cases.stages import run
from tests.clients.emulators import running

HERE = Path(__file__).parent

Package = Callable[[str], Any]
Connect = Callable[[str], Any]
Stubbed = Callable[[str], tuple[Any, Any, Any]]


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Package]:
    """The package of a document, generated and imported once."""
    made: dict[str, Any] = {}
    with ExitStack() as stack:

        def make(name: str) -> Any:
            if name not in made:
                root = tmp_path_factory.mktemp(name)
                module = f"aws_{name}"
                write_files(root, run(HERE / f"{name}.yaml", package=module).files())
                made[name] = stack.enter_context(imported(root, module))
            return made[name]

        yield make


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The package of a service with some of its operations, made from botocore's own description."""
    with services(tmp_path_factory.mktemp("services")) as make:
        yield make


@pytest.fixture(scope="session")
def moto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of moto's server."""
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    with running(command, tmp_path_factory.mktemp("moto")) as url:
        yield url


@pytest.fixture
def connect(moto: str, package: Package) -> Iterator[Connect]:
    """Makes a client of a document's service, connected to moto."""
    with ExitStack() as stack:

        def make(name: str) -> Any:
            module = package(name)
            scheme = module.models.shared.SchemeHmac(access_key_id="AKIDEXAMPLE", secret_access_key="secret")
            security = module.models.shared.Security(hmac=scheme)
            return stack.enter_context(module.SDK(security, server_url=moto, region="us-east-1", retries=0))

        yield make


@pytest.fixture
def stubbed(package: Package) -> Iterator[Stubbed]:
    """Makes the stub that a client ships, a client of it, and the client's models."""
    with ExitStack() as stack:

        def make(name: str) -> tuple[Any, Any, Any]:
            module = package(name)
            stub = importlib.import_module(f"{module.__name__}.testing").Stub()
            client = stack.enter_context(stub.client(region="us-east-1", retries=0))
            return stub, client, module.models

        yield make
