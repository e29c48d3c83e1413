"""A target is what sdk.toml says, or what its directory suggests; what is wrong is said with its line, all at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.config import OperationFilter, TargetConfig, default_config, discover_targets, load_target
from generator.diagnostics import Diagnostic, ExitCode, Refusal, Report

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes a target's directory below the working directory, and returns the path of its sdk.toml."""
    monkeypatch.chdir(tmp_path)

    def target(text: str | None = None, name: str = "pets", files: tuple[str, ...] = ("openapi.yaml",)) -> Path:
        directory = Path("specs", name)
        directory.mkdir(parents=True)
        for file in files:
            (directory / file).write_text("openapi: 3.1.0\n", encoding="utf-8")
        if text is not None:
            (directory / "sdk.toml").write_text(text, encoding="utf-8")
        return directory / "sdk.toml"

    return target


def _findings(config: Path) -> list[Diagnostic]:
    report = Report()
    with pytest.raises(Refusal) as refusal:
        load_target(config, report)
    assert refusal.value.exit_code is ExitCode.USAGE
    assert set(refusal.value.diagnostics) == set(report.diagnostics)
    return list(report.diagnostics)


def _places(found: list[Diagnostic]) -> list[tuple[str, int | None]]:
    return [(one.code, one.location.line if one.location else None) for one in found]


def test_everything_can_be_said(make: Make) -> None:
    config = make(
        """
document = "api/v2.json"
overlays = ["second.yaml", "first.yaml"]
output = "clients/pets"
distribution = "Pet.Store"
package = "petstore"
class = "PetStore"
version = "v1.2"
strict = true
protocol = "rest_json"
example = "listPets"

[names]
"/components/schemas/Pet" = "Animal"
"/paths/~1pets/get" = "all_pets"

[operations]
include = ["listPets", "/pets/*"]
exclude = ["tag:internal"]
""",
        files=("first.yaml", "second.yaml"),
    )
    (config.parent / "api").mkdir()
    (config.parent / "api/v2.json").write_text("{}", encoding="utf-8")
    report = Report()
    assert load_target(config, report) == TargetConfig(
        name="pets",
        document=Path("specs/pets/api/v2.json"),
        overlays=(Path("specs/pets/second.yaml"), Path("specs/pets/first.yaml")),
        output=Path("clients/pets"),
        distribution="Pet.Store",
        package="petstore",
        class_name="PetStore",
        version="1.2",
        strict=True,
        protocol="rest_json",
        names={"/components/schemas/Pet": "Animal", "/paths/~1pets/get": "all_pets"},
        operations=OperationFilter(include=("listPets", "/pets/*"), exclude=("tag:internal",)),
        example_operation="listPets",
    )
    assert report.diagnostics == ()


@pytest.mark.parametrize("text", [None, "", "# nothing\n", "\ufeff"])
def test_nothing_has_to_be_said(make: Make, text: str | None) -> None:
    config = make(text, name="Pet store", files=("openapi.json", "overlay.yaml"))
    assert load_target(config, Report()) == TargetConfig(
        name="Pet store",
        document=Path("specs/Pet store/openapi.json"),
        overlays=(Path("specs/Pet store/overlay.yaml"),),
        output=Path("generated/Pet store"),
        distribution="pet-store",
        package="pet_store",
    )


@pytest.mark.parametrize(
    ("text", "package", "distribution"),
    [
        ('package = "my_pets"', "my_pets", "my-pets"),
        ('distribution = "Acme.Pets"', "acme_pets", "Acme.Pets"),
        ('package = "_pets_"', "_pets_", "pets"),
    ],
)
def test_one_name_gives_the_other(make: Make, text: str, package: str, distribution: str) -> None:
    target = load_target(make(text), Report())
    assert (target.package, target.distribution) == (package, distribution)


def test_no_overlays_can_be_said(make: Make) -> None:
    assert load_target(make("overlays = []", files=("openapi.yaml", "overlay.yaml")), Report()).overlays == ()


def test_all_mistakes_are_said_at_once_with_their_lines(make: Make) -> None:
    found = _findings(make("""# comment
strict = "yes"
pakage = "sdk"
class = "not a name"

overlays = [
  "absent.yaml",
  1,
]
output = "../elsewhere"
version = \"\"\"
latest\"\"\"

[names]
"/components/schemas/Pet" = "class"

# another comment
"no pointer" = "fine"
"""))
    assert _places(found) == [
        ("CFG003", 2),
        ("CFG002", 3),
        ("CFG004", 4),
        ("CFG004", 6),
        ("CFG006", 6),
        ("CFG005", 10),
        ("CFG004", 11),
        ("CFG004", 15),
        ("CFG004", 18),
    ]
    assert {one.location.file for one in found if one.location} == {"specs/pets/sdk.toml"}
    assert found[0].message == "`strict` is text, not true or false"
    assert found[1].help == "did you mean `package`?"
    assert all(one.help for one in found)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("a = 1\nb = = 2\n", 2, 5), ("a = 1\na = 2\n", 2, 6), ("a = [", None, None), ("[" * 5000, None, None)],
)
def test_syntax_errors_are_placed(make: Make, text: str, line: int | None, column: int | None) -> None:
    (found,) = _findings(make(text))
    assert found.code == "CFG001"
    assert found.location is not None
    assert line is None or (found.location.line, found.location.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("sdk = {}", "the keys are"),
        ("[[names]]\na = 1", "a list"),
        ("names = 1", "a number"),
        ("package = 2020-01-01", "a date"),
        ("strict = 1", "a number"),
        ("class = ''", "empty"),
        ("package = 'a-b'", "a_b"),
        ("package = 'a.b'", "a_b"),
        ("package = 'größe'", "grosse"),
        ("package = '../evil'", "evil"),
        ("package = 'import'", "keyword"),
        ("package = 'json'", "json_sdk"),
        ("package = 'msgspec'", "msgspec_sdk"),
        ("package = '__sdk__'", "two underscores"),
        ("class = 'None'", "keyword"),
        ("class = '1st'", "identifier"),
        (f"class = '{'A' * 81}'", "80"),
        ("distribution = '-rf'", "PEP 508"),
        ("distribution = '../evil'", "PEP 508"),
        ("distribution = 'Ünï'", "PEP 508"),
        ("distribution = 'a b'", "PEP 508"),
        ("distribution = 'a-'", "PEP 508"),
        ("distribution = '.a'", "PEP 508"),
        ("distribution = 'a;b'", "PEP 508"),
        ("distribution = 'a@b'", "PEP 508"),
        ('distribution = "a\\n"', "PEP 508"),
        ("version = 'latest'", "PEP 440"),
        (f"version = '{'1' * 5000}'", "PEP 440"),
        ("output = ''", "empty"),
        ("output = '.'", "below the project"),
        ("output = '/tmp/x'", "below the project"),
        ("output = 'a/../..'", "below the project"),
        ("output = '~/x'", "forward slashes"),
        ("output = 'a\\b'", "forward slashes"),
        ('output = "a\\u0000b"', "forward slashes"),
        ("document = 'absent.yaml'", "does not exist"),
        ("document = '.'", "does not exist"),
        ("overlays = 'a.yaml'", "not a list"),
        ("overlays = ['']", "forward slashes"),
        ("[names]\n'/a' = 1", "not a name"),
        ("[names]\n'/a' = ''", "not a name"),
        ("[names]\n'/a' = 'a b'", "not a name"),
        ("[names]\n'/a' = '__class__'", "not a name"),
        ("[names]\n'/a' = 'ﬁt'", "`fit`"),
        ("[names]\n'' = 'a'", "RFC 6901"),
        ("[names]\n'#/a' = 'a'", "RFC 6901"),
        ("[names]\n'/a~2' = 'a'", "RFC 6901"),
    ],
)
def test_a_mistake_is_refused_and_explained(make: Make, text: str, word: str) -> None:
    (found,) = _findings(make(text))
    assert word in f"{found.message} / {found.help}"
    assert found.location is not None
    assert found.location.line == text.count("\n") + 1 - (text.startswith("[[") * 1)


@pytest.mark.parametrize("files", [(), ("openapi.yaml", "openapi.json")])
def test_the_document_must_be_clear(make: Make, files: tuple[str, ...]) -> None:
    (found,) = _findings(make("", files=files))
    assert found.code == "CFG006"
    assert "document = ..." in found.help


def test_a_configuration_that_is_no_file_is_a_mistake_of_usage(make: Make) -> None:
    config = make()
    config.mkdir()
    assert [found.code for found in _findings(config)] == ["IO002"]


def test_targets_are_found_in_order(make: Make) -> None:
    make(name="b")
    make("", name="a")
    make(name="fragments", files=("pet.yaml",))
    make(name=".cache")
    Path("specs/README.md").write_text("x", encoding="utf-8")
    assert [(target.name, target.output) for target in discover_targets(Path())] == [
        ("a", Path("generated/a")),
        ("b", Path("generated/b")),
    ]


def test_a_project_without_targets_has_none(tmp_path: Path) -> None:
    assert discover_targets(tmp_path) == ()


def test_a_project_may_lie_elsewhere(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make("output = 'out'")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    for project in (tmp_path, Path("..")):
        (target,) = discover_targets(project)
        assert target.output == project / "out"
        assert target.document.samefile(tmp_path / "specs/pets/openapi.yaml")


def test_the_mistakes_of_all_targets_are_said(make: Make) -> None:
    make("strict = 1", name="a")
    make(name="b")
    make("strict = [", name="c")
    with pytest.raises(Refusal) as refusal:
        discover_targets(Path())
    assert refusal.value.exit_code is ExitCode.USAGE
    assert [found.location.file for found in refusal.value.diagnostics if found.location] == [
        "specs/a/sdk.toml",
        "specs/c/sdk.toml",
    ]


@pytest.mark.parametrize("second", ["generated/a", "generated/A", "generated/a/b", "generated"])
def test_two_targets_never_share_an_output(make: Make, second: str) -> None:
    make(name="a")
    make(f"output = '{second}'", name="b")
    with pytest.raises(Refusal, match="CFG007"):
        discover_targets(Path())


@pytest.mark.parametrize(
    ("output", "document", "package", "distribution"),
    [
        ("out/Pet-Store", "api.yaml", "pet_store", "pet-store"),
        (".", "pets.v1.yaml", "pets_v1", "pets-v1"),
        ("3d", "api.yaml", "sdk_3d", "sdk-3d"),
        ("json", "api.yaml", "json_sdk", "json-sdk"),
        ("class", "api.yaml", "class_sdk", "class-sdk"),
        ("猫", "猫.yaml", "sdk", "sdk"),
        ("x" * 200, "api.yaml", "x" * 76, "x" * 76),
    ],
)
def test_a_document_alone_gets_its_names_from_paths(
    output: str, document: str, package: str, distribution: str
) -> None:
    target = default_config(Path(document), Path(output), package=None, distribution=None)
    assert (target.package, target.distribution, target.class_name) == (package, distribution, "SDK")
    assert (target.document, target.output, target.overlays) == (Path(document), Path(output), ())


def test_names_from_the_command_line_are_taken_and_checked() -> None:
    given = {"package": "pets", "distribution": "acme-pets", "class_name": "Pets"}
    target = default_config(Path("a.yaml"), Path("out"), **given)
    assert {key: getattr(target, key) for key in given} == given
    with pytest.raises(Refusal) as refusal:
        default_config(Path("a.yaml"), Path("out"), package="a b", distribution="-rf", class_name="1")
    assert refusal.value.exit_code is ExitCode.USAGE
    assert len(refusal.value.diagnostics) == 3


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("operations = []", "CFG003", 1),
        ("[operations]\nincude = []", "CFG002", 2),
        ("[operations]\nexclude = []\ninclude = 'a'", "CFG003", 3),
        ("[operations]\ninclude = ['a', 1]", "CFG003", 2),
        ("[operations]\ninclude = ['']", "CFG003", 2),
    ],
)
def test_mistakes_about_operations(make: Make, text: str, code: str, line: int) -> None:
    assert _places(_findings(make(text))) == [(code, line)]
