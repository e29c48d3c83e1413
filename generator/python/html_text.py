"""HTML in a description, as Markdown.

Descriptions come as CommonMark, as HTML, and as one inside the other. What is outside every HTML block stays the
Markdown it was; what is inside becomes paragraphs, lists, code, emphasis and links, and a tag without such a
counterpart goes, leaving its text. The result is not safe yet: `inert_markdown` has the last word on everything,
whoever wrote it.
"""

import html
import re
from collections.abc import Callable
from typing import Final

from generator.python.html_blocks import Page
from generator.python.inert_markdown import CODE_SPAN, ESCAPED, code_fence, is_link_target, link_target, segments

_ATTRIBUTE: Final = r"""\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
# CommonMark 0.31, section 6.6: what is a tag; every other "<" is a character.
TAG: Final = re.compile(
    rf"<(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:{_ATTRIBUTE})*)\s*/?>", re.ASCII
)
_VALUE: Final = r"""\s{}\s*=\s*(?:'([^']*)'|"([^"]*)"|([^\s"'=<>`]+))"""
_HREF: Final = re.compile(_VALUE.format("href"), re.IGNORECASE)
_ALT: Final = re.compile(_VALUE.format("alt"), re.IGNORECASE)

_TOKEN: Final = re.compile(
    rf"(?P<verbatim>{ESCAPED}|{CODE_SPAN})|(?P<tag>{TAG.pattern})|(?P<hidden><!--|<\?|<!\[CDATA\[)"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)",
    re.ASCII,
)
_HIDDEN_UNTIL: Final = {"<!--": "-->", "<?": r"\?>", "<![CDATA[": "]]>"}
_EMPHASIS: Final = re.compile(r"\*|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_SPECIAL: Final = frozenset("\\`*_[]#{")
_REFERENCE: Final = re.compile(r"#?[A-Za-z0-9]+;")
_BACKTICKS: Final = re.compile("`+")
_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)


def tag_names(text: str) -> frozenset[str]:
    """Return the words of `text` as a set."""
    return frozenset(text.split())


_BLOCKS: Final = tag_names(
    "address article aside blockquote body caption center dd details div figure footer form header hr html important "
    "main nav note p section summary tbody tfoot thead"
)
_HEADINGS: Final = tag_names("h1 h2 h3 h4 h5 h6 fullname title")
_LISTS: Final = tag_names("ul ol dl table")
_ITEMS: Final = tag_names("li dt tr")
_CELLS: Final = tag_names("td th")
_CODE: Final = tag_names("code tt samp kbd var")
_DROPPED: Final = tag_names("script style template iframe object svg math noscript")
_BOLD: Final = tag_names("b strong dt th") | _HEADINGS
_ITALIC: Final = tag_names("i em cite dfn")

_WITHOUT_COUNTERPART: Final = tag_names(
    "a abbr acronym big br bdi bdo button col colgroup del font head img input ins label link mark meta option para q "
    "s select small span strike sub sup textarea time tt u wbr xhtml"
)
_KNOWN: Final = _WITHOUT_COUNTERPART | _BLOCKS | _LISTS | _ITEMS | _CELLS | _CODE | _DROPPED | _BOLD | _ITALIC | {"pre"}


def to_markdown(text: str) -> str:
    """Return `text` with its tags and character references replaced by the Markdown that says the same."""
    converter = _Converter()
    for fenced, part in segments(text):
        if fenced:
            converter.fence(part)
        else:
            converter.feed(f"{part}\n")
    return converter.page.finished()


class _Converter:
    """Reads tokens from left to right and tells the page what they mean."""

    def __init__(self) -> None:
        self.page = Page()
        self._missing: set[str] = set()

    def fence(self, block: str) -> None:
        """Take over a fenced block."""
        if self.page.in_html:
            self.page.end_paragraph()
            self.page.block(block)
        else:
            self.page.write(f"{block}\n")

    def feed(self, text: str) -> None:
        """Read `text`, which has no fenced block in it."""
        self._missing.clear()
        position = 0
        while token := _TOKEN.search(text, position):
            self._words(text[position : token.start()])
            position = self._token(token, text)
        self._words(text[position:])

    def _token(self, token: re.Match[str], text: str) -> int:
        """Handle one token and return where to read on."""
        if token["tag"]:
            return self._tag(token, text)
        if token["hidden"]:
            end = self._find(_HIDDEN_UNTIL[token["hidden"]], text, token.end())
            if end is not None:
                return end.end()
        if token["entity"]:
            self.page.write(_character(token.group(), text[token.end() : token.end() + 40]))
        else:
            self.page.write(token.group())
        return token.end()

    def _tag(self, token: re.Match[str], text: str) -> int:
        name = token["name"].lower()
        if name not in _KNOWN or token["name"] not in (name, name.upper()):
            # A placeholder (`<your-id>`) or a type (`List<Address>`), which is what it says.
            self.page.write(token.group())
            return token.end()
        if token["slash"]:
            self._close(name)
            return token.end()
        if name in _DROPPED or name in _CODE or name == "pre":
            # Nothing in them is a tag or a mark, so they are read up to their end at once.
            end = self._find(rf"</{name}\s*>", text, token.end())
            if end is None:
                self.page.write(token.group() if name in _DROPPED else "")
                return token.end()
            if name not in _DROPPED:
                self._verbatim(name, html.unescape(TAG.sub("", text[token.end() : end.start()])))
            return end.end()
        self._open(name, token["attributes"])
        return token.end()

    def _verbatim(self, name: str, text: str) -> None:
        if name == "pre":
            self.page.end_paragraph()
            self.page.block(code_fence("\n".join(map(str.rstrip, text.strip("\n").split("\n")))))
        else:
            self.page.write(_code_span(text))

    def _open(self, name: str, attributes: str) -> None:
        if name in _BLOCKS or name in _HEADINGS:
            self.page.open_block(name)
        elif name in _LISTS:
            self.page.open_list(ordered=name == "ol")
        elif name in _ITEMS:
            self.page.item()
        elif name in _CELLS:
            self.page.cell()
        elif name == "br":
            self.page.break_line()
        elif name == "a":
            self.page.open_span("a", _link_to(_attribute(_HREF, attributes)))
        elif name == "img":
            self.page.write(_literal(_attribute(_ALT, attributes)))
        if name in _BOLD:
            self.page.open_span("b", "**{}**".format)
        elif name in _ITALIC:
            self.page.open_span("i", "*{}*".format)

    def _close(self, name: str) -> None:
        if name in _BOLD:
            self.page.close_span("b")
        elif name in _ITALIC:
            self.page.close_span("i")
        elif name == "a":
            self.page.close_span("a")
        if name in _BLOCKS or name in _HEADINGS:
            self.page.close_block(name)
        elif name in _LISTS:
            self.page.close_list()
        elif name in _ITEMS:
            self.page.end_paragraph()

    def _find(self, pattern: str, text: str, position: int) -> re.Match[str] | None:
        # What is missing once isn't looked for again, or a text of nothing but openings would take quadratic time.
        if pattern in self._missing:
            return None
        found = re.compile(pattern, re.IGNORECASE).search(text, position)
        if found is None:
            self._missing.add(pattern)
        return found

    def _words(self, text: str) -> None:
        if not self.page.in_html:
            self.page.write(text)
            return
        before, _, after = text.partition("\n\n")
        if after.strip() and self.page.can_leave_html:
            self.page.write(_literal(before))
            self.page.leave_html()
            self.page.write(f"\n{after}")
        else:
            self.page.write(_literal(text))


def _literal(text: str) -> str:
    """Return text of an HTML block, where Markdown's marks mean nothing; a single one can't pair up."""
    return _EMPHASIS.sub(r"\\\g<0>", text) if len(_EMPHASIS.findall(text)) > 1 else text


def _character(reference: str, following: str) -> str:
    """Return what a character reference stands for, as text and never as a mark."""
    decoded = html.unescape(reference)
    if decoded == reference:
        return reference
    if decoded == "&":
        return "&amp;" if _REFERENCE.match(following) else "&"
    if decoded == "<":
        return "&lt;"
    return f"\\{decoded}" if decoded in _SPECIAL else " ".join(decoded.split()) or " "


def _code_span(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        return ""
    ticks = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(words)), default=0))
    pad = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{ticks}{pad}{words}{pad}{ticks}"


def _attribute(pattern: re.Pattern[str], attributes: str) -> str:
    match = pattern.search(attributes)
    return html.unescape(match[match.lastindex or 0]) if match else ""


def _link_to(url: str) -> Callable[[str], str]:
    if is_link_target(url):
        target = link_target(url)
        return lambda words: f"[{words}]({target})"
    # Without a target it refers to something of the same API.
    return lambda words: f"`{words}`" if not url and _NAME.fullmatch(words) else words
