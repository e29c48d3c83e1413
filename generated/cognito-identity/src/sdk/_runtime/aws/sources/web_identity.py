"""A role for who holds a token of an identity provider, such as the service account of a Kubernetes pod.

The token's file is read at each load, because the provider replaces it.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...errors import CredentialsError
from ..credentials import Credentials
from ..profiles import Profile
from .assume_role import session_name
from .documents import read_token
from .outside import Outside
from .sts import request_role

__all__ = ["assume_role_with_token"]

_VARIABLES = {
    "web_identity_token_file": "AWS_WEB_IDENTITY_TOKEN_FILE",
    "role_arn": "AWS_ROLE_ARN",
    "role_session_name": "AWS_ROLE_SESSION_NAME",
}


def assume_role_with_token(profile: Profile, outside: Outside, variables: Mapping[str, str]) -> Credentials:
    """Assume a role with a token; the request is not signed.

    Args:
        profile: Its settings count where `variables` has none.
        outside: The surroundings.
        variables: Environment variables, empty where the profile alone decides.

    Raises:
        CredentialsError: A setting is missing, the token cannot be read, or the role is refused.
    """
    settings = {name: variables.get(variable) or profile.get(name) for name, variable in _VARIABLES.items()}
    path, role = settings["web_identity_token_file"], settings["role_arn"]
    is_variable = bool(variables.get("AWS_WEB_IDENTITY_TOKEN_FILE"))
    where = "AWS_WEB_IDENTITY_TOKEN_FILE" if is_variable else profile.where("web_identity_token_file")
    if not role:
        raise CredentialsError(f"{where} is set, but {'AWS_ROLE_ARN' if is_variable else 'role_arn'} is not; set both")
    parameters = {
        "RoleArn": role,
        "RoleSessionName": settings["role_session_name"] or session_name(outside),
        "WebIdentityToken": read_token(path or "", where),
    }
    return request_role("AssumeRoleWithWebIdentity", parameters, where, outside)
