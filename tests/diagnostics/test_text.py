from generator.diagnostics import Diagnostic, Location, Severity, text

LINES = {7: '  schema: {$ref: "#/components/schemas/Pett"}', 110: "    Pet: {type: object}"}


def excerpt(location):
    return LINES.get(location.line)


def finding(**parts):
    given = {"code": "REF002", "severity": Severity.ERROR, "message": "m", "help": "do it", **parts}
    return Diagnostic(**given)


def test_a_finding_with_frames():
    found = finding(
        message="#/components/schemas/Pett does not exist",
        location=Location("pets.yaml", "/a/schema", 7, 18, 7, 45),
        effect="no return type",
        related=(("a similar name is defined here", Location("pets.yaml", "/components/schemas/Pet", 110, 5, 110, 8)),),
    )
    assert text(found, excerpt).splitlines() == [
        "error[REF002]: #/components/schemas/Pett does not exist",
        "    --> pets.yaml:7:18   #/a/schema",
        "     |",
        '   7 |   schema: {$ref: "#/components/schemas/Pett"}',
        "     |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "    ::: pets.yaml:110:5   #/components/schemas/Pet",
        "     |",
        " 110 |     Pet: {type: object}",
        "     |     --- a similar name is defined here",
        "     = effect: no return type",
        "     = help: do it",
    ]


def test_without_an_excerpt_there_are_places_only():
    found = finding(location=Location("a.yaml", "/x", 7, 1), related=(("first", Location("b.yaml", "", 9, 2)),))
    assert text(found).splitlines() == [
        "error[REF002]: m",
        "  --> a.yaml:7:1   #/x",
        "  ::: b.yaml:9:2   first",
        "   = help: do it",
    ]


def test_without_a_location_there_is_the_message_and_the_advice():
    assert text(finding(severity=Severity.NOTE)) == "note[REF002]: m\n   = help: do it"


def frame(line, start, end):
    shown = text(finding(location=Location("a", "", 1, start, 1, end)), lambda _: line).splitlines()
    return shown[3].removeprefix(" 1 | "), shown[4].removeprefix("   | ")


def test_a_frame_of_one_huge_line_is_a_window():
    shown, mark = frame("a" * 5000 + "HERE" + "b" * 5000, 5001, 5005)
    assert len(shown) < 130
    assert shown[mark.index("^") : mark.rindex("^") + 1] == "HERE"
    assert shown.startswith("…")
    assert shown.endswith("…")


def test_control_characters_do_not_reach_the_terminal_and_do_not_move_the_mark():
    shown, mark = frame("\tx\x1b\u202ekey: 1", 5, 8)
    assert shown == " x\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}key: 1"
    assert mark == "    ^^^"


def test_wide_characters_take_two_cells():
    assert frame("名前: x", 5, 6)[1] == "      ^"
    assert frame("e\u0301: x", 5, 6)[1] == "   ^"


def test_a_mark_is_visible_at_the_end_of_a_line():
    assert frame("abc", 4, None)[1] == "   ^"
    assert frame("abc", 99, 120)[1] == "   ^"


def test_a_mark_over_several_lines_ends_with_the_first():
    found = finding(location=Location("a", "", 1, 3, 4, 1))
    assert text(found, lambda _: "abcdef").splitlines()[4] == "   |   ^^^^"


def test_names_from_a_document_are_neutralised_everywhere():
    found = finding(
        location=Location("a\n", "/\x1b]0;", 1, 1), effect="\x07", related=(("\r", Location("b", "", 1, 1)),)
    )
    assert not set(text(found, lambda _: "x")) & set("\x1b\x07\r")


def test_a_style_paints_by_role():
    roles = []
    text(finding(location=Location("a", "", 7, 1), effect="e"), excerpt, lambda role, part: roles.append(role) or part)
    assert set(roles) == {"error", "label", "gutter"}
