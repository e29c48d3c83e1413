"""The page of a review: it says what changed, and no text of a document becomes anything but text."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.diff.compare import Comparison, compare
from generator.history.reviewing import page
from generator.review.lines import Line, difference
from generator.review.sheet import Sheet, sheet
from generator.review.strange import strange
from generator.review.walk import walk
from tests.cli.commands import generate
from tests.diff.conftest import git
from tests.diff.versions import SHOP, base, compared, edited

_VOID = frozenset({"meta", "input"})
_CSP = re.compile(r"'sha256-([^']+)'")

# What would be an element, an attribute, the end of a script or style, a comment, or a character reference.
HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<svg onload=alert(1)>",
    "</style><style>*{display:none}",
    "</title><iframe srcdoc=x>",
    "<!-- &lt;b&gt; -->",
    "]]><a href=javascript:alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "\\u202egnp.exe\\u2066",
    "\\u0000\\u001b]0;x\\u0007\\u2028\\u00a0",
)


class _Page(HTMLParser):
    """What a browser would make of a page: its elements and their attributes, its ids and links, its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.content: dict[str, str] = {}
        self.words = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.elements[tag, tuple(sorted(values))] += 1
        self.ids += [str(values["id"])] if "id" in values else []
        self.links += [str(value) for name, value in attrs if name in ("href", "src")]
        if values.get("http-equiv"):
            self.content["policy"] = str(values["content"])
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("script", "style"):
            self.content[self._open[-1]] = data
        else:
            self.words += data

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")


def _sheet(directory: Path, *edits: tuple[str, str]) -> Sheet:
    return sheet(compared(SHOP, edited(SHOP, edits), directory, files=True))


def _hostile(directory: Path, text: str) -> Sheet:
    """Text of a document wherever a page shows some."""
    quoted = '"' + text.replace('"', '\\"') + '"'
    return _sheet(
        directory,
        ("title: Shop", f"title: {quoted}"),
        ("enum: [red, green, blue]", f"enum: [red, green, {quoted}]"),
        ("description: A color.", f"description: {quoted}"),
        ("operationId: deleteItem", f"operationId: {quoted}"),
        ("{name: sort, in: query", f"{{name: {quoted}, in: query"),
    )


def test_a_page_says_what_changed(tmp_path: Path) -> None:
    made = _sheet(tmp_path, ("enum: [red, green, blue]", "enum: [red, green]"), ("maxLength: 20", "maxLength: 10"))
    words = _Page(page([made], "HEAD", "working tree")).words
    assert "It breaks callers" in words
    assert "Next version: 0.2.0 (was 0.1.0)" in words
    for line in ("-   enum: [red, green, blue]\n", "+   enum: [red, green]\n", '-     BLUE = "blue"\n'):
        assert line in words
    assert "Its name is gone, and the service refuses it." in words
    assert re.search(r"shop\.yaml:\d+:\d+", words)


def test_links_lead_somewhere(tmp_path: Path) -> None:
    made = _sheet(tmp_path, ("operationId: deleteItem", "operationId: removeItem"))
    parsed = _Page(page([made, made], "HEAD", "working tree"))
    assert len(parsed.ids) == len(set(parsed.ids))
    assert parsed.links
    assert {link.removeprefix("#") for link in parsed.links} <= set(parsed.ids)


def test_every_landmark_has_a_name_of_its_own(tmp_path: Path) -> None:
    """Of several targets too (WAI-ARIA 1.2, `region`; axe's rule landmark-unique)."""
    made = _sheet(tmp_path, ("operationId: deleteItem", "operationId: removeItem"))
    text = page([made, replace(made, name="other")], "HEAD", "working tree")
    headings = dict(re.findall(r'<h\d id="([^"]+)">([^<]*)', text))
    names = [tuple(headings[id_] for id_ in found.split()) for found in re.findall(r'<section[^>]*by="([^"]+)"', text)]
    assert len(names) > 4
    assert len(names) == len(set(names))


def test_the_policy_allows_what_is_there_and_nothing_else(tmp_path: Path) -> None:
    parsed = _Page(page([_sheet(tmp_path, ("maxLength: 20", "maxLength: 10"))], "HEAD", "working tree"))
    hashes = {b64encode(sha256(parsed.content[name].encode()).digest()).decode() for name in ("style", "script")}
    assert set(_CSP.findall(parsed.content["policy"])) == hashes
    assert parsed.content["policy"].startswith("default-src 'none'; ")
    assert "unsafe" not in parsed.content["policy"]
    assert not [name for _, names in parsed.elements for name in names if name == "style" or name.startswith("on")]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> _Page:
    """The page of a harmless string."""
    return _Page(page([_hostile(tmp_path_factory.mktemp("plain"), "x y z")], "x y z", "x y z"))


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_document_is_text(text: str, plain: _Page, tmp_path: Path) -> None:
    shown = page([_hostile(tmp_path, text)], f"{text}\ud800", text)
    shown.encode()
    parsed = _Page(shown)
    assert set(parsed.elements) <= set(plain.elements) | _STRANGE
    assert all(link.startswith("#") for link in parsed.links)
    assert all(char.isprintable() or char == "\n" for char in shown.replace("\xa0", "\0"))


# Only pages with strange text have these.
_STRANGE = {("strong", ("class",)), ("a", ("href",)), ("p", ("class",)), ("code", ()), ("pre", ("class",)), ("li", ())}


def test_unexplained_files_come_first_and_stand_open(tmp_path: Path) -> None:
    edits = (("operationId: deleteItem", "operationId: removeItem"),)
    found = compared(SHOP, edited(SHOP, edits), tmp_path, files=True)
    assert found.unexplained == []
    tampered: Comparison = replace(found, unexplained=[found.files[-1].path])
    made = sheet(tampered)
    assert made.files[0].change == found.files[-1]
    assert [each.is_explained for each in made.files] == [False] + [True] * (len(made.files) - 1)
    assert ("details", ("class", "open")) in _Page(page([made], "a", "b")).elements
    assert "1 changed file that no change of the API explains" in _Page(page([made], "a", "b")).words


def test_nothing_changed() -> None:
    made = sheet(compare("sdk", base(SHOP, files=True), base(SHOP, files=True)))
    assert made.cards == ()
    assert made.drawing is None
    assert "Nothing changed" in _Page(page([made], "a", "b")).words


def test_a_graph_has_the_changed_neighbourhood(tmp_path: Path) -> None:
    drawn = _sheet(tmp_path, ("enum: [red, green, blue]", "enum: [red, green]")).drawing
    assert drawn is not None
    nodes = {node.name: node for node in drawn.nodes}
    assert nodes["Color"].sign == "~"
    assert nodes["Color"].impact == "breaking"
    assert nodes["Item"].anchor is None
    assert nodes["getItem"].x < nodes["Item"].x < nodes["Color"].x
    assert len({(node.x, node.y) for node in drawn.nodes}) == len(drawn.nodes)


def test_strange_text_is_found() -> None:
    text = "\n".join(
        (
            "fine: schön, 東京, naïve, μs",
            "a: x\u202ey",
            'b: "\\u2066"',
            "c: p\u0430ypal",
            "d: z\u200bz",
            "e: " + "x" * 2001,
        )
    )
    found = strange({"old.yaml": "c: p\u0430ypal"}, {"new.yaml": text})
    assert [(each.place, each.is_new) for each in found] == [
        ("new.yaml:2", True), ("new.yaml:3", True), ("new.yaml:5", True), ("new.yaml:6", True), ("new.yaml:4", False),
    ]  # fmt: skip
    assert "direction" in found[0].kind
    assert "alphabet" in found[-1].kind


def test_long_texts_take_little_room() -> None:
    found = difference([], [str(number) for number in range(100)], 10)
    assert len(found.shown) == 10
    assert found.left_out == 90
    assert len(difference(["x" * 10_000], [], 10).shown[0].text) < 500
    assert difference(["a"], ["a"], 10).shown == (Line(" ", "a"),)
    assert len(difference(["a"] * 20_001, ["b"], 10).shown) == 1


def test_the_command_writes_a_page(repository: Path) -> None:
    document = repository / "specs" / "shop" / "openapi.yaml"
    document.write_text(edited(SHOP, (("maxLength: 20", "maxLength: 10"),)))
    ended = generate("review", "--html", "review.html")
    assert (ended.code, ended.out, ended.err) == (0, "review.html\n", "")
    words = _Page((repository / "review.html").read_text()).words
    assert "HEAD:specs/shop/openapi.yaml:24:11" in words
    git("add", "-A")
    git("commit", "-q", "-m", "second")
    generate("review", "--html", "review.html")
    assert "Nothing changed" in _Page((repository / "review.html").read_text()).words


def test_a_page_that_cannot_be_written_is_refused(repository: Path) -> None:
    ended = generate("review", "--html", "nowhere/review.html")
    assert ended.code == 2
    assert "nowhere/review.html cannot be written" in ended.err
    assert not (repository / "nowhere").exists()


def _walked(comparison: Comparison, keys: str) -> tuple[bool, str]:
    pressed, said = iter(keys), list[str]()
    is_through = walk(comparison, lambda _role, text: text, lambda: next(pressed), said.append)
    assert next(pressed, None) is None
    return is_through, "\n".join(said)


def test_changes_one_by_one(tmp_path: Path) -> None:
    edits = (("enum: [red, green, blue]", "enum: [red, green]"), ("maxLength: 20", "maxLength: 10"))
    found = compared(SHOP, edited(SHOP, edits), tmp_path)
    is_through, said = _walked(found, "npon\r")
    assert is_through
    assert [int(number) for number in re.findall(r"(\d) of 2:", said)] == [1, 2, 1, 1, 2]
    assert said.count("- - {name: sort, in: query, schema: {type: string, maxLength: 20}}") == 1
    assert _walked(found, "nq")[0] is False


def test_a_terminal_is_not_obeyed(tmp_path: Path) -> None:
    edits = (("enum: [red, green, blue]", 'enum: [red, green, "\\x1b]0;x\\x07\\u202e"]'),)
    found = compared(SHOP, edited(SHOP, edits), tmp_path)
    said = _walked(found, "o" * 3 + "q")[1]
    assert "x1b" in said
    assert all(char.isprintable() for char in said.replace("\n", ""))


def test_without_a_terminal_it_is_printed(repository: Path) -> None:
    document = repository / "specs" / "shop" / "openapi.yaml"
    document.write_text(edited(SHOP, (("maxLength: 20", "maxLength: 10"),)))
    ended = generate("review")
    assert ended.code == 0
    assert "! breaking  operation listItems: sort: max length 20 -> 10  [constraint-tightened]" in ended.out
    assert "n next" not in ended.out


def test_ticks_are_there_for_those_who_run_scripts(tmp_path: Path) -> None:
    made = _sheet(tmp_path, ("maxLength: 20", "maxLength: 10"), ("A color.", "Some color."))
    parsed = _Page(page([made], "a", "b"))
    assert parsed.elements["input", ("type", "value")] == len(made.cards) == 2
    assert parsed.elements["p", ("class", "hidden")] == 2
    assert parsed.elements["div", ("hidden", "id")] == 1
    assert len({card.fingerprint for card in made.cards}) == 2
