"""Templates print what an encoder made, and nothing else."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from generator.python.literals import literal
from generator.python.text import Code, Identifier
from generator.render.environment import UnsafeText, environment
from generator.runtime_source import templates_root


def rendered(template: str, **names: object) -> str:
    return environment().from_string(template).render(**names)


@pytest.mark.parametrize("value", ["a plain string", "", 1, 1.5, True, None, ["x"], {"a": 1}, b"bytes"])
def test_what_is_no_code_is_refused(value: object) -> None:
    with pytest.raises(UnsafeText):
        rendered("{{ value }}", value=value)


@pytest.mark.parametrize(
    "template",
    [
        "{{ code + 'plain' }}",
        "{{ code.upper() }}",
        "{{ code[:1] }}",
        "{{ '%s' % code }}",
        "{% for part in code %}{{ part }}{% endfor %}",
    ],
)
def test_what_is_made_out_of_code_is_no_code(template: str) -> None:
    with pytest.raises(UnsafeText):
        rendered(template, code=Code("x"))


def test_code_is_printed_letter_for_letter() -> None:
    value = "<b>&\"'</b>\n"

    assert rendered("{{ a }}|{{ b }}|{{ c }}", a=Code(value), b=Identifier("name"), c=literal(value)) == (
        f"{value}|name|{literal(value)}"
    )


@pytest.mark.parametrize(
    "template",
    ["{{ missing }}", "{% if missing %}x{% endif %}", "{% for x in missing %}{% endfor %}", "{{ code.missing }}"],
)
def test_an_undefined_name_is_an_error(template: str) -> None:
    with pytest.raises((UndefinedError, UnsafeText)):
        rendered(template, code=Code("x"))


def test_a_macro_hands_on_what_it_was_given() -> None:
    template = "{% macro call(name) %}{{ name }}(){% endmacro %}{{ call(name) }}"

    assert rendered(template, name=Identifier("run")) == "run()"
    with pytest.raises(UnsafeText):
        rendered(template, name="run")


def test_text_of_a_document_is_no_template() -> None:
    assert rendered("{{ code }}", code=Code("{{ 7 * 7 }}{% include 'x' %}")) == "{{ 7 * 7 }}{% include 'x' %}"


def test_the_templates_are_where_they_are_looked_for() -> None:
    assert (templates_root() / "package" / "pyproject.toml.jinja").is_file()
