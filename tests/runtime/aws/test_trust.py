"""Which certificate authorities AWS's tools trust."""

from __future__ import annotations

from pathlib import Path

import pytest

from runtime.aws.trust import ca_bundle
from runtime.errors import ConfigurationError


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    config = tmp_path / "config"
    config.write_text("[default]\nca_bundle = ~/own.pem\n[profile other]\nregion = eu-west-1\n")
    return {"HOME": str(tmp_path), "AWS_CONFIG_FILE": str(config)}


def test_the_system_s_where_nothing_is_said(tmp_path: Path) -> None:
    assert ca_bundle({"HOME": str(tmp_path)}) is True


def test_the_variable_comes_first(environ: dict[str, str]) -> None:
    assert ca_bundle(environ | {"AWS_CA_BUNDLE": "/etc/corporate.pem"}) == "/etc/corporate.pem"


def test_the_profile_s(environ: dict[str, str], tmp_path: Path) -> None:
    assert ca_bundle(environ | {"AWS_CA_BUNDLE": ""}) == f"{tmp_path}/own.pem"
    assert ca_bundle(environ, "other") is True
    assert ca_bundle(environ | {"AWS_PROFILE": "other"}) is True


def test_a_profile_that_does_not_exist(environ: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match="no profile 'missing'"):
        ca_bundle(environ, "missing")
