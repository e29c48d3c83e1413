"""Where the number of attempts and the mode of retries come from."""

from __future__ import annotations

import pytest

from runtime.aws.retry_settings import resolve_retries
from runtime.errors import ConfigurationError
from runtime.retry import Mode, Retries
from tests.runtime.aws.fakes import write

BOTH = "[default]\nmax_attempts = 7\nretry_mode = adaptive\n"


def test_nothing_said_is_the_default(no_files: dict[str, str]) -> None:
    assert resolve_retries(no_files) == Retries()


def test_the_environment(no_files: dict[str, str]) -> None:
    found = resolve_retries({**no_files, "AWS_MAX_ATTEMPTS": "5", "AWS_RETRY_MODE": "adaptive"})

    assert found == Retries(max_attempts=5, mode="adaptive")


def test_the_profile(no_files: dict[str, str]) -> None:
    write(no_files, config="[profile slow]\nmax_attempts = 9\n" + BOTH)

    assert resolve_retries(no_files) == Retries(max_attempts=7, mode="adaptive")
    assert resolve_retries({**no_files, "AWS_PROFILE": "slow"}) == Retries(max_attempts=9)
    assert resolve_retries(no_files, "slow") == Retries(max_attempts=9)


@pytest.mark.parametrize(
    ("variable", "value", "found"),
    [
        ("AWS_MAX_ATTEMPTS", "2", Retries(max_attempts=2, mode="adaptive")),
        ("AWS_RETRY_MODE", "standard", Retries(max_attempts=7, mode="standard")),
        ("AWS_RETRY_MODE", " ", Retries(max_attempts=7, mode="adaptive")),
        ("AWS_MAX_ATTEMPTS", "", Retries(max_attempts=7, mode="adaptive")),
    ],
)
def test_the_environment_wins_setting_by_setting(
    no_files: dict[str, str], variable: str, value: str, found: Retries
) -> None:
    write(no_files, config=BOTH)

    assert resolve_retries({**no_files, variable: value}) == found


@pytest.mark.parametrize(
    ("written", "mode"),
    [("standard", "standard"), ("Adaptive", "adaptive"), ("legacy", "standard"), ("LEGACY", "standard")],
)
def test_modes(no_files: dict[str, str], written: str, mode: Mode) -> None:
    assert resolve_retries({**no_files, "AWS_RETRY_MODE": written}).mode == mode


def test_legacy_has_the_attempts_that_botocore_makes(no_files: dict[str, str]) -> None:
    legacy = {**no_files, "AWS_RETRY_MODE": "legacy"}

    assert resolve_retries(legacy).max_attempts == 5
    assert resolve_retries({**legacy, "AWS_MAX_ATTEMPTS": "2"}).max_attempts == 2


@pytest.mark.parametrize("value", ["0", "-1", "3.5", "many", "1e3", "٣", "9" * 5000])
def test_a_number_that_is_none(no_files: dict[str, str], value: str) -> None:
    with pytest.raises(ConfigurationError, match="^AWS_MAX_ATTEMPTS is .*whole number of attempts, 1 or more$"):
        resolve_retries({**no_files, "AWS_MAX_ATTEMPTS": value})


def test_a_mode_that_is_none(no_files: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match="^AWS_RETRY_MODE is 'fast'; it takes one of standard, adaptive"):
        resolve_retries({**no_files, "AWS_RETRY_MODE": "fast"})


@pytest.mark.parametrize("line", ["max_attempts = none", "retry_mode = fast"])
def test_a_wrong_setting_is_found_by_file_and_line(no_files: dict[str, str], line: str) -> None:
    write(no_files, config=f"# mine\n[default]\n{line}\n")
    where = f"{line.split(maxsplit=1)[0]} of profile 'default' ({no_files['AWS_CONFIG_FILE']}:2) is "

    with pytest.raises(ConfigurationError) as caught:
        resolve_retries(no_files)
    assert str(caught.value).startswith(where)


def test_a_profile_that_cannot_be_read_says_nothing(no_files: dict[str, str]) -> None:
    write(no_files, config="this is no setting\n")

    assert resolve_retries(no_files) == Retries()
    assert resolve_retries({**no_files, "AWS_MAX_ATTEMPTS": "2"}) == Retries(max_attempts=2)
    assert resolve_retries({**no_files, "AWS_PROFILE": "missing"}) == Retries()


def test_a_profile_that_is_not_needed_is_not_read(no_files: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runtime.aws.retry_settings.load_profile", lambda *_: pytest.fail("read"))

    resolve_retries({**no_files, "AWS_MAX_ATTEMPTS": "2", "AWS_RETRY_MODE": "standard"})
