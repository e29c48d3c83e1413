"""The results added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.corpus.run import Outcome


class Totals:
    """Sums over the documents of a run.

    Attributes:
        documented: Operations of all documents.
        generated: Operations of all packages.
        skipped: Operations left out, by code: those of documents that are refused, too.
        lacking: Operations that are neither there nor left out with a code.
        packages: Documents of which there is a package.
        modules: Modules of all packages.
        compile: Packages all of whose modules compile.
        imports: Packages all of whose modules import.
        types: By type checker, how many packages it looked at, and how many of them are without an error.
    """

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        """Adds up."""
        packages = [each for each in outcomes if each.is_package]
        self.documented = sum(each.documented for each in outcomes)
        self.generated = sum(each.generated for each in outcomes)
        self.skipped = Counter[str]()
        for each in outcomes:
            self.skipped.update(each.skipped)
        self.lacking = sum(each.lacking for each in outcomes)
        self.packages = len(packages)
        self.modules = sum(each.modules for each in packages)
        self.compile = sum(each.compiled == each.modules for each in packages)
        self.imports = sum(each.imports for each in packages)
        self.types: dict[str, tuple[int, int]] = {}
        for each in packages:
            for checker, errors in each.types.items():
                checked, clean = self.types.get(checker, (0, 0))
                self.types[checker] = (checked + 1, clean + (errors == 0))


def ended(outcome: Outcome) -> str:
    """How the generator ended."""
    return "out of time" if outcome.exit_code is None else f"with {outcome.exit_code}"


def share(part: int, whole: int) -> str:
    """A percentage."""
    return f"{100 * part / whole:.2f} %" if whole else "-"


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest of the values that at least `percent` percent of them do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else 0.0
