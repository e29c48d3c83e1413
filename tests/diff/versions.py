"""Versions of a package from documents that are written inside a test, planned and compared in memory."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from generator.config import TargetConfig
from generator.diff.compare import Comparison, Version, compare
from generator.history.versions import version

ROOT = Path(__file__).parents[2]
SHOP = Path(__file__).with_name("shop.yaml")
COGNITO = ROOT / "specs" / "cognito-identity"
_OVERLAY = "\n# And this is its overlay:\n"


def planned(document: Path, *, files: bool = False, number: str | None = None) -> Version:
    """The package of a document; of Cognito's with the overlay and names that belong to it."""
    overlay = document.with_name("overlay.yaml")
    config = TargetConfig(
        name="sdk",
        document=document,
        overlays=(overlay,) if overlay.exists() else (),
        output=Path("sdk"),
        distribution="sdk",
        package="sdk",
        names={},
        version=number,
    )
    return version(config, lambda file: Path(file).name, with_files=files)


@cache
def base(document: Path, *, files: bool = False) -> Version:
    """A version that many tests compare with."""
    return planned(document, files=files)


def edited(document: Path, edits: tuple[tuple[str, str], ...]) -> str:
    """The text with each old part replaced by its new one; it is there once. The text of an overlay is part of it."""
    overlay = document.with_name("overlay.yaml")
    text = document.read_text(encoding="utf-8")
    text += _OVERLAY + overlay.read_text(encoding="utf-8") if overlay.exists() else ""
    for old, new in edits:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    return text


def compared(document: Path, text: str, directory: Path, *, files: bool = False) -> Comparison:
    """What changed from a document to another text of it."""
    path = directory / document.name
    own, _, overlay = text.partition(_OVERLAY)
    path.write_text(own, encoding="utf-8")
    if overlay:
        path.with_name("overlay.yaml").write_text(overlay, encoding="utf-8")
    if (document.parent / "schemas").is_dir():
        shutil.copytree(document.parent / "schemas", directory / "schemas", dirs_exist_ok=True)
    return compare("sdk", base(document, files=files), planned(path, files=files))
