"""Lets others judge the requests of generated clients, and gives the clients replies that others made.

    python -m benchmarks.conformance DIR [--results FILE] [--sample N] [--jobs N] [--write]

For a sample of the documents below a folder a package is generated, each operation is called as its page shows, and
what would have been sent is given to openapi-core. hypothesis-jsonschema makes replies, which the client reads and
writes back; mypy --strict reads the programs of the documentation. A document that is in the results, from the same
commit, is not run a second time, so that a run can be interrupted.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks.conformance.report import report
from benchmarks.conformance.run import Outcome, run
from benchmarks.corpus.documents import documents, sample

_ROOT = Path(__file__).parents[2]
# What an outcome depends on.
_SOURCES = ("generator", "templates", "benchmarks/**/*.py")


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--results", type=click.Path(dir_okay=False, path_type=Path), default=Path("conformance-results.jsonl"))
@click.option("--sample", "size", default=200, show_default=True, help="How many, spread evenly over the sizes.")
@click.option("--jobs", default=os.cpu_count() or 1, show_default=True, help="How many at a time.")
@click.option("--timeout", default=3600.0, show_default=True, help="Seconds that a step may take.")
@click.option("--write", is_flag=True, help="Write benchmarks/conformance/README.md from the results.")
def main(*, folder: Path, results: Path, size: int, jobs: int, timeout: float, write: bool) -> None:
    """Run what is not in the results yet, then print what the results say."""
    chosen = {path.relative_to(folder).as_posix(): path for path in sample(documents(folder), size)}
    commit = current_commit()
    known = {name: outcome for name, outcome in read(results, commit).items() if name in chosen}
    wanted = {name: path for name, path in chosen.items() if name not in known}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True))
    with progress, results.open("a") as file, tempfile.TemporaryDirectory() as folder_of_places:
        task = progress.add_task("documents", total=len(chosen), completed=len(known))
        for outcome in run_all(wanted, Path(folder_of_places), commit, jobs=jobs, timeout=timeout):
            known[outcome.document] = outcome
            file.write(json.dumps(asdict(outcome)) + "\n")
            file.flush()
            progress.advance(task)
    text = report([known[name] for name in chosen])
    if write:
        Path(__file__).with_name("README.md").write_text(text, encoding="utf-8")
    else:
        print(text)


def run_all(wanted: Mapping[str, Path], folder: Path, commit: str, *, jobs: int, timeout: float) -> Iterator[Outcome]:
    """Look at documents, the largest first, as many at a time as there are jobs.

    Args:
        wanted: Their files by their names.
        folder: Where each job has a place.
        commit: What is looked at with.
        jobs: How many at a time.
        timeout: Seconds that a step may take.
    """
    places: SimpleQueue[Path] = SimpleQueue()
    for number in range(jobs):
        places.put(folder / str(number))

    def one(name: str) -> Outcome:
        place = places.get()
        try:
            place.mkdir(exist_ok=True)
            return run(name, wanted[name], place, commit=commit, timeout=timeout)
        finally:
            places.put(place)

    names = sorted(wanted, key=lambda name: wanted[name].stat().st_size, reverse=True)
    with ThreadPoolExecutor(jobs) as workers:
        for each in as_completed([workers.submit(one, name) for name in names]):
            yield each.result()


def current_commit() -> str:
    """The commit that is looked at; with a plus where files differ from it."""
    commit = _git("rev-parse", "--short=10", "HEAD").strip()
    return f"{commit}+" if _git("status", "--porcelain", "--", *_SOURCES) else commit


def _git(*arguments: str) -> str:
    command = ("git", *arguments)
    return subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True).stdout


def read(results: Path, commit: str) -> dict[str, Outcome]:
    """What is known already of a commit, by document."""
    if not results.exists():
        return {}
    found = (Outcome(**json.loads(line)) for line in results.read_text().splitlines() if line)
    return {outcome.document: outcome for outcome in found if outcome.commit == commit}


if __name__ == "__main__":
    main()
