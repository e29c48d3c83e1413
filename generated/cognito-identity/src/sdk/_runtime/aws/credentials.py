"""Who signs: AWS credentials, and the places they are looked for.

The chain is a tuple of sources, asked in order; another kind of credentials is another entry. It refuses to guess: half
a key pair is an error and not a reason to look elsewhere, and so is a profile whose kind is not supported. Credentials
are read when asked for, never when a client is made, so that operations without a signature need none.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from ..errors import CredentialsError
from .profiles import Profile, Section, load_profile, locate_files, profile_name

__all__ = [
    "Credentials",
    "CredentialsProvider",
    "CredentialsSource",
    "EnvironmentSource",
    "ProfileSource",
    "default_chain",
    "resolve_credentials",
]


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """An AWS key pair, with a session token where it is temporary.

    Attributes:
        access_key_id: Names the key pair; the only part that is sent.
        secret_access_key: What requests are signed with.
        session_token: Belongs to temporary credentials.
        expiration: When temporary credentials end, where that is known.
        account_id: The account the credentials belong to, where that is known.

    Raises:
        CredentialsError: A part is empty, or holds white space or a character outside ASCII.
    """

    access_key_id: str
    secret_access_key: str
    session_token: str | None = None
    expiration: datetime | None = None
    account_id: str | None = None

    def __post_init__(self) -> None:
        for name in ("access_key_id", "secret_access_key", "session_token"):
            value = getattr(self, name)
            if value is None and name == "session_token":
                continue
            if not value:
                raise CredentialsError(f"{name} is empty")
            if not (value.isascii() and value.isprintable()) or " " in value:
                # The usual cause is a line break copied along; in a header it would be an injection.
                raise CredentialsError(f"{name} holds white space or a character that no key has")

    def __repr__(self) -> str:
        return f"Credentials(access_key_id='...{self.access_key_id[-4:]}')"


CredentialsProvider = Callable[[], Credentials]
"""What a client asks for credentials before it signs."""


class CredentialsSource(Protocol):
    """One place where credentials may be."""

    def load(self) -> Credentials | None:
        """Return the credentials that are there, or None to have the next source asked.

        Raises:
            ConfigurationError: Something is there but cannot be used.
        """
        ...

    def describe(self) -> str:
        """Say where was looked, for the message that nothing was found."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class EnvironmentSource:
    """Credentials in environment variables."""

    environ: Mapping[str, str]

    def load(self) -> Credentials | None:
        """Read `AWS_ACCESS_KEY_ID` and the variables that belong to it; an empty variable counts as unset."""
        environ = self.environ
        if not _is_key_pair(environ, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", where="in the environment"):
            return None
        try:
            return Credentials(
                environ["AWS_ACCESS_KEY_ID"],
                environ["AWS_SECRET_ACCESS_KEY"],
                # The older name is still set by tools written for the first SDKs.
                environ.get("AWS_SESSION_TOKEN") or environ.get("AWS_SECURITY_TOKEN") or None,
                _expiration(environ.get("AWS_CREDENTIAL_EXPIRATION")),
                environ.get("AWS_ACCOUNT_ID") or None,
            )
        except CredentialsError as error:
            raise CredentialsError(f"the AWS_ variables of the environment: {error.message}") from None

    def describe(self) -> str:
        """Name the variables."""
        return "the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)"


@dataclass(frozen=True, slots=True, repr=False)
class ProfileSource:
    """Static credentials in a profile of the files that AWS tools share."""

    environ: Mapping[str, str]
    profile: str | None = None

    def load(self) -> Credentials | None:
        """Read the key pair of the profile, from the credentials file first; a pair is never put together from both."""
        profile = load_profile(self.environ, self.profile)
        if profile.get("role_arn"):
            # Even beside a key pair: that pair is allowed other things than the role it would assume.
            raise _unsupported(profile, "role_arn", "assuming a role")
        for section in (profile.credentials, profile.config):
            credentials = _static(section)
            if credentials is not None:
                return credentials
        for key, kind in _UNSUPPORTED.items():
            if profile.get(key):
                raise _unsupported(profile, key, kind)
        return None

    def describe(self) -> str:
        """Name the profile and the files."""
        credentials_file, config_file = locate_files(self.environ)
        name = profile_name(self.environ, self.profile)
        return f"profile {name!r} of {credentials_file} and {config_file}"


_UNSUPPORTED = {
    "sso_session": "IAM Identity Center",
    "sso_start_url": "IAM Identity Center",
    "sso_account_id": "IAM Identity Center",
    "credential_process": "an external process",
    "login_session": "a console login",
}


def _unsupported(profile: Profile, key: str, kind: str) -> CredentialsError:
    return CredentialsError(
        f"profile {profile.name!r} takes its credentials from {kind} ({key}), which is not supported yet; "
        f"`aws configure export-credentials --profile {profile.name!r} --format env` prints variables to set instead"
    )


def _static(section: Section) -> Credentials | None:
    if not _is_key_pair(section.values, "aws_access_key_id", "aws_secret_access_key", where=f"at {section.at}"):
        return None
    try:
        return Credentials(
            section.values["aws_access_key_id"],
            section.values["aws_secret_access_key"],
            section.get("aws_session_token") or section.get("aws_security_token"),
            account_id=section.get("aws_account_id"),
        )
    except CredentialsError as error:
        raise CredentialsError(f"{section.at}: {error.message}") from None


def _is_key_pair(settings: Mapping[str, str], key_id: str, secret: str, *, where: str) -> bool:
    """Whether both settings are there; one without the other is a mistake to report, not to skip."""
    missing = [name for name in (key_id, secret) if not settings.get(name)]
    if len(missing) == 1:
        present = secret if missing[0] == key_id else key_id
        raise CredentialsError(f"{present} is set {where}, but {missing[0]} is not; set both")
    return not missing


def _expiration(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise CredentialsError("AWS_CREDENTIAL_EXPIRATION is not a time in ISO 8601") from None
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)


def default_chain(environ: Mapping[str, str], profile: str | None = None) -> tuple[CredentialsSource, ...]:
    """The sources in the order they are asked.

    Args:
        environ: The environment's variables.
        profile: Named in code, it is more explicit than the environment's key pair, which is then not looked at.
    """
    profiles = ProfileSource(environ, profile)
    return (profiles,) if profile else (EnvironmentSource(environ), profiles)


def resolve_credentials(environ: Mapping[str, str] | None = None, profile: str | None = None) -> Credentials:
    """Find credentials in the environment, then in the files that AWS tools share.

    Args:
        environ: Used in place of the process's environment.
        profile: The profile to read; else `AWS_PROFILE`, `AWS_DEFAULT_PROFILE`, `default`.

    Raises:
        CredentialsError: There are none, or they are incomplete or of a kind that is not supported.
        ConfigurationError: A file is malformed, or the profile that was asked for does not exist.
    """
    chain = default_chain(os.environ if environ is None else environ, profile)
    for source in chain:
        credentials = source.load()
        if credentials is not None:
            return credentials
    places = "; ".join(source.describe() for source in chain)
    raise CredentialsError(
        f"no AWS credentials found; looked in: {places}. "
        "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, run `aws configure`, or give the client its credentials"
    )
