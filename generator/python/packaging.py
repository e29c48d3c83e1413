"""What a document says about itself, in the terms of Python packaging.

TOML strings, versions (PEP 440) and licences (SPDX). Each function either returns a form that the packaging tools
accept or says that there is none; none of them passes a string on unchecked. Names are not among them: they come from
the configuration, which checks them.
"""

import re
from typing import Final

from generator.characters import escape, notation
from generator.python.text import Toml

FALLBACK_VERSION: Final = "0.1.0"
# No real version is longer; beyond this Python refuses to turn digits into a number at all.
_VERSION_LENGTH_LIMIT: Final = 64
_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_PLAIN: Final = re.compile(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*", re.ASCII)  # PEP 440 changes nothing in it
_RELEASE_BEFORE_LABEL: Final = re.compile(r"(v?\d+(?:\.\d+)*)[-+ ].*", re.ASCII)

_SURROGATE: Final = re.compile("[\ud800-\udfff]")

# What documents write for a licence, without case, punctuation and filler words.
_LICENCE_NAMES: Final = {
    "apache 2 0": "Apache-2.0", "apache 2": "Apache-2.0", "apache": "Apache-2.0", "mit": "MIT", "isc": "ISC",
    "bsd 2 clause": "BSD-2-Clause", "simplified bsd": "BSD-2-Clause", "bsd 3 clause": "BSD-3-Clause",
    "new bsd": "BSD-3-Clause", "mozilla public 2 0": "MPL-2.0", "mpl 2 0": "MPL-2.0", "unlicense": "Unlicense",
    "gpl 2 0": "GPL-2.0-only", "gpl 3 0": "GPL-3.0-only", "gpl v2": "GPL-2.0-only", "gpl v3": "GPL-3.0-only",
    "lgpl 3 0": "LGPL-3.0-only", "agpl 3 0": "AGPL-3.0-only", "agpl v3": "AGPL-3.0-only", "cc0 1 0": "CC0-1.0",
    "cc by 3 0": "CC-BY-3.0", "cc by 4 0": "CC-BY-4.0", "creative commons attribution 3 0": "CC-BY-3.0",
    "creative commons attribution 4 0": "CC-BY-4.0", "eclipse public 2 0": "EPL-2.0", "eupl 1 2": "EUPL-1.2",
}  # fmt: skip
_LICENCE_FILLER: Final = frozenset({"the", "license", "licence", "licensed", "version", "software"})
_WORD: Final = re.compile(r"[a-z0-9]+")


def toml_string(value: str) -> Toml:
    """Return `value` as a basic string. TOML has no lone surrogates: each becomes U+FFFD."""
    body = _SURROGATE.sub("\ufffd", value).replace("\\", "\\\\").replace('"', '\\"')
    return Toml(f'"{escape(body, spell=_toml_notation)}"')


def version_of(text: str) -> str:
    """Return the public PEP 440 version that `text` stands for.

    A valid version is normalised (`v1.2` gives `1.2`), a date becomes a version (`2014-06-30` gives `2014.6.30`), a
    label that PEP 440 doesn't know is left out (`1.0.0-oas3` gives `1.0.0`). Everything else is `FALLBACK_VERSION`.
    """
    if len(text) > _VERSION_LENGTH_LIMIT:
        return FALLBACK_VERSION
    if _PLAIN.fullmatch(text):
        return text
    from packaging.version import InvalidVersion, Version  # slow to import, and most versions are plain

    dotted = _DATE.sub(r"\1.\2.\3", text.strip())
    release = _RELEASE_BEFORE_LABEL.fullmatch(dotted)
    for candidate in (dotted, release.group(1) if release else ""):
        try:
            return Version(candidate).public
        except InvalidVersion:
            continue
    return FALLBACK_VERSION


def spdx_expression(name_or_id: str) -> str | None:
    """Return the SPDX expression for the identifier, expression or usual name of a licence; None when unknown."""
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression  # slow to import

    try:
        return str(canonicalize_license_expression(name_or_id))
    except (InvalidLicenseExpression, ValueError):
        words = (word for word in _WORD.findall(name_or_id.lower()) if word not in _LICENCE_FILLER)
        return _LICENCE_NAMES.get(" ".join(words))


def _toml_notation(char: str) -> str:
    # Python's notation, but for \\xhh, which TOML 1.0 doesn't know.
    return f"\\u{ord(char):04x}" if char not in "\n\r\t" and char <= "\xff" else notation(char)
