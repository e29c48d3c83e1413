"""Kinds of credentials that a profile may ask for and this client cannot get, with the way around them."""

from __future__ import annotations

from ...errors import CredentialsError
from ..profiles import Profile

__all__ = ["refuse"]

_KINDS = {
    "login_session": "takes its credentials from a console login",
    "mfa_serial": "needs a one-time password for its role",
}


def refuse(profile: Profile, setting: str) -> None:
    """Raise where the profile has `setting`, one of the kinds above.

    Raises:
        CredentialsError: It has.
    """
    if profile.get(setting):
        raise CredentialsError(
            f"profile {profile.name!r} {_KINDS[setting]} ({setting}), which is not supported; "
            f"`aws configure export-credentials --profile {profile.name!r} --format env` prints variables to set"
        )
