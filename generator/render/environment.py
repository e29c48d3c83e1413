"""The Jinja environment: strict about names, and about what may be printed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator import cache
from generator.python.text import Code
from generator.runtime_source import templates_root

if TYPE_CHECKING:
    from jinja2.bccache import Bucket


class UnsafeText(TypeError):
    """A template printed something that no encoder made. It is a bug of the template or the plan, never of the
    input.
    """


def _finalize(value: object) -> str:
    if isinstance(value, Code | Markup):  # Markup is what a macro made out of the same
        return value
    raise UnsafeText(f"a template printed a plain {type(value).__name__}")


class _Compiled(BytecodeCache):
    """Templates as Python has compiled them, in the user's cache: to compile them takes a third of a run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = cache.recall(self._place(bucket))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        cache.keep(self._place(bucket), bucket.bytecode_to_string())

    def _place(self, bucket: Bucket) -> Path:
        return cache.place(self._folder, jinja2.__version__, bucket.key, bucket.checksum)


@lru_cache(maxsize=1)
def environment(cache_dir: Path | None = None) -> Environment:
    """The environment, made once. Autoescape tells the output of macros (`Markup`) from plain strings, which are
    refused.

    Args:
        cache_dir: The user's cache folder; None keeps nothing.
    """
    return Environment(
        bytecode_cache=None if cache_dir is None else _Compiled(cache_dir / "templates"),
        loader=FileSystemLoader(templates_root()),
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
    )
