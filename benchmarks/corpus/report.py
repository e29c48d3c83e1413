"""What the results say, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.table import Table

from benchmarks.corpus.run import Outcome

if TYPE_CHECKING:
    from rich.console import Console

_SHOWN = 15


def summary(console: Console, outcomes: Sequence[Outcome]) -> None:
    """Totals, then what is not whole, then what costs most."""
    documented, generated = sum(each.documented for each in outcomes), sum(each.generated for each in outcomes)
    whole = sum(each.is_whole for each in outcomes)
    packages = [each for each in outcomes if each.imports is not None]
    console.print(f"documents   {len(outcomes)}, whole {whole} ({_share(whole, len(outcomes))})")
    console.print(f"operations  {generated} of {documented} ({_share(generated, documented)})")
    console.print(f"packages    {len(packages)}, all modules import in {sum(bool(each.imports) for each in packages)}")
    checked = [each for each in outcomes if each.types is not None]
    if checked:
        console.print(f"types       {len(checked)} packages checked, clean {sum(not each.types for each in checked)}")
    codes = Counter(_ended(each) for each in outcomes)
    console.print("ended       " + ", ".join(f"{count} {how}" for how, count in codes.most_common()))
    warnings = Counter(code for each in outcomes for code in each.warnings)
    console.print("codes       " + ", ".join(f"{code} in {count}" for code, count in warnings.most_common()))
    _table(console, "not whole", [each for each in outcomes if not each.is_whole], lambda each: -each.documented)
    _table(console, "slowest", list(outcomes), lambda each: -each.seconds)
    _table(console, "largest in memory", list(outcomes), lambda each: -each.megabytes)


def _ended(outcome: Outcome) -> str:
    return "out of time" if outcome.exit_code is None else f"with {outcome.exit_code}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "-"


def _table(console: Console, title: str, outcomes: list[Outcome], order: Callable[[Outcome], float]) -> None:
    if not outcomes:
        return
    table = Table(title=f"{title} ({len(outcomes)})", title_justify="left")
    for heading in ("document", "kB", "ended", "operations", "CPU s", "MB", "detail"):
        table.add_column(heading, justify="left" if heading in ("document", "ended", "detail") else "right")
    for each in sorted(outcomes, key=order)[:_SHOWN]:
        counts = f"{each.generated}/{each.documented}"
        cells = (f"{each.size // 1000}", _ended(each), counts, f"{each.seconds}", f"{each.megabytes}", each.detail)
        table.add_row(each.document, *cells)
    console.print(table)
