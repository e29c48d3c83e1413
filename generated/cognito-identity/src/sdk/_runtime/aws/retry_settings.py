"""How often an AWS client tries again where its code does not say: `AWS_MAX_ATTEMPTS` and `AWS_RETRY_MODE`, else
`max_attempts` and `retry_mode` of the profile.

No call fails because a profile cannot be read that it does not need otherwise: what needs one says so itself. A
setting that is there and makes no sense is an error. The mode `legacy` is served by the standard one, which retries
what legacy retried and has a quota beside it, with the five attempts that botocore makes in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import ConfigurationError
from ..retry import Mode, Retries
from .profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .profiles import Profile

__all__ = ["resolve_retries"]

_MODES: Mapping[str, Mode] = {"standard": "standard", "adaptive": "adaptive", "legacy": "standard"}
_LEGACY_ATTEMPTS = 5
_ATTEMPTS = re.compile(r"0*[1-9][0-9]{0,8}")


def resolve_retries(environ: Mapping[str, str], profile: str | None = None) -> Retries:
    """Find the policy; each of the two settings is looked for by itself.

    Args:
        environ: The environment's variables; an empty one counts as unset.
        profile: The profile to read; else the one that the environment names.

    Raises:
        ConfigurationError: The number of attempts is none, or the mode is unknown.
    """
    settings = _Settings(environ, profile)
    attempts, where = settings.get("max_attempts", "AWS_MAX_ATTEMPTS")
    if attempts and not _ATTEMPTS.fullmatch(attempts):
        raise ConfigurationError(f"{where} is {attempts[:80]!r}; it takes a whole number of attempts, 1 or more")
    mode, where = settings.get("retry_mode", "AWS_RETRY_MODE")
    if mode and mode.lower() not in _MODES:
        raise ConfigurationError(f"{where} is {mode[:80]!r}; it takes one of {', '.join(_MODES)}")
    usual = Retries()
    unsaid = _LEGACY_ATTEMPTS if mode and mode.lower() == "legacy" else usual.max_attempts
    return Retries(
        max_attempts=int(attempts) if attempts else unsaid,
        mode=_MODES[mode.lower()] if mode else usual.mode,
    )


class _Settings:
    """The environment, and the profile, which is read once at the first setting that the environment lacks."""

    def __init__(self, environ: Mapping[str, str], profile: str | None) -> None:
        self._environ = environ
        self._name = profile
        self._profile: Profile | None = None
        self._read = False

    def get(self, setting: str, variable: str) -> tuple[str | None, str]:
        """A setting, if there is one, and where it was found."""
        if value := self._environ.get(variable, "").strip():
            return value, variable
        if not self._read:
            self._read = True
            try:
                self._profile = load_profile(self._environ, self._name)
            except ConfigurationError:
                self._profile = None
        if self._profile is None:
            return None, variable
        return self._profile.get(setting), self._profile.where(setting)
