"""What is installed, and what type checkers and editors make of it."""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement

from benchmarks.compare.clients.peer import Lacking, Peer
from benchmarks.compare.row import Cell, row

_CALLERS = Path(__file__).parent.parent / "callers"
_MODULES = {"boto3": "boto3", "aws-sdk": "aws_sdk", "capo": "capo", "sdkpress": "ours"}


def _closure(distribution: str) -> Iterator[importlib.metadata.Distribution]:
    """A distribution and everything that its base install brings."""
    met: set[str] = set()
    given: set[str] = set()
    waiting = [Requirement(distribution)]
    while waiting:
        wanted = waiting.pop()
        if str(wanted) in met:
            continue
        met.add(str(wanted))
        found = importlib.metadata.distribution(wanted.name)
        if found.name not in given:
            given.add(found.name)
            yield found
        environments = [{"extra": extra} for extra in ("", *wanted.extras)]
        waiting += [
            inner
            for inner in map(Requirement, found.requires or ())
            if inner.marker is None or any(inner.marker.evaluate(each) for each in environments)
        ]


@row("installed size without bytecode", "little")
def size(peer: Peer) -> Cell:
    total = 0
    for distribution in _closure(peer.distribution):
        for file in distribution.files or ():
            path = Path(str(distribution.locate_file(file)))
            total += path.stat().st_size if path.suffix != ".pyc" and path.exists() else 0
    return Cell(f"{total / 2**20:.1f} MB", value=round(total / 2**20, 2))


@row("distributions installed, itself included", "few")
def distributions(peer: Peer) -> Cell:
    count = len(list(_closure(peer.distribution)))
    return Cell(str(count), value=count)


@row("Python versions", "3.11 or older", r">=3\.(8|9|10|11)")
def pythons(peer: Peer) -> str:
    return importlib.metadata.metadata(peer.distribution)["Requires-Python"].replace(" ", "")


@row("version measured, and maturity by its own classifier", "5 - Production/Stable", r".*5 - Production/Stable")
def maturity(peer: Peer) -> str:
    facts = importlib.metadata.metadata(peer.distribution)
    stated = [each for each in facts.get_all("Classifier") or () if each.startswith("Development Status")]
    return f"{facts['Version']}, {stated[0].rpartition(':: ')[2] if stated else 'none stated'}"


@row("AWS services that the install can call", "all", r"\d{3,}")
def services(peer: Peer) -> str:
    if peer.name == "boto3":
        import boto3

        return str(len(boto3.session.Session().get_available_services()))
    return "1"


@row("blocking and asyncio clients in one package", "both")
def twins(peer: Peer) -> str:
    return {"boto3": "blocking only", "aws-sdk": "asyncio only"}.get(peer.name, _has_both(peer))


def _has_both(peer: Peer) -> str:
    module = importlib.import_module(peer.module)
    names = [name for name in dir(module) if name.endswith(("Client", "SDK"))] + list(getattr(module, "__all__", ()))
    blocking = any(not name.startswith("Async") for name in names)
    return "both" if blocking and any(name.startswith("Async") for name in names) else "one"


@row("py.typed: type checkers use its annotations", "yes")
def py_typed(peer: Peer) -> str:
    return py_typed_of(peer)


def py_typed_of(peer: Peer) -> str:
    """Whether type checkers look into it."""
    found = importlib.util.find_spec(peer.module.partition(".")[0])
    assert found is not None
    assert found.origin is not None
    return "yes" if (Path(found.origin).parent / "py.typed").exists() else "no"


@functools.cache
def _mypy(peer: Peer, *, stubs: bool = False) -> tuple[set[int], dict[int, str]]:
    """Lines with a mistake in the caller, and the lines that mypy --strict complains of.

    Args:
        peer: The client.
        stubs: Whether it sees the packages beside which a third party's stubs are installed.
    """
    caller = _CALLERS / f"{_MODULES[peer.name]}_caller.py"
    wrong = {number for number, line in enumerate(caller.read_text().splitlines(), 1) if line.endswith("# wrong")}
    cache = Path(os.environ["HOME"]) / "mypy"
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--no-error-summary",
        f"--config-file={os.devnull}",
        f"--cache-dir={cache}",
        str(caller),
    ]
    if stubs:
        command[3:3] = ["--python-executable", str(Path(sys.prefix) / "stubs" / "bin" / "python")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in {0, 1}:
        raise RuntimeError(done.stderr or done.stdout)
    found = re.findall(rf"{re.escape(caller.name)}:(\d+): error: (.+)", done.stdout)
    return wrong, {int(number): text for number, text in found}


@row("mypy --strict on a caller: mistakes found", "6 of 6")
def mistakes(peer: Peer) -> str:
    return _mistakes(peer)


def _mistakes(peer: Peer) -> str:
    wrong, found = _mypy(peer)
    return f"{len(wrong & set(found))} of {len(wrong)}"


@row("the same, with stubs of a third party (types-boto3)", "6 of 6")
def mistakes_with_stubs(peer: Peer) -> str:
    if peer.name == "boto3":
        wrong, found = _mypy(peer, stubs=True)
        return f"{len(wrong & set(found))} of {len(wrong)}"
    if py_typed_of(peer) == "no":
        raise Lacking("no such stubs")
    return _mistakes(peer)


@row("mypy --strict on a caller: complaints about correct lines", "0", r"0")
def false_alarms(peer: Peer) -> str:
    wrong, found = _mypy(peer)
    alarms = {number: text for number, text in found.items() if number not in wrong}
    codes = sorted({text.rpartition("[")[2].rstrip("]") for text in alarms.values()})
    return f"{len(alarms)} ({', '.join(codes)})" if alarms else "0"


def _completions(peer: Peer, marker: str) -> set[str]:
    """What an editor (jedi) offers at the place of a marker."""
    import jedi

    text = (_CALLERS / f"{_MODULES[peer.name]}_caller.py").read_text()
    lines = text.splitlines()
    number = next(index for index, line in enumerate(lines, 1) if f"# {marker}" in line)
    written = lines[number - 1].partition(f"  # {marker}")[0]
    until = max(written.rfind(sign) for sign in ('["', ".", "(")) + 1 + written[written.rfind("[") :].startswith('["')
    source = "\n".join([*lines[: number - 1], written[:until]])
    found = jedi.Script(source, path="caller.py").complete(number, until)
    return {completion.name.strip("\"'=") for completion in found}


@row("arguments of a call are completed (jedi, as in IPython)", "yes")
def completes_arguments(peer: Peer) -> str:
    return "yes" if {"max_results", "MaxResults"} & _completions(peer, "arguments") else "no"


@row("members of a result are completed (jedi, as in IPython)", "yes")
def completes_members(peer: Peer) -> str:
    return "yes" if {"identity_pools", "IdentityPools"} & _completions(peer, "members") else "no"


@row("SigV4a, event streams", "both", r"both.*")
def newer_formats(peer: Peer) -> str:
    names = {
        "boto3": (("botocore.crt.auth", "SigV4a"), ("botocore.eventstream", "event streams")),
        "aws-sdk": (("aws_sdk_signers.sigv4a", "SigV4a"), ("smithy_aws_event_stream", "event streams")),
        "capo": (
            ("capo_cognito_identity._auth._sigv4a", "SigV4a"),
            ("capo_cognito_identity._protocol.eventstream", "event streams"),
        ),
        "sdkpress": (("sdk._runtime.aws.sigv4a", "SigV4a"), ("sdk._runtime.event_messages", "event streams")),
    }[peer.name]
    found = []
    for module, title in names:
        try:
            importlib.import_module(module)
        except ImportError as error:
            if "awscrt" in str(error):
                found.append(f"{title} with the crt extra")
        else:
            found.append(title)
    if not found:
        raise Lacking("neither")
    return f"both ({', '.join(found)})" if len(found) == 2 else f"{found[0]} only"  # noqa: PLR2004


@row("a documentation site of its own", "yes", r"https?://.+")
def documentation(peer: Peer) -> str:
    urls = dict(
        text.split(", ", 1) for text in importlib.metadata.metadata(peer.distribution).get_all("Project-URL") or ()
    )
    own = urls.get("Documentation", "")
    if peer.name == "aws-sdk" and not own:
        text = importlib.metadata.distribution(peer.distribution).read_text("METADATA") or ""
        own = next(iter(re.findall(r"https://docs[^)\s]+", text)), "")
    if "docs.aws.amazon.com/cognito" in own or not own:
        raise Lacking("none; pages in the package's repository" if peer.name == "sdkpress" else "none named")
    return str(own)
