import keyword
import re
from enum import StrEnum
from pathlib import Path

import pytest

from generator.python import reserved

TABLES = {name: table for name, table in vars(reserved).items() if name.isupper()}


def test_keywords_are_those_of_python() -> None:
    assert set(reserved.PYTHON_KEYWORDS) == set(keyword.kwlist)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_every_word_has_a_reason_that_ends_a_sentence(table: dict[str, str]) -> None:
    assert table
    assert all(word.isidentifier() for word in table)
    assert all(reason.split()[0] in {"is", "names", "takes", "ends", "configures"} for reason in table.values())


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_every_scope_knows_the_keywords(table: dict[str, str]) -> None:
    assert set(keyword.kwlist) <= set(table)


def test_tables_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        reserved.FIELD["x"] = "y"  # type: ignore[index]


def test_enum_members_know_what_an_enum_keeps_for_itself() -> None:
    class Letter(StrEnum):
        A = "a"

    assert {"name", "value", "mro"} <= set(reserved.ENUM_MEMBER)
    assert Letter.A.name
    assert Letter.A.value
    assert Letter.mro()


def test_modules_know_the_devices_of_windows() -> None:
    assert {"con", "prn", "aux", "nul", "com1", "lpt9"} <= set(reserved.MODULE)


def test_classes_of_groups_keep_off_what_the_module_of_clients_imports() -> None:
    templates = Path(__file__).parents[2] / "templates"
    client = (templates / "package" / "src" / "__package__" / "client.py.jinja").read_text("utf-8")
    lines = re.findall(r"^from \._runtime\.\w\S* import (.+)$", client, re.MULTILINE)
    imported = {name for line in lines for name in line.split(", ") if name[0].isupper()}
    protocols = [path.read_text("utf-8") for path in (templates / "runtime" / "protocols").glob("*.py")]
    spoken = {name for text in protocols for name in re.findall(r"^class (\w+)", text, re.MULTILINE)}

    assert "Hooks" in imported
    assert "RestJson" in spoken
    assert imported | spoken <= set(reserved.GROUP_CLASS)
