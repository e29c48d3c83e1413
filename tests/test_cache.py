"""The cache between runs: what is damaged, lost or too much."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from jinja2 import Environment

from generator import cache
from generator.render import format as formatting
from generator.render.environment import environment
from generator.render.format import format_python


def test_what_is_kept_is_recalled(tmp_path: Path) -> None:
    place = cache.place(tmp_path / "folder", "content")

    assert cache.recall(place) is None
    cache.keep(place, b"")
    assert cache.recall(place) == b""
    cache.keep(place, b"\x00\nwords")
    assert cache.recall(place) == b"\x00\nwords"
    assert list(place.parent.iterdir()) == [place]


def test_a_name_stands_for_each_thing_that_a_content_depends_on(tmp_path: Path) -> None:
    places = {cache.place(tmp_path, *words) for words in (("a", "b"), ("a", "c"), ("d", "b"), ("a",))}

    assert len(places) == 4


@pytest.mark.parametrize("keep", [0, 10, 64, -1])
def test_what_was_damaged_is_as_good_as_lost(tmp_path: Path, keep: int) -> None:
    place = tmp_path / "kept"
    cache.keep(place, b"words")
    place.write_bytes(place.read_bytes()[:keep])

    assert cache.recall(place) is None


def test_the_oldest_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_MOST", 3)
    for number in range(5):
        cache.keep(tmp_path / f"{number}", b"words")
        os.utime(tmp_path / f"{number}", (number, number))

    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["2", "3", "4"]


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    cache.keep(tmp_path / "file" / "kept", b"words")

    assert cache.recall(tmp_path / "file" / "kept") is None


TEXTS: Mapping[str, str] = {"a.py": "x = [ 1 ]\n", "b.py": "y = 'ü'\n"}
FORMATTED = {"a.py": "x = [1]\n", "b.py": 'y = "ü"\n'}


def test_text_is_formatted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert format_python(TEXTS, tmp_path, "package") == FORMATTED
    monkeypatch.setattr(formatting, "_black", lambda text: pytest.fail(f"formatted again: {text}"))

    assert format_python(TEXTS, tmp_path, "package") == FORMATTED


def test_other_text_and_damaged_text_are_formatted_anew(tmp_path: Path) -> None:
    format_python(TEXTS, tmp_path, "package")
    for entry in (tmp_path / "formatted").iterdir():
        entry.write_bytes(entry.read_bytes()[:-3])

    assert format_python({**TEXTS, "a.py": "x = ( 2 )\n"}, tmp_path, "package") == {**FORMATTED, "a.py": "x = 2\n"}
    assert format_python(TEXTS, tmp_path, "package") == FORMATTED


def test_compiled_templates_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def compiled() -> str:
        environment.cache_clear()
        return environment(tmp_path).get_template("package/src/__package__/tracing.py.jinja").name or ""

    name = compiled()
    (kept,) = (tmp_path / "templates").iterdir()
    monkeypatch.setattr(Environment, "compile", lambda *_: pytest.fail("compiled again"))
    assert compiled() == name
    kept.write_bytes(kept.read_bytes()[:-1])
    with pytest.raises(pytest.fail.Exception):
        compiled()
    environment.cache_clear()
