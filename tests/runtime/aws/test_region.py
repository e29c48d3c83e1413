"""Where the region is found, and what cannot be one."""

from __future__ import annotations

from pathlib import Path

import pytest

from runtime.aws.region import check_region, resolve_region, split_fips
from runtime.errors import ConfigurationError


def test_order(no_files: dict[str, str]) -> None:
    environ = dict(no_files)
    Path(environ["AWS_CONFIG_FILE"]).write_text("[default]\nregion = r-4\n[profile p]\nregion = r-5\n")
    assert resolve_region(None, environ) == "r-4"
    assert resolve_region(None, environ, "p") == "r-5"
    assert resolve_region(None, environ | {"AWS_PROFILE": "p"}) == "r-5"
    environ["AWS_DEFAULT_REGION"] = "r-3"
    assert resolve_region(None, environ) == "r-3"
    environ["AWS_REGION"] = "r-2"
    assert resolve_region(None, environ) == "r-2"
    assert resolve_region("r-1", environ) == "r-1"


def test_empty_counts_as_unset(no_files: dict[str, str]) -> None:
    assert resolve_region("", no_files | {"AWS_REGION": "", "AWS_DEFAULT_REGION": "r-3"}) == "r-3"


def test_files_are_read_only_where_they_are_needed(no_files: dict[str, str]) -> None:
    Path(no_files["AWS_CONFIG_FILE"]).write_text("garbage")
    assert resolve_region(None, no_files | {"AWS_REGION": "r-2"}) == "r-2"
    with pytest.raises(ConfigurationError, match="config:1"):
        resolve_region(None, no_files)


def test_none_says_what_to_set(no_files: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match="AWS_REGION, or set region in profile 'default'"):
        resolve_region(None, no_files)


@pytest.mark.parametrize(
    "region",
    [
        "us-east-1.evil.com/#",
        "evil.com",
        "us-east-1\n",
        "us east 1",
        "-us",
        "us-",
        "123",
        "a" * 64,
        "us_east_1",
        "ü",
        "u@x",
        "",
    ],
)
def test_what_is_no_host_label(region: str) -> None:
    with pytest.raises(ConfigurationError, match="cannot be an AWS region"):
        check_region(region)


@pytest.mark.parametrize(
    "region", ["us-east-1", "mars-north-1", "aws-global", "fips-us-east-1", "local", "1a", "a" * 63]
)
def test_regions_need_not_be_known(region: str) -> None:
    assert check_region(region) == region


def test_the_message_names_the_source(no_files: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match="^AWS_REGION is 'a/b'"):
        resolve_region(None, no_files | {"AWS_REGION": "a/b"})
    Path(no_files["AWS_CONFIG_FILE"]).write_text("[default]\nregion = us-east-1 # home\n")
    with pytest.raises(ConfigurationError, match="^region of profile 'default' is 'us-east-1 # home'"):
        resolve_region(None, no_files)


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("us-east-1", ("us-east-1", False)),
        ("fips-us-east-1", ("us-east-1", True)),
        ("us-gov-west-1-fips", ("us-gov-west-1", True)),
    ],
)
def test_pseudo_regions(region: str, expected: tuple[str, bool]) -> None:
    assert split_fips(region) == expected
