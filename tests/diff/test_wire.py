"""What a change does to a request and to the reply, by an example: shown as the generated client sends and reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diff.compare import compare
from generator.review.lines import Lines
from generator.review.sheet import Card, sheet
from generator.review.wire import Wire
from tests.diff.versions import COGNITO, SHOP, base, compared, edited


def _card(document: Path, directory: Path, *edits: tuple[str, str]) -> Card:
    (found,) = sheet(compared(document, edited(document, edits), directory, files=True)).cards
    return found


def _changed(lines: Lines) -> list[str]:
    return [f"{each.sign}{each.text}" for each in lines.shown if each.sign in "+-"]


def _messages(name: str, document: Path = SHOP) -> tuple[list[str], list[str]]:
    sides = compare("sdk", base(document), base(document)).python
    assert sides is not None
    wire = Wire(sides[0])
    return wire.messages(wire.places[name])


def test_a_request_and_its_reply() -> None:
    sent, got = _messages("createItem")
    assert sent[:3] == ["POST /items", "Content-Type: application/json", ""]
    assert '  "color": "red",' in sent
    assert got[:2] == ["201", "Content-Type: application/json"]
    assert '  "made": "2024-01-31T12:30:00Z",' in got


def test_parameters_stand_where_they_travel() -> None:
    sent, _ = _messages("listItems")
    assert sent == ["GET /items?limit=10&cursor=cursor&sort=sort&shop=12345678-1234-4123-8123-123456789012"]
    assert _messages("deleteItem") == (["DELETE /items/id"], ["204"])


def test_what_belongs_to_a_protocol_is_there() -> None:
    sent, got = _messages("GetCredentialsForIdentity", COGNITO / "openapi.yaml")
    assert sent[:3] == [
        "POST /",
        "X-Amz-Target: AWSCognitoIdentityService.GetCredentialsForIdentity",
        "Content-Type: application/x-amz-json-1.1",
    ]
    assert '    "Expiration": 1706704200' in [line.rstrip(",") for line in got]


@pytest.mark.parametrize(
    ("edit", "sent", "got"),
    [
        (("        maker: {type: string}\n", ""), [], ['-      "maker": "maker",']),
        (
            ("note: {type: string, description: A remark.}", "notes: {type: string, description: A remark.}"),
            ['-  "note": "note",', '+  "notes": "notes",'],
            [],
        ),
        (("  /orders/{number}:", "  /purchases/{number}:"), ["-GET /orders/10", "+GET /purchases/10"], []),
        (('"201":', '"200":'), [], ["-201", "+200"]),
    ],
    ids=["member-removed", "member-renamed", "path", "status"],
)
def test_a_card_shows_it_before_and_after(
    edit: tuple[str, str], sent: list[str], got: list[str], tmp_path: Path
) -> None:
    wire = _card(SHOP, tmp_path, edit).wire
    assert wire is not None
    assert (_changed(wire[1]), _changed(wire[2])) == (sent, got)


def test_texts_are_not_on_the_wire(tmp_path: Path) -> None:
    assert _card(SHOP, tmp_path, ("A remark.", "Some remark.")).wire is None
    assert _card(SHOP, tmp_path, ("maximum: 100", "maximum: 60")).wire is None


def test_an_operation_that_is_gone_sends_nothing(tmp_path: Path) -> None:
    edit = ("    delete:\n      operationId: deleteItem\n", "    x-delete:\n      operationId: deleteItem\n")
    wire = _card(SHOP, tmp_path, edit).wire
    assert wire is not None
    assert _changed(wire[1]) == ["-DELETE /items/id"]


def test_a_card_shows_nothing_of_another_change(tmp_path: Path) -> None:
    edits = (("        maker: {type: string}\n", ""), ("maxLength: 20", "maxLength: 10"), (", blue]", "]"))
    cards = sheet(compared(SHOP, edited(SHOP, edits), tmp_path, files=True)).cards
    shown = {card.rule: card.wire for card in cards}
    assert shown["member-removed"] is not None
    assert shown["constraint-tightened"] is None
    assert shown["enum-value-removed"] is None
