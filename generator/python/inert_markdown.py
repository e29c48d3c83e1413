"""Markdown that can only be read: no HTML, no scripts, no foreign pictures, no directives of a documentation tool.

Works by construction rather than by a list of attacks. What it takes for code is closed and spelled so that every
renderer takes it for code as well; outside of code every character that could begin something active is escaped, unless
it begins one of the few things that are allowed: a link to `http`, `https` or `mailto`. It doesn't read HTML (see
`html_text`) and it doesn't lay out text.
"""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from generator.characters import JOINERS, LINE_BREAK, escape

# Within one line, as another line could be another block, where the other half of a span is no longer its half.
CODE_SPAN: Final = r"(?<!`)(?P<ticks>`{1,20})(?!`)(?P<body>[^`\n](?:[^\n]{0,1000}?[^`\n])??)(?P=ticks)(?!`)"
ESCAPED: Final = r"(?P<escaped>\\[!-/:-@\[-`{-~])"

_TARGET: Final = re.compile(r"\s*<?(?:https?://|mailto:)(?=[^\s<>])", re.IGNORECASE)
_FENCE: Final = re.compile(r"( *)(`{3,}|~{3,})([^`]*)$")
_LANGUAGE: Final = re.compile(r"\s*([\w#.+-]*)")
_BACKTICKS: Final = re.compile("`+")

_TOKEN: Final = re.compile(
    rf"{ESCAPED}|{CODE_SPAN}"
    r"|(?P<autolink><(?:https?://|mailto:)[^\s<>\"'`\\]+>)"
    r"|(?P<image>!?)\[(?P<text>(?:[^\[\]\\`\n]|\\.|`[^`\n]*`){0,500})\]"
    r"\(\s*(?P<target><[^<>\n]*>|[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
    r"|(?P<run>`+|~{3,})"
    r"|(?P<html><)(?=[A-Za-z/!?])|(?P<less>&lt;)(?=[ =0-9])"
    r"|(?P<follow>\]\(|\]:(?=\s*<?\S*:))"  # the middle of a link, or of the definition of one that has a scheme
    r"|(?P<picture>!\[)"
    r"|(?P<attributes>\{)(?=:|[^{}\n]*=)",  # Python-Markdown sets any attribute of the element before it
    re.IGNORECASE,
)
# Lines by which MkDocs includes a file or runs a plugin.
_INCLUSION: Final = re.compile(r"^((?:[ >*+]|- )*)(?=:::|;*-+8<)", re.MULTILINE)
# What editors and web pages leave in copied text: it marks nothing that a reader would miss.
_EDITORS_MARKS: Final = str.maketrans({"\u00a0": " ", "\u200b": None, "\ufeff": None})
_TRAILING_BLANKS: Final = re.compile(r" +$", re.MULTILINE)
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_REFERENCE: Final = re.compile(r"&(?=#?[A-Za-z0-9]+;)")
# Python-Markdown knows no escape of "<", and a character reference is good everywhere.
_REPLACED: Final = {"<": "&lt;", "\\<": "&lt;", "&lt;": "<", "![": "!\\[", "{": "\\{"}
_ROUNDS: Final = 4


def is_link_target(url: str) -> bool:
    """Whether `url` is of a scheme that a reader may follow."""
    return _TARGET.match(url) is not None


def link_target(url: str) -> str:
    """Return `url` without a character that could end a link or begin something else."""
    return quote(url.strip("<> "), safe="!#$%&'*+,-./:;=?@[]_~")


def code_fence(text: str, *, language: str = "", margin: str = "") -> str:
    """Return `text` as a fenced block that nothing in `text` can close."""
    mark = "`" * max([3, *(len(run) + 1 for run in _BACKTICKS.findall(text))])
    return f"{margin}{mark}{language}\n{text}\n{margin}{mark}"


def normal(text: str) -> str:
    """Return `text` with one kind of line break, without tabs, and with what a reader can't see spelled out."""
    if not (text.isascii() and text.isprintable()):
        lines = LINE_BREAK.sub("\n", text.translate(_EDITORS_MARKS)).expandtabs(4)
        text = escape(lines, keep=f"\n{JOINERS}")
    return text.strip()


def segments(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of `text` in order, each with whether it is a fenced block, rewritten by `code_fence`.

    A fence counts when it is closed, and nothing in it is indented less: then it can't end early with a list item.
    """
    lines = text.split("\n")
    start = number = 0
    while number < len(lines):
        opening = _FENCE.match(lines[number])
        end = _fence_end(lines, number, opening) if opening else None
        if opening and end:
            if start < number:
                yield False, "\n".join(lines[start:number])
            language = _LANGUAGE.match(opening[3])
            content = "\n".join(map(str.rstrip, lines[number + 1 : end]))
            yield True, code_fence(content, language=language[1] if language else "", margin=opening[1])
            start = number = end + 1
        else:
            number += 1
    if start < len(lines):
        yield False, "\n".join(lines[start:])


def inert(text: str) -> str:
    """Return `text`, as `normal` gives it, without anything active. What is inert already stays letter for letter."""
    for _ in range(_ROUNDS):
        # A removed link can join what stood around it; as a rule the second round finds nothing left.
        before, text = text, "\n".join(part if code else _inert_lines(part) for code, part in segments(text))
        if text == before:
            break
    return text


def _fence_end(lines: list[str], start: int, opening: re.Match[str]) -> int | None:
    margin, mark = opening[1], opening[2]
    for number in range(start + 1, len(lines)):
        line = lines[number].strip()
        if line and not lines[number].startswith(margin):
            return None
        if line.startswith(mark):
            # A second opening before the end: which of them is code depends on the renderer.
            return None if line.strip(mark[0]) else number
    return None


def _inert_lines(text: str) -> str:
    words = _INCLUSION.sub(r"\1\\", _inert_words(text))
    return _BLANK_LINES.sub("\n\n", _TRAILING_BLANKS.sub("", words))


def _inert_words(text: str) -> str:
    return _TOKEN.sub(_inert_token, text)


def _inert_token(match: re.Match[str]) -> str:
    kind, found = match.lastgroup, match.group()
    if kind == "target":
        return _link(match)
    if kind == "run":
        return _escape_each(found)
    if kind == "body" and "|" in found and "<" in found:
        # A table is cut into cells before code is looked for.
        return _escape_each(_REFERENCE.sub("&amp;", found).replace("<", "&lt;"))
    if kind == "follow" and not _TARGET.match(match.string, match.end()):
        return f"\\{found}"
    return _REPLACED.get(found, found)


def _escape_each(text: str) -> str:
    return re.sub("[`~]", r"\\\g<0>", text)


def _link(match: re.Match[str]) -> str:
    text = _inert_words(match["text"])
    if match["image"] or not is_link_target(match["target"]):
        return text
    return f"[{text}]({link_target(match['target'])})"
