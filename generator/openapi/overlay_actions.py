"""The text of an overlay as actions that are well-formed. Whether they fit a document is not known here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from generator.diagnostics import Location, Refusal, Report
from generator.openapi import pointer as pointers
from generator.openapi.merge import kind
from generator.openapi.scan import ScannedFile

_VERSION: Final = re.compile(r"1\.([01])\.\d+")
_ROOT_KEYS: Final = frozenset({"overlay", "info", "extends", "actions"})
_INFO_KEYS: Final = frozenset({"title", "version", "description"})
_ACTION_KEYS: Final = frozenset({"target", "description", "update", "remove"})


class Action(Struct, frozen=True):
    """One action.

    Args:
        overlay: The file it is in.
        at: Its pointer in that file.
        title: What to call it in a message.
        minor: Of the version of Overlay: 0 or 1.
        fields: What it says, well-typed.
    """

    overlay: ScannedFile
    at: str
    title: str
    minor: int
    fields: dict[str, Any]

    def locate(self, field: str) -> Location:
        """The place of one of its fields."""
        return self.overlay.locate(f"{self.at}/{field}")


def read_actions(overlay: ScannedFile, document: Path, report: Report) -> Iterator[Action]:
    """The well-formed actions of an overlay, in order; the others are reported.

    Args:
        overlay: The overlay.
        document: What it is applied to.
        report: Takes the findings, located in the overlay.

    Raises:
        Refusal: It isn't an overlay, or one of an unknown version.
    """
    reader = _Reader(overlay, report)
    minor = reader.version()
    root = overlay.value
    reader.check_keys(root, "", _ROOT_KEYS)
    reader.check_info(root.get("info"))
    reader.check_extends(root.get("extends"), document)
    actions = root.get("actions")
    if not isinstance(actions, list) or not actions:
        reader.ill_formed("/actions", "`actions` must be a list of at least one action")
        return
    for index, fields in enumerate(actions):
        if reader.is_action(fields, f"/actions/{index}", minor):
            title = f"action {index + 1}"
            yield Action(overlay, f"/actions/{index}", title, minor, fields)


class _Reader:
    def __init__(self, overlay: ScannedFile, report: Report) -> None:
        self._overlay = overlay
        self._report = report

    def version(self) -> int:
        root, at = self._overlay.value, self._overlay.locate("/overlay")
        if not isinstance(root, dict) or "overlay" not in root:
            raise Refusal.because("OVL001", "this is not an overlay", at, help="begin it with `overlay: 1.1.0`")
        found = _VERSION.fullmatch(root["overlay"]) if isinstance(root["overlay"], str) else None
        if found is None:
            raise Refusal.because(
                "OVL002",
                f"Overlay {root['overlay']} is not a known version",
                at,
                help="write `overlay: 1.0.0` or `overlay: 1.1.0`",
            )
        return int(found[1])

    def ill_formed(self, pointer: str, message: str) -> None:
        self._report.error(
            "OVL001",
            message,
            self._overlay.locate(pointer),
            help="see the Overlay Specification, section 4",
            effect="this part of the overlay is not applied",
        )

    def check_keys(self, mapping: dict[str, Any], pointer: str, known: frozenset[str]) -> None:
        for key in mapping:
            if key not in known and not key.startswith("x-"):
                self._report.error(
                    "OVL003",
                    f"{key!r} is not a key of Overlay here",
                    self._overlay.locate(pointer + pointers.join([key]), key=True),
                    help=f"use {', '.join(sorted(known))}, or a name that begins with `x-`",
                    effect="it has none",
                )

    def check_info(self, info: Any) -> None:
        if not isinstance(info, dict):
            self.ill_formed("/info", "`info` must be an object with `title` and `version`")
            return
        self.check_keys(info, "/info", _INFO_KEYS)
        for key in ("title", "version"):
            if not isinstance(info.get(key), str):
                self.ill_formed(f"/info/{key}", f"`info.{key}` must be a text")

    def check_extends(self, extends: Any, document: Path) -> None:
        if extends is None:
            return
        if not isinstance(extends, str):
            self.ill_formed("/extends", "`extends` must be a text")
        elif Path(unquote(urlsplit(extends).path)).name != document.name:
            self._report.note(
                "OVL007",
                f"the overlay extends {extends}, and is applied to {document.name}",
                self._overlay.locate("/extends"),
                help="correct `extends`, or the list of overlays",
            )

    def is_action(self, fields: Any, at: str, minor: int) -> bool:
        if not isinstance(fields, dict):
            self.ill_formed(at, "an action must be an object")
            return False
        self.check_keys(fields, at, _ACTION_KEYS | {"copy"} if minor else _ACTION_KEYS)
        faults = list(_faults(fields, minor))
        for field, message in faults:
            self.ill_formed(at + field, message)
        return not faults


def _faults(fields: dict[str, Any], minor: int) -> Iterator[tuple[str, str]]:
    modifiers = {"update", "copy"} & fields.keys() if minor else {"update"} & fields.keys()
    if not isinstance(fields.get("target"), str):
        yield "/target", "an action needs a `target`, a JSONPath query"
    if not isinstance(fields.get("description", ""), str):
        yield "/description", "`description` must be a text"
    if not isinstance(fields.get("remove", False), bool):
        yield "/remove", f"`remove` must be true or false, not {kind(fields['remove'])}"
    elif minor and not isinstance(fields.get("copy", ""), str):
        yield "/copy", "`copy` must be a JSONPath query"
    elif not fields.get("remove") and len(modifiers) != 1:
        yield "", (
            "an action needs `remove: true`, or one of `update` and `copy`"
            if minor
            else "an action needs `remove: true`, or `update`"
        )
