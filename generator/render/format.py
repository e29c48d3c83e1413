"""Formatting by black: stable within a calendar year, whatever the templates print.

black takes longer than all else together. So what it made of each piece of a package is kept, and the next run asks it
only for those that read differently.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from generator import cache
from generator.installed import release
from generator.render.pieces import assemble, divide

LINE_LENGTH = 100


def format_python(files: Mapping[str, str], cache_dir: Path | None, package: str) -> dict[str, str]:
    """The files formatted.

    Args:
        files: Text by path.
        cache_dir: The user's cache folder; None keeps nothing.
        package: What the files are, from one run to the next.
    """
    modules = {path: divide(text) for path, text in files.items()}
    texts = {text for module in modules.values() for text in (module.frame, *module.pieces)}
    formatted = _formatted(texts, None if cache_dir is None else _place(cache_dir, package))
    return {
        path: assemble(formatted[module.frame], [formatted[piece] for piece in module.pieces])
        for path, module in modules.items()
    }


def _place(cache_dir: Path, package: str) -> Path:
    return cache.place(cache_dir / "formatted", release("black"), str(LINE_LENGTH), package)


def _formatted(texts: Iterable[str], place: Path | None) -> Mapping[str, str]:
    """Each text formatted, by the text; what is kept is what was asked for last."""
    kept = None if place is None else cache.recall(place)
    known: dict[str, str] = {} if kept is None else json.loads(kept)
    names = {text: sha256(text.encode()).hexdigest() for text in texts}
    made = {text: known[name] if name in known else _black(text) for text, name in names.items()}
    book = {name: made[text] for text, name in sorted(names.items(), key=lambda item: item[1])}
    if place is not None and book != known:
        cache.keep(place, json.dumps(book).encode())
    return made


def _black(text: str) -> str:
    """The text formatted.

    Two things that black does by itself are left out. Comparing the syntax trees of before and after: `verify` looks at
    the tree itself. And formatting everything once more where something changed, which takes as long as the first
    time: it is there for trailing commas that one pass adds and the next one heeds, and none is heeded here.
    """
    import black  # slow to import, and most runs find all that they need in the cache
    from black.mode import TargetVersion

    mode = black.Mode(line_length=LINE_LENGTH, target_versions={TargetVersion.PY311}, magic_trailing_comma=False)
    one_pass: Callable[..., str] = getattr(black, "_format_str_once", black.format_str)
    return one_pass(text, mode=mode) if text.strip() else text
