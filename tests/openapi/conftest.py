import json

import pytest

from generator.diagnostics import Refusal, Report
from generator.openapi.load import load_document


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Writes files into the working directory: {name: text, or data for JSON}. Answers with the first path."""
    monkeypatch.chdir(tmp_path)

    def write(files):
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1), newline="")
        return tmp_path / next(iter(files))

    return write


@pytest.fixture
def load(write, tmp_path):
    """Loads the first of some files; `*.overlay.*` are applied to it. Answers with the document and the report."""

    def load(files, **options):
        path, report = write(files), Report()
        overlays = [tmp_path / name for name in files if ".overlay." in name]
        return load_document(path, overlays=overlays, report=report, **options), report

    return load


@pytest.fixture
def refuse(write, load):
    """Loads files that are refused. Answers with the refusal."""

    def refuse(files, **options):
        with pytest.raises(Refusal) as caught:
            load(files, **options)
        return caught.value

    return refuse


def seen(diagnostics):
    """What a test compares: (code, line, column) of each."""
    return [(found.code, found.location.line, found.location.column) for found in diagnostics]


@pytest.fixture(name="seen")
def seen_fixture():
    return seen
