"""What breaks is not ours to say: mypy checks callers that were written for the package as it was, griffe compares the
packages. What they find is named by the comparison; what the comparison calls breaking, they find, or there is a reason
why they can't.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import griffe
import pytest

from generator.diff.change import Change
from generator.diff.compare import Comparison, compare
from generator.diff.rules import BREAKING
from tests.diff.history import SHOP_STEPS, Step
from tests.diff.packages import BASE, Workshop
from tests.diff.versions import SHOP, base, edited, planned

_CALLER = Path(__file__).with_name("shop_caller.py.txt")

# Why griffe does not see what breaks, by our rule; mypy sees each of them.
_UNSEEN = {
    "python-attribute-added-required": "nothing of the old package is gone",
    "python-attribute-became-required": "griffe knows dataclasses' constructors, not msgspec's",
    "python-attribute-became-optional": "griffe does not compare the types of attributes",
    "python-argument-added-required": "arguments stand in overloads; the method itself takes **arguments",
    "python-argument-removed": "the same",
    "python-argument-became-required": "the same",
    "python-type-changed": "griffe does not compare the types of attributes and arguments",
    "python-type-widened": "the same",
}


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A step of the history and its package."""

    step: Step
    module: str
    comparison: Comparison

    @property
    def breaking(self) -> list[Change]:
        """What breaks in Python."""
        return [each for cause in self.comparison.causes for each in cause.python if each.impact is BREAKING]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("packages"))


@pytest.fixture(scope="module")
def judged(workshop: Workshop) -> list[Judged]:
    """Every step, its package and its callers written."""
    first = base(SHOP, files=True)
    workshop.add_package(BASE, first)
    workshop.add_caller("caller", BASE, _CALLER.read_text(encoding="utf-8"))
    found = []
    for number, step in enumerate(SHOP_STEPS):
        document = workshop.root / f"step_{number}.yaml"
        document.write_text(edited(step.document, step.edits), encoding="utf-8")
        after = planned(document, files=True)
        module = f"step_{number:02}"
        made = Judged(step=step, module=module, comparison=compare("sdk", first, after))
        workshop.add_package(module, after)
        workshop.add_caller(f"caller_of_{module}", module, _CALLER.read_text(encoding="utf-8"))
        pieces = [each.witness for each in made.breaking if each.witness]
        workshop.add_pieces(f"before_{module}", BASE, pieces)
        workshop.add_pieces(f"after_{module}", module, pieces)
        found.append(made)
    return found


@pytest.fixture(scope="module")
def errors(workshop: Workshop, judged: list[Judged]) -> Mapping[str, list[tuple[int, str]]]:
    return workshop.errors()


def test_the_callers_are_right_as_it_was(judged: list[Judged], errors: Mapping[str, list[tuple[int, str]]]) -> None:
    assert errors["caller"] == []
    assert {each.step.name: errors[f"before_{each.module}"] for each in judged if errors[f"before_{each.module}"]} == {}


def test_every_witness_fails_as_it_is(
    workshop: Workshop, judged: list[Judged], errors: Mapping[str, list[tuple[int, str]]]
) -> None:
    unproven = []
    for each in judged:
        lines = [line for line, _ in errors[f"after_{each.module}"]]
        proven = [change for change in each.breaking if change.witness]
        for change, (first, last) in zip(proven, workshop.spans[f"after_{each.module}"], strict=True):
            if not any(first <= line <= last for line in lines):
                unproven.append((each.step.name, change.rule, change.title, change.witness))
    assert unproven == []


def test_every_change_that_breaks_python_has_a_witness(judged: list[Judged]) -> None:
    missing = {(change.rule, change.title) for each in judged for change in each.breaking if not change.witness}
    assert missing == set()


def test_what_mypy_finds_in_a_caller_is_named(
    judged: list[Judged], errors: Mapping[str, list[tuple[int, str]]]
) -> None:
    unnamed = {each.step.name: errors[f"caller_of_{each.module}"] for each in judged if not each.breaking}
    assert {name: found for name, found in unnamed.items() if found} == {}


def test_what_breaks_types_breaks_the_caller(judged: list[Judged], errors: Mapping[str, list[tuple[int, str]]]) -> None:
    for each in judged:
        assert bool(errors[f"caller_of_{each.module}"]) == (each.step.breaks == "types"), each.step.name
        assert bool(each.breaking) == (each.step.breaks == "types"), each.step.name


@pytest.fixture(scope="module")
def griffes(workshop: Workshop, judged: list[Judged]) -> Mapping[str, set[str]]:
    """The paths, without the package, of what griffe finds broken."""
    logging.getLogger("griffe").setLevel(logging.CRITICAL)
    loader = griffe.GriffeLoader(search_paths=[workshop.root], allow_inspection=False)
    loaded = {module: loader.load(module) for module in (BASE, *(each.module for each in judged))}
    loader.resolve_aliases()
    found = {}
    for each in judged:
        breakages = griffe.find_breaking_changes(loaded[BASE], loaded[each.module])
        found[each.module] = {breakage.obj.path.split(".", 1)[1].removeprefix("models.") for breakage in breakages}
    return found


def _spelled(path: str) -> str:
    """A path of griffe's as the comparison spells it: attributes of the client instead of their classes."""
    module, _, rest = path.partition(".")
    if rest.endswith("SDK.__init__"):
        return "SDK"
    return (
        f"client.{rest.removeprefix('Async').removeprefix('SDK.').lower()}"
        if module in ("client", "async_client")
        else path
    )


def _names(change: Change, path: str) -> bool:
    """Whether a change tells of what griffe finds at a path: of itself, or of something in it."""
    if change.rule == "python-iteration-removed":  # the members of its results that lead through the pages
        return path.startswith("operations.") and path.split(".")[1].endswith("Response")
    if path == "SDK":  # what the client is made with
        return change.name.partition("(")[0] == path
    return f"{change.before or change.name}.".startswith(f"{path}.")


def test_what_griffe_finds_is_named(judged: list[Judged], griffes: Mapping[str, set[str]]) -> None:
    unnamed = {
        (each.step.name, path)
        for each in judged
        for path in map(_spelled, griffes[each.module])
        if not any(_names(change, path) for change in each.breaking)
    }
    assert unnamed == set()


def test_what_breaks_python_griffe_finds_or_cannot_find(judged: list[Judged], griffes: Mapping[str, set[str]]) -> None:
    unseen = {
        change.rule
        for each in judged
        for change in each.breaking
        if not any(_names(change, path) for path in map(_spelled, griffes[each.module]))
    }
    assert unseen == set(_UNSEEN)
