"""`generate` writes what has changed and nothing else, and never over what isn't its own."""

from __future__ import annotations

import ast
import os
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from tests.cli.commands import PETS, generate, replace, tree

LONG_AGO = 1_000_000_000
SECONDS = r"\d+\.\d\d s"


def age(top: Path) -> None:
    for place in top.rglob("*"):
        os.utime(place, (LONG_AGO, LONG_AGO))


def touched(top: Path) -> set[str]:
    return {
        place.relative_to(top).as_posix()
        for place in top.rglob("*")
        if place.is_file() and place.stat().st_mtime != LONG_AGO
    }


def test_an_edited_description_rewrites_only_what_says_it(cognito: Path) -> None:
    package = cognito / "generated" / "cognito-identity"
    count = sum(place.is_file() for place in package.rglob("*")) - 1  # without the manifest
    words = cognito / "specs" / "cognito-identity" / "overlay.yaml"
    replace(words, "Deletes an identity pool, for good.", "Deletes an identity pool, and that is that.")
    age(package)

    ended = generate()

    concerned = {"README.md", "docs/operations/delete_identity_pool.md", "src/sdk/client.py", "src/sdk/async_client.py"}
    assert ended.code == 0
    assert ended.err == ""
    assert touched(package) == concerned | {".sdkpress.json"}
    assert all("and that is that" in (package / path).read_text(encoding="utf-8") for path in concerned)
    assert re.fullmatch(
        rf"cognito-identity: 23 operations, \d+ models -> {count} files "
        rf"\({len(concerned)} written, {count - len(concerned)} unchanged\) in {SECONDS}\n",
        ended.out,
    )
    assert generate("check").code == 0


def test_nothing_changed_touches_nothing(pets: Path) -> None:
    age(pets)

    ended = generate()

    assert ended.code == 0
    assert touched(pets) == set()
    assert re.search(r" -> (\d+) files \(0 written, \1 unchanged\) in ", ended.out)


def test_a_hand_edited_file_is_a_conflict_and_stays(pets: Path) -> None:
    client = pets / "generated" / "pets" / "src" / "pets" / "client.py"
    client.write_text("# My own.\n", encoding="utf-8")
    replace(pets / "specs" / "pets" / "openapi.yaml", "Adds a pet.", "Adds one pet.")
    before = tree(pets)

    ended = generate()

    assert ended.code == 5
    assert "error[OUT002]" in ended.err
    assert "--> generated/pets/src/pets/client.py" in ended.err
    assert re.fullmatch(rf"pets: nothing written: 1 error, 0 warnings \({SECONDS}\)\n", ended.out)
    assert tree(pets) == before


def test_a_deleted_file_is_restored(pets: Path) -> None:
    before = tree(pets)
    (pets / "generated" / "pets" / "src" / "pets" / "models" / "errors.py").unlink()

    ended = generate()

    assert ended.code == 0
    assert "(1 written, " in ended.out
    assert tree(pets) == before


def test_a_removed_operation_takes_its_page_with_it(pets: Path) -> None:
    page = pets / "generated" / "pets" / "docs" / "operations" / "remove_pet.md"
    document = pets / "specs" / "pets" / "openapi.yaml"
    text = document.read_text(encoding="utf-8")
    assert page.is_file()
    document.write_text(re.sub(r"  /pets/\{id\}:\n(    .*\n)+", "", text), encoding="utf-8")

    ended = generate()

    assert ended.code == 0
    assert "pets: 2 operations, " in ended.out
    assert ", 1 deleted) in " in ended.out
    assert not page.exists()
    assert b"remove_pet" not in b"".join(
        content for content in tree(pets / "generated").values() if isinstance(content, bytes)
    )


@pytest.fixture
def two_targets(pets: Path) -> Path:
    """The project, with a second target that isn't generated yet."""
    shutil.copytree(pets / "specs" / "pets", pets / "specs" / "zoo")
    return pets


def test_all_targets(two_targets: Path) -> None:
    ended = generate()

    assert ended.code == 0
    assert [line.partition(":")[0] for line in ended.out.splitlines()] == ["pets", "zoo"]
    assert (two_targets / "generated" / "zoo" / "src" / "zoo" / "client.py").is_file()


def test_named_targets(two_targets: Path) -> None:
    shutil.rmtree(two_targets / "generated")

    assert generate("zoo", "zoo").out.count("\n") == 1

    assert [path.name for path in (two_targets / "generated").iterdir()] == ["zoo"]


def test_one_targets_mistake_does_not_keep_the_others_from_being_generated(two_targets: Path) -> None:
    replace(two_targets / "specs" / "pets" / "openapi.yaml", "openapi: 3.1.0", "openapi: 4.1.0")
    before = tree(two_targets / "generated" / "pets")

    ended = generate()

    assert ended.code == 3
    assert "pets: nothing written: 1 error, 0 warnings" in ended.out
    assert re.search(r"zoo: 3 operations, 3 models -> \d+ files", ended.out)
    assert tree(two_targets / "generated" / "pets") == before
    assert (two_targets / "generated" / "zoo").is_dir()


def test_another_project(pets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(pets)
    shutil.rmtree(pets / "generated")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    assert generate("--project", str(pets)).code == 0

    assert tree(pets) == before
    assert tree(tmp_path / "elsewhere") == {}


@pytest.mark.parametrize(
    ("arguments", "package", "distribution"),
    [
        (["--output", "out/pet-store"], "pet_store", "pet-store"),
        (["--output", "out/pet-store", "--package", "cats"], "cats", "cats"),
        (["--output", "out/pet-store", "--distribution", "Cats.and-Dogs"], "cats_and_dogs", "Cats.and-Dogs"),
        (["--output", "out/1", "--package", "cats", "--distribution", "dogs"], "cats", "dogs"),
        (["--output", "out/class"], "class_sdk", "class-sdk"),
    ],
)
def test_any_document(tmp_path: Path, arguments: list[str], package: str, distribution: str) -> None:
    ended = generate(str(PETS), *arguments)

    output = Path(arguments[1])
    assert ended.code == 0, ended.err
    assert ended.out.startswith(f"{output.name}: 3 operations, 3 models -> ")
    assert [path.name for path in (output / "src").iterdir()] == [package]
    project = tomllib.loads((output / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == distribution
    assert [path.name for path in Path.cwd().iterdir()] == ["out"]


def test_overlays_correct_a_document(tmp_path: Path) -> None:
    head = "overlay: 1.0.0\ninfo: {title: x, version: '1'}\nactions:\n"
    Path("less.yaml").write_text(f"{head}- {{target: '$.paths..get', remove: true}}\n", encoding="utf-8")
    Path("named.yaml").write_text(
        f"{head}- {{target: '$.paths..post', update: {{operationId: bring}}}}\n", encoding="utf-8"
    )
    arguments = [str(PETS), "--output", "out/pets", "--overlay", "less.yaml", "--overlay", "named.yaml"]

    ended = generate(*arguments)

    assert ended.code == 0, ended.err
    assert ended.out.startswith("pets: 2 operations, ")
    assert Path("out/pets/docs/operations/bring.md").is_file()
    assert generate("check", *arguments).code == 0
    stale = generate("check", *arguments[:-2])
    assert stale.code == 1
    assert f"run `generate {PETS} --output out/pets --overlay less.yaml`" in stale.err
    assert '"bring"' in generate("inspect", "graph", *arguments).out
    against = generate("check", *arguments, "--against", "HEAD")
    assert (against.code, "error[CFG011]: --against compares a document as it is" in against.err) == (2, True)


def test_notes_are_shown_on_request_only(pets: Path) -> None:
    assert generate().err == ""

    err = generate("-v").err

    assert "note[GEN001]: protocol rest_json" in err
    assert "note[SPEC042]" in err
    assert "--> specs/pets/openapi.yaml:" in err


def test_warnings_prevent_nothing(pets: Path) -> None:
    replace(pets / "specs" / "pets" / "openapi.yaml", "maximum: 100", "maximum: many")

    ended = generate()

    assert ended.code == 0
    assert "warning[" in ended.err
    assert "| " in ended.err


def test_the_cache_is_left_alone_on_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    assert generate(str(PETS), "--output", "out", "--no-cache").code == 0
    assert not (tmp_path / "cache").exists()

    assert generate(str(PETS), "--output", "out").code == 0
    assert list((tmp_path / "cache").iterdir()) == [tmp_path / "cache" / "sdkpress"]


def test_without_a_cache_directory_of_its_own_the_home_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))

    assert generate(str(PETS), "--output", "out").code == 0

    assert (tmp_path / ".cache" / "sdkpress").is_dir()


def test_a_bug_is_reported_as_one(pets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret\x1b[2J")

    monkeypatch.setattr("generator.pipeline.produce", fail)
    before = tree(pets)

    ended = generate()

    assert ended.code == 70
    assert re.fullmatch(
        r"error\[GEN070\]: a bug of the generator: RuntimeError at test_generate\.py:\d+\n"
        r" += effect: .*\n += help: report it .*GENERATE_DEBUG=1.*\n",
        ended.err,
    )
    assert tree(pets) == before


def test_a_bugs_traceback_is_shown_on_request(pets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("key")

    monkeypatch.setattr("generator.pipeline.produce", fail)
    monkeypatch.setenv("GENERATE_DEBUG", "1")

    ended = generate()

    assert ended.code == 70
    assert "Traceback" in ended.err
    assert "KeyError" in ended.err


def test_an_interruption_leaves_everything_as_it_was(pets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace(pets / "specs" / "pets" / "openapi.yaml", "Adds a pet.", "Adds one pet.")
    before = tree(pets)
    replaced = os.replace
    calls = []

    def interrupt_the_third(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 3:
            raise KeyboardInterrupt
        replaced(source, target)

    monkeypatch.setattr("generator.output.swap.os.replace", interrupt_the_third)
    ended = generate()

    assert ended.code == 130
    assert ended.err.strip() == "interrupted; what was being written is as it was before"
    assert tree(pets) == before


def test_a_failure_of_the_machine_is_no_bug(pets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "/tmp/x\x1b[2J")

    monkeypatch.setattr("generator.pipeline.start_validation", fail)

    ended = generate()

    assert ended.code == 4
    assert ended.err.startswith("error[IO004]: No space left on device: /tmp/x\\x1b[2J\n")
    assert " = help: " in ended.err


def test_unformatted_is_the_same_code(pets: Path) -> None:
    package = pets / "generated" / "pets"
    formatted = tree(package)

    ended = generate("--unformatted")

    assert ended.code == 0
    unformatted = tree(package)
    different = [path for path in formatted if path.endswith(".py") and formatted[path] != unformatted[path]]
    assert "src/pets/client.py" in different
    for path in different:
        assert _syntax(formatted[path]) == _syntax(unformatted[path])


def _syntax(source: bytes | str) -> str:
    return ast.dump(ast.parse(source))
