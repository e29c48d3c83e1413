"""Key pairs that are written down: in environment variables, and in a section of the files that AWS tools share.

A pair is never put together from two places, and half of one is a mistake to report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...errors import CredentialsError
from ..credentials import Credentials
from ..profiles import Section
from .documents import read_time

__all__ = ["EnvironmentSource", "read_section"]


@dataclass(frozen=True, slots=True, repr=False)
class EnvironmentSource:
    """Credentials in environment variables."""

    environ: Mapping[str, str]

    def load(self) -> Credentials | None:
        """Read `AWS_ACCESS_KEY_ID` and the variables that belong to it; an empty variable counts as unset."""
        environ = self.environ
        if not _is_key_pair(environ, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", where="in the environment"):
            return None
        expiration = environ.get("AWS_CREDENTIAL_EXPIRATION")
        ends = read_time(expiration, "AWS_CREDENTIAL_EXPIRATION") if expiration else None
        try:
            return Credentials(
                environ["AWS_ACCESS_KEY_ID"],
                environ["AWS_SECRET_ACCESS_KEY"],
                # The older name is still set by tools written for the first SDKs.
                environ.get("AWS_SESSION_TOKEN") or environ.get("AWS_SECURITY_TOKEN") or None,
                ends,
                environ.get("AWS_ACCOUNT_ID") or None,
            )
        except CredentialsError as error:
            raise CredentialsError(f"the AWS_ variables of the environment: {error.message}") from None

    def describe(self) -> str:
        """Name the variables."""
        return "the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)"


def read_section(section: Section) -> Credentials | None:
    """The key pair of a profile's section of one file, None where it has none.

    Raises:
        CredentialsError: It has half of one, or one that cannot be used.
    """
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
    missing = [name for name in (key_id, secret) if not settings.get(name)]
    if len(missing) == 1:
        present = secret if missing[0] == key_id else key_id
        raise CredentialsError(f"{present} is set {where}, but {missing[0]} is not; set both")
    return not missing
