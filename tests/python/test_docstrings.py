import ast
import doctest
import inspect
import io
import tokenize
import warnings

import black
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.python.docstrings import WIDTH, comment, docstring
from generator.python.text import Comment, Docstring

FRAGMENTS = st.sampled_from(
    [
        '"',
        '"""',
        "'''",
        "\\",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "\r",
        "- ",
        "1. ",
        "> ",
        "# ",
        "```",
        "~~~",
        "|",
        ">>> ",
        "...",
        ".. ",
        "`_",
        "\x0c",
        "\u2028",
        "\x1b",
        "\ud800",
        "\u200d",
        "word ",
        "x" * 60,
        "word and word " * 8,
        "===",
        "---",
    ]
)
TEXTS = st.lists(FRAGMENTS | st.text(st.characters(exclude_categories=()), max_size=5), max_size=20).map("".join)
PREFIXES = {0: "", 4: "class A:\n    ", 8: "class A:\n    def f(self):\n        "}


def module_with(text: str, indent: int) -> str:
    return f"{PREFIXES[indent]}{docstring(text, indent=indent)}\n"


def value_of(module: str, indent: int) -> str:
    """The docstring of the innermost body of `module`, which must hold nothing else."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        node: ast.AST = ast.parse(module)
    for _ in range(indent // 4):
        assert isinstance(node, ast.Module | ast.ClassDef)
        [node] = node.body
    assert isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    [statement] = node.body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Constant)
    assert isinstance(statement.value.value, str)
    return statement.value.value


def check(text: str, indent: int) -> None:
    module = module_with(text, indent)
    value = value_of(module, indent)
    assert value.strip()
    assert black.format_str(module, mode=black.Mode(line_length=120)) == module
    assert doctest.DocTestParser().get_examples(value) == []
    assert doctest.DocTestParser().get_examples(inspect.cleandoc(value)) == []
    assert all(char == "\n" or char.isprintable() for char in module)


@pytest.mark.parametrize("indent", [0, 4, 8])
def test_hostile_text_is_one_docstring_and_nothing_else(payload: str, indent: int) -> None:
    check(payload, indent)


@given(TEXTS, st.sampled_from([0, 4, 8]))
@example('"', 0)
@example("    code\n\n        more", 4)
@example("a\n\n    only indented", 4)
def test_any_text_is_one_docstring_that_black_leaves_alone(text: str, indent: int) -> None:
    check(text, indent)


@given(
    st.lists(st.from_regex(r"[a-z]{1,12}[,.]?", fullmatch=True), min_size=1, max_size=80), st.sampled_from([0, 4, 8])
)
def test_prose_keeps_its_words_and_its_width(words: list[str], indent: int) -> None:
    code = docstring(" ".join(words), indent=indent)
    first, *rest = code.split("\n")
    assert code.strip('"').split() == words
    assert max([indent + len(first), *map(len, rest)]) <= WIDTH


def test_short_text_stays_on_one_line() -> None:
    assert docstring("Creates a pool.", indent=8) == '"""Creates a pool."""'


def test_paragraphs_are_separated_and_empty_ones_left_out() -> None:
    assert docstring("Summary.", "", " \n ", "More.", indent=4) == '"""Summary.\n\n    More.\n    """'


def test_no_text_says_so() -> None:
    assert docstring(indent=0) == docstring("", " ", indent=0) == '"""Undocumented."""'


def test_type() -> None:
    assert type(docstring("a", indent=0)) is Docstring
    assert type(comment("a")) is Comment


def test_layout_of_everything_but_prose_is_kept() -> None:
    text = """\
Words that go on.
And on.

- item one
- item two that is so long that it has to be broken somewhere before the margin of one hundred columns is reached
  - nested

1. first

| a | b |
| - | - |

```python
x  =  1

    y
```

    indented   code

> quoted"""
    assert docstring(text, indent=0) == (
        '"""Words that go on. And on.\n\n- item one\n- item two that is so long that it has to be broken somewhere'
        " before the margin of one hundred\n  columns is reached\n  - nested\n\n1. first\n\n| a | b |\n| - | - |\n\n"
        '```python\nx  =  1\n\n    y\n```\n\n    indented   code\n\n> quoted\n"""'
    )


@pytest.mark.parametrize("mark", ["-", "*", "+", "1.", "2)", "#", ">", "|", "===", "---", "```", "~~~"])
def test_a_word_never_begins_a_line_that_would_mean_something_else(mark: str) -> None:
    for length in range(1, 12):
        text = f"{'x' * length} {'word ' * 17}{mark} more {'word ' * 30}"
        _, *lines = docstring(text, indent=0).removesuffix('\n"""').split("\n")
        assert lines
        assert not any(line.startswith(mark) for line in lines)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (">>> x", r"\>>> x"),
        ("a\n\n  >>> x", "a\n\n\\>>> x"),
        (".. include:: /etc/passwd", r"\.. include:: /etc/passwd"),
        ("- .. raw:: html", r"- \.. raw:: html"),
        ("__ javascript:x", r"\__ javascript:x"),
        ("`x <javascript:y>`_", r"`x <javascript:y>`\_"),
        (":download:`/etc/passwd`", ":download: `/etc/passwd`"),
        ("`/etc/passwd`:download:", "`/etc/passwd` :download:"),
        ("\x1b[2J \u202e", r"\x1b[2J \u202e"),
        ("C:\\new \\N{x}", "C:\\new \\N{x}"),
        ("woman \U0001f469\u200d\U0001f467", "woman \U0001f469\u200d\U0001f467"),
        ('x"""y', 'x"""y'),
    ],
)
def test_value(text: str, value: str) -> None:
    assert inspect.cleandoc(value_of(module_with(text, 0), 0)) == value


def test_hostile_text_is_one_comment_and_nothing_else(payload: str) -> None:
    check_comment(payload)


@given(TEXTS)
def test_any_text_is_one_comment_and_nothing_else(text: str) -> None:
    check_comment(text)


def check_comment(text: str) -> None:
    source = f"x = 1\n{comment(text)}\n"
    assert len(ast.parse(source).body) == 1
    kinds = [token.type for token in tokenize.generate_tokens(io.StringIO(source).readline)]
    assert kinds.count(tokenize.COMMENT) == 1
    assert comment(text).isprintable()
    assert len(comment(text).splitlines()) == 1
    assert black.format_str(source, mode=black.Mode(line_length=10**9)) == source


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("words", "# words"),
        ("", "#"),
        ("a\r\nb\u2028c\x85d\x0ce", "# a b c d e"),
        ("type: ignore", r"# \type: ignore"),
        ("Type : ignore", r"# \Type : ignore"),
        ("x # noqa: F401", r"# x # \noqa: F401"),
        ("fmt: off", r"# \fmt: off"),
        ("ruff: noqa", r"# \ruff: noqa"),
        ("mypy: ignore-errors", r"# \mypy: ignore-errors"),
        ("pragma: no cover", r"# \pragma: no cover"),
        ("-*- coding: utf-7 -*-", r"# \-*- coding\: utf-7 -*-"),
        ("vim: fileencoding=utf-7", r"# vim: fileencoding\=utf-7"),
        ("/// script", r"# \/// script"),
        ("!python", r"# \!python"),
        ("types: a list", "# types: a list"),
        ("C# is fine", "# C# is fine"),
        ("\u202eabc", r"# \u202eabc"),
    ],
)
def test_comment(text: str, line: str) -> None:
    assert comment(text) == line


def test_a_comment_never_declares_the_encoding() -> None:
    source = (comment("-*- coding: unicode_escape -*-") + "\n" + comment("coding=utf-7") + "\n").encode()
    encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    assert encoding == "utf-8"
