"""The summary as a page: numbers, and the names of the documents that cost most; nothing of their text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpus.totals import Totals, percentile, share
from generator.diagnostics import ExitCode

if TYPE_CHECKING:
    from benchmarks.corpus.run import Outcome

PAGE = Path(__file__).with_name("README.md")
_PERCENTS = (50, 90, 99, 100)
_SHOWN = 10
_CALLED = {"mypy": "mypy --strict", "pyright": "pyright (standard)"}

# Why an operation may be missing. A code that is not argued here cannot be written down.
_ARGUMENTS: Mapping[str, str] = {
    "GEN010": "the document says so itself, by `x-ignore` or what other generators call it",
    "GEN015": "AWS's query services are documented twice, under GET and POST; the client calls the POST",
}


def page(outcomes: Sequence[Outcome], total: int) -> str:
    """The page.

    Args:
        outcomes: Of the documents that were run.
        total: How many documents there are.

    Raises:
        KeyError: Operations are missing for a reason that nobody has argued.
    """
    return "\n".join(_lines(outcomes, total, Totals(outcomes)))


def _lines(outcomes: Sequence[Outcome], total: int, totals: Totals) -> Iterator[str]:
    yield "# Many documents\n"
    yield "Written by `python -m benchmarks.corpus DIR --write`; do not edit. The documents themselves are not here.\n"
    yield "| what | number |"
    yield "| --- | --- |"
    for what, number in _rows(outcomes, total, totals):
        yield f"| {what} | {number} |"
    missing = totals.skipped
    if missing:
        yield "\n## Operations that are missing, and why\n"
        yield "| code | operations | argument |"
        yield "| --- | --- | --- |"
        for code, count in missing.most_common():
            yield f"| {code} | {count:,} | {_ARGUMENTS[code]} |"
    yield "\n## Costs\n"
    yield "CPU time of generating, without formatting and without openapi-spec-validator; the largest resident set.\n"
    yield "| of the documents | " + " | ".join(f"{percent} %" for percent in _PERCENTS) + " |"
    yield "| --- " * (len(_PERCENTS) + 1) + "|"
    yield _costs("seconds, at most", [each.seconds for each in outcomes], "{:.1f}")
    yield _costs("megabytes, at most", [each.megabytes for each in outcomes], "{:.0f}")
    yield "\nThose that took longest:\n"
    yield "| document | kB | operations | modules | seconds | MB |"
    yield "| --- " * 6 + "|"
    for each in sorted(outcomes, key=lambda each: -each.seconds)[:_SHOWN]:
        yield (
            f"| {each.document} | {each.size // 1000} | {each.generated} | {each.modules} | {each.seconds:.1f} "
            f"| {each.megabytes:.0f} |"
        )
    yield ""


def _rows(outcomes: Sequence[Outcome], total: int, totals: Totals) -> Iterator[tuple[str, str]]:
    yield "documents that were run", f"{len(outcomes):,} of {total:,}"
    yield "operations that they document", f"{totals.documented:,}"
    generated = share(totals.generated, totals.documented)
    yield "operations generated", f"{totals.generated:,} ({generated})"
    yield "operations left out with a code", f"{totals.skipped.total():,}"
    yield "operations missing without a code", f"{totals.lacking:,}"
    yield "documents that ended in a traceback", f"{sum(each.exit_code == ExitCode.INTERNAL for each in outcomes):,}"
    yield "documents that ran out of time", f"{sum(each.exit_code is None for each in outcomes):,}"
    yield "packages", f"{totals.packages:,}, {totals.modules:,} modules"
    yield "packages all of whose modules compile", f"{totals.compile:,} ({share(totals.compile, totals.packages)})"
    yield "packages all of whose modules import", f"{totals.imports:,} ({share(totals.imports, totals.packages)})"
    for checker, (checked, clean) in sorted(totals.types.items()):
        yield f"packages that {_CALLED[checker]} looked at", f"{checked:,}, without an error {clean:,}"


def _costs(what: str, values: Sequence[float], form: str) -> str:
    cells = " | ".join(form.format(percentile(values, percent)) for percent in _PERCENTS)
    return f"| {what} | {cells} |"
