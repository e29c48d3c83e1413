"""`generate fetch`: whether a document that came from elsewhere has changed there, and taking it over."""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from pathlib import Path

import click

from generator.commands.options import COLOR, PROJECT, TARGETS
from generator.config import Pin, TargetConfig
from generator.console import Console, refuse
from generator.diagnostics import ExitCode, Refusal, Report
from generator.selection import Selection
from generator.source import display_name

_SHOWN = 12  # of 64 hexadecimal digits, enough to tell two apart


@click.command()
@TARGETS
@click.option("--accept", is_flag=True, help="Write what came, and its hash into sdk.toml.")
@PROJECT
@COLOR
def fetch(targets: tuple[str, ...], *, accept: bool, project: Path, color: str) -> int:
    """Say whether documents have changed where they come from; the only command that uses the network.

    A target's sdk.toml says where: [source] with url, and sha256 of what was accepted last.
    """
    console = Console(color)
    selection = Selection(names=targets, project=project, output=None, package=None, distribution=None)
    try:
        sources = [(config, config.pin) for config in selection.targets()]
        pinned = [(config, pin) for config, pin in sources if pin is not None]
        if not pinned or (targets and len(pinned) < len(sources)):
            nowhere = next(config.name for config, pin in sources if pin is None)
            raise Refusal.because(
                "CFG017",
                f"{nowhere} does not say where its document comes from",
                help='write `[source]` and `url = "https://..."` below it into its sdk.toml',
            )
        return max(_fetch_one(config, pin, console, accept=accept) for config, pin in pinned)
    except Refusal as refusal:
        return refuse(console, refusal)


def _fetch_one(config: TargetConfig, pin: Pin, console: Console, *, accept: bool) -> int:
    from generator.fetching import fetch as load  # the network is loaded where it is used

    before = config.document.read_bytes()
    new = load(pin.url)
    digests = [hashlib.sha256(data).hexdigest() for data in (before, new)]
    if digests[0] == digests[1] == pin.sha256:
        console.result(f"{config.name}: unchanged, {len(new):,} bytes, sha256 {digests[1][:_SHOWN]}")
        return ExitCode.OK
    if digests[0] not in (pin.sha256, digests[1]) and pin.sha256 is not None:
        raise Refusal.because(
            "IMP008",
            f"{display_name(config.document)} was edited after it was fetched",
            config.place("source", "sha256"),
            help="move the edits into an overlay, and take them out of the document",
            effect="nothing was written",
        )
    console.result(_difference(config.name, before, new, digests))
    if not accept:
        console.message(f"accept it: generate fetch {config.name} --accept")
        return ExitCode.FINDINGS
    _accept(config, pin, new, digests[1])
    console.result(f"wrote {display_name(config.document)}")
    return ExitCode.OK


def _difference(name: str, before: bytes, new: bytes, digests: list[str]) -> str:
    """Bytes, lines and hashes, on one line."""
    old_lines, new_lines = Counter(before.splitlines()), Counter(new.splitlines())  # a diff of large ones takes minutes
    added, removed = (new_lines - old_lines).total(), (old_lines - new_lines).total()
    return (
        f"{name}: {len(before):,} -> {len(new):,} bytes, lines +{added} -{removed}, "
        f"sha256 {digests[0][:_SHOWN]} -> {digests[1][:_SHOWN]}"
    )


def _accept(config: TargetConfig, pin: Pin, new: bytes, digest: str) -> None:
    """Write the document and its pin; neither, where what came is no document.

    Raises:
        Refusal: It is none, or `sdk.toml` is not written in a way that a line can be replaced in.
    """
    from generator.openapi.load import load_document  # slow to import

    assert config.source is not None  # the pin is in it
    text = _pinned(config.source.read_text(encoding="utf-8"), pin, digest)
    if text is None:
        raise Refusal.because(
            "CFG004",
            f"{display_name(config.source)}: the pin cannot be written",
            config.place("source"),
            help=f'write `sha256 = "{digest}"` below `url`, in a table `[source]`',
            effect="nothing was written",
        )
    staged = config.document.with_name(f".fetched-{config.document.name}")
    try:
        staged.write_bytes(new)
        load_document(staged, report=Report())
        staged.replace(config.document)
    finally:
        staged.unlink(missing_ok=True)
    config.source.write_text(text, encoding="utf-8", newline="")


def _pinned(text: str, pin: Pin, digest: str) -> str | None:
    """The text of a `sdk.toml` with another pin; None where that is beyond the replacing of a line."""
    lines = text.splitlines(keepends=True)
    table = next((n for n, line in enumerate(lines) if line.split("#")[0].strip() == "[source]"), None)
    if table is None:
        return None
    own = [n for n, line in enumerate(lines) if n > table and line.split("=")[0].strip() == "sha256"]
    url = [n for n, line in enumerate(lines) if n > table and line.split("=")[0].strip() == "url"]
    if not url:
        return None
    line = f'sha256 = "{digest}"\n'
    if own:
        lines[own[0]] = line
    else:
        lines[url[0]] = f"{lines[url[0]].rstrip()}\n"
        lines.insert(url[0] + 1, line)
    found = "".join(lines)
    before, after = tomllib.loads(text), tomllib.loads(found)
    expected = {**before, "source": {"url": pin.url, "sha256": digest}}
    return found if after == expected else None
