"""The page that HTML is written onto: blocks, nested lists, and marks around words, as lines of Markdown.

It knows layout only: where a block begins, how deep it is indented, which marker it gets. Nesting is capped, so that
the size of the result stays in proportion to the text. What a tag means is decided in `html_text`.
"""

import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct, field

_DEPTH_LIMIT: Final = 16
_BLANKS: Final = re.compile(r"\s+")
# What would begin a list, heading, quotation, table or rule, at the beginning of a paragraph that isn't one.
_BLOCK_MARK: Final = re.compile(r"(\d{1,9}(?=[.)](?:\s|$)))|(?=(?:[-+*]|#{1,6})(?:\s|$)|[>|]|=+$|-+$|~~~)")


class _List(Struct):
    ordered: bool
    margin: str
    items: int = 0


class _Span(Struct):
    tag: str
    wrap: Callable[[str], str]
    parts: list[str] = field(default_factory=list)


class Page:
    """Markdown in the making. Text is collected until the block it belongs to ends."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._text: list[str] = []
        self._spans: list[_Span] = []
        self._blocks: list[str] = []
        self._lists: list[_List] = []
        self._margin = ""
        self._marker = ""
        self._line_head = ""

    @property
    def in_html(self) -> bool:
        """Whether blanks and marks are HTML's here, and not Markdown's."""
        return bool(self._blocks or self._lists)

    def write(self, text: str) -> None:
        """Add `text`, which is Markdown, to the words of the current block."""
        (self._spans[-1].parts if self._spans else self._text).append(text)
        _, newline, line = text.rpartition("\n")
        self._line_head = line[:8] if newline else (self._line_head + text[:8])[:8]

    def break_line(self) -> None:
        """End a line: in HTML the paragraph, as Markdown's own line break can't be seen in a docstring."""
        if self.in_html:
            self.end_paragraph()
        else:
            self.write(" " if self._line_head.lstrip().startswith("|") else "\n")

    def open_block(self, name: str) -> None:
        """Begin a block. A paragraph ends the paragraph before it."""
        self.end_paragraph()
        if name == "p" and self._blocks[-1:] == ["p"]:
            return
        if len(self._blocks) < _DEPTH_LIMIT:
            self._blocks.append(name)

    def close_block(self, name: str) -> None:
        """End the innermost block `name`, with everything in it."""
        self.end_paragraph()
        if name in self._blocks:
            while self._blocks.pop() != name:
                pass

    @property
    def can_leave_html(self) -> bool:
        """Whether a blank line leads back to Markdown, as in CommonMark; a list goes on until its end tag."""
        return not self._lists

    def leave_html(self) -> None:
        """Go back to Markdown."""
        self.end_paragraph()
        self._blocks.clear()

    def open_list(self, *, ordered: bool) -> None:
        """Begin a list, inside the current item if there is one."""
        self.end_paragraph()
        if len(self._lists) < _DEPTH_LIMIT:
            self._lists.append(_List(ordered, self._margin))

    def close_list(self) -> None:
        """End the innermost list."""
        self.end_paragraph()
        if self._lists:
            self._margin = self._lists.pop().margin
            self._marker = ""

    def item(self) -> None:
        """Begin an item of the innermost list; outside of any list it is a paragraph."""
        self.end_paragraph()
        if self._lists:
            current = self._lists[-1]
            current.items += 1
            self._margin = current.margin
            self._marker = f"{current.items}. " if current.ordered else "- "

    def cell(self) -> None:
        """Begin a cell of a row, set off from the cell before it."""
        if any(part.strip() for part in self._text):
            self.write(" | ")

    def open_span(self, tag: str, wrap: Callable[[str], str]) -> None:
        """Begin words that `wrap` will mark; a mark inside the same mark adds nothing."""
        if len(self._spans) < _DEPTH_LIMIT:
            repeated = any(span.tag == tag for span in self._spans)
            self._spans.append(_Span(tag, str if repeated else wrap))

    def close_span(self, tag: str) -> None:
        """End the innermost words opened as `tag`."""
        if all(span.tag != tag for span in self._spans):
            return
        while (span := self._spans.pop()).tag != tag:
            self.write("".join(span.parts))
        text = "".join(span.parts)
        words = text.strip()
        # Markdown's marks must touch the words they mark.
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        self.write(f"{before}{span.wrap(words)}{after}" if words else text)

    def end_paragraph(self) -> None:
        """Lay out the words collected so far as one block."""
        for span in self._spans:
            self._text.extend(span.parts)
        self._spans.clear()
        text = "".join(self._text)
        self._text.clear()
        self._line_head = ""
        if not text.strip():
            return
        if self.in_html:
            words = _BLANKS.sub(" ", text).strip()
            mark = _BLOCK_MARK.match(words)
            self.block(f"{mark.group()}\\{words[mark.end():]}" if mark else words)
        else:
            self.block(text.strip("\n").rstrip() if text.startswith("\n") else text.strip())

    def block(self, text: str) -> None:
        """Lay out `text` as it is, at the current indent."""
        first = self._margin + self._marker
        if self._marker:
            self._margin += " " * len(self._marker)
        joined = self._marker and (self._lists[-1].items > 1 or len(self._lists) > 1)
        if self._written:
            self._written.append("\n" if joined else "\n\n")
        self._marker = ""
        head, *rest = text.split("\n")
        self._written.append("\n".join([first + head, *(self._margin + line if line else "" for line in rest)]))

    def finished(self) -> str:
        """Return the page. Nothing can be added after that."""
        self.end_paragraph()
        return "".join(self._written)
