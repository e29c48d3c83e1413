"""Pages for a browser: one file each, with nothing that a browser would fetch, and no text that it would obey."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.characters import escape
from generator.runtime_source import templates_root


def html_page(folder: str, **values: object) -> str:
    """A page from `templates/FOLDER`: its `page.html.jinja` with its `style.css` and `script.js`, which are the only
    ones that the page's policy lets a browser use (Content Security Policy Level 3, section 2.3.1).

    Args:
        folder: Below `templates`.
        values: What the template shows. Any text is shown as it is, characters that nobody sees in their notation.
    """
    style, script = (
        (templates_root() / folder / name).read_text(encoding="utf-8") for name in ("style.css", "script.js")
    )
    template = _environment().get_template(f"{folder}/page.html.jinja")
    return template.render(
        **values,
        style=Markup(style),  # noqa: S704 - ours, and no document's
        script=Markup(script),  # noqa: S704
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _finalize(value: object) -> object:
    return escape(value, keep="\n") if isinstance(value, str) and not isinstance(value, Markup) else value


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(templates_root()),
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
