"""The comparison with other clients: what is written down was measured, and what is told of ours is still so."""

import importlib
import os

import pytest

from benchmarks.compare import clients, run, table
from benchmarks.compare.row import GROUPS, ROWS
from benchmarks.compare.server import Reply, Server

for group in GROUPS:
    importlib.import_module(f"benchmarks.compare.rows.{group}")

RESULTS = table.load()
MEASURED = {f"{row['group']}: {row['title']}": row for row in RESULTS["rows"]}
# Those that need neither an environment nor a process of their own.
QUICK = [row for row in ROWS.values() if row.group in {"failures", "responses", "pagination", "requests"}]


def test_every_row_was_measured_with_every_client():
    assert {name for name in MEASURED if not name.startswith("costs: ")} == set(ROWS)
    assert all(set(row["cells"]) == set(table.COLUMNS) == set(clients.NAMES) for row in MEASURED.values())


def test_the_page_shows_what_was_measured():
    assert table.PAGE.read_text(encoding="utf-8") == table.page(RESULTS)


def test_the_readme_shows_what_was_measured():
    readme = table.README.read_text(encoding="utf-8")
    assert table.with_table(readme, RESULTS) == readme


@pytest.mark.parametrize("row", QUICK, ids=lambda row: row.name)
def test_what_is_told_of_ours_is_still_so(row):
    cell = row.observe(clients.load("ours"))
    told = MEASURED[row.name]["cells"]["ours"]
    assert (cell.text, cell.good) == (told["text"], told["good"])


def test_rows_in_which_ours_is_not_the_best_are_listed():
    page = table.page(RESULTS)
    listed = page.partition("## Where")[2].partition("\n## ")[0]
    behind = [row["title"] for row in RESULTS["rows"] if not table.is_best(row, "ours")]
    assert behind
    assert all(f"- {title}: " in listed for title in behind)
    assert listed.count("\n- ") == len(behind)


def test_a_number_is_best_where_none_is_smaller():
    cells = {"a": {"value": 2.0, "good": None}, "b": {"value": 1.0, "good": None}, "c": {"value": None, "good": None}}
    assert [table.is_best({"cells": cells}, client) for client in "abc"] == [False, True, False]


def test_a_readme_without_a_place_for_the_table_is_refused():
    with pytest.raises(ValueError, match="no place for the table"):
        table.with_table("# Title\n", RESULTS)


def test_a_client_that_falls_silent_is_left_and_what_it_said_is_kept():
    reading, writing = os.pipe()
    os.write(writing, b'{"begins": "a"}\n{"ends": "a", "text": "x"}\n{"begins": "b"}\n')
    found = {}
    with open(reading) as output, open(writing, "w"):
        assert run._follow(output, found, patience=0.5)
    assert found == {"a": {"text": "x"}}


def test_output_that_ends_is_not_silence():
    assert not run._follow([], {}, patience=60.0)


def test_the_server_keeps_what_was_asked():
    import http.client

    with Server(Reply(status=418, body={"a": 1}, headers=(("Date", ""),))) as server:
        connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
        connection.request("POST", "/", b"{}", {"X-Amz-Target": "Service.Operation"})
        response = connection.getresponse()
        assert (response.status, response.read(), response.headers["Date"]) == (418, b'{"a": 1}', None)
        connection.close()
    assert [(request.operation, request.document) for request in server.requests] == [("Operation", {})]
