"""`generate import`: a document out of an AWS service, and whether the one that is kept still says what AWS says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from generator.commands.options import COLOR, PROJECT
from generator.config import TargetConfig
from generator.console import Console, refuse
from generator.diagnostics import ExitCode, Refusal, Report, text
from generator.selection import Selection, is_document


@click.command("import")
@click.argument("source")
@click.argument("kept", required=False)
@click.option("--output", type=click.Path(path_type=Path), help="File to write, in place of stdout.")
@click.option("--docs", is_flag=True, help="Bring the descriptions along, not only the facts.")
@click.option("--check", is_flag=True, help="Say where the document of KEPT differs from AWS's facts; write nothing.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of what --check says."
)
@PROJECT
@COLOR
def import_(
    source: str, kept: str | None, output: Path | None, form: str, *, docs: bool, check: bool, **options: object
) -> int:
    """Make an OpenAPI document of an AWS service: botocore:NAME, or the path of a service-2.json.

    With --check, KEPT is a target or a document; without it, the target of the service's name, or the only one.
    """
    from generator.importers.document import import_service  # nothing else needs it

    console = Console(str(options["color"]))
    try:
        if check is False and kept is not None:
            raise Refusal.because("CFG011", f"what is {kept!r} for?", help="add `--check`, or `--output FILE`")
        if check and (docs or output is not None):
            raise Refusal.because("CFG011", "--check writes nothing", help="leave out `--docs` and `--output`")
        if form != "text" and not check:
            raise Refusal.because("CFG011", "--format goes with --check", help="add `--check`, or leave it out")
        imported = import_service(source, docs=docs)
        for found in imported.findings:
            console.message(text(found, style=console.style) + "\n")
        if check:
            config = _kept(source, kept, Path(str(options["project"])))
            return _compare(config, imported.document, source, form, console)
    except Refusal as refusal:
        return refuse(console, refusal)
    if output is None:
        console.result(imported.text().rstrip("\n"))
    else:
        output.write_text(imported.text(), encoding="utf-8", newline="\n")
    return ExitCode.OK


def _kept(source: str, name: str | None, project: Path) -> TargetConfig:
    """The target, or the document, that is compared with a service.

    Raises:
        Refusal: There is no such target, or several may be meant.
    """
    output = Path(name).with_suffix("") if name is not None and is_document(name) else None
    names = () if name is None else (name,)
    selection = Selection(names=names, project=project, output=output, package=None, distribution=None)
    targets: Sequence[TargetConfig] = selection.targets()
    service = source.rpartition(":")[2]
    meant = [config for config in targets if config.name == service] if len(targets) > 1 else targets
    if not meant:
        known = ", ".join(config.name for config in targets)
        raise Refusal.because(
            "CFG011", f"there are several targets, and none is {service!r}", help=f"name one of {known}"
        )
    return meant[0]


def _compare(config: TargetConfig, theirs: Mapping[str, object], source: str, form: str, console: Console) -> int:
    from generator.importers.drift import as_json, drift
    from generator.openapi.load import load_document

    report = Report()
    ours = load_document(config.document, overlays=config.overlays, report=report)
    if report.has_errors:
        raise Refusal([found for found in report.diagnostics if found.severity == "error"])
    differences = drift(ours, theirs)
    for line in [as_json(config.name, source, differences)] if form == "json" else map(str, differences):
        console.result(line)
    if not differences:
        console.message(f"{config.name}: says what {source} says")
        return ExitCode.OK
    amount = "one fact differs" if len(differences) == 1 else f"{len(differences)} facts differ"
    console.message(f"{config.name}: {amount} from {source}; correct the document, or its overlay")
    return ExitCode.FINDINGS
