"""Whatever a document says, in whatever place: it is written down, and it never acts.

One string after the other stands in every slot of a document. Either the document is refused, with a code and a
place, or there is a package that parses, imports without doing anything, and shows nothing active. The payloads call
a function that must never be called.
"""

from __future__ import annotations

import ast
import html.parser
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.diagnostics import Refusal
from generator.output.paths import clashes, path_fault
from generator.render.verify import verify_python
from tests.cases.installing import write_files
from tests.cases.stages import run
from tests.hostile_document import hostile_document

PACKAGE = "hostile_client"
ACT = "__import__('sys').audit('hostile.acted')"

PAYLOADS = {
    "closing quotes": f'x"""\n{ACT}\n"""',
    "closing single quotes": f"x'''\n{ACT}\n'''",
    "a backslash at the end": "ends with \\",
    "a quote at the end": 'ends with "',
    "escapes": r"\N{nope} C:\xyz \u12 \d \s \x",
    "a second line": f"a\n{ACT}",
    "a second line in a body": f"a\n        {ACT}\n",
    "a carriage return": f"a\r{ACT}",
    "an encoding": f"-*- coding: unicode_escape -*-\n\\x0a{ACT}",
    "an encoding of UTF-7": f"# coding: utf-7\n+AAo-{ACT}",
    "line separators": f"a\x0b{ACT}\x0c{ACT}\x1c{ACT}\x1d{ACT}\x1e{ACT}\x85{ACT}\u2028{ACT}\u2029{ACT}",
    "a lone surrogate": "lone \ud800 surrogate",
    "directions": "access\u202e level \u2066user\u2069",
    "a default": f"{ACT} or str",
    "a callable": f"Callable[[str], {ACT}]",
    "an f-string": "{" + ACT + "} {self._security} {0.__class__} %s ${x}",
    "a template": '{{ 7*7 }}{% include "/etc/passwd" %}{# {{ plan }} #}',
    "a signature": f"x(self): {ACT}\n    def y",
    "an annotation": f"x: int = {ACT}  #",
    "an assignment": f"a = {ACT}",
    "a subscript": f'kind"]; {ACT} #',
    "a comment": f"# {ACT}\n{ACT}",
    "a decorator": f"@{ACT}",
    "a doctest": f">>> {ACT}\n    >>> {ACT}\n... {ACT}",
    "a table of TOML": 'a"\n[build-system]\nrequires=["evil"]\nbuild-backend="evil"\n#',
    "a multi-line string of TOML": 'a"""\n[tool.evil]\nx = """',
    "a licence": 'MIT" and x',
    "a script": "<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>",
    "a comment of HTML": "--> <script>alert(1)</script> <!--",
    "links": "[x](javascript:alert(1)) ![y](data:text/html,z) <javascript:alert(1)> [z]: javascript:alert(1)",
    "a fence": "```\n\n<script>alert(1)</script>\n\n~~~\n",
    "a table": "a | b | `c` |\n|---|---|\n| d",
    "Sphinx": ".. include:: /etc/passwd\n\n.. raw:: html\n\n   <script>\n\n`x <javascript:y>`_",
    "a mention": "@everyone #1 :rocket:",
    "a path": "../../../../etc/passwd",
    "a path of Windows": "..\\..\\C:\\x:y",
    "an absolute path": "/etc/cron.d/x",
    "dots": "..",
    "a dot": ".",
    "a blank": " ",
    "blanks": " \t\n ",
    "a digit": "1",
    "a sign": "-",
    "an underscore": "_",
    "a keyword": "class",
    "a soft keyword": "match",
    "None": "None",
    "self": "self",
    "a dunder": "__init__",
    "a private name": "__secret",
    "a builtin": "str",
    "an option": "options",
    "a module": "shared",
    "a class of ours": "Security",
    "another class of ours": "Timeout",
    "the constant": "API",
    "the root": "SDK",
    "a device": "aux",
    "an attribute of enumerations": "mro",
    "a homoglyph": "\u0430dmin",
    "an emoji": "\N{PILE OF POO}",
    "letters without ASCII": "日本語",
    "combining marks": "e\u0301\u0308",
    "a terminal": "\x1b]0;title\x07\x1b[2J\x9b31m\r",
    "an annotation of GitHub": "%0A::error file=x::y\n::add-mask::z",
    "a header": "X-Key\r\nX-Evil: 1",
    "a URL with a password": "https://u:p@example.com/?q#f",
    "a URL of a script": "javascript:alert(1)",
    "a long name": "x" * 300,
    "a long name of one case": "X" * 300,
    "many words": "word " * 200,
    "a pattern that never ends": "^(a+)+$",
    "a pattern of another dialect": r"^[\p{L}\p{N}]+(?<n>x)\Z$",
}

Import = Callable[[Path], list[str]]


@pytest.fixture(scope="session")
def importing() -> Iterator[Import]:
    """Imports a package in a process that is watched, and says what it did."""
    command = [sys.executable, "-W", "error", str(Path(__file__).with_name("import_watch.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        stdin, stdout = process.stdin, process.stdout

        def ask(source: Path) -> list[str]:
            stdin.write(json.dumps([str(source), PACKAGE]) + "\n")
            stdin.flush()
            return list(json.loads(stdout.readline()))

        yield ask


@pytest.fixture(params=list(PAYLOADS.values()), ids=list(PAYLOADS))
def document(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The hostile document of one payload. As JSON, which can spell every character."""
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(hostile_document(request.param)), encoding="ascii")
    return path


def test_a_hostile_document_never_acts(document: Path, tmp_path: Path, importing: Import) -> None:
    try:
        files = run(document, package=PACKAGE).files()
    except Refusal as refusal:
        for found in refusal.diagnostics:
            assert found.code
            assert found.location is not None
        return

    paths_are_safe(files)
    python_is_inert(files)
    project_has_its_own_tables_only(files["pyproject.toml"])
    for path in files:
        if path.endswith(".md"):
            markdown_is_inert(path, files[path].decode("utf-8"))
    write_files(tmp_path, files)
    assert importing(tmp_path / "src") == []


def paths_are_safe(files: dict[str, bytes]) -> None:
    assert [(path, fault) for path in files if (fault := path_fault(path))] == []
    assert list(clashes(files)) == []


def python_is_inert(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        if path.endswith(".py"):
            text = content.decode("utf-8")
            if "/_runtime/" not in path:
                verify_python(path, text)
            names = {node.attr for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute)}
            assert "audit" not in names, path
            assert "__import__" not in {
                node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)
            }, path
            assert not any(0xD800 <= ord(char) <= 0xDFFF or char in "\u202e\u2066\u2069\u2028" for char in text)


def project_has_its_own_tables_only(content: bytes) -> None:
    project = tomllib.loads(content.decode("utf-8"))
    optional = {"license"}

    assert set(project) == {"build-system", "project", "tool"}
    assert project["build-system"] == {"requires": ["hatchling>=1.27"], "build-backend": "hatchling.build"}
    assert set(project["project"]) - optional - {"urls"} == {
        "name", "version", "description", "readme", "requires-python", "classifiers", "dependencies",
        "optional-dependencies",
    }  # fmt: skip
    assert set(project["project"]["optional-dependencies"]) == {"httpx2", "otel"}
    assert project["project"]["name"] == "hostile-client"
    assert project["tool"] == {"hatch": {"build": {"targets": {"wheel": {"packages": [f"src/{PACKAGE}"]}}}}}


class Active(html.parser.HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        active = {"script", "img", "svg", "iframe", "style", "object", "embed", "link", "meta", "base", "form", "input"}
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith(("javascript:", "data:", "vbscript:")):
                self.found.append(f"{tag} {name}={value}")
        if tag in active:
            self.found.append(tag)


def markdown_is_inert(path: str, text: str) -> None:
    assert not any(ord(char) < 32 and char != "\n" for char in text), path
    outside_code = re.sub(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?^ {0,3}\1[ ]*$", "", text, flags=re.DOTALL | re.MULTILINE)
    outside_code = re.sub(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)", "", outside_code)
    outside_code = re.sub(r"\\[!-/:-@\[-`{-~]", "", outside_code)
    active = Active()
    active.feed(outside_code)
    assert active.found == [], path
    assert re.findall(r"\]\(\s*<?\s*(?:javascript|data|vbscript):", outside_code, re.IGNORECASE) == [], path
    assert re.findall(r"^\s*\[[^\]]*\]:\s*<?\s*javascript:", outside_code, re.IGNORECASE | re.MULTILINE) == [], path
    assert re.findall(r"<(?:javascript|data):", outside_code, re.IGNORECASE) == [], path


def test_the_watch_sees_what_it_must(tmp_path: Path, importing: Import) -> None:
    """The other tests are worth nothing if the marker could act unseen."""
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(hostile_document("harmless")), encoding="ascii")
    write_files(tmp_path, run(document, package=PACKAGE).files())
    client = tmp_path / "src" / PACKAGE / "client.py"
    client.write_text(client.read_text(encoding="utf-8") + f"\n{ACT}\n", encoding="utf-8")

    assert "hostile.acted" in importing(tmp_path / "src")
