"""Where the templates are."""

from pathlib import Path


def templates_root() -> Path:
    """Where the templates lie: inside an installed package, or at the top of a working copy."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"
