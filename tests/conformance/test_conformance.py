"""What generated clients send is valid by the judgement of others, and what others reply comes back whole."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from benchmarks.conformance.check_examples import complaints

from .conftest import Bench


def test_every_operation_sends_what_its_page_shows(bench: Bench) -> None:
    assert [each["error"] for each in bench.requests if "error" in each] == []
    assert {each["kind"] for each in bench.requests} == {"page", "everything"}


def test_the_judge_accepts_every_request(bench: Bench) -> None:
    verdicts = bench.verdicts(bench.requests)

    assert len(verdicts) == len(bench.requests)
    assert [each for each in verdicts if each["refusals"]] == []


def test_the_judge_refuses_what_is_wrong(bench: Bench) -> None:
    wrong = []
    for each in bench.requests:
        if each["body"]:
            body = base64.b64encode(b"[" + base64.b64decode(each["body"])).decode()
            wrong.append({**each, "body": body})
        elif "?" in each["url"] and each["way"] == "in_query":
            wrong.append({**each, "url": each["url"].replace("color=", "colour=")})

    verdicts = bench.verdicts(wrong)

    assert len(verdicts) >= 2
    assert all(each["refusals"] for each in verdicts)


def test_replies_come_back_whole(bench: Bench) -> None:
    replies = bench.replies()
    assert [each["unmade"] for each in replies if "unmade" in each] == []

    losses = bench.losses(replies)

    assert len(losses) == len(replies)
    assert [each for each in losses if each["loss"]] == []


@pytest.mark.parametrize("bench", ["petshop"], indirect=True)
def test_the_programs_of_the_documentation_have_the_right_types(bench: Bench, tmp_path: Path) -> None:
    assert complaints(bench.place / "package", tmp_path, timeout=300) == []
