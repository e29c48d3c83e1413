"""What servers learn of the client: product tokens of a fixed form, and the application's name."""

from __future__ import annotations

import platform
import re
from pathlib import Path

import pytest

from tests.clients.callers import Connect
from tests.clients.stub import Stub

# RFC 9110, section 10.1.5, and what AWS's SDKs agreed on: name/value, in which a value may be key#value.
_TOKEN = r"[A-Za-z0-9!$%&'*+\-.^_`|~,]+"
PRODUCT = re.compile(rf"{_TOKEN}/{_TOKEN}(#{_TOKEN})?")


def user_agent(connect: Connect, stub: Stub, **options: object) -> list[str]:
    """The products that an unsigned call sends."""
    connect(server_url=stub.url, region="us-east-1", **options)("get_id", identity_pool_id="us-east-1:0")
    return (stub.requests[-1].header("User-Agent") or "").split(" ")


def test_products(connect: Connect, stub: Stub) -> None:
    products = user_agent(connect, stub)

    assert all(PRODUCT.fullmatch(product) for product in products if product != "ua/2.1")
    assert products[:3] == ["openapi/0.1.0", "ua/2.1", "api/Cognito-Identity#2014-06-30"]
    assert re.fullmatch(r"os/(linux|macos|windows)#\S+", products[3])
    assert products[4:] == [
        f"lang/python#{platform.python_version()}",
        f"md/pyimpl#{platform.python_implementation()}",
        f"md/arch#{platform.machine()}",
        "m/E",
        "cfg/retry-mode#standard",
    ]


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("my-app", "app/my-app"),
        ("my app/1.0 (x)", "app/my-app-1.0--x-"),
        ("a\r\nX-Injected: 1", "app/a--X-Injected--1"),
        ("caf\u00e9", "app/caf-"),
        ("x" * 60, f"app/{'x' * 50}"),
    ],
)
def test_the_application(given: str, sent: str, connect: Connect, stub: Stub) -> None:
    assert user_agent(connect, stub, app_id=given)[-1] == sent


def test_the_application_by_the_environment_and_the_profile(
    connect: Connect, stub: Stub, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / ".aws").mkdir()
    (home / ".aws" / "config").write_text("[default]\nsdk_ua_app_id = of-profile\n")
    assert user_agent(connect, stub)[-1] == "app/of-profile"
    monkeypatch.setenv("AWS_SDK_UA_APP_ID", "of-environment")
    assert user_agent(connect, stub)[-1] == "app/of-environment"
    assert user_agent(connect, stub, app_id="of-code")[-1] == "app/of-code"
    assert not user_agent(connect, stub, app_id="")[-1].startswith("app/")


@pytest.mark.parametrize("config", ["nonsense\n", "[default]\nregion\n", "\ufffd"])
def test_a_broken_profile_is_not_missed_for_it(config: str, connect: Connect, stub: Stub, home: Path) -> None:
    (home / ".aws").mkdir()
    (home / ".aws" / "config").write_text(config)

    assert not user_agent(connect, stub)[-1].startswith("app/")


def test_a_profile_that_does_not_exist_is_not_missed_for_it(
    connect: Connect, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "absent")

    assert not user_agent(connect, stub)[-1].startswith("app/")
