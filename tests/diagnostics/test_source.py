import os

import pytest

from generator import source
from generator.diagnostics import ExitCode, Location, Refusal
from generator.source import Excerpts, display_name, read_source


@pytest.fixture
def write(tmp_path):
    def write(data, name="a.yaml"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def refusal(path):
    with pytest.raises(Refusal) as caught:
        read_source(path)
    (found,) = caught.value.diagnostics
    assert caught.value.exit_code is ExitCode.UNREADABLE
    return found


@pytest.mark.parametrize(
    "data",
    [
        "é: 1".encode(),
        b"\xef\xbb\xbf" + "é: 1".encode(),
        b"\xff\xfe" + "é: 1".encode("utf-16-le"),
        b"\xfe\xff" + "é: 1".encode("utf-16-be"),
    ],
)
def test_a_byte_order_mark_names_the_encoding(write, data):
    assert read_source(write(data)).text == "é: 1"


def test_the_digest_is_of_the_bytes(write):
    assert read_source(write(b"")).digest == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("data", "code", "message", "line", "column"),
    [
        (b"ab\ncd\xff", "SPEC002", "not valid UTF-8 at byte 5: invalid start byte", 2, 3),
        (b"\xef\xbb\xbfab\xe9", "SPEC002", "not valid UTF-8 at byte 5: unexpected end of data", 1, 3),
        (b"\xff\xfea\x00\x00\xd8", "SPEC002", "not valid UTF-16-LE at byte 4: unexpected end of data", 1, 2),
        (b"a\nb\0", "SPEC003", "a NUL character at character 3 of the text", 2, 2),
        ("{}".encode("utf-16-le"), "SPEC003", "a NUL character at character 1 of the text", 1, 2),
    ],
)
def test_what_is_not_text(write, data, code, message, line, column):
    found = refusal(write(data))
    at = found.location
    assert (found.code, found.message, at.line, at.column) == (code, message, line, column)


def test_a_file_of_the_greatest_size_is_read_and_a_larger_one_is_not(write, monkeypatch):
    monkeypatch.setattr(source, "MAX_BYTES", 10)
    assert read_source(write(b"x" * 10)).text == "x" * 10
    assert refusal(write(b"x" * 11)).code == "SPEC001"


def test_files_that_are_not_files(tmp_path, write):
    assert refusal(tmp_path / "none").code == "IO001"
    assert refusal(tmp_path).code == "IO002"
    assert refusal(write(b"x") / "below").code == "IO003"
    assert refusal(tmp_path / "a\0b").code == "IO003"


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe").code == "IO002"


def test_lines_end_at_any_line_end(write):
    read = read_source(write(b"a\r\nb\rc\nd"))
    assert [read.line(number) for number in range(6)] == [None, "a", "b", "c", "d", None]
    places = [read.location(read.text.index(letter)) for letter in "abcd"]
    assert [(place.line, place.column) for place in places] == [(1, 1), (2, 1), (3, 1), (4, 1)]


def test_a_name_is_relative_below_the_working_directory_only(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert display_name(tmp_path / "specs" / "a.yaml") == "specs/a.yaml"
    assert display_name(tmp_path.parent / "a.yaml") == f"{tmp_path.parent.as_posix()}/a.yaml"


def test_excerpts_of_files_that_were_refused(write, tmp_path):
    path, excerpts = write(b"a\nb\xff\n"), Excerpts()
    assert excerpts(Location(str(path), "", 2, 1)) == "b\N{REPLACEMENT CHARACTER}"
    assert excerpts(Location(str(path))) is None
    assert excerpts(Location(str(tmp_path / "none"), "", 1)) is None
