"""The Jinja environment: strict about names, and about what may be printed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.python.text import Code


def templates_root() -> Path:
    """Where the templates lie: inside an installed package, or at the top of a working copy."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


class UnsafeText(TypeError):
    """A template printed something that no encoder made. It is a bug of the template or the plan, never of the
    input.
    """


def _finalize(value: object) -> str:
    if isinstance(value, Code | Markup):  # Markup is what a macro made out of the same
        return value
    raise UnsafeText(f"a template printed a plain {type(value).__name__}")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The environment, made once. Autoescape tells the output of macros (`Markup`) from plain strings, which are
    refused.
    """
    return Environment(
        loader=FileSystemLoader(templates_root()),
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
    )
