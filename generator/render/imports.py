"""Imports by use: templates import every module that an annotation may need, and those that none needs are taken out
again.
"""

from __future__ import annotations

import re

# The aliases begin with an underscore, so nothing of the document can look like a use of them.
_IMPORT = re.compile(r"^(?:import \w+|from [\w.]+ import \w+) as (_\w+)\n", re.MULTILINE)


def without_unused_imports(text: str) -> str:
    """`text` without the aliased imports that it does not use."""

    def kept(match: re.Match[str]) -> str:
        return match[0] if len(re.findall(rf"\b{match[1]}\b", text)) > 1 else ""

    return _IMPORT.sub(kept, text)
