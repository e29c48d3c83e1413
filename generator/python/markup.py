"""Descriptions as Markdown: clean for reading, or letter for letter for a README.

`plain_markdown` rewrites what a description says in plain CommonMark; `inert_html` changes nothing but what could act.
Both may be given anything and both give something that can only be read. Neither shortens; `first_sentence` does.
"""

import re
from functools import lru_cache
from typing import Final

from generator.characters import JOINERS, LINE_BREAK, escape
from generator.python.html_text import TAG, tag_names, to_markdown
from generator.python.inert_markdown import inert, is_link_target, normal, segments
from generator.python.text import Markdown

SUMMARY_LENGTH: Final = 100

# Without one of these, text is plain already.
_ACTIVE: Final = re.compile(r"[<&`~\[{\\\n]|:::|[^ -~]")
_TAGGED: Final = re.compile(r"[<&]")

_ALLOWED_TAGS: Final = tag_names(
    "p ul ol li code a b i em strong br dl dt dd note important fullname title h1 h2 h3 h4 h5 h6 pre div span table tr "
    "td th tbody thead sub sup u"
)
_END_IS_OPTIONAL: Final = tag_names("p li br dt dd tr td th tbody thead")
_LINK_ATTRIBUTE: Final = re.compile(r"""\s+href=(?:"([^\s"'<>`]*)"|'([^\s"'<>`]*)')""")
_MARKDOWN_LINK: Final = re.compile(r"\](?=\((.{0,12}))")
_INDENTED_LINE_BREAK: Final = re.compile(rf"[ \t]*(?:{LINE_BREAK.pattern})\s*")

_PARAGRAPH: Final = re.compile(r"\n[ ]*\n")
_NOT_PROSE: Final = re.compile(r"\s*(?:\||#|\*\*[^*]*\*\*$|=+$|-+$)")
_BLOCK_MARKER: Final = re.compile(r"^\s*(?:[-*+>]|#{1,6}|\d{1,9}[.)])\s+")
_LINK: Final = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_SENTENCE_END: Final = re.compile(
    r"""(?<!e\.g)(?<!i\.e)(?<!\bvs)(?<!\bcf)(?<!\bapprox)[.!?]["')*`]*(?=\s|$)""", re.IGNORECASE
)


@lru_cache(maxsize=8192)
def plain_markdown(description: str) -> str:
    """Return `description`, which is CommonMark or HTML or a mixture, as CommonMark that holds nothing active.

    Paragraphs, lists, code and links (to http, https and mailto) are kept; other tags leave their text, scripts and
    styles leave nothing, pictures leave their description. The function doesn't change what it has returned before.
    """
    if not _ACTIVE.search(description):
        return description.strip()
    text = normal(description)
    # Character references may stand for characters that had to be spelled out, so what they became is looked at again.
    return inert(normal(to_markdown(text)) if _TAGGED.search(text) else text).strip()


def inert_html(description: str) -> Markdown:
    """Return `description` on one line and letter for letter, but for what could be more than formatting.

    A tag stays when it is one of the allowed ones, has no attribute other than a harmless `href`, and has the partner
    it needs, so that the page around it isn't drawn into it. Every other `<` becomes `&lt;`. A Markdown link stays when
    its scheme is allowed, and pictures are escaped.
    """
    line = escape(_INDENTED_LINE_BREAK.sub(" ", description).replace("\t", " "), keep=f"\u00a0{JOINERS}").strip()
    written: list[str] = []
    position = 0
    for tag in _harmless_tags(line):
        written += _inert_text(line[position : tag.start()]), tag.group()
        position = tag.end()
    return Markdown("".join([*written, _inert_text(line[position:])]))


def first_sentence(markdown: str) -> str:
    """Return the first sentence of `markdown` on one line, without links, no longer than `SUMMARY_LENGTH`.

    A longer sentence is cut between words, never inside code, and ends in three dots. Headings are passed over when
    there is a sentence after them.
    """
    words = "\n\n".join(part for is_code, part in segments(markdown) if not is_code)
    blocks = [block for block in _PARAGRAPH.split(words) if block.strip()]
    prose = next((block for block in blocks if not _NOT_PROSE.match(block)), blocks[0] if blocks else "")
    text = " ".join(_LINK.sub(r"\1", _BLOCK_MARKER.sub("", prose)).split())
    for end in _SENTENCE_END.finditer(text):
        if end.end() > SUMMARY_LENGTH:
            break
        if text.count("`", 0, end.end()) % 2 == 0:
            return text[: end.end()]
    return f"{text[:-1]}." if text.endswith(":") and len(text) <= SUMMARY_LENGTH else _shortened(text)


def _harmless_tags(line: str) -> list[re.Match[str]]:
    """Return the tags of `line` that may stay, in order."""
    tags = [tag for tag in TAG.finditer(line) if _is_allowed(tag)]
    kept: set[int] = set()
    open_tags: dict[str, list[int]] = {}
    for number, tag in enumerate(tags):
        name = tag["name"].lower()
        if not tag["slash"]:
            open_tags.setdefault(name, []).append(number)
            if name in _END_IS_OPTIONAL:
                kept.add(number)
        elif open_tags.get(name):
            kept |= {open_tags[name].pop(), number}
    return [tags[number] for number in sorted(kept)]


def _is_allowed(tag: re.Match[str]) -> bool:
    name, attributes = tag["name"].lower(), tag["attributes"]
    if name not in _ALLOWED_TAGS or not attributes:
        return name in _ALLOWED_TAGS
    link = _LINK_ATTRIBUTE.fullmatch(attributes)
    return name == "a" and not tag["slash"] and link is not None and is_link_target(link[link.lastindex or 0])


def _inert_text(text: str) -> str:
    def follow(match: re.Match[str]) -> str:
        return "]" if is_link_target(match[1]) else "]\\"

    return _MARKDOWN_LINK.sub(follow, text.replace("<", "&lt;").replace("![", "!\\["))


def _shortened(text: str) -> str:
    if len(text) <= SUMMARY_LENGTH:
        return text
    cut = text[: SUMMARY_LENGTH - 3].rpartition(" ")[0] or text[: SUMMARY_LENGTH - 3]
    for mark in ("`", "**"):
        if cut.count(mark) % 2:
            cut = cut[: cut.rindex(mark)]
    return cut.rstrip(" ,;:-([\\") + "..."
