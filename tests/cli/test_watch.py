"""`generate --watch`: again after each change, until somebody has seen enough. Nobody sleeps: a test's edits are the
pauses.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from generator import watching
from tests.cli.commands import Ended, generate, replace

Edit = Callable[[], object]
TICKS = count(2_000_000_000)


def nothing() -> None:
    """Time goes by."""


def write(path: Path, text: str) -> Edit:
    """Somebody saves a file; a clock that ticks once a save, so that no save hides behind a coarse one."""

    def edit() -> None:
        path.write_text(text, encoding="utf-8")
        tick = next(TICKS)
        os.utime(path, (tick, tick))

    return edit


def edited(path: Path, old: str, new: str) -> Edit:
    def edit() -> None:
        replace(path, old, new)
        write(path, path.read_text(encoding="utf-8"))()

    return edit


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """Watch while these things happen, one in each pause; then an interruption."""

    def watch(*words: str, edits: list[Edit]) -> Ended:
        remaining: Iterator[Edit] = iter(edits)

        def pause(_seconds: float) -> None:
            edit = next(remaining, None)
            if edit is None:
                raise KeyboardInterrupt
            edit()

        monkeypatch.setattr(watching.time, "sleep", pause)
        return generate(*words, "--watch", "--unformatted")

    return watch


def runs(ended: Ended) -> int:
    return ended.out.count(" operation")


def test_nothing_changes(pets: Path, watched: Callable[..., Ended]) -> None:
    ended = watched("pets", edits=[nothing, nothing, nothing])
    assert (ended.code, runs(ended)) == (0, 1)
    assert "Ctrl-C ends it" in ended.err


def test_a_change_of_the_document(pets: Path, watched: Callable[..., Ended]) -> None:
    document = pets / "specs/pets/openapi.yaml"
    ended = watched(edits=[edited(document, "operationId: addPet", "operationId: buyPet"), nothing, nothing])
    assert (ended.code, runs(ended)) == (0, 2)
    assert "changed: openapi.yaml" in ended.err
    client = (pets / "generated/pets/src/pets/_operations.py").read_text(encoding="utf-8")
    assert "buyPet" in client or "buy_pet" in client


def test_a_save_in_several_steps_is_one_change(pets: Path, watched: Callable[..., Ended]) -> None:
    document = pets / "specs/pets/openapi.yaml"
    text = document.read_text(encoding="utf-8")
    steps = [write(document, text[:50]), document.unlink, write(document, text[:90]), write(document, text + "\n")]
    ended = watched(edits=[*steps, nothing, nothing])
    assert (ended.code, runs(ended)) == (0, 2)
    assert "error" not in ended.err


def test_an_error_is_shown_and_it_goes_on(pets: Path, watched: Callable[..., Ended]) -> None:
    document = pets / "specs/pets/openapi.yaml"
    text = document.read_text(encoding="utf-8")
    ended = watched(edits=[write(document, "openapi: ["), nothing, write(document, text + "\n"), nothing, nothing])
    assert (ended.code, runs(ended)) == (0, 2)
    assert "error[SPEC005]" in ended.err


def test_a_configuration_that_is_wrong_and_mended(pets: Path, watched: Callable[..., Ended]) -> None:
    config = pets / "specs/pets/sdk.toml"
    ended = watched(edits=[write(config, "packag = 1"), nothing, write(config, 'class = "Pets"'), nothing, nothing])
    assert (ended.code, runs(ended)) == (0, 2)
    assert "error[CFG002]" in ended.err
    assert "class Pets" in (pets / "generated/pets/src/pets/client.py").read_text(encoding="utf-8")


def test_an_overlay_that_comes(pets: Path, watched: Callable[..., Ended]) -> None:
    overlay = pets / "specs/pets/overlay.yaml"
    text = "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions:\n  - {target: $.info, update: {title: Overlaid}}\n"
    ended = watched(edits=[write(overlay, text), nothing, nothing])
    assert (ended.code, runs(ended)) == (0, 2)
    ended = watched(edits=[edited(overlay, "Overlaid", "Again"), nothing, nothing])
    assert (ended.code, runs(ended)) == (0, 2)


def test_a_file_that_the_document_refers_to(project: Path, watched: Callable[..., Ended]) -> None:
    part = project / "part.yaml"
    part.write_text("Pet: {type: object, properties: {name: {type: string}}}\n", encoding="utf-8")
    document = project / "api.yaml"
    document.write_text(
        """\
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /pet:
    get:
      operationId: getPet
      responses:
        '200':
          description: A pet
          content: {application/json: {schema: {$ref: 'part.yaml#/Pet'}}}
""",
        encoding="utf-8",
    )
    words = ("api.yaml", "--output", "out")
    ended = watched(*words, edits=[edited(part, "name", "nickname"), nothing, nothing])
    assert (ended.code, runs(ended)) == (0, 2)
    assert "changed: part.yaml" in ended.err
    # Up to date from the first run on: what is watched comes from the receipt.
    ended = watched(*words, edits=[edited(part, "nickname", "name"), nothing, nothing])
    assert (ended.code, runs(ended)) == (0, 2)


def test_an_interruption_during_a_run_is_one(pets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.run.run_target", interrupted)
    assert generate("--watch").code == 130
