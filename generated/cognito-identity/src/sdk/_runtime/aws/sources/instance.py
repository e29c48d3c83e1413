"""Credentials of an EC2 instance, from its metadata service (IMDS).

It is asked last and on suspicion: most machines are no instances, so that whatever is not an answer, from silence to a
portal's page, means that there are no credentials here. It never waits longer than a second for anything by default.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ...errors import CredentialsError, ReadTimeout
from ...http import HTTPRequest, HTTPResponse
from ..credentials import Credentials
from ..profiles import load_profile
from .documents import Spelling, read_credentials, read_object
from .instance_settings import InstanceSettings, read_settings
from .outside import Outside, split_url

__all__ = ["InstanceSource"]

_ROLES = "/latest/meta-data/iam/security-credentials/"
_SESSION_SECONDS = "21600"
_SUCCESS = 200
# What a service that only knows the first version, or does not want to issue tokens, answers.
_NO_TOKENS = (403, 404, 405)
_SPELLING = Spelling(token="Token")  # noqa: S106  (what it is called, and not what it is)


@dataclass(slots=True, repr=False)
class InstanceSource:
    """Credentials of the instance's role."""

    outside: Outside
    _found: str = field(default="not asked", init=False)

    def load(self) -> Credentials | None:
        """Ask the metadata service for a session, the role and its credentials.

        Raises:
            ConfigurationError: A setting is wrong.
        """
        environ = self.outside.environ
        if environ.get("AWS_EC2_METADATA_DISABLED", "").lower() == "true":
            self._found = "switched off by AWS_EC2_METADATA_DISABLED"
            return None
        settings = read_settings(environ, load_profile(environ, self.outside.profile))
        try:
            return _Service(settings, self.outside).credentials()
        except CredentialsError as error:
            self._found = error.message
            return None

    def describe(self) -> str:
        """Say what the service answered."""
        return f"the EC2 instance metadata ({self._found})"


class _Service:
    def __init__(self, settings: InstanceSettings, outside: Outside) -> None:
        self._settings = settings
        self._outside = outside
        self._origin, path = split_url(settings.endpoint, "the endpoint of the metadata service")
        self._path = path.rstrip("/")

    def credentials(self) -> Credentials:
        session = self._session()
        role = self._get(_ROLES, session).body.split(b"\n")[0].strip()
        if not role or b"<" in role:  # a page of a portal
            raise CredentialsError("it names no role")
        from urllib.parse import quote  # here, because the chain seldom gets this far

        body = self._get(_ROLES + quote(role, safe=""), session).body
        document = read_object(body, "the answer")
        if document.get("Code", "Success") != "Success":
            raise CredentialsError("the role cannot be used")
        return read_credentials(document, "the answer", _SPELLING)

    def _session(self) -> list[tuple[str, str]]:
        """The header of a session, none where the service knows only the first version of its protocol."""
        try:
            reply = self._send("PUT", "/latest/api/token", [("X-aws-ec2-metadata-token-ttl-seconds", _SESSION_SECONDS)])
        except CredentialsError as error:
            # A token travels one hop only: inside a container it may get lost where other answers do not.
            if not isinstance(error.__cause__, ReadTimeout):
                raise
            reply = None
        if reply is not None and reply.status_code == _SUCCESS:
            token = reply.body.decode("ascii", "replace").strip()
            if not token.isascii() or not token.isprintable() or " " in token or not token:
                raise CredentialsError("it answers with something else than a token")
            return [("X-aws-ec2-metadata-token", token)]
        if reply is not None and reply.status_code not in _NO_TOKENS:
            raise CredentialsError(f"it answers with status {reply.status_code}")
        if self._settings.needs_session:
            raise CredentialsError("it issues no token, and the first version of its protocol is switched off")
        return []

    def _get(self, path: str, session: list[tuple[str, str]]) -> HTTPResponse:
        reply = self._send("GET", path, session)
        if reply.status_code != _SUCCESS:
            raise CredentialsError(f"it answers with status {reply.status_code}")
        return reply

    def _send(self, method: str, path: str, headers: list[tuple[str, str]]) -> HTTPResponse:
        request = HTTPRequest(method, self._origin, self._path + path, headers)
        settings = self._settings
        return self._outside.send(
            request, self._origin.host, seconds=settings.seconds, attempts=settings.attempts, is_local=True
        )
