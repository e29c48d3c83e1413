"""IAM Identity Center: a role for who has signed on with `aws sso login`.

It reads the token that the command left behind, renewed where it ends, and trades it for credentials. Signing on takes
a browser: a message says which command to run.
"""

from __future__ import annotations

from shlex import quote
from urllib.parse import urlencode

from ...errors import CredentialsError
from ...http import HTTPRequest, HTTPResponse
from ..credentials import Credentials
from ..profiles import Profile
from ..region import check_region
from .documents import Spelling, read_credentials, read_object
from .outside import Outside
from .service import locate
from .sso_token import SignedOut, read_sso_token

__all__ = ["sign_on"]

_SECONDS = 20.0
_ATTEMPTS = 2
_SUCCESS, _UNAUTHORIZED = 200, 401
_SPELLING = Spelling("accessKeyId", "secretAccessKey", "sessionToken", "expiration", "accountId")


def sign_on(profile: Profile, outside: Outside) -> Credentials:
    """Get the credentials of the profile's role in the profile's account.

    Raises:
        CredentialsError: A setting is missing, the user has to sign on, or the role is refused.
        ConfigurationError: The region or the endpoint is not valid.
    """
    settings = _settings(profile)
    where = f"profile {profile.name!r}"
    region = check_region(settings["sso_region"], f"sso_region of {where}")
    token = _token(profile, settings, region, outside)
    origin, path = locate("portal.sso", "SSO", region, outside)
    query = urlencode({"role_name": settings["sso_role_name"], "account_id": settings["sso_account_id"]})
    target = f"{path}/federation/credentials?{query}"
    request = HTTPRequest("GET", origin, target, [("x-amz-sso_bearer_token", token)])
    response = outside.send(request, where, seconds=_SECONDS, attempts=_ATTEMPTS)
    return _read(response, profile, settings["sso_account_id"])


def _settings(profile: Profile) -> dict[str, str]:
    """The four settings; those of a session that is named must not contradict the profile's own."""
    name = profile.get("sso_session")
    session = None if name is None else profile.sso_sessions.get(name)
    if name is not None and session is None:
        raise CredentialsError(f"{profile.where('sso_session')}: there is no section [sso-session {name}]")
    found: dict[str, str] = {}
    for setting in ("sso_account_id", "sso_role_name", "sso_region", "sso_start_url"):
        own, shared = profile.get(setting), None if session is None else session.get(setting)
        if own and shared and own != shared:
            raise CredentialsError(f"{profile.where(setting)} differs from that of the section [sso-session {name}]")
        if not (value := own or shared):
            raise CredentialsError(f"profile {profile.name!r} signs on with IAM Identity Center, but has no {setting}")
        found[setting] = value
    return found


def _token(profile: Profile, settings: dict[str, str], region: str, outside: Outside) -> str:
    where = f"the token of profile {profile.name!r}"
    try:
        return read_sso_token(profile.get("sso_session"), settings["sso_start_url"], region, where, outside)
    except SignedOut as error:
        raise _sign_on_again(profile, str(error)) from None


def _read(response: HTTPResponse, profile: Profile, account: str) -> Credentials:
    where = f"profile {profile.name!r}: IAM Identity Center"
    if response.status_code == _UNAUTHORIZED:
        raise _sign_on_again(profile, f"the token of profile {profile.name!r} is not accepted any more")
    if response.status_code != _SUCCESS:
        raise CredentialsError(f"{where} refuses the role (status {response.status_code}): check role name and account")
    parts = read_object(response.body, where).get("roleCredentials")
    if not isinstance(parts, dict):
        raise CredentialsError(f"{where}: roleCredentials is missing")
    milliseconds = parts.get("expiration")
    if not isinstance(milliseconds, int) or isinstance(milliseconds, bool):
        raise CredentialsError(f"{where}: expiration is not a number of milliseconds")
    return read_credentials({**parts, "expiration": milliseconds / 1000, "accountId": account}, where, _SPELLING)


def _sign_on_again(profile: Profile, why: str) -> CredentialsError:
    command = f"aws sso login --profile {quote(profile.name)}"
    return CredentialsError(f"{why}; run `{command}`")
