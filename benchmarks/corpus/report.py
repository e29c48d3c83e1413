"""What the results say, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from benchmarks.corpus.totals import Totals, ended, share

if TYPE_CHECKING:
    from rich.console import Console

    from benchmarks.corpus.run import Outcome

_SHOWN = 15


def summary(console: Console, outcomes: Sequence[Outcome]) -> None:
    """Totals, then what is not whole, then what costs most."""
    totals = Totals(outcomes)
    whole = sum(each.is_whole for each in outcomes)
    console.print(f"documents   {len(outcomes)}, whole {whole} ({share(whole, len(outcomes))})")
    console.print(
        f"operations  {totals.generated} of {totals.documented} ({share(totals.generated, totals.documented)})"
    )
    console.print(f"skipped     {_counts(totals.skipped)}; without a code {totals.lacking}")
    console.print(f"packages    {totals.packages}, modules {totals.modules}")
    console.print(f"            all modules compile in {totals.compile}, and import in {totals.imports}")
    for checker, (checked, clean) in totals.types.items():
        console.print(f"{checker:<12}{checked} packages checked, clean {clean}")
    console.print(f"ended       {_counts(Counter(ended(each) for each in outcomes))}")
    console.print(f"codes       {_counts(Counter(code for each in outcomes for code in each.warnings))} (documents)")
    _table(console, "not whole", [each for each in outcomes if not each.is_whole], lambda each: -each.documented)
    _table(console, "slowest", list(outcomes), lambda each: -each.seconds)
    _table(console, "largest in memory", list(outcomes), lambda each: -each.megabytes)


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{what} {count}" for what, count in counter.most_common()) or "none"


def _table(console: Console, title: str, outcomes: list[Outcome], order: Callable[[Outcome], float]) -> None:
    if not outcomes:
        return
    table = Table(title=f"{title} ({len(outcomes)})", title_justify="left")
    for heading in ("document", "kB", "ended", "operations", "CPU s", "MB", "detail"):
        table.add_column(heading, justify="left" if heading in ("document", "ended", "detail") else "right")
    for each in sorted(outcomes, key=order)[:_SHOWN]:
        counts = f"{each.generated}/{each.documented}"
        cells = (f"{each.size // 1000}", ended(each), counts, f"{each.seconds}", f"{each.megabytes}")
        table.add_row(each.document, *cells, escape(each.detail))
    console.print(table)
