"""Where credentials are found, in which order, and what is refused."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime

import pytest

from runtime.aws.chain import resolve_credentials
from runtime.aws.credentials import Credentials
from runtime.errors import ConfigurationError, CredentialsError
from tests.runtime.aws.fakes import pair, write

ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "env-secret"}


def test_environment(no_files: dict[str, str]) -> None:
    assert resolve_credentials(no_files | ENVIRONMENT) == Credentials("AKIDENV", "env-secret")
    everything = ENVIRONMENT | {
        "AWS_SESSION_TOKEN": "token",
        "AWS_SECURITY_TOKEN": "older",
        "AWS_CREDENTIAL_EXPIRATION": "2026-01-02T03:04:05Z",
        "AWS_ACCOUNT_ID": "123456789012",
    }
    assert resolve_credentials(no_files | everything) == Credentials(
        "AKIDENV", "env-secret", "token", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "123456789012"
    )


def test_older_name_of_the_token(no_files: dict[str, str]) -> None:
    assert resolve_credentials(no_files | ENVIRONMENT | {"AWS_SECURITY_TOKEN": "older"}).session_token == "older"


@pytest.mark.parametrize(
    ("text", "hour"), [("2026-01-02T03:00:00", 3), ("2026-01-02T03:00:00+02:00", 1), ("2026-01-02T03:00:00.5Z", 3)]
)
def test_expiration_is_utc(no_files: dict[str, str], text: str, hour: int) -> None:
    expiration = resolve_credentials(no_files | ENVIRONMENT | {"AWS_CREDENTIAL_EXPIRATION": text}).expiration
    assert expiration is not None
    assert (expiration.hour, expiration.tzinfo) == (hour, UTC)


def test_expiration_that_is_no_time(no_files: dict[str, str]) -> None:
    with pytest.raises(CredentialsError, match="AWS_CREDENTIAL_EXPIRATION"):
        resolve_credentials(no_files | ENVIRONMENT | {"AWS_CREDENTIAL_EXPIRATION": "soon"})


@pytest.mark.parametrize("missing", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
@pytest.mark.parametrize("emptied", [True, False])
def test_half_a_pair_in_the_environment(no_files: dict[str, str], missing: str, emptied: bool) -> None:
    write(no_files, credentials=f"[default]\n{pair('FILE')}")
    environ = no_files | ENVIRONMENT | ({missing: ""} if emptied else {})
    if not emptied:
        del environ[missing]
    with pytest.raises(CredentialsError, match=f"but {missing} is not"):
        resolve_credentials(environ)


def test_environment_then_credentials_file_then_config_file(no_files: dict[str, str]) -> None:
    write(no_files, config=f"[default]\n{pair('CONFIG')}")
    assert resolve_credentials(no_files) == Credentials("AKIDCONFIG", "CONFIG-secret")
    write(no_files, credentials=f"[default]\n{pair('FILE')}", config=f"[default]\n{pair('CONFIG')}")
    assert resolve_credentials(no_files) == Credentials("AKIDFILE", "FILE-secret")
    assert resolve_credentials(no_files | ENVIRONMENT) == Credentials("AKIDENV", "env-secret")


def test_the_profile(no_files: dict[str, str]) -> None:
    write(no_files, credentials=f"[default]\n{pair('D')}[a]\n{pair('A')}aws_session_token = t\naws_account_id = 1\n")
    expected = Credentials("AKIDA", "A-secret", "t", account_id="1")
    assert resolve_credentials(no_files, "a") == expected
    assert resolve_credentials(no_files | {"AWS_PROFILE": "a"}) == expected
    # A profile named in code is more explicit than the environment; one named by the environment is not.
    assert resolve_credentials(no_files | ENVIRONMENT, "a") == expected
    assert resolve_credentials(no_files | ENVIRONMENT | {"AWS_PROFILE": "a"}).access_key_id == "AKIDENV"


def test_environment_credentials_need_no_readable_files(no_files: dict[str, str]) -> None:
    write(no_files, config="garbage")
    assert resolve_credentials(no_files | ENVIRONMENT).access_key_id == "AKIDENV"
    with pytest.raises(ConfigurationError, match="config:1"):
        resolve_credentials(no_files)


def test_a_pair_is_never_put_together_from_two_files(no_files: dict[str, str]) -> None:
    write(no_files, credentials="[default]\naws_access_key_id = A\n", config="[default]\naws_secret_access_key = S\n")
    with pytest.raises(CredentialsError, match=r"set at .*credentials:1, but aws_secret_access_key is not"):
        resolve_credentials(no_files)


def test_nothing_found_says_where_was_looked_and_what_to_do(no_files: dict[str, str]) -> None:
    with pytest.raises(CredentialsError) as caught:
        resolve_credentials(no_files)
    files = (no_files["AWS_CONFIG_FILE"], no_files["AWS_SHARED_CREDENTIALS_FILE"])
    for part in ("AWS_ACCESS_KEY_ID", *files, "'default'", "AWS_CONTAINER_", "switched off", "aws configure"):
        assert part in str(caught.value)


def test_a_profile_that_does_not_exist(no_files: dict[str, str]) -> None:
    with pytest.raises(ConfigurationError, match="no profile 'missing'"):
        resolve_credentials(no_files, "missing")


@pytest.mark.parametrize(
    ("config", "kind"),
    [
        ("login_session = arn", "takes its credentials from a console login"),
        ("role_arn = r\nsource_profile = default\nmfa_serial = CANARY", "needs a one-time password"),
    ],
)
def test_kinds_that_are_not_supported(no_files: dict[str, str], config: str, kind: str) -> None:
    write(no_files, config=f"[profile p]\n{config}\n")
    with pytest.raises(CredentialsError, match=f"'p' {kind} .* not supported") as caught:
        resolve_credentials(no_files, "p")
    assert "aws configure export-credentials --profile 'p'" in str(caught.value)
    assert "CANARY" not in str(caught.value)


def test_static_keys_beside_another_kind(no_files: dict[str, str]) -> None:
    write(no_files, credentials=f"[default]\n{pair('A')}", config="[default]\nsso_session = main\n")
    assert resolve_credentials(no_files).access_key_id == "AKIDA"
    # These keys would act as the user in place of the role.
    write(no_files, credentials=f"[default]\n{pair('A')}", config="[default]\nrole_arn = r\n")
    with pytest.raises(CredentialsError, match="neither source_profile nor credential_source"):
        resolve_credentials(no_files)


def test_the_process_environment_is_the_default(no_files: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (no_files | ENVIRONMENT).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    assert resolve_credentials().access_key_id == "AKIDENV"


@pytest.mark.parametrize("bad", ["", "a\n", "a b", "\r\nX-Evil: 1", "é", "\x00"])
@pytest.mark.parametrize("part", ["access_key_id", "secret_access_key", "session_token"])
def test_parts_that_could_not_be_sent(part: str, bad: str) -> None:
    parts = {"access_key_id": "A", "secret_access_key": "S", "session_token": "T", part: bad}
    with pytest.raises(CredentialsError, match=f"^{part} ") as caught:
        Credentials(**parts)  # type: ignore[arg-type]
    assert "Evil" not in str(caught.value)


def test_unusable_parts_say_where_they_are(no_files: dict[str, str]) -> None:
    with pytest.raises(CredentialsError, match="environment: secret_access_key holds"):
        resolve_credentials(no_files | ENVIRONMENT | {"AWS_SECRET_ACCESS_KEY": "a\n"})
    write(no_files, credentials="\n[default]\naws_access_key_id = A # comment\naws_secret_access_key = S\n")
    with pytest.raises(CredentialsError, match=r"credentials:2: access_key_id holds"):
        resolve_credentials(no_files)


def test_an_expiration_without_a_zone() -> None:
    with pytest.raises(CredentialsError, match="time zone"):
        Credentials("A", "S", expiration=datetime(2026, 1, 1))  # noqa: DTZ001


def test_copies_and_pickles() -> None:
    credentials = Credentials("A", "S", "T", datetime(2026, 1, 1, tzinfo=UTC), "1")
    assert pickle.loads(pickle.dumps(credentials)) == copy.deepcopy(credentials) == credentials
