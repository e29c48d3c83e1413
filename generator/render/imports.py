"""Imports by use: templates import every module that an annotation may need, and those that none needs are taken out
again.
"""

from __future__ import annotations

import re
from collections import Counter

# The aliases begin with an underscore, so nothing of the document can look like a use of them.
_IMPORT = re.compile(r"^(?:import \w+|from [\w.]+ import \w+) as (_\w+)\n", re.MULTILINE)
_ALIAS = re.compile(r"\b_\w+\b")


def without_unused_imports(text: str) -> str:
    """`text` without the aliased imports that it does not use."""
    uses = Counter(_ALIAS.findall(text))
    return _IMPORT.sub(lambda match: match[0] if uses[match[1]] > 1 else "", text)
