"""Names out of the configuration of another generator, as far as they mean the same.

Which generator a file is for is told by its keys, as each one's public documentation has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from generator.diagnostics import Refusal, Report
from generator.openapi.scan import scan

_OURS: Final = ("distribution", "package", "class", "version")
# Where each generator keeps what; the last step of a way is the key itself.
_WAYS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "openapi-python-client": {
        "distribution": ("project_name_override",),
        "package": ("package_name_override",),
        "version": ("package_version_override",),
    },
    "Speakeasy": {
        "distribution": ("python", "packageName"),
        "package": ("python", "moduleName"),
        "class": ("generation", "sdkClassName"),
        "version": ("python", "version"),
    },
    "OpenAPI Generator": {
        "distribution": ("projectName",),
        "package": ("packageName",),
        "version": ("packageVersion",),
    },
}
_SPEAKEASY_MARK: Final = "configVersion"
_OPTIONS: Final = "additionalProperties"  # where OpenAPI Generator's options may stand too


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """What a configuration says that we can say too.

    Attributes:
        generator: Whose it is.
        names: By the keys of `sdk.toml`.
        left: Its keys that mean nothing here.
    """

    generator: str
    names: Mapping[str, str]
    left: tuple[str, ...]


def read_foreign(path: Path) -> Foreign:
    """Names of a configuration of openapi-python-client, OpenAPI Generator or Speakeasy.

    Raises:
        Refusal: It can't be read, or is none of them.
    """
    values = scan(path, Report()).value
    values = values if isinstance(values, Mapping) else {}
    generator = _generator(values)
    if generator is None:
        raise Refusal.because(
            "CFG016",
            f"{path.name} is no configuration that is known",
            help=f"give one of {', '.join(_WAYS)}, or the names as options",
        )
    if isinstance(values.get(_OPTIONS), Mapping):
        values = {**values, **values[_OPTIONS]}
    found = {ours: _text(values, way) for ours, way in _WAYS[generator].items()}
    taken = {way[0] for ours, way in _WAYS[generator].items() if found[ours]} | {_OPTIONS, _SPEAKEASY_MARK}
    return Foreign(
        generator=generator,
        names={key: found[key] for key in _OURS if found.get(key)},
        left=tuple(key for key in values if key not in taken),
    )


def _generator(values: Mapping[str, Any]) -> str | None:
    if _SPEAKEASY_MARK in values and isinstance(values.get("generation"), Mapping):
        return "Speakeasy"
    options = values.get(_OPTIONS)
    keys = {*values, *(options if isinstance(options, Mapping) else ())}
    flat = (generator for generator in _WAYS if generator != "Speakeasy")
    return next((name for name in flat if any(way[0] in keys for way in _WAYS[name].values())), None)


def _text(values: Mapping[str, Any], way: tuple[str, ...]) -> str:
    value: Any = values
    for key in way:
        value = value.get(key) if isinstance(value, Mapping) else None
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
