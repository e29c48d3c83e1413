"""The results in words and numbers: benchmarks/conformance/README.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from benchmarks.conformance.explanations import EXPLANATIONS, explained
from benchmarks.conformance.run import Outcome

_SHOWN = 10
_KINDS = {"page": "with the arguments of its page", "everything": "with every member"}
_HEAD = """# Conformance, judged by others

Written by `make conformance DIR=...` (`python -m benchmarks.conformance DIR --write`); DIR is a folder of OpenAPI
documents, a clone of APIs-guru/openapi-directory for example. A sample of them, spread evenly over the sizes, is
generated; every operation is called through the generated client, and openapi-core judges what would have been sent.
hypothesis-jsonschema makes replies from the documents' schemas; the client reads each and writes it back. mypy --strict
reads every program of the documentation. How the judge is used is said in `judge.py`, what makes two values the same in
`same.py`, and how schemas become replies in `reply_schemas.py`.
"""


def report(outcomes: Sequence[Outcome]) -> str:
    """The whole page."""
    whole = sum(not each.failed for each in outcomes)
    operations = sum(each.operations for each in outcomes)
    commits = ", ".join(sorted({each.commit for each in outcomes}))
    minutes = round(sum(each.seconds for each in outcomes) / 60)
    parts = [
        _HEAD,
        f"{whole} of {len(outcomes)} documents were looked at to the end: {operations} operations, in {minutes} minutes"
        f" of one core, on commit {commits}.\n",
    ]
    parts += [f"* {each.document}: {_short(each.failed)}\n" for each in outcomes if each.failed]
    parts += [
        "## Requests\n",
        *_requests(outcomes),
        "## Replies\n",
        *_replies(outcomes),
        "## Programs\n",
        *_programs(outcomes),
    ]
    return "\n".join(parts)


def _requests(outcomes: Sequence[Outcome]) -> Iterable[str]:
    yield _table(
        ("called", "requests", "accepted", "refused, explained", "refused, ours", "not sent"),
        [_row(kind, words, outcomes) for kind, words in _KINDS.items()],
    )
    found = Counter(each.code for reason in _reasons(outcomes) if (each := explained(reason)) is not None)
    rows = [(each.code, str(found[each.code]), each.reason) for each in EXPLANATIONS if each.code in found]
    if rows:
        yield _table(("explanation", "cases", "why the client is right"), rows)
    ours = [(outcome, *refusal) for outcome in outcomes for refusal in outcome.refused if explained(refusal[2]) is None]
    yield from _listed(
        (f"{each.document}, {way} ({kind}): {reason}" for each, kind, way, reason in ours), "Refused, ours"
    )
    unsent = ((outcome, *refusal) for outcome in outcomes for refusal in outcome.unsent)
    yield from _listed((f"{each.document}, {way} ({kind}): {reason}" for each, kind, way, reason in unsent), "Not sent")


def _reasons(outcomes: Sequence[Outcome]) -> Iterable[str]:
    for outcome in outcomes:
        yield from (reason for _, _, reason in outcome.refused)
        yield from (reason for _, reason in outcome.lost)


def _row(kind: str, words: str, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    sent = sum(each.requests.get(kind, 0) for each in outcomes)
    refusals = [reason for each in outcomes for of, _, reason in each.refused if of == kind]
    ours = sum(explained(reason) is None for reason in refusals)
    unsent = sum(of == kind for each in outcomes for of, _, _ in each.unsent)
    accepted = f"{sent - len(refusals)} ({_share(sent - len(refusals), sent)})"
    return words, str(sent), accepted, str(len(refusals) - ours), str(ours), str(unsent)


def _replies(outcomes: Sequence[Outcome]) -> Iterable[str]:
    made = sum(each.replies for each in outcomes)
    lost = [(each, *loss) for each in outcomes for loss in each.lost if explained(loss[1]) is None]
    strange = sum(len(each.lost) for each in outcomes) - len(lost)
    schemas = sum(each.schemas for each in outcomes)
    unmade = Counter(reason.partition(":")[0] for each in outcomes for _, reason in each.unmade)
    yield (
        f"{made} replies made from {schemas} schemas of {sum(each.replies > 0 for each in outcomes)} documents: "
        f"{made - len(lost)} ({_share(made - len(lost), made)}) came back whole, {strange} of them but for what the "
        "table above explains.\n"
    )
    if unmade:
        named = ", ".join(f"{count} {name}" for name, count in unmade.most_common())
        yield f"From {sum(unmade.values())} schemas nothing was made: {named}.\n"
    yield from _listed((f"{each.document}, {way}: {reason}" for each, way, reason in lost), "Lost")


def _programs(outcomes: Sequence[Outcome]) -> Iterable[str]:
    broken = [f"{each.document}, {text}" for each in outcomes for text in each.programs]
    yield f"Programs of {len(outcomes)} packages' documentation that do not compile: {len(broken)}.\n"
    yield from _listed(broken, "Broken")
    wrong = [f"{each.document}, {text}" for each in outcomes for text in each.types]
    checked = sum(each.checked for each in outcomes)
    packages = sum(each.checked > 0 for each in outcomes)
    yield f"Programs of {packages} packages that mypy --strict read: {checked}; errors: {len(wrong)}.\n"
    for each in outcomes:
        if each.unread:
            yield f"Not read: {each.unread} of {each.document}, too many for one run.\n"
    yield from _listed(wrong, "Errors")


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def _listed(items: Iterable[str], title: str) -> Iterable[str]:
    found = [_short(item) for item in items]
    if found:
        shown = [f"* `{item}`" for item in found[:_SHOWN]]
        more = [f"* and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
        yield "\n".join([f"{title}:\n", *shown, *more]) + "\n"


def _short(text: str) -> str:
    """One line without what ends a piece of code."""
    return re.sub(r"[`\s]+", " ", text)[:260]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "-"
