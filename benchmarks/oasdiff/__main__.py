"""Replays histories of real documents, and compares what `generate diff` says with oasdiff's published rules.

    python -m benchmarks.oasdiff DIR [--write]

DIR holds the documents that `sample.toml` names, two of each API. oasdiff is not run: what it says of a change is
looked up in `rules.toml`, and what it says of the sample was decided by hand, in both documents.
"""

from __future__ import annotations

import resource
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from benchmarks.oasdiff.agreement import Agreement, Answer, agreement, answers, reason, rules, samples
from generator.diff.causes import Cause
from generator.diff.rules import RULES
from generator.graph.model import Usage
from generator.history.comparing import comparisons

_PAGE = Path(__file__).with_name("README.md")
_USAGES = {"both": Usage.BOTH, "request": Usage.INPUT, "response": Usage.OUTPUT}


@dataclass(slots=True)
class Replay:
    """One history: how many causes have which verdicts, and the rows of the sample."""

    name: str
    seconds: float
    impacts: Counter[str] = field(default_factory=Counter)
    agreements: Counter[Agreement] = field(default_factory=Counter)
    rows: list[tuple[str, ...]] = field(default_factory=list)


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help=f"Write {_PAGE.name} beside this program.")
def main(folder: Path, *, write: bool) -> None:
    """Replay them all."""
    replays = [replay(folder, *pair) for pair in samples()]
    text = "\n".join(page(replays)) + "\n"
    if write:
        _PAGE.write_text(text, encoding="utf-8")
    else:
        click.echo(text)


def replay(folder: Path, old: str, new: str) -> Replay:
    """Compare two documents.

    Raises:
        SystemExit: A change of the sample is not found, or means something else.
    """
    begun = _cpu()
    (found,) = comparisons(str(folder / old), str(folder / new), Path(), (), level="python")
    made = Replay(f"{old.removesuffix('.json')} → {new.rpartition('/')[2].removesuffix('.json')}", _cpu() - begun)
    causes: dict[tuple[str, str], Cause] = {}
    for cause in found.causes:
        made.impacts[str(cause.impact)] += 1
        if cause.change is not None:
            told = answers(cause.change.rule, cause.change.usage)
            made.agreements[agreement(told, cause.impact)] += 1
            for each in (cause.change, *cause.same):
                causes[each.rule, f"{each.subject.name} {each.member}".strip()] = cause
    for rule, subject, impact, said in samples()[old, new]:
        cause = causes[rule, subject]
        if str(cause.impact) != impact or cause.change is None:
            raise SystemExit(f"{made.name}: {rule} of {subject}: {cause.impact}")
        same = Answer.of(said).agrees(cause.impact)
        why = "same" if same else reason(rule, cause.change.usage)
        made.rows.append((rule, subject, str(cause.impact), said, why))
    return made


def page(replays: Sequence[Replay]) -> Iterator[str]:
    """The lines."""
    yield "# Beside oasdiff's rules"
    yield ""
    yield "Written by `python -m benchmarks.oasdiff DIR --write`; do not edit. The documents themselves are not here."
    yield ""
    yield _SAID
    yield ""
    yield from _table(
        ("history", "breaking", "additive", "docs", "internal", "same verdict", "other verdict", "depends", "CPU s"),
        (
            (
                each.name,
                *(str(each.impacts[impact]) for impact in ("breaking", "additive", "docs", "internal")),
                *(str(each.agreements[agreed]) for agreed in Agreement),
                f"{each.seconds:.1f}",
            )
            for each in replays
        ),
    )
    rows = [row for each in replays for row in each.rows]
    same = sum(row[-1] == "same" for row in rows)
    yield ""
    yield f"## {len(rows)} changes, looked at by hand"
    yield ""
    yield f"{same} have the same verdict, {len(rows) - same} another one, for the reason that stands beside it."
    for each in replays:
        yield ""
        yield f"### {each.name}"
        yield ""
        yield from _table(("our rule", "of", "we say", "oasdiff says", "verdict"), each.rows)
    yield ""
    yield "## Rule by rule"
    yield ""
    yield from _table(("our rule", "where", "we say", "oasdiff says", "verdict"), _rules())


def _rules() -> Iterator[tuple[str, ...]]:
    for rule, row in rules().items():
        for direction in (each for each in row if each != "why"):
            usage = _USAGES[direction]
            impact = RULES[rule].view(usage).impact
            why = reason(rule, usage) or str(agreement(answers(rule, usage), impact))
            yield rule, direction, str(impact), " or ".join(row[direction]), why


def _table(head: Sequence[str], rows: Iterator[tuple[str, ...]] | Sequence[tuple[str, ...]]) -> Iterator[str]:
    for row in (tuple(head), ("---",) * len(head), *rows):
        cells = (cell.replace("|", "&#124;") for cell in row)
        yield f"| {' | '.join(cells)} |"


def _cpu() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


_SAID = """\
oasdiff judges the contract; we judge the contract and the Python of callers. Its ids and default levels are those of
`checker/rules.go` at commit 001f320b. A verdict is whether something breaks: ERR and WARN, which `oasdiff breaking`
shows, beside our `breaking`. oasdiff itself was not run, for want of a package that has it: what it says of a rule is
in [rules.toml](rules.toml), what it says of a change below was decided by hand, in both documents. oasdiff counts a
change once for each endpoint, we count causes. Where the verdict "depends", oasdiff divides a rule further, by what
ours does not tell, as whether a member that is gone was required."""


if __name__ == "__main__":
    main()
