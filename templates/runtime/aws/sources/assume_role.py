"""A role that is assumed with other credentials: those of another profile, or of a place that is named.

The other profile may take a role too, and so on, until one has credentials of its own. Profiles that take their role
from each other are refused.
"""

from __future__ import annotations

from collections.abc import Callable

from ...errors import ConfigurationError, CredentialsError
from ..credentials import Credentials, CredentialsSource
from ..profiles import Profile, load_profile
from .container import ContainerSource
from .instance import InstanceSource
from .key_pairs import EnvironmentSource, read_section
from .outside import Outside
from .sts import request_role
from .unsupported import refuse

__all__ = ["assume_role", "session_name"]

_Load = Callable[[Profile], Credentials | None]


def session_name(outside: Outside) -> str:
    """A name for a session that nobody named, as it will stand in the account's logs."""
    return f"sdk-{int(outside.clock().timestamp())}"


def assume_role(profile: Profile, outside: Outside, load: _Load, seen: tuple[str, ...] = ()) -> Credentials:
    """Assume the role of a profile.

    Args:
        profile: Its `role_arn` is the role.
        outside: The surroundings.
        load: Gets the credentials of a profile without a role.
        seen: The profiles that wait for this one's credentials.

    Raises:
        CredentialsError: A setting is missing or wrong, there is nothing to assume the role with, or it is refused.
        ConfigurationError: A profile that is named does not exist.
    """
    refuse(profile, "mfa_serial")
    where = profile.where("role_arn")
    parameters = {
        "RoleArn": profile.get("role_arn"),
        "RoleSessionName": profile.get("role_session_name") or session_name(outside),
        "ExternalId": profile.get("external_id"),
        "DurationSeconds": _duration(profile),
    }
    other, place = profile.get("source_profile"), profile.get("credential_source")
    if other and place:
        raise CredentialsError(f"{where}: source_profile and credential_source are both set; drop one of them")
    if other:
        signer = _of_profile(other, profile, outside, load, (*seen, profile.name))
    elif place:
        signer = _of_place(place, profile, outside)
    else:
        raise CredentialsError(f"{where}: neither source_profile nor credential_source says who assumes the role")
    return request_role("AssumeRole", {name: text for name, text in parameters.items() if text}, where, outside, signer)


def _duration(profile: Profile) -> str | None:
    duration = profile.get("duration_seconds")
    if duration is not None and not (duration.isascii() and duration.isdigit()):
        raise CredentialsError(f"{profile.where('duration_seconds')} is not a number of seconds")
    return duration


def _of_profile(name: str, user: Profile, outside: Outside, load: _Load, seen: tuple[str, ...]) -> Credentials:
    where = user.where("source_profile")
    try:
        profile = load_profile(outside.environ, name)
    except ConfigurationError as error:
        raise ConfigurationError(f"{where}: {error.message}") from None
    has_role = profile.get("role_arn") and not profile.get("web_identity_token_file")
    # A key pair ends the chain, so that a profile may name itself: its own pair then assumes its role.
    if has_role and not (read_section(profile.credentials) or read_section(profile.config)):
        if name in seen:
            raise CredentialsError(f"{where}: the profiles go round in a circle: {' -> '.join((*seen, name))}")
        return assume_role(profile, outside, load, seen)
    credentials = load(profile)
    if credentials is None:
        raise CredentialsError(f"{where}: profile {name!r} has no credentials")
    return credentials


def _of_place(name: str, profile: Profile, outside: Outside) -> Credentials:
    where = profile.where("credential_source")
    places: dict[str, CredentialsSource] = {
        "Environment": EnvironmentSource(outside.environ),
        "Ec2InstanceMetadata": InstanceSource(outside),
        "EcsContainer": ContainerSource(outside),
    }
    if name not in places:
        raise CredentialsError(f"{where} is none of {', '.join(places)}")
    credentials = places[name].load()
    if credentials is None:
        raise CredentialsError(f"{where}: there are no credentials in {places[name].describe()}")
    return credentials
