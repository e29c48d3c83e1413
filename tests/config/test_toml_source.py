"""Every key's line is the one its statement begins on, however the statement is written."""

from pathlib import Path

import pytest

from generator.toml_source import TomlSource

TEXT = '''# first
bare = 1
"quoted key" = 2

dotted.inner = 3
inline = {a = 1, b = {c = 2}}
long = """
bare = 9
"""
many = [
  # comment
  "x",

  "y",
]
[table]
key = 1
[table.sub."odd.one"]
key = \'\'\'
[none]
\'\'\'
[[array]]
key = 1
'''


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_lines_of_keys(tmp_path: Path, ends: str) -> None:
    (tmp_path / "a.toml").write_bytes(TEXT.replace("\n", ends).encode())
    source = TomlSource(tmp_path / "a.toml")
    expected = {
        ("bare",): 2,
        ("quoted key",): 3,
        ("dotted",): 5,
        ("dotted", "inner"): 5,
        ("inline", "b", "c"): 6,
        ("long",): 7,
        ("many",): 10,
        ("table",): 16,
        ("table", "key"): 17,
        ("table", "sub"): 18,
        ("table", "sub", "odd.one", "key"): 19,
        ("array",): 22,
        ("array", "key"): 23,
        ("none",): None,
        (): None,
    }
    assert {keys: source.location(*keys).line for keys in expected} == expected
    assert source.location("a/b", "c~d").pointer == "/a~1b/c~0d"
