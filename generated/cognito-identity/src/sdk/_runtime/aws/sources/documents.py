"""Reading what sources find: token files, JSON documents, and the credentials in them.

Messages say what is missing and never what is there. Errors are raised outside `except`, because a decoder's own error
holds the whole document, and a traceback would carry it along.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from ...errors import CredentialsError
from ..credentials import Credentials

__all__ = ["Spelling", "read_credentials", "read_file", "read_object", "read_time", "read_token"]


class Spelling(NamedTuple):
    """What a document calls the parts of credentials; every service has its own words."""

    key_id: str = "AccessKeyId"
    secret: str = "SecretAccessKey"  # noqa: S105  (what it is called, and not what it is)
    token: str = "SessionToken"  # noqa: S105
    expiration: str = "Expiration"
    account: str = "AccountId"


_AS_USUAL = Spelling()


def read_file(path: str, where: str) -> bytes:
    """The content of a file.

    Raises:
        CredentialsError: It cannot be read.
    """
    try:
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "not a path"
        raise CredentialsError(f"{where}: the file {path} cannot be read ({why})") from None


def read_token(path: str, where: str) -> str:
    """The token that is the whole content of a file, without the white space around it.

    Raises:
        CredentialsError: The file cannot be read, is empty or holds something else.
    """
    content = read_file(path, where).strip()
    text = content.decode("ascii", "replace")
    if not text or "\N{REPLACEMENT CHARACTER}" in text or not text.isprintable() or " " in text:
        raise CredentialsError(f"{where}: the file {path} does not hold a token")
    return text


def read_object(body: bytes, where: str) -> dict[str, Any]:
    """A JSON object.

    Raises:
        CredentialsError: It is none.
    """
    try:
        document = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        document = None
    if isinstance(document, dict):
        return document
    raise CredentialsError(f"{where}: what came is not a JSON object")


def read_credentials(
    document: Mapping[str, Any], where: str, spelling: Spelling = _AS_USUAL, *, is_temporary: bool = True
) -> Credentials:
    """The credentials in a document.

    Args:
        document: Where the parts are.
        where: Where the document comes from, for the message.
        spelling: What the parts are called.
        is_temporary: Whether token and expiration must be there.

    Raises:
        CredentialsError: A part is missing or cannot be used.
    """
    required = {spelling.key_id, spelling.secret, *((spelling.token, spelling.expiration) if is_temporary else ())}
    for name in spelling:
        value = document.get(name)
        if not value and name in required:
            raise CredentialsError(f"{where}: {name} is missing")
        if value is not None and name != spelling.expiration and not isinstance(value, str):
            raise CredentialsError(f"{where}: {name} is not text")
    expiration = document.get(spelling.expiration)
    ends = None if expiration is None else read_time(expiration, f"{where}: {spelling.expiration}")
    try:
        return Credentials(
            document[spelling.key_id],
            document[spelling.secret],
            document.get(spelling.token) or None,
            ends,
            document.get(spelling.account) or None,
        )
    except CredentialsError as error:
        raise CredentialsError(f"{where}: {error.message}") from None


def read_time(value: object, where: str) -> datetime:
    """A time in UTC: ISO 8601 text, UTC where it names no zone, or seconds since 1970.

    Raises:
        CredentialsError: It is neither.
    """
    try:
        if isinstance(value, str):
            # Early versions of the AWS command line wrote the zone as a word.
            time = datetime.fromisoformat(value.removesuffix("UTC"))
            return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        pass
    raise CredentialsError(f"{where} is not a time in ISO 8601")
