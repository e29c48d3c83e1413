"""Descriptions as Markdown. A CommonMark parser that isn't ours says what a reader's browser would be given."""

import time
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.python.markup import SUMMARY_LENGTH, first_sentence, inert_html, plain_markdown
from generator.python.text import Markdown

COMMONMARK = MarkdownIt("commonmark", {"html": True})
WITH_TABLES = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
ALLOWED_TAGS = {
    *("p", "ul", "ol", "li", "code", "a", "b", "i", "em", "strong", "br", "dl", "dt", "dd", "note", "important"),
    *("fullname", "title", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "div", "span", "table", "tr", "td", "th"),
    *("tbody", "thead", "sub", "sup", "u"),
}

FRAGMENTS = st.sampled_from(
    [
        "<",
        "</",
        ">",
        "<script>",
        "</script>",
        "<p>",
        "</p>",
        "<ul>",
        "<ol>",
        "<li>",
        "</li>",
        "</ul>",
        "<code>",
        "</code>",
        "<b>",
        "</b>",
        '<a href="javascript:x">',
        "<a href='https://e.x/(a)'>",
        "<a>",
        "</a>",
        "<div",
        "<img src=x alt='a' onerror=y>",
        "<!--",
        "-->",
        "<?",
        "<br>",
        "<pre>",
        "</pre>",
        "<table>",
        "<tr>",
        "<td>",
        "<dl><dt>",
        "<dd>",
        "<h1>",
        "</h1>",
        "<https://a.b>",
        "<mailto:a@b>",
        "<a href=x onclick='",
        "<svg/onload=x>",
        "`",
        "``",
        "```",
        "~~~",
        "\n",
        "\n\n",
        "    ",
        "  ",
        "- ",
        "1. ",
        "> ",
        "# ",
        "|",
        "[",
        "]",
        "(",
        ")",
        "](",
        "![",
        "javascript:x",
        "https://a.b/c",
        " ",
        "word",
        "two words",
        "\\",
        "&lt;",
        "&amp;",
        "&",
        "lt;",
        "&#96;",
        "&#42;",
        "&colon;",
        "*",
        "_",
        "**",
        "]:",
        "[x]:",
        "{: onclick=a}",
        "=",
        "---",
        ":::",
        "--8<--",
        "\t",
        "\r",
        "\u2028",
        "\x1b",
        "\u202e",
        "\ud800",
        "\u00a0",
        "\ufeff",
        "&#x202e;",
    ]
)
TEXTS = st.lists(FRAGMENTS | st.text(st.characters(exclude_categories=()), max_size=4), max_size=24).map("".join)


def tokens(parser: MarkdownIt, markdown: str) -> Iterator[Token]:
    stack = parser.parse(markdown)
    while stack:
        token = stack.pop()
        stack += token.children or []
        yield token


def has_foreign_scheme(token: Token) -> bool:
    target = str(token.attrs.get("href", "")).lower()
    return ":" in target and not target.startswith(("http://", "https://", "mailto:"))


def active(markdown: str) -> list[str]:
    """Everything in `markdown` that a browser would do more with than show it."""
    return [
        f"{token.type} {token.content} {token.attrs}"
        for parser in (COMMONMARK, WITH_TABLES)
        for token in tokens(parser, markdown)
        if token.type in {"html_inline", "html_block", "image"} or has_foreign_scheme(token)
    ]


class Tags(HTMLParser):
    """Collects what a browser's parser would take for tags."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.other: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {(f"{tag}.{name}", value or "") for name, value in attrs}

    def handle_endtag(self, tag: str) -> None:
        self.names.add(tag)

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def handle_decl(self, decl: str) -> None:
        self.other.append(decl)

    def handle_pi(self, data: str) -> None:
        self.other.append(data)

    def unknown_decl(self, data: str) -> None:
        self.other.append(data)


def tags_of(html: str) -> Tags:
    parser = Tags()
    parser.feed(html)
    parser.close()
    return parser


@given(TEXTS)
@example("`<`<script>`")
@example("- ```\n<script>\n```")
@example("- a\n\n  ```\n<script>\n  ```")
@example("foo\n    ~~~\n    <img>\n    ~~~")
@example("[x]\n\n[x]:\n javascript\\:alert(1)")
@example("| ` <img src=x> | ` |\n| - | - |")
def test_plain_markdown_is_never_active(text: str) -> None:
    assert active(plain_markdown(text)) == []


@given(TEXTS)
@example("&lt;<script>")
@example("`<|&#96;`")
@example("&amp;lt;b>")
def test_plain_markdown_leaves_its_own_result_alone(text: str) -> None:
    assert plain_markdown(plain_markdown(text)) == plain_markdown(text)


def test_hostile_text_as_plain_markdown(payload: str) -> None:
    markdown = plain_markdown(payload)
    assert active(markdown) == []
    assert plain_markdown(markdown) == markdown
    assert markdown.encode()[:1] not in {b" ", b"\n"}


@pytest.mark.parametrize(
    ("description", "markdown"),
    [
        ("", ""),
        ("  Plain text.  ", "Plain text."),
        ("<p>One.</p> <p>Two.</p>", "One.\n\nTwo."),
        ("<p>One.<p>Two.", "One.\n\nTwo."),
        (
            "<p>A</p> <ul> <li> <p>B: <code>c</code> </p> </li> <li> <p>D</p> </li> </ul> <p>E</p>",
            "A\n\n- B: `c`\n- D\n\nE",
        ),
        ("<ol><li>A<ul><li>B</li></ul></li><li>C</li></ol>", "1. A\n   - B\n2. C"),
        ("<ul><li><p>A</p><p>B</p></li></ul>", "- A\n\n  B"),
        ("<dl><dt>Term</dt><dd>Meaning</dd></dl>", "- **Term**\n\n  Meaning"),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", "- **A** | **B**\n- 1 | 2"),
        ("<fullname>Service</fullname> <p>It serves.</p>", "**Service**\n\nIt serves."),
        ("<note> <p>Careful.</p> </note>", "Careful."),
        ("Use <code>x</code> or <b>y </b>or <i>z</i>.", "Use `x` or **y** or *z*."),
        ("<b>a <strong>b</strong></b>", "**a b**"),
        ("<code>a`b</code> <code> </code>", "``a`b``"),
        ("<code>&lt;b&gt; <i>x</i></code>", "`<b> x`"),
        ("See <a>GetId</a>.", "See `GetId`."),
        ('<a href="https://x.y/(a b)">docs</a>', "[docs](https://x.y/%28a%20b%29)"),
        ('<a href="https://x.y"><code>Get</code></a>', "[`Get`](https://x.y)"),
        ('<a href="javascript:x">docs</a>', "docs"),
        ('<a href="/relative">docs</a>', "docs"),
        ('<img src="https://t.x/p.png" alt="a chart">', "a chart"),
        ("a<br>b", "a\nb"),
        ("<p>a<br/>b</p>", "a\n\nb"),
        ("| a<br>b | c |", "| a b | c |"),
        ("<pre>x\n  y</pre>", "```\nx\n  y\n```"),
        ("<pre>```\nx</pre>", "````\n```\nx\n````"),
        ("a<script>b</script>c<style>d", "ac&lt;style>d"),
        ("a<!-- b -->c<!-- d", "ac&lt;!-- d"),
        ("a < b && c <= d", "a < b && c <= d"),
        ("Map<String, Integer>", "Map&lt;String, Integer>"),
        ("List<Pet>, List<Address> and <your-id>", "List&lt;Pet>, List&lt;Address> and &lt;your-id>"),
        ("<P>One.<BR>Two.</P>", "One.\n\nTwo."),
        ("`List<Pet>`", "`List<Pet>`"),
        ("x &lt;b&gt; &amp; &amp;lt; &copy;", "x &lt;b> & &amp;lt; ©"),
        ("1 &lt; 2", "1 < 2"),
        ("&#42;x&#42; &nbsp;y", "\\*x\\*  y"),
        ("<p>* and *</p>", "\\* and \\*"),
        ("<p>s3:Get*</p>", "s3:Get*"),
        ("<p>- not a list</p>", "\\- not a list"),
        ("<p>1. not a list</p>", "1\\. not a list"),
        ("<p># not a heading</p>", "\\# not a heading"),
        ("# Title\n\n- a\n- b <b>c</b>\n\n1. d", "# Title\n\n- a\n- b **c**\n\n1. d"),
        ("Intro\n<p>html</p>\n\n- a\n- b", "Intro\n\nhtml\n\n- a\n- b"),
        ("<p>html\n\n- a\n- b", "html\n\n- a\n- b"),
        ("```python\n<b> & x\n```", "```python\n<b> & x\n```"),
        ("~~~\n```\n~~~", "````\n```\n````"),
        ("```\nnever closed <b>x</b>", "\\`\\`\\`\nnever closed **x**"),
        ("```js {onclick=x}\ny\n```", "```js\ny\n```"),
        ("[a](https://b.c 'title') [d](javascript:e) [f](#g)", "[a](https://b.c) d f"),
        ("![alt](https://t.x/p.png) [![b](c)](https://d.e)", "alt [b](https://d.e)"),
        ("<https://a.b> <mailto:a@b.c> <ftp://x>", "<https://a.b> <mailto:a@b.c> &lt;ftp://x>"),
        ("[x]: javascript:y", "[x\\]: javascript:y"),
        ("[x]: https://a.b", "[x]: https://a.b"),
        ("array[0]: the first", "array[0]: the first"),
        ("\\<script>", "&lt;script>"),
        ("x{: onclick=y } {id} {a=b}", "x\\{: onclick=y } {id} \\{a=b}"),
        ('--8<-- "/etc/passwd"\n\n::: os', '\\--8<-- "/etc/passwd"\n\n\\::: os'),
        ("a\r\nb\tc\n\n\n\nd   \ne", "a\nb   c\n\nd\ne"),
        ("a\u200bb\ufeff\u00a0c", "ab c"),
        ("\x1b[2J \u202e", "\\x1b[2J \\u202e"),
        ("&#x202e;", "\\u202e"),
    ],
)
def test_plain_markdown(description: str, markdown: str) -> None:
    assert plain_markdown(description) == markdown


@given(TEXTS)
@example('<evil a="`">` <script> `')
@example("<b foo=<script>>")
def test_inert_html_holds_only_allowed_tags(text: str) -> None:
    line = inert_html(text)
    tags = tags_of(line)
    assert tags.names <= ALLOWED_TAGS
    assert tags.other == []
    assert all(
        name == "a.href" and value.startswith(("https://", "http://", "mailto:")) for name, value in tags.attributes
    )


@given(TEXTS)
def test_inert_html_stays_in_its_bullet(text: str) -> None:
    line = inert_html(text)
    assert len(line.splitlines()) <= 1
    found = list(tokens(COMMONMARK, f"* `first` - {line}\n* `second` - x\n"))
    assert [token.type for token in found].count("list_item_open") == 2
    assert not any(token.type == "image" or has_foreign_scheme(token) for token in found)


def test_hostile_text_as_inert_html(payload: str) -> None:
    line = inert_html(payload)
    assert type(line) is Markdown
    assert tags_of(line).names <= ALLOWED_TAGS
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize(
    "description",
    [
        "Plain.",
        "<p>One.</p> <ul> <li> <p>Two: <code>three</code> </p> </li> </ul>",
        'See <a>GetId</a> and <a href="https://x.y/z">this</a>.',
        "<p>Unclosed. <p>Paragraphs.",
        'The "domain", it\'s 5 &gt; 4 &amp; more; a_b *c* `d`',
        "[a](https://b.c) @everyone",
    ],
)
def test_inert_html_is_letter_for_letter(description: str) -> None:
    assert inert_html(description) == description


@pytest.mark.parametrize(
    ("description", "line"),
    [
        ("a\nb\r\n  c\u2028d\te", "a b c d e"),
        ("<script>x</script>", "&lt;script>x&lt;/script>"),
        ('<a href="javascript:x">y</a>', '&lt;a href="javascript:x">y&lt;/a>'),
        ('<a href="https://x" onclick="y">z</a>', '&lt;a href="https://x" onclick="y">z&lt;/a>'),
        ('<p style="x">y</p>', '&lt;p style="x">y&lt;/p>'),
        ("</li></ul><b>x", "&lt;/li>&lt;/ul>&lt;b>x"),
        ("a < b", "a &lt; b"),
        ("<!-- End -->", "&lt;!-- End -->"),
        ("[x](javascript:y)", "[x]\\(javascript:y)"),
        ("![x](https://t.x/p.png)", "!\\[x](https://t.x/p.png)"),
        ("\x1b[2J\u202e", "\\x1b[2J\\u202e"),
    ],
)
def test_inert_html(description: str, line: str) -> None:
    assert inert_html(description) == line


@pytest.mark.parametrize(
    ("markdown", "sentence"),
    [
        ("", ""),
        ("One. Two.", "One."),
        ("One\ntwo. Three", "One two."),
        ("No end", "No end"),
        ("As follows:\n\n- a", "As follows."),
        ("**Service**\n\nIt serves. Well.", "It serves."),
        ("# Only a heading", "Only a heading"),
        ("Use e.g. this, i.e. that. More.", "Use e.g. this, i.e. that."),
        ("Version 1.2 of `a. b` is here! Yes.", "Version 1.2 of `a. b` is here!"),
        ("See [the docs](https://x.y/z). More.", "See the docs."),
        ("- first. second", "first."),
        ("```\ncode. here\n\nmore.\n```\n\nText.", "Text."),
        ("(Deprecated.) Next.", "(Deprecated.)"),
        ("word " * 40, "word " * 18 + "word..."),
        ("w" * 200, "w" * 97 + "..."),
        ("word " * 17 + "`code span that is long` end of it", "word " * 16 + "word..."),
    ],
)
def test_first_sentence(markdown: str, sentence: str) -> None:
    assert first_sentence(markdown) == sentence


@given(TEXTS)
def test_first_sentences_are_one_short_line(text: str) -> None:
    sentence = first_sentence(plain_markdown(text))
    assert len(sentence) <= SUMMARY_LENGTH
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "<!--",
        "<script>",
        "<ul><li>x",
        "<b>",
        "`",
        "``` x\n",
        "[",
        "](",
        "![a](b",
        "&",
        "<a href='",
        "~~~\n",
        "<p>",
    ],
)
def test_time_grows_with_the_text_and_not_with_its_square(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    plain_markdown(text)
    inert_html(text)
    assert time.process_time() - start < 10
