"""Generates a package from every document of a folder, and says what became of each.

    python -m benchmarks.corpus DIR [--results FILE] [--jobs N] [--shard 3/16] [--sample N] [--types mypy] [--no-format]

Results are written line by line and looked at again when the command is repeated: a document that is in them is not run
a second time, so that a run can be interrupted, or continued elsewhere. `--shard 3/16` takes every sixteenth document,
from the third on, for a matrix of machines; the files of results can be put together. `--again` runs those once more
that were not whole.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks.corpus.documents import documents, sample, shard
from benchmarks.corpus.page import PAGE, page
from benchmarks.corpus.report import summary
from benchmarks.corpus.run import Outcome, Runner, Settings
from benchmarks.corpus.type_check import Checker


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--results", type=click.Path(dir_okay=False, path_type=Path), default=Path("corpus-results.jsonl"))
@click.option("--jobs", default=os.cpu_count() or 1, show_default=True, help="Documents at the same time.")
@click.option("--shard", "part", default="1/1", show_default=True, help="Which part of how many.")
@click.option("--sample", "size", type=int, help="That many documents, spread evenly over the sizes.")
@click.option("--timeout", default=900.0, show_default=True, help="Seconds a document may take.")
@click.option(
    "--types",
    "checkers",
    type=click.Choice([str(each) for each in Checker]),
    multiple=True,
    help="Check the packages' types.",
)
@click.option("--no-format", is_flag=True, help="Leave the formatting out, which takes longest.")
@click.option("--no-validation", is_flag=True, help="Leave openapi-spec-validator out, whose findings lose nothing.")
@click.option("--again", is_flag=True, help="Run those again that were not whole.")
@click.option("--no-run", is_flag=True, help="Run nothing; only say what the results say.")
@click.option("--write", is_flag=True, help=f"Write the summary to {PAGE.name} beside this program.")
def main(
    *, folder: Path, results: Path, part: str, size: int | None, jobs: int, again: bool, write: bool, **options: Any
) -> None:
    """Run what is not in the results yet, then print what the results say."""
    chosen = shard(documents(folder), part)
    if size is not None:
        chosen = sample(chosen, size)
    names = {path.relative_to(folder).as_posix(): path for path in chosen}
    known = _read(results)
    if again:
        known = {name: outcome for name, outcome in known.items() if outcome.is_whole}
    todo = {name: path for name, path in names.items() if name not in known and not options["no_run"]}
    with results.open("a", encoding="utf-8") as file:
        for outcome in _outcomes(todo, jobs, len(names), options):
            known[outcome.document] = outcome
            file.write(json.dumps(asdict(outcome)) + "\n")
            file.flush()
    outcomes = [known[name] for name in names if name in known]
    summary(Console(), outcomes)
    if write:
        PAGE.write_text(page(outcomes, len(names)), encoding="utf-8")


def _outcomes(todo: Mapping[str, Path], jobs: int, total: int, options: Mapping[str, Any]) -> Iterator[Outcome]:
    """Run documents, several at a time, the largest first, so that the last one to finish is a small one."""
    settings = Settings(
        timeout=options["timeout"],
        formatted=not options["no_format"],
        validated=not options["no_validation"],
        checkers=tuple(Checker(each) for each in options["checkers"]),
    )
    free: SimpleQueue[Runner] = SimpleQueue()

    def run_one(name: str) -> Outcome:
        runner = free.get()
        try:
            return runner.run(name, todo[name])
        finally:
            free.put(runner)

    ordered = sorted(todo, key=lambda name: -todo[name].stat().st_size)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        ExitStack() as stack,
        Progress(*columns, console=Console(stderr=True)) as progress,
        ThreadPoolExecutor(jobs) as pool,
    ):
        for _ in range(jobs):
            place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            free.put(stack.enter_context(closing(Runner(place, settings))))
        task = progress.add_task("documents", total=total, completed=total - len(todo))
        for future in as_completed([pool.submit(run_one, name) for name in ordered]):
            yield future.result()
            progress.advance(task)


def _read(results: Path) -> dict[str, Outcome]:
    if not results.exists():
        return {}
    outcomes = (Outcome(**json.loads(line)) for line in results.read_text().splitlines() if line)
    return {outcome.document: outcome for outcome in outcomes}


if __name__ == "__main__":
    main()
