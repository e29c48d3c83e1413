"""Lets others judge the requests of generated clients, and gives the clients replies that others made.

    python -m benchmarks.conformance DIR [--results FILE] [--sample N] [--replies N] [--types N] [--write]

For a sample of the documents below a folder a package is generated, each operation is called as its page shows, and
what would have been sent is given to openapi-core. For some of them, hypothesis-jsonschema makes replies, which the
client reads and writes back; for some, mypy --strict reads the programs of the documentation. A document that is in the
results is not run a second time, so that a run can be interrupted.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks.conformance.report import report
from benchmarks.conformance.run import Outcome, Wanted, run
from benchmarks.corpus.documents import documents, sample


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--results", type=click.Path(dir_okay=False, path_type=Path), default=Path("conformance-results.jsonl"))
@click.option("--sample", "size", default=200, show_default=True, help="How many, spread evenly over the sizes.")
@click.option("--replies", default=50, show_default=True, help="For how many of them replies are made.")
@click.option("--types", default=20, show_default=True, help="For how many of them programs are type-checked.")
@click.option("--timeout", default=600.0, show_default=True, help="Seconds that a step may take.")
@click.option("--write", is_flag=True, help="Write benchmarks/conformance/README.md from the results.")
def main(*, folder: Path, results: Path, size: int, replies: int, types: int, timeout: float, write: bool) -> None:
    """Run what is not in the results yet, then print what the results say."""
    chosen = sample(documents(folder), size)
    names = {path.relative_to(folder).as_posix(): path for path in chosen}
    answered, checked = set(sample(chosen, replies)), set(sample(chosen, types))
    known = read(results)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True))
    with progress, results.open("a") as file, tempfile.TemporaryDirectory() as place:
        task = progress.add_task("documents", total=len(names), completed=sum(name in known for name in names))
        for name, path in names.items():
            if name in known:
                continue
            wanted = Wanted(replies=path in answered, types=path in checked, timeout=timeout)
            known[name] = run(name, path, Path(place), wanted)
            file.write(json.dumps(asdict(known[name])) + "\n")
            file.flush()
            progress.advance(task)
    text = report([known[name] for name in names])
    if write:
        Path(__file__).with_name("README.md").write_text(text, encoding="utf-8")
    else:
        print(text)


def read(results: Path) -> dict[str, Outcome]:
    """What is known already, by document."""
    if not results.exists():
        return {}
    outcomes = (Outcome(**json.loads(line)) for line in results.read_text().splitlines() if line)
    return {outcome.document: outcome for outcome in outcomes}


if __name__ == "__main__":
    main()
