"""The comparison as Markdown. It knows nothing but the results, so that a test can check what is written down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
PAGE = HERE / "README.md"
README = HERE.parents[1] / "README.md"
BEGINS, ENDS = "<!-- comparison begins -->", "<!-- comparison ends -->"

COLUMNS = {
    "boto3": "boto3",
    "aws_sdk": "aws-sdk-cognito-identity",
    "capo": "capo-cognito-identity",
    "ours": "sdkpress",
}
GROUPS = {
    "costs": "Costs",
    "package": "Package and types",
    "requests": "Requests",
    "responses": "Replies that say 200",
    "failures": "Errors",
    "retries": "Retries and clocks",
    "pagination": "Pages",
    "lifecycle": "Limits, threads, processes",
    "credentials": "Credentials and region, with the base install",
    "endpoints": "Endpoints: the host that is called",
    "aids": "Hooks, tests, secrets",
}
SHORT = {
    "costs: CPU time of import, client and first call": "CPU time of import, client and first call",
    "costs: CPU time of a small call (create_identity_pool), blocking": "CPU time of a small call",
    "costs: CPU time of a page of 60 identities, blocking": "CPU time of a page of 60 identities",
    "costs: CPU time of a page of 60 identities, asyncio": "the same with asyncio",
    "costs: memory after that, above a bare interpreter": "memory",
    "package: installed size without bytecode": "installed size",
    "package: blocking and asyncio clients in one package": "blocking and asyncio clients",
    "package: mypy --strict on a caller: mistakes found": "mistakes that mypy --strict finds",
    "package: the same, with stubs of a third party (types-boto3)": "the same with a third party's stubs",
    "requests: an IdentityPoolId that breaks its pattern": "an argument that breaks its pattern",
    "responses: 200, body cut off in the middle": "a 200 that is cut off in the middle",
    "failures: a code that is not in the model": "an error code that is not in the model",
    "retries: 500 twice, then 200": "500 twice, then 200",
    "retries: AWS_RETRY_MODE=legacy (5 attempts, no quota), 500 for ever": "AWS_RETRY_MODE=legacy, 500 for ever",
    "retries: this machine's clock is 3 hours slow: two calls": "this machine's clock is 3 hours slow",
    "pagination: ListIdentities": "all items of ListIdentities (3 pages)",
    "lifecycle: a limit of 1 s for a call; the reply arrives byte by byte, for 4 s": "limit of 1 s, slow reply",
    "lifecycle: a client used before os.fork(), then by both processes at once": "a client before and after os.fork()",
    "credentials: a public operation without any credentials": "a public operation, no credentials",
    "credentials: web identity (EKS), STS at AWS_ENDPOINT_URL_STS": "credentials of a web identity (EKS)",
    "endpoints: region cn-north-1": "host for cn-north-1",
    "endpoints: FIPS, asked for in code": "host for FIPS, asked for in code",
    "aids: secrets in DEBUG logs: a call with tokens, keys from the environment": "secrets in DEBUG logs",
    "aids: a stub for tests comes with it": "a stub for tests",
    "aids: presigned URLs": "presigned URLs",
    "package: AWS services that the install can call": "AWS services in the package",
    "package: version measured, and maturity by its own classifier": "version, and its own classifier",
}
"""What the project's README shows, and under which titles: a few of each kind, those in which others are ahead too."""

Row = dict[str, Any]


def load() -> dict[str, Any]:
    """The results that are written down."""
    found: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))
    return found


def page(results: dict[str, Any]) -> str:
    """The whole comparison."""
    rows: list[Row] = results["rows"]
    parts = [
        "# Four clients of Amazon Cognito Identity, side by side\n",
        "Made by `make compare`, which measures again; do not edit. Each cell is what a client did in a situation\n"
        "that a local server played, not what its documentation says. ✓ is what the second column wants, ✗ is\n"
        "anything else; of numbers, the best is bold. Timings are of one machine: compare the ratios.\n"
        "`results.json` has the same as data.\n",
        f"Measured with Python {results['python']}: {', '.join(results['versions'])}.\n",
        _totals(rows),
        _behind(rows),
    ]
    for group, title in GROUPS.items():
        chosen = [row for row in rows if row["group"] == group]
        if chosen:
            parts.append(f"## {title}\n\n{_table(chosen, wanted=True)}")
    return "\n".join(parts)


def short(results: dict[str, Any]) -> str:
    """The few rows of the project's README."""
    by_name = {f"{row['group']}: {row['title']}": row for row in results["rows"]}
    return _table([by_name[name] | {"title": title} for name, title in SHORT.items()], wanted=False)


def is_best(row: Row, client: str) -> bool:
    """Whether a client does what is wanted, or has the best number."""
    cell = row["cells"][client]
    if cell["value"] is None:
        return bool(cell["good"])
    return bool(cell["value"] == min(each["value"] for each in row["cells"].values() if each["value"] is not None))


def _totals(rows: list[Row]) -> str:
    counts = ", ".join(f"{title} {sum(is_best(row, client) for row in rows)}" for client, title in COLUMNS.items())
    return f"Of {len(rows)} rows, good or best: {counts}.\n"


def _behind(rows: list[Row]) -> str:
    """Where our client is not good, best or the only one."""
    found = [
        f"- {row['title']}: {row['cells']['ours']['text']}; {_others(row)}" for row in rows if not is_best(row, "ours")
    ]
    return "## Where sdkpress is behind, or lacks what is wanted\n\n" + "\n".join(found or ["Nowhere."]) + "\n"


def _others(row: Row) -> str:
    better = [f"{COLUMNS[client]} ({row['cells'][client]['text']})" for client in COLUMNS if is_best(row, client)]
    return f"better: {', '.join(better)}" if better else "nobody does better"


def _table(rows: list[Row], *, wanted: bool) -> str:
    head = ["", *(["wanted"] if wanted else []), *COLUMNS.values()]
    lines = [_line(head), _line(["---"] * len(head))]
    for row in rows:
        cells = [_cell(row, client) for client in COLUMNS]
        lines.append(_line([row["title"], *([row["wanted"]] if wanted else []), *cells]))
    return "\n".join(lines) + "\n"


def _cell(row: Row, client: str) -> str:
    cell = row["cells"][client]
    if cell["good"] is None:
        return f"**{cell['text']}**" if cell["value"] is not None and is_best(row, client) else str(cell["text"])
    return f"{'✓' if cell['good'] else '✗'} {cell['text']}"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|').replace('<', '&lt;') for cell in cells)} |"


def with_table(readme: str, results: dict[str, Any]) -> str:
    """The project's README with the table between its two marks renewed.

    Raises:
        ValueError: The marks are not there.
    """
    before, begins, rest = readme.partition(BEGINS)
    _, ends, after = rest.partition(ENDS)
    if not (begins and ends):
        raise ValueError(f"README.md has no place for the table: {BEGINS} ... {ENDS}")
    return f"{before}{BEGINS}\n{short(results)}{ENDS}{after}"
