"""The Jinja environment: strict about names, and about what may be printed."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.python.text import Code
from generator.runtime_source import templates_root


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
