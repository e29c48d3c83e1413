"""Generates a package from every document of a folder, and says what became of each.

    python -m benchmarks.corpus DIR [--results FILE] [--jobs N] [--shard 3/16] [--sample N] [--check-types]

Results are written line by line and looked at again when the command is repeated: a document that is in them is not run
a second time, so that a run can be interrupted, or continued elsewhere. `--shard 3/16` takes every sixteenth document,
from the third on, for a matrix of machines.
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks.corpus.documents import documents, sample, shard
from benchmarks.corpus.report import summary
from benchmarks.corpus.run import Outcome, run


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--results", type=click.Path(dir_okay=False, path_type=Path), default=Path("corpus-results.jsonl"))
@click.option("--jobs", default=os.cpu_count() or 1, show_default=True, help="Documents at the same time.")
@click.option("--shard", "part", default="1/1", show_default=True, help="Which part of how many.")
@click.option("--sample", "size", type=int, help="That many documents, spread evenly over the sizes.")
@click.option("--timeout", default=900.0, show_default=True, help="Seconds a document may take.")
@click.option("--check-types", is_flag=True, help="Run mypy --strict over each package.")
def main(
    *, folder: Path, results: Path, jobs: int, part: str, size: int | None, timeout: float, check_types: bool
) -> None:
    """Run what is not in the results yet, then print what the results say."""
    chosen = shard(documents(folder), part)
    if size is not None:
        chosen = sample(chosen, size)
    names = {path.relative_to(folder).as_posix(): path for path in chosen}
    known = _read(results)
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress, ThreadPoolExecutor(jobs) as pool, results.open("a") as file:
        task = progress.add_task("documents", total=len(names), completed=sum(name in known for name in names))
        # The largest first, so that the last one to finish is a small one.
        todo = sorted((name for name in names if name not in known), key=lambda name: -names[name].stat().st_size)
        futures = {pool.submit(run, name, names[name], timeout=timeout, types=check_types): name for name in todo}
        for future in as_completed(futures):
            outcome = future.result()
            known[outcome.document] = outcome
            file.write(json.dumps(asdict(outcome)) + "\n")
            file.flush()
            progress.advance(task)
    summary(Console(), [known[name] for name in names])


def _read(results: Path) -> dict[str, Outcome]:
    if not results.exists():
        return {}
    outcomes = (Outcome(**json.loads(line)) for line in results.read_text().splitlines() if line)
    return {outcome.document: outcome for outcome in outcomes}


if __name__ == "__main__":
    main()
