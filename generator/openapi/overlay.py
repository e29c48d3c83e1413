"""OpenAPI Overlay 1.0 and 1.1: corrections to a document, kept beside it as data.

Deliberately stricter than the standard in one point: an action whose target selects nothing is an error, because a
correction that no longer applies is either obsolete or, worse, believed to be in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from generator.diagnostics import Report
from generator.openapi.budget import MAX_DEPTH
from generator.openapi.merge import ARRAY, PRIMITIVE, Patch, append, kind, merge, put, remove
from generator.openapi.origin import Origin
from generator.openapi.overlay_actions import Action, read_actions
from generator.openapi.scan import ScannedFile
from generator.openapi.tree import copied, look_up

Path = tuple[str | int, ...]


class _Misfit(Exception):
    """An action that can't be applied as a whole.

    Args:
        code: OVL004, OVL005 or OVL006.
        field: The field of the action that is at fault.
        message: What is wrong.
        advice: What to do.
    """

    def __init__(self, code: str, field: str, message: str, advice: str) -> None:
        super().__init__(message)
        self.code: Final = code
        self.field: Final = field
        self.message: Final = message
        self.advice: Final = advice


def apply_overlay(root: dict[str, Any], origin: Origin, overlay: ScannedFile, report: Report) -> None:
    """Applies an overlay to a document in place; what doesn't fit is reported, and the rest applied.

    Args:
        root: The document, plain data without shared parts.
        origin: Where its parts came from; kept true.
        overlay: The overlay.
        report: Takes the findings, located in the overlay.

    Raises:
        Refusal: It isn't an overlay, or one of an unknown version.
    """
    for action in read_actions(overlay, origin.file.source.path, report):
        try:
            _apply(root, origin, action, report)
        except _Misfit as misfit:
            report.error(
                misfit.code,
                f"{action.title} {misfit.message}",
                action.locate(misfit.field),
                help=misfit.advice,
                effect="the action is not applied",
            )


def _apply(root: dict[str, Any], origin: Origin, action: Action, report: Report) -> None:
    targets = _select(root, action, "target")
    if not targets:
        query = action.fields["target"]
        raise _Misfit("OVL005", "target", f"selects nothing: {query}", "correct the target, or delete the action")
    found = _kind_of_targets(root, action, targets)
    if action.fields.get("remove"):
        for path in sorted(targets, reverse=True):  # the last items of an array first: the others keep their numbers
            remove(root, origin, path)
        return
    patch = _patch(root, origin, action, found)
    for path in targets:
        for conflict in _update(root, origin, path, patch, is_concatenated=action.minor > 0):
            report.error(
                "OVL006",
                f"{action.title} would replace a value of another kind by {kind(conflict.value)}",
                conflict.origin.location(),
                help="remove the old value by an action in front of this one",
                effect="the old value stays",
            )


def _select(root: dict[str, Any], action: Action, field: str) -> list[Path]:
    from jsonpath_rfc9535 import (
        JSONPathEnvironment,
        JSONPathError,
    )  # slow to import, and most documents have no overlay

    class Environment(JSONPathEnvironment):
        """JSONPath (RFC 9535) over whatever the loader lets through."""

        max_recursion_depth = 2 * MAX_DEPTH

    try:
        return list(dict.fromkeys(node.location for node in Environment().find(action.fields[field], root)))
    except JSONPathError as error:
        raise _Misfit(
            "OVL004", field, f"has a `{field}` that is not JSONPath: {error.args[0]}", "see RFC 9535 for the syntax"
        ) from None


def _kind_of_targets(root: dict[str, Any], action: Action, targets: list[Path]) -> str:
    kinds = {kind(look_up(root, path)) for path in targets}
    if action.minor == 0 and PRIMITIVE in kinds:
        advice = "select the object around it, or write `overlay: 1.1.0`"
        raise _Misfit("OVL006", "target", f"selects {PRIMITIVE}, which Overlay 1.0 cannot change", advice)
    if action.fields.get("remove"):
        if () in targets:
            raise _Misfit("OVL006", "target", "would remove the whole document", "select a part of it")
    elif len(kinds) > 1:
        found = " and ".join(sorted(kinds))
        raise _Misfit(
            "OVL006", "target", f"selects values of different kinds: {found}", "write one action for each kind"
        )
    return kinds.pop()


def _patch(root: dict[str, Any], origin: Origin, action: Action, target: str) -> Patch:
    if "copy" not in action.fields or action.minor == 0:
        field = "update"
        patch = Patch(action.fields["update"], Origin(action.overlay, f"{action.at}/update"))
    else:
        field = "copy"
        sources = _select(root, action, field)
        if len(sources) != 1:
            raise _Misfit("OVL005", field, f"copies {len(sources)} values", "select exactly one value to copy")
        # The source may be one of the targets, or contain them: what is copied is what it was before.
        patch = Patch(copied(look_up(root, sources[0])), origin.find(map(str, sources[0])))
    if target != ARRAY and kind(patch.value) != target:
        raise _Misfit("OVL006", field, f"changes {target} by {kind(patch.value)}", f"give {target}")
    return patch


def _update(
    root: dict[str, Any], origin: Origin, path: Path, patch: Patch, *, is_concatenated: bool
) -> Iterator[Patch]:
    target = look_up(root, path)
    if isinstance(target, dict):
        yield from merge(target, origin.own(*path), patch)
    elif not isinstance(target, list):
        put(look_up(root, path[:-1]), origin.own(*path[:-1]), path[-1], patch)
    elif is_concatenated and isinstance(patch.value, list):
        for item in patch.items():
            append(target, origin.own(*path), item)
    else:  # Overlay 1.0: whatever it is, it is one entry
        append(target, origin.own(*path), patch)
