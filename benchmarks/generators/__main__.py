"""Other generators on the same documents: what can be called, compiled and imported of what each makes.

    python -m benchmarks.generators DIR [--sample N] [--largest BYTES] [--results FILE] [--no-run] [--write]

DIR is a folder of OpenAPI documents. Results are written line by line, and what is in them is not run again. The other
generators live in an environment of their own, `.venv-generators`, that `make generators` makes.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from benchmarks.corpus.documents import documents, sample
from benchmarks.generators.candidates import CANDIDATES
from benchmarks.generators.measure import Made, make

_ROOT = Path(__file__).parents[2]
_PROGRAMS = _ROOT / ".venv-generators" / "bin"
_PAGE = Path(__file__).with_name("README.md")


@click.command(help=(__doc__ or "").replace("\n\n", "\n\n\b\n", 1))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--sample", "size", default=60, help="That many documents, spread evenly over the sizes.")
@click.option("--largest", default=400_000, help="Bytes; larger documents are left out.")
@click.option("--results", type=click.Path(path_type=Path), default=Path("generators.jsonl"))
@click.option("--no-run", is_flag=True, help="Run nothing; only say what the results say.")
@click.option("--write", is_flag=True, help="Write the table to README.md beside this program.")
def main(folder: Path, size: int, largest: int, results: Path, *, no_run: bool, write: bool) -> None:
    """Run, and say what came of it."""
    known = [Made(**json.loads(line)) for line in results.read_text().splitlines()] if results.exists() else []
    done = {(made.generator, made.document) for made in known}
    chosen = sample([path for path in documents(folder) if path.stat().st_size <= largest], size)
    with results.open("a") as stream:
        for number, path in enumerate(() if no_run else chosen, 1):
            name = path.relative_to(folder).as_posix()
            for candidate in CANDIDATES:
                if (candidate.name, name) not in done:
                    known.append(make(candidate, name, path, _PROGRAMS))
                    stream.write(json.dumps(asdict(known[-1])) + "\n")
                    stream.flush()
            print(f"{number}/{len(chosen)} {name}", file=sys.stderr)
    names = {path.relative_to(folder).as_posix() for path in chosen}
    names = {name for name in names if sum(made.document == name for made in known) == len(CANDIDATES)}
    page = _page(
        [made for made in known if made.document in names], max((folder / name).stat().st_size for name in names)
    )
    if write:
        _PAGE.write_text(page, encoding="utf-8")
    else:
        click.echo(page)


def _page(known: Sequence[Made], largest: int) -> str:
    ours = [made for made in known if made.generator == CANDIDATES[0].name]
    lines = [
        "# Other generators",
        "",
        "Written by `make generators DIR=...` (`python -m benchmarks.generators DIR --write`); do not edit.",
        "",
        f"{len(ours)} public documents of up to {largest // 1000} kB, spread over the sizes; "
        f"{sum(made.documented for made in ours):,} operations.",
        "",
        "Usable: the generator ends with success, every operation can be called, every module compiles and can be "
        "imported. CPU seconds are those of a whole run: ours with formatting and validation and without a cache, "
        "openapi-python-client without its formatting hooks, OpenAPI Generator without validation.",
        "",
        "| generator | documents usable | operations | modules compile | modules import | CPU, median | longest |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for candidate in CANDIDATES:
        made = [one for one in known if one.generator == candidate.name]
        total = sum(one.documented for one in made)
        callable_ = sum(min(one.operations, one.documented) for one in made if one.exit_code == 0 and one.imports)
        lines.append(
            f"| {_called(candidate.name, candidate.distribution)} | "
            f"{_usable(made) if candidate.operations else 'has no operations'} | "
            f"{f'{callable_:,} of {total:,}' if candidate.operations else ''} | "
            f"{sum(one.compiles for one in made)} of {len(made)} | {sum(one.imports for one in made)} of {len(made)} | "
            f"{statistics.median(one.seconds for one in made):.1f} s | {max(one.seconds for one in made):.1f} s |"
        )
    lines += ["", "Operations are those in packages all of whose modules import.", ""]
    return "\n".join(lines)


def _called(name: str, distribution: str | None) -> str:
    if distribution is None:
        return f"**{name}**"
    found = next((_ROOT / ".venv-generators").glob(f"lib/*/site-packages/{distribution.replace('-', '_')}-*.dist-info"))
    return f"{name} {found.name.removesuffix('.dist-info').rpartition('-')[2]}"


def _usable(made: Sequence[Made]) -> str:
    return f"{sum(one.is_usable for one in made)} of {len(made)}"


if __name__ == "__main__":
    main()
