"""The files that AWS tools share: what is read from them, and how mistakes are reported."""

from __future__ import annotations

import configparser
from pathlib import Path

import pytest
from botocore.configloader import load_config

from runtime.aws.profiles import load_profile, locate_files, parse, profile_name
from runtime.errors import ConfigurationError

CONFIG = """\
# a comment
; another
[default]
region = eu-west-1
endpoint_url = http://localhost:4566/?a=b # c

[profile work]
    region=us-east-1
    output = json
    services = local
  # indented comment
[profile "two words"]
Region = us-west-2
[services local]
cognito_identity =
    endpoint_url = http://localhost:1

    # comment in a block
    other = x = y
s3 =
  endpoint_url = http://localhost:2
[sso-session main]
sso_region = us-east-1
[plugins]
x = y
"""


@pytest.fixture
def environ(no_files: dict[str, str]) -> dict[str, str]:
    Path(no_files["AWS_CONFIG_FILE"]).write_text(CONFIG)
    return no_files


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_sections_settings_and_blocks(no_files: dict[str, str], newline: str, mark: str) -> None:
    Path(no_files["AWS_CONFIG_FILE"]).write_bytes((mark + CONFIG.replace("\n", newline)).encode())
    work = load_profile(no_files, "work")
    assert work.config.values == {"region": "us-east-1", "output": "json", "services": "local"}
    assert work.service_setting("cognito_identity", "endpoint_url") == "http://localhost:1"
    assert work.service_setting("cognito_identity", "other") == "x = y"
    assert work.service_setting("s3", "endpoint_url") == "http://localhost:2"
    assert work.service_setting("sts", "endpoint_url") is None
    assert load_profile(no_files).get("endpoint_url") == "http://localhost:4566/?a=b # c"
    assert load_profile(no_files, "two words").get("region") == "us-west-2"


def test_what_is_read_is_what_botocore_reads(environ: dict[str, str]) -> None:
    theirs = load_config(environ["AWS_CONFIG_FILE"])
    for name, settings in theirs["profiles"].items():
        assert load_profile(environ, name).config.values == settings
    ours = load_profile(environ).services
    assert {name: section.blocks for name, section in ours.items()} == theirs["services"]


def test_a_value_goes_on_in_indented_lines() -> None:
    text = "[a]\nx = 1\n  2\n  # comment\n  3\ny = z\n"
    reference = configparser.RawConfigParser()
    reference.read_string(text)
    assert parse(text, "f")["a"].values == dict(reference["a"]) == {"x": "1\n2\n3", "y": "z"}


def test_the_credentials_file_names_profiles_without_prefix_and_wins(environ: dict[str, str]) -> None:
    Path(environ["AWS_SHARED_CREDENTIALS_FILE"]).write_text("[work]\nregion = ap-south-1\n[other]\na = b\n")
    assert load_profile(environ, "work").get("region") == "ap-south-1"
    assert load_profile(environ, "work").get("output") == "json"
    assert load_profile(environ, "other").get("a") == "b"


def test_the_prefixed_default_profile_wins(environ: dict[str, str]) -> None:
    Path(environ["AWS_CONFIG_FILE"]).write_text("[default]\nregion = a\n[profile default]\nregion = b\n")
    assert load_profile(environ).get("region") == "b"


def test_a_config_section_without_prefix_is_no_profile(environ: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match="'plugins'"):
        load_profile(environ, "plugins")


@pytest.mark.parametrize(
    ("environ", "name", "expected"),
    [
        ({}, None, "default"),
        ({"AWS_DEFAULT_PROFILE": "b"}, None, "b"),
        ({"AWS_PROFILE": "a", "AWS_DEFAULT_PROFILE": "b"}, None, "a"),
        ({"AWS_PROFILE": "", "AWS_DEFAULT_PROFILE": "b"}, None, "b"),
        ({"AWS_PROFILE": "a"}, "c", "c"),
    ],
)
def test_which_profile(environ: dict[str, str], name: str | None, expected: str) -> None:
    assert profile_name(environ, name) == expected


def test_absent_files_have_an_empty_default_profile_and_no_other(no_files: dict[str, str]) -> None:
    assert load_profile(no_files).get("region") is None
    with pytest.raises(ConfigurationError, match="no profile 'work' in .*credentials or .*config"):
        load_profile(no_files | {"AWS_PROFILE": "work"})


def test_a_directory_counts_as_absent(no_files: dict[str, str]) -> None:
    Path(no_files["AWS_CONFIG_FILE"]).mkdir()
    assert load_profile(no_files).get("region") is None


def test_a_file_that_cannot_be_read(no_files: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    Path(no_files["AWS_CONFIG_FILE"]).write_text("")

    def refuse(*_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(ConfigurationError, match=r"config: cannot be read \(Permission denied\)"):
        load_profile(no_files)


def test_files_are_in_the_home_directory() -> None:
    environ = {"HOME": "/home/me"}
    assert locate_files(environ) == ("/home/me/.aws/credentials", "/home/me/.aws/config")
    assert locate_files(environ | {"AWS_CONFIG_FILE": "~/c", "AWS_SHARED_CREDENTIALS_FILE": "/d"}) == (
        "/d",
        "/home/me/c",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = CANARY\n", "f:1: a setting stands before the first"),
        ("[default]\n\nCANARY\n", "f:3: a setting is written"),
        ("[default]\n= CANARY\n", "f:2: a setting is written"),
        ("[default]\na =\n  CANARY\n", "f:3: a setting is written"),
        ("[default\n", "f:1: a section's title"),
        ("[ ]\n", "f:1: a section's title"),
        ("[a]\n[b]\n[a]\n", r"f:3: the section \[a\] is already at f:1"),
        ("[a]\nx = CANARY\nX = CANARY\n", "f:3: the section already has a setting x"),
        ("[a]\nx =\n y = CANARY\n y = CANARY\n", "f:4: the block x already has a setting y"),
    ],
)
def test_mistakes_name_the_line_and_no_value(text: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^{message}") as caught:
        parse(text, "f")
    assert "CANARY" not in str(caught.value)


def test_bytes_that_are_no_text(no_files: dict[str, str]) -> None:
    Path(no_files["AWS_CONFIG_FILE"]).write_bytes(b"[default]\na = CANARY\nb = \xff\n")
    with pytest.raises(ConfigurationError, match="config:3: is not UTF-8$") as caught:
        load_profile(no_files)
    assert caught.value.__context__ is None


def test_a_services_section_that_does_not_exist(environ: dict[str, str]) -> None:
    Path(environ["AWS_CONFIG_FILE"]).write_text("\n[default]\nservices = none\n")
    with pytest.raises(ConfigurationError, match=r"config:2: there is no section \[services none\]"):
        load_profile(environ).service_setting("cognito_identity", "endpoint_url")


def test_representations_show_names_only() -> None:
    section = parse("[a]\nx = CANARY\n", "f")["a"]
    assert repr(section) == "Section(f:1: x)"
