"""Documentation of a document as docstrings and comments.

The text is Markdown (see `markup`). Here it becomes a string or comment that Python, black, doctest, Sphinx and the
linters read as words only: no quote ends it, no prompt in it is run, no directive in it is obeyed. Its form is the one
black would give it, so that formatting never changes what a docstring says. What the words mean is not looked at.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from textwrap import wrap
from typing import Final, NamedTuple

from generator.characters import JOINERS, LINE_BREAK, escape
from generator.python.text import Comment, Docstring

Sections = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

WIDTH: Final = 100
_STEP: Final = " " * 4
_QUOTES: Final = 3
_UNDOCUMENTED: Final = "Undocumented."

_FENCE: Final = re.compile(r"\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(`{3,}(?=[^`]*$)|~{3,})")
_LIST_ITEM: Final = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(?=\S)")
# Lines whose meaning hangs on where they end: headings, tables, quotations, underlines.
_AS_IT_STANDS: Final = re.compile(r"\s*(?:#{1,6}(?:\s|$)|\||>|=+$|-+$|\*{3,}$)")
_INDENTED_CODE: Final = " " * 4
_BLANK_LINES: Final = re.compile(r"\n(?:[ ]*\n){2,}")
# Words that would begin a block of another kind, were they to begin a line.
_BOUND_TO_PREVIOUS: Final = re.compile(r"(?:[-*+]|#{1,6}|\d{1,9}[.)]|=+|-+|\*{3,})$|[>|:]|`{3}|~{3}")

# doctest runs what follows a prompt; Sphinx reads files for directives and roles, and makes links of any scheme. A
# backslash before the first mark ends that, and isn't seen once Markdown or reStructuredText is rendered.
_PROMPT: Final = re.compile(r"^(\s*)(?=>>>)")
_DIRECTIVE: Final = re.compile(r"(?<!\S)(?=(?:\.\.|__)(?:\s|$))")
_HYPERLINK: Final = re.compile(r"(?<=`)(?=_)")
_ROLE: Final = re.compile(r"(?:(?<=\w:)(?=`)|(?<=`)(?=:[\w.+-]+:))")

# Comments that tools obey; the declaration of an encoding is found anywhere in a line.
_PRAGMA: Final = re.compile(
    r"(?<=#)(\s*)(?=[!:/%+]|-\*-|(?:fmt|ruff|flake8|pylint|pyright|mypy|isort|yapf|pytype|cython|type)\s*:"
    r"|noqa|nosec|pragma|pyre-|region|endregion)",
    re.IGNORECASE,
)
_ENCODING: Final = re.compile(r"(?<=coding)(?=[:=])")


def docstring(*paragraphs: str, indent: int, sections: Sections = ()) -> Docstring:
    """Return a complete triple-quoted string that documents a module, class or function.

    Args:
        paragraphs: Markdown; empty ones are left out. With no text at all the docstring says so.
        indent: Column of the opening quotes, a multiple of four.
        sections: Titles such as `Args` with their entries, each a name and what is said of it (either may be empty).
    """
    text = "\n\n".join(stripped for paragraph in paragraphs if (stripped := paragraph.strip()))
    return Docstring(_docstring(text, indent, sections))


def comment(text: str) -> Comment:
    """Return `text` as one physical line that begins with `# `, whatever line breaks it holds."""
    words = " ".join(escape(LINE_BREAK.sub(" ", text).replace("\t", " ")).split())
    return Comment(_ENCODING.sub(r"\\", _PRAGMA.sub(r"\1\\", f"# {words}")).rstrip())


@lru_cache(maxsize=4096)
def _docstring(text: str, indent: int, sections: Sections) -> str:
    body = "\n".join(_body(text, WIDTH - indent)) or _UNDOCUMENTED
    body += "".join(_section(title, entries, WIDTH - indent) for title, entries in sections)
    quoted = body.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    # What is still unseen belongs to the spelling of a word: escaped in the source, whole in the value.
    first, *rest = escape(quoted, keep="\n").split("\n")
    # black sets a blank between text and quotes that would touch.
    opening = f'""" {first}' if first.startswith('"') else f'"""{first}'
    if not rest:
        return f'{opening} """' if first.endswith('"') else f'{opening}"""'
    margin = " " * indent
    return "\n".join([opening, *(margin + line if line else "" for line in rest), f'{margin}"""'])


def _section(title: str, entries: tuple[tuple[str, str], ...], width: int) -> str:
    """A section of Google's style: a title, and below it entries with a hanging indent."""
    lines = ["", "", f"{title}:"]
    for name, said in entries:
        words = _inert(": ".join(part for part in (name, said) if part).replace("\n", " "))
        lines += wrap(
            words,
            width,
            initial_indent=_STEP,
            subsequent_indent=_STEP * 2,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines)


def _inert(text: str) -> str:
    """`text` without what would be a directive, a hyperlink, a role or a prompt in a docstring."""
    shown = escape(LINE_BREAK.sub("\n", text).expandtabs(4), keep=f"\n{JOINERS}").strip()
    return _ROLE.sub(" ", _HYPERLINK.sub(r"\\", _DIRECTIVE.sub(r"\\", shown)))


def _body(text: str, width: int) -> Iterator[str]:
    """Yield the lines of the docstring's value, the first without and the others with their common indent removed."""
    inert = _inert(text)
    if not inert:
        return
    first, *rest = [_PROMPT.sub(r"\1\\", line) for line in _reflow(inert, width)]
    # What PEP 257 takes off when the docstring is read, and black when it is formatted.
    common = min((len(line) - len(line.lstrip()) for line in rest if line), default=0)
    yield first
    yield from (line[common:] for line in rest)


def _reflow(text: str, width: int) -> Iterator[str]:
    """Yield the lines of `text`, with paragraphs and list items wrapped and everything else as it stands."""
    # The first line shares its room with the quotes.
    room = width - 2 * _QUOTES
    for block in _blocks(_BLANK_LINES.sub("\n\n", text)):
        line = block.lead
        for number, word in enumerate(block.words):
            if number == 0:
                line += word
            elif len(line) + 1 + len(word) <= room or _BOUND_TO_PREVIOUS.match(word):
                line += f" {word}"
            else:
                yield line
                line = f"{' ' * len(block.lead)}{word}"
                room = width
        yield line
        room = width


class _Block(NamedTuple):
    """A paragraph or list item (`lead` is its indent and marker), or without words a line that stands as it is."""

    lead: str
    words: list[str]


def _blocks(text: str) -> Iterator[_Block]:
    fence = ""
    block: _Block | None = None
    for line in map(str.rstrip, text.split("\n")):
        if fence:
            yield _Block(line, [])
            fence = "" if line.lstrip().startswith(fence) else fence
            continue
        opening, item = _FENCE.match(line), _LIST_ITEM.match(line)
        code = block is None and item is None and line.startswith(_INDENTED_CODE)
        stands = bool(opening or code or not line or _AS_IT_STANDS.match(line))
        if block and (stands or item):
            yield block
            block = None
        if stands:
            yield _Block(line, [])
            fence = opening.group(1) if opening else ""
        elif block:
            block.words.extend(line.split())
        else:
            lead = item.group() if item else line[: len(line) - len(line.lstrip())]
            block = _Block(lead, line[len(lead) :].split())
    if block:
        yield block
