"""Text that has broken generators, for every test that wants to meet all of it."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "python-text", derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("python-text")

PAYLOADS = {
    "closing-quotes": 'x"""\n__import__("os").system("touch pwned")\n"""',
    "trailing-backslash": "ends with \\",
    "three-backslashes": "ends with \\\\\\",
    "named-escape": r"\N{nope} C:\xyz \u12 \d \s",
    "second-line": "a\nimport os",
    "encoding": "-*- coding: unicode_escape -*-\n\\x0aimport os",
    "encoding-line": "# coding: utf-7\n# vim: set fileencoding=utf-7 :",
    "line-separators": "a\x0bb\x0cc\x1cd\x1de\x1ef\x85g\u2028h\u2029i\rj\r\nk",
    "surrogate": "lone \ud800 surrogate \udfff",
    "direction": "access \u202e level \u2066 user \u2069",
    "tags": "hidden \U000e0041\U000e0042 words \ufe01\u3164",
    "doctest": "Use it:\n\n>>> __import__('os').system('x')\n   >>> y",
    "template": '{{ 7 * 7 }} {% include "/etc/passwd" %} {# x',
    "format": "{self.tok} %s %(x)s ${HOME} $(id) `id`",
    "shapeless": "trailing   \n\ttab\x0cfeed\r\n\n\n\n  end   ",
    "one-long-line": "word " * 2_000,
    "one-long-word": "w" * 3_000,
    "many-lines": "line\n" * 2_000,
    "quotes": "'\"'\"\"\"'''\"",
    "starts-with-quote": '"quoted" and more',
    "ends-with-quote": 'more and "quoted"',
    "nul": "a\x00b",
    "terminal": "\x1b]0;title\x07\x1b[2J\x1b]8;;http://x\x1b\\link\rover\x9b31m",
    "toml": 'a"\n[build-system]\nrequires=["evil"]\nbuild-backend="evil"\n#',
    "toml-multiline": "\"\"\"\n[tool]\n'''",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>",
    "link": "[x](javascript:alert(1)) [y]( <javascript:z> ) ![p](https://t.example/pixel.png)",
    "definition": "[x]\n\n[x]: javascript:alert(1)\n[a\\]b]:\n data:text/html,x",
    "fence": "```\nopen\n~~~\n<b>never closed",
    "sphinx": ".. include:: /etc/passwd\n\n.. raw:: html\n\n`x <javascript:y>`_ :download:`/etc/passwd`",
    "mkdocs": '::: os\n--8<-- "/etc/passwd"\n[x](https://a.b){: onclick="x" }',
    "mention": "@everyone **bold** | cell | *x",
    "pragmas": "type: ignore\n# noqa\n# fmt: off\n# mypy: ignore-errors\n#!python\n# /// script",
    "nothing": "",
    "blanks": " \t\n ",
    "emoji": "👩‍👩‍👧 ❤️ é é",
}


@pytest.fixture(params=list(PAYLOADS.values()), ids=list(PAYLOADS))
def payload(request: pytest.FixtureRequest) -> str:
    """One hostile string after the other."""
    return str(request.param)
