"""The profile of the files that AWS tools share: which of its settings decides where its credentials come from.

The order is that of the AWS command line. A role comes before a key pair beside it, because that pair is allowed other
things than the role; what a profile asks for and cannot be had is an error, and never a reason to look elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...errors import CredentialsError
from ..credentials import Credentials
from ..profiles import Profile, load_profile, locate_files, profile_name
from .key_pairs import read_section
from .outside import Outside
from .unsupported import refuse

__all__ = ["ProfileSource"]

_NO_VARIABLES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, repr=False)
class ProfileSource:
    """Credentials of a profile, whatever their kind.

    Unless the profile was named in code, the variables of a web identity count as settings of the profile.
    """

    outside: Outside

    def load(self) -> Credentials | None:
        """Read the profile and get what it asks for.

        Raises:
            CredentialsError: What it asks for cannot be had.
            ConfigurationError: A file is malformed, or the profile that was asked for does not exist.
        """
        environ, named = self.outside.environ, self.outside.profile
        profile = load_profile(environ, named)
        if profile.get("role_arn") and not profile.get("web_identity_token_file"):
            from .assume_role import assume_role

            return assume_role(profile, self.outside, self._load_without_role)
        return self._load_without_role(profile, _NO_VARIABLES if named else environ)

    def describe(self) -> str:
        """Name the profile and the files."""
        environ = self.outside.environ
        credentials_file, config_file = locate_files(environ)
        return f"profile {profile_name(environ, self.outside.profile)!r} of {credentials_file} and {config_file}"

    def _load_without_role(self, profile: Profile, variables: Mapping[str, str] = _NO_VARIABLES) -> Credentials | None:
        """Each kind's module is imported by those who have that kind."""
        if variables.get("AWS_WEB_IDENTITY_TOKEN_FILE") or profile.get("web_identity_token_file"):
            from .web_identity import assume_role_with_token

            return assume_role_with_token(profile, self.outside, variables)
        if profile.get("sso_account_id") or profile.get("sso_role_name"):
            from .single_sign_on import sign_on

            return sign_on(profile, self.outside)
        if (keys := read_section(profile.credentials)) is not None:
            return keys
        refuse(profile, "login_session")
        if command := profile.get("credential_process"):
            from .process import run

            return run(command, profile.where("credential_process"))
        if (keys := read_section(profile.config)) is not None:
            return keys
        for setting in ("sso_session", "sso_start_url"):
            if profile.get(setting):
                raise CredentialsError(f"{profile.where(setting)} says where to sign on, but sso_account_id is not set")
        return None
