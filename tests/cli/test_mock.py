"""`generate mock`: an API's stub behind a port, from its document alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.commands import PETS, ROOT, generate

COGNITO = ROOT / "specs" / "cognito-identity"


def _interruptible() -> None:
    """Shells let what they start in the background ignore interruptions, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def mock(*arguments: str, directory: Path, ends: signal.Signals = signal.SIGINT) -> Iterator[tuple[str, list[str]]]:
    """The command as a process, once it listens: its address, and what it printed before. It must end well."""
    (directory / "tmp").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(directory / "tmp")}
    command = [sys.executable, "-m", "generator", "mock", *arguments]
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_interruptible,  # noqa: PLW1509  (it calls nothing that another thread could hold)
    ) as process:
        assert process.stdout is not None
        said: list[str] = []
        for line in process.stdout:
            said.append(line.rstrip())
            if line.startswith("listening on "):
                break
        else:
            pytest.fail(process.communicate()[1])
        try:
            yield said[-1].removeprefix("listening on "), said
        finally:
            process.send_signal(ends)
            try:
                _, complaints = process.communicate(timeout=30)
            finally:
                process.kill()  # else the end of `with` would wait for it
    assert (process.returncode, complaints) == (0, "")
    assert list((directory / "tmp").iterdir()) == []


def get(url: str, **headers: str) -> tuple[int, object]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@pytest.mark.parametrize("ends", [signal.SIGINT, signal.SIGTERM])
def test_a_document_is_served_until_an_interruption(project: Path, tmp_path: Path, ends: signal.Signals) -> None:
    with mock(str(PETS), directory=tmp_path, ends=ends) as (url, said):
        found = [
            get(f"{url}/pets?Limit=5"),
            get(f"{url}/v1/pets", Prefer="code=404"),
            get(f"{url}/pets?Limit=many"),
            get(f"{url}/nothing"),
        ]

    assert url.startswith("http://127.0.0.1:")
    assert "DELETE  /pets/{id}  remove_pet" in said
    assert [status for status, _ in found] == [200, 404, 400, 404]
    assert found[0][1] == {"pets": [{"Name": "name", "Kind": "INDOOR"}, {"Name": "name_2", "Kind": "OUTDOOR"}]}
    assert list(project.iterdir()) == []


def test_a_target_of_the_project_is_served_with_its_overlay(cognito: Path, tmp_path: Path) -> None:
    with mock("--quiet", directory=tmp_path) as (url, said):
        request = urllib.request.Request(
            url, b'{"IdentityPoolId": "a:0"}', {"X-Amz-Target": "AWSCognitoIdentityService.GetId"}
        )
        with urllib.request.urlopen(request, timeout=20) as reply:
            content_type, body = reply.headers["Content-Type"], json.load(reply)

    assert said == [f"listening on {url}"]
    assert content_type == "application/x-amz-json-1.1"
    assert body["IdentityId"].startswith("us-east-1:")


def test_overlays_correct_what_is_served(project: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "overlay.yaml"
    overlay.write_text(
        "overlay: 1.0.0\ninfo: {title: x, version: '1'}\nactions: [{target: '$.paths..get', remove: true}]\n",
        encoding="utf-8",
    )

    with mock(str(PETS), "--overlay", str(overlay), directory=tmp_path) as (_, said):
        assert [line.split()[0] for line in said[:-1]] == ["POST", "DELETE"]


def test_what_is_wrong_with_a_document_is_said_as_ever() -> None:
    ended = generate("mock", "missing.yaml")

    assert (ended.code, ended.out) == (3, "")
    assert "error[IO001]" in ended.err


def test_missing_libraries_are_named_with_their_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.mock.find_spec", lambda name: None)

    ended = generate("mock", str(PETS))

    assert ended.code == 2
    assert "error[GEN020]: the mock server needs httptools and msgspec" in ended.err
    assert "pip install 'sdkpress[mock]'" in ended.err
