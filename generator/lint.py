"""A target as far as the plan, to say everything that is amiss; and overlays for what has a certain remedy.

Nothing is generated. What a correction changes is never the document: it goes behind what stands in the target's
overlay, or into a new one beside the document.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from generator.config import TargetConfig, default_config
from generator.diagnostics import Diagnostic, ExitCode, Refusal, Report, Severity
from generator.openapi.load import load_corrected
from generator.openapi.remedies import Correction, corrections
from generator.run import Outcome, plan_target
from generator.selection import Selection, is_document
from generator.source import display_name, read_source

if TYPE_CHECKING:
    from generator.pipeline import Planned

_OVERLAY: Final = "overlay.yaml"
_NEW: Final = 'overlay: 1.1.0\ninfo: {title: Corrections, version: "1"}\nactions:\n'


def linted(names: Sequence[str], project: Path, overlays: tuple[Path, ...]) -> Sequence[TargetConfig]:
    """The targets that are meant; a document needs no output.

    Args:
        names: Of targets, none for all of them; or the path of a document.
        project: The directory that holds `specs/`.
        overlays: Applied behind those of the configuration.

    Raises:
        Refusal: There is no such target, or a configuration is wrong (exit 2).
    """
    if len(names) == 1 and is_document(names[0]):
        document = Path(names[0])
        found: Sequence[TargetConfig] = [default_config(document, Path(document.stem), package=None, distribution=None)]
    else:
        selection = Selection(names=tuple(names), project=project, output=None, package=None, distribution=None)
        found = selection.targets()
    return [replace(config, overlays=(*config.overlays, *overlays), strict=False) for config in found]


def lint(config: TargetConfig, cache: Path | None) -> Outcome:
    """Everything that is amiss in a target; warnings are findings too (exit 1)."""
    outcome, planned = plan_target(config, cache=cache, progress=lambda _: None)
    if planned is not None:
        outcome.diagnostics = (*outcome.diagnostics, *unnamed(planned, config.names))
    amiss = any(found.severity is not Severity.NOTE for found in outcome.diagnostics)
    outcome.exit_code = outcome.exit_code or (ExitCode.FINDINGS if amiss else ExitCode.OK)
    return outcome


def unnamed(planned: Planned, pins: Mapping[str, str]) -> Sequence[Diagnostic]:
    """A note for each operation whose method is called after its path, as nobody says what it should be called."""
    report = Report()
    for bound, made in zip(planned.bound.operations, planned.plan.operations, strict=True):
        operation = bound.operation
        is_named = operation.source_name != f"{operation.method.lower()} {operation.path}"
        if not is_named and operation.id not in pins and operation.id not in planned.bound.api.preferred:
            report.note(
                "NAME003",
                f"the operation has no operationId: its method is called {str(made.method)!r}, after its path",
                planned.document.locate(operation.id, key=True),
                help=f'write an operationId; or pin the name in sdk.toml: [names] "{operation.id}" = "{made.method}"',
            )
    return report.diagnostics


def fix(config: TargetConfig, outcome: Outcome) -> tuple[TargetConfig, str]:
    """Write the corrections of what was found into the target's overlay.

    Returns:
        The target with that overlay, and one line that says what was done, or the actions where the overlay is not
        one that can be continued; then nothing is written.
    """
    overlay = config.overlays[-1] if config.overlays else config.document.with_name(_OVERLAY)
    name, is_new = display_name(overlay), not os.path.lexists(overlay)
    if is_new == bool(config.overlays):
        return config, "" if is_new else f"{name} is there, and is not applied: say `--overlay {name}`"
    try:
        text = _NEW if is_new else read_source(overlay).text
        root, origin = load_corrected(config.document, config.overlays, Report())
    except Refusal:
        return config, ""  # the outcome says why nothing can be read
    can_remove = is_new or str(_parsed(text).get("overlay")).startswith("1.1")
    found = list(corrections(root, origin, outcome.diagnostics, removes=can_remove))
    if not found:
        return config, f"{config.name}: nothing that can be corrected with certainty"
    continued = appended(text, found)
    if continued is None:
        actions = "".join(_lines(found, 2))
        return config, f"{name} cannot be continued by itself; add these to its `actions`:\n{actions}"
    overlay.write_text(continued, encoding="utf-8", newline="\n")
    overlays = (*config.overlays, overlay) if is_new else config.overlays
    actions = "1 action" if len(found) == 1 else f"{len(found)} actions"
    return replace(config, overlays=overlays), f"{name}: {actions} added; look through them before you generate"


def appended(text: str, found: Sequence[Correction]) -> str | None:
    """An overlay with more actions behind its own, every other character as it was; None where that isn't so easy."""
    import yaml

    try:
        root = yaml.compose(text)
    except yaml.YAMLError:
        return None
    last = root.value[-1] if isinstance(root, yaml.MappingNode) and root.value else None
    if last is None or last[0].value != "actions" or text.lstrip().startswith("{"):
        return None
    actions = last[1]
    if isinstance(actions, yaml.SequenceNode) and not actions.flow_style:
        indent = actions.start_mark.column
    elif actions.value == "":
        indent = 2
    else:
        return None
    continued = f"{text.rstrip()}\n" + "".join(_lines(found, indent))
    expected = [*(_parsed(text).get("actions") or []), *(each.fields() for each in found)]
    return continued if _parsed(continued) == {**_parsed(text), "actions": expected} else None


def _parsed(text: str) -> dict[str, Any]:
    import yaml

    try:
        value = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _lines(found: Sequence[Correction], indent: int) -> list[str]:
    """Actions as items of a block sequence. Values are JSON, which YAML can read."""
    margin = " " * indent
    return [
        "".join(
            f"{margin}{'  ' if index else '- '}{key}: {json.dumps(value, ensure_ascii=False)}\n"
            for index, (key, value) in enumerate(each.fields().items())
        )
        for each in found
    ]
