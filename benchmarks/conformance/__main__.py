"""Lets others judge the requests of generated clients, and gives the clients replies that others made.

    python -m benchmarks.conformance DIR [--results FILE] [--sample N] [--jobs N] [--timeout SECONDS]

For every document of a folder a package is generated, each operation is called as its page shows, and what would have
been sent is given to openapi-core. A document that is in the results is not run a second time, so that a run can be
interrupted.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks.conformance.run import Outcome, run
from benchmarks.corpus.documents import documents, sample


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--results", type=click.Path(dir_okay=False, path_type=Path), default=Path("conformance-results.jsonl"))
@click.option("--sample", "size", default=200, show_default=True, help="How many, spread evenly over the sizes.")
@click.option("--jobs", default=1, show_default=True, help="Documents at the same time.")
@click.option("--timeout", default=600.0, show_default=True, help="Seconds that a step may take.")
def main(*, folder: Path, results: Path, size: int, jobs: int, timeout: float) -> None:
    """Run what is not in the results yet, then print what the results say."""
    names = {path.relative_to(folder).as_posix(): path for path in sample(documents(folder), size)}
    known = read(results)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True))
    with progress, ThreadPoolExecutor(jobs) as pool, results.open("a") as file:
        task = progress.add_task("documents", total=len(names), completed=sum(name in known for name in names))
        futures = [pool.submit(run, name, names[name], timeout=timeout) for name in names if name not in known]
        for future in as_completed(futures):
            outcome = future.result()
            known[outcome.document] = outcome
            file.write(json.dumps(asdict(outcome)) + "\n")
            file.flush()
            progress.advance(task)


def read(results: Path) -> dict[str, Outcome]:
    """What is known already, by document."""
    if not results.exists():
        return {}
    outcomes = (Outcome(**json.loads(line)) for line in results.read_text().splitlines() if line)
    return {outcome.document: outcome for outcome in outcomes}


if __name__ == "__main__":
    main()
