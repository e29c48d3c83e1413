"""The manifest says what a package was made from, file by file where there are few."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from generator import __version__
from generator.config import TargetConfig, load_target
from generator.diagnostics import Report
from generator.pipeline import inputs, prepare
from tests.cases.stages import PRELUDE

OVERLAY = """\
overlay: 1.0.0
info: {title: Other, version: '1'}
actions: [{target: $.info, update: {description: Words.}}]
"""


@pytest.fixture
def config(tmp_path: Path) -> TargetConfig:
    home = tmp_path / "specs" / "pets"
    home.mkdir(parents=True)
    (home / "openapi.yaml").write_text(f"{PRELUDE}paths: {{/pets: {{$ref: 'pets.yaml'}}}}\n", encoding="utf-8")
    (home / "pets.yaml").write_text("get: {responses: {'204': {description: Done.}}}\n", encoding="utf-8")
    (home / "overlay.yaml").write_text(OVERLAY, encoding="utf-8")
    (home / "sdk.toml").write_text('class = "Pets"\n', encoding="utf-8")
    return replace(load_target(home / "sdk.toml", Report()), validated=False)


def made_from(config: TargetConfig) -> dict[str, str]:
    return dict(inputs(prepare(config, Report(), None)))


def test_every_role_is_told_by_the_digest_of_its_file(config: TargetConfig) -> None:
    assert config.home is not None
    files = {
        "document": "openapi.yaml",
        "overlays": "overlay.yaml",
        "references": "pets.yaml",
        "configuration": "sdk.toml",
    }
    found = made_from(config)
    for role, name in files.items():
        assert found.pop(role) == f"sha256:{sha256((config.home / name).read_bytes()).hexdigest()}"
    assert found.pop("generator") == __version__
    assert list(found) == ["templates"]


@pytest.mark.parametrize("name", ["openapi.yaml", "overlay.yaml", "pets.yaml", "sdk.toml"])
def test_a_change_is_one_change(config: TargetConfig, name: str) -> None:
    assert config.home is not None
    before = made_from(config)
    with (config.home / name).open("a", encoding="utf-8") as file:
        file.write("# more\n")
    after = made_from(config)
    assert len({role for role in before if before[role] != after[role]}) == 1


def test_several_overlays_count_in_their_order(config: TargetConfig) -> None:
    assert config.home is not None
    second = config.home / "second.yaml"
    second.write_text(OVERLAY.replace("Words.", "Others."), encoding="utf-8")
    one, other = (*config.overlays, second), (second, *config.overlays)
    found = [made_from(replace(config, overlays=overlays))["overlays"] for overlays in (config.overlays, one, other)]
    assert len(set(found)) == 3


def test_what_is_not_there_is_not_told(config: TargetConfig) -> None:
    assert config.home is not None
    (config.home / "openapi.yaml").write_text(f"{PRELUDE}paths: {{}}\n", encoding="utf-8")
    found = made_from(replace(config, overlays=(), source=None))
    assert sorted(found) == ["document", "generator", "templates"]
