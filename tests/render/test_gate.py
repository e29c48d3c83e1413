"""What passed the gate once is not looked at again, and nothing else gets past it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.render import gate, verify
from generator.render.gate import verify_modules
from generator.render.verify import UnexpectedCode

_GOOD = "A = 1\n"
_BAD = "print(1)\n"


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths that were verified."""
    paths: list[str] = []
    real = verify.verify_python

    def recorded(path: str, text: str) -> None:
        paths.append(path)
        real(path, text)

    monkeypatch.setattr(verify, "verify_python", recorded)
    return paths


def test_only_what_reads_differently_is_looked_at(tmp_path: Path, looked_at: list[str]) -> None:
    verify_modules({"a.py": _GOOD, "b.py": _GOOD}, tmp_path, "p")
    verify_modules({"a.py": _GOOD, "b.py": "A = 2\n"}, tmp_path, "p")
    assert looked_at == ["a.py", "b.py", "b.py"]


def test_what_did_not_pass_is_looked_at_again(tmp_path: Path, looked_at: list[str]) -> None:
    for _ in range(2):
        with pytest.raises(UnexpectedCode):
            verify_modules({"a.py": _GOOD, "b.py": _BAD}, tmp_path, "p")
    assert looked_at == ["a.py", "b.py"] * 2


def test_a_text_that_passed_in_one_place_has_not_in_another(tmp_path: Path, looked_at: list[str]) -> None:
    verify_modules({"a.py": _GOOD}, tmp_path, "p")
    verify_modules({"b.py": _GOOD}, tmp_path, "p")
    assert looked_at == ["a.py", "b.py"]


def test_a_gate_with_other_rules_looks_at_everything(
    tmp_path: Path, looked_at: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    verify_modules({"a.py": _GOOD}, tmp_path / "cache", "p")
    other = tmp_path / "verify.py"
    other.write_text("other rules")
    monkeypatch.setattr(verify, "__file__", str(other))
    gate.verify_modules({"a.py": _GOOD}, tmp_path / "cache", "p")
    assert looked_at == ["a.py", "a.py"]


def test_without_a_cache_everything_is_looked_at(looked_at: list[str]) -> None:
    verify_modules({"a.py": _GOOD}, None, "p")
    verify_modules({"a.py": _GOOD}, None, "p")
    assert looked_at == ["a.py", "a.py"]
