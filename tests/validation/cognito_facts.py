"""What Amazon Cognito Identity says of its values, as a table of our own: the shapes of its service model, and for
those with a pattern, text that matches and a character that must not be in it.
"""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """A string: its limits; a beginning and a character to fill up with that match its pattern; one that does not."""

    low: int
    high: int
    start: str = ""
    filler: str = "é"
    bad: str | None = None

    def of_length(self, length: int) -> str:
        """Text that matches, of a length that is long enough for its beginning."""
        return self.start + self.filler * (length - len(self.start))


_IDENTITY = Text(1, 55, start="eu-west-1:", filler="0", bad="G")
TEXTS = {
    "ARNString": Text(20, 2048),
    "AccountId": Text(1, 15, filler="7", bad="x"),
    "ClaimName": Text(1, 64, filler="ß", bad=" "),
    "ClaimValue": Text(1, 128),
    "CognitoIdentityProviderClientId": Text(1, 128, filler="_", bad="-"),
    "CognitoIdentityProviderName": Text(1, 128, filler=":", bad="é"),
    "DeveloperProviderName": Text(1, 128, filler=".", bad="/"),
    "DeveloperUserIdentifier": Text(1, 1024),
    "IdentityId": _IDENTITY,
    "IdentityPoolId": _IDENTITY,
    "IdentityPoolName": Text(1, 128, filler=" ", bad="é"),
    "IdentityProviderId": Text(1, 128, filler=";", bad=":"),
    "IdentityProviderName": Text(1, 128),
    "IdentityProviderToken": Text(1, 50000),
    "PaginationKey": Text(1, 65535, filler="😀", bad="\n"),
    "PrincipalTagID": Text(1, 128),
    "PrincipalTagValue": Text(1, 256),
    "TagKeysType": Text(1, 128),
    "TagValueType": Text(0, 256),
}
ENUMS = {
    "AmbiguousRoleResolutionType": ("AuthenticatedRole", "Deny"),
    "MappingRuleMatchType": ("Equals", "Contains", "StartsWith", "NotEqual"),
    "RoleMappingType": ("Token", "Rules"),
}
# A pattern that two words match, and nothing else.
WORDS = {"RoleType": ("authenticated", "unauthenticated")}
NUMBERS = {"QueryLimit": (1, 60), "TokenDuration": (1, 86400)}
# The least and the most items or entries, None where there is no limit.
COUNTS: dict[str, tuple[int | None, int | None]] = {
    "IdentityIdList": (1, 60),
    "IdentityProviders": (None, 10),
    "LoginsMap": (None, 10),
    "MappingRulesList": (1, 400),
    "PrincipalTags": (None, 50),
    "RoleMappingMap": (None, 10),
    "RolesMap": (None, 2),
}
