"""What Python becomes is told with the change of the API that made it so, not with one that merely stands beside it."""

from __future__ import annotations

from pathlib import Path

from tests.diff.history import Expected
from tests.diff.test_history import told
from tests.diff.versions import SHOP, compared, edited

_ORDER = 'content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}'
_GET_ORDER = "      operationId: getOrder\n"
_PING = """  /ping:
    get:
      operationId: ping
      responses:
        "200": {description: A line., content: {application/json: {schema: {$ref: "#/components/schemas/Item"}}}}
        "413": {description: No.}
  /orders/{number}:
"""


def _causes(directory: Path, *edits: tuple[str, str]) -> list[tuple[Expected, set[str]]]:
    found = compared(SHOP, edited(SHOP, edits), directory).causes
    return [(told(cause), {each.title for each in cause.python}) for cause in found if cause.change is not None]


def test_what_callers_do_not_notice_breaks_nothing(tmp_path: Path) -> None:
    """The name of the attribute that holds the reply is that of its schema."""
    edits = ((_GET_ORDER, f"{_GET_ORDER}      x-note: other\n"), (_ORDER, _ORDER.replace("/Order", "/Item")))
    causes = dict(_causes(tmp_path, *edits))
    assert causes["internal", "operation-extension-changed", "getOrder"] == set()
    removed = causes["breaking", "type-changed", "getOrder 200"]
    assert "attribute `operations.GetOrderResponse.order` removed" in removed


def test_a_success_that_is_gone_changes_the_result(tmp_path: Path) -> None:
    soon = '        "404":\n          description: There is none.\n'
    two = soon.replace("404", "202").replace("There is none", "Soon") + (
        '          content: {application/json: {schema: {$ref: "#/components/schemas/Missing"}}}\n'
    )
    before = tmp_path / "before.yaml"
    before.write_text(edited(SHOP, ((soon, two + soon),)))
    after = tmp_path / "after"
    after.mkdir()
    edits = ((two, ""), ("      operationId: getItem\n", "      operationId: getItem\n      x-note: other\n"))
    causes = {told(cause): cause for cause in compared(before, edited(before, edits), after).causes}
    assert ("breaking", "success-removed", "getItem 202") in causes
    assert causes["internal", "operation-extension-changed", "getItem"].python == []


def test_a_server_of_an_operation_is_an_argument_of_the_client(tmp_path: Path) -> None:
    server = '      servers: [{url: "https://{place}.example", variables: {place: {default: here}}}]\n'
    causes = dict(_causes(tmp_path, (_GET_ORDER, _GET_ORDER + server)))
    assert "`SDK` takes `place`" in causes["breaking", "operation-server-changed", "getOrder"]


def test_what_requests_must_hold_breaks_only_those_who_send(tmp_path: Path) -> None:
    """The schema is that of replies too, so its attributes have defaults all the while."""
    both, secret = "components/schemas/NewItem", "        secret: {type: string, x-sensitive: true"
    reply = 'content: {application/json: {schema: {$ref: "#/components/schemas/Item"}}}'
    before = tmp_path / "before.yaml"
    writable = (f"{secret}}}", f"{secret}, writeOnly: true}}")
    ping = ("  /orders/{number}:\n", _PING.replace(reply, reply.replace("components/schemas/Item", both)))
    before.write_text(edited(SHOP, (writable, ping)))
    required = ("required: [name]", "required: [name, secret, pin]")
    pin = "        pin: {type: string, writeOnly: true}\n"
    after = edited(before, (required, (secret, pin + secret)))
    (tmp_path / "after").mkdir()
    causes = {told(cause): cause for cause in compared(before, after, tmp_path / "after").causes}

    became = causes["breaking", "member-became-required", "NewItem secret"]
    assert {each.title for each in became.python} == {"`client.items.create_item(secret)` became required"}
    added = causes["breaking", "member-added-required", "NewItem pin"]
    assert "`client.items.create_item` needs `pin`" in {each.title for each in added.python}

    (tmp_path / "back").mkdir()
    after_path = tmp_path / "required.yaml"
    after_path.write_text(after)
    back = {told(cause) for cause in compared(after_path, before.read_text(), tmp_path / "back").causes}
    assert ("additive", "member-became-optional", "NewItem secret") in back


def test_what_comes_takes_nothing_away(tmp_path: Path) -> None:
    edits = (("  /orders/{number}:\n", _PING), ('items: {$ref: "#/components/schemas/Line"}', "items: {type: string}"))
    causes = dict(_causes(tmp_path, *edits))
    added = causes["additive", "operation-added", "ping"]
    assert "exception `errors.RequestEntityTooLargeError` added" in added
    assert "class `shared.Line` removed" in causes["breaking", "type-changed", "Order lines"]


def test_a_value_that_only_comes_is_not_said_to_be_refused(tmp_path: Path) -> None:
    before = tmp_path / "before.yaml"
    before.write_text(edited(SHOP, (("        price: {type: integer}\n", "        price: {enum: [low, high]}\n"),)))
    after = tmp_path / "after"
    after.mkdir()
    causes = compared(before, edited(before, (("{enum: [low, high]}", "{enum: [low]}"),)), after).causes
    (removed,) = (each for cause in causes for each in [cause.change] if each and each.rule == "enum-value-removed")

    assert removed.sentence == "Its name is gone; where it comes all the same, it is a value that is not known."
