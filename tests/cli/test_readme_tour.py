"""The consoles of the project's README show what the commands print, but for the seconds they took."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.commands import ROOT, generate, replace

PETSHOP = Path(__file__).with_name("petshop.yaml")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def shown(command: str) -> list[str]:
    """What the README shows below each place it gives this command, without times."""
    blocks = re.findall(r"^```console\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
    steps = [step for block in blocks for step in re.split(r"^\$ ", block, flags=re.MULTILINE)]
    outputs = [step.split("\n", 1)[1] for step in steps if step.startswith(command + "\n")]
    assert outputs, f"the README does not show `{command}`"
    return [timeless(output) for output in outputs]


def timeless(text: str) -> str:
    return re.sub(r" in \d+\.\d\d s| \(\d+\.\d\d s\)", "", text)


def test_the_petshop(project: Path) -> None:
    """First as it is meant, then with a slip of the pen."""
    document = project / "petshop.yaml"
    shutil.copyfile(PETSHOP, document)
    command = "generate petshop.yaml --output petsdk"

    slipped = generate(*command.split()[1:])
    shutil.rmtree(project / "petsdk")
    replace(document, "schemas/Pett", "schemas/Pet")
    meant = generate(*command.split()[1:])

    assert [ended.code for ended in (meant, slipped)] == [0, 0]
    assert [timeless(ended.err + ended.out) for ended in (meant, slipped)] == shown(command)


def test_the_edited_description_and_the_hand_edit(cognito: Path) -> None:
    client = cognito / "generated" / "cognito-identity" / "src" / "sdk" / "client.py"
    words = cognito / "specs" / "cognito-identity" / "overlay.yaml"
    unchanged = generate("cognito-identity")
    replace(words, "Keep the `IdentityPoolId` of the", "Keep the identifier of the")
    stale = generate("check", "cognito-identity")
    written = generate("cognito-identity")
    client.write_text(client.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    refused = generate("cognito-identity")

    ends = (unchanged, written, refused)
    assert [ended.code for ended in (*ends, stale)] == [0, 0, 5, 1]
    assert [timeless(ended.err + ended.out) for ended in ends] == shown("generate cognito-identity")
    (check,) = shown("generate check cognito-identity")
    assert_abridged(check, timeless(stale.out + stale.err))


def assert_abridged(abridged: str, whole: str) -> None:
    """`...` stands for lines left out."""
    pattern = ".*".join(re.escape(part) for part in abridged.split("...\n"))
    if not re.fullmatch(pattern, whole, flags=re.DOTALL):
        pytest.fail(f"the README shows\n{abridged}\nand the command prints\n{whole}")
