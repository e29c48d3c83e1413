"""Reads the pieces of a Markdown file that tests look at."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["landmarks", "links", "python_blocks"]

_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)#]+)\)")


def python_blocks(page: Path) -> list[str]:
    """The Python code on a page, block by block."""
    return _BLOCK.findall(page.read_text("utf-8"))


def landmarks(page: Path) -> list[str]:
    """Headings, marker comments, and the names of listed operations, in order; what stands in code blocks is none."""
    found: list[str] = []
    in_code = False
    for line in page.read_text("utf-8").splitlines():
        if line.startswith("```"):
            in_code = not in_code
        elif not in_code and line.startswith(("#", "<!--")):
            found.append(line)
        elif not in_code and (operation := re.match(r"\* `(\w+)` - ", line)):
            found.append(operation[1])
    return found


def links(page: Path) -> list[Path]:
    """The files that a page's relative links lead to."""
    targets = _LINK.findall(page.read_text("utf-8"))
    return [page.parent / target for target in targets if "://" not in target]
