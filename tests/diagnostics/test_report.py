import random

import pytest

from generator.codes import CODES
from generator.diagnostics import Diagnostic, ExitCode, Location, Refusal, Report, Severity


def diagnostic(code="REF002", message="m", at=None, **more):
    return Diagnostic(code=code, severity=Severity.ERROR, message=message, location=at, help="h", **more)


ORDERED = (
    diagnostic(message="nowhere"),
    diagnostic(at=Location("a.yaml", "", None)),
    diagnostic(at=Location("a.yaml", "", 1, 1), code="REF001"),
    diagnostic(at=Location("a.yaml", "", 1, 1), code="REF002"),
    diagnostic(at=Location("a.yaml", "", 1, 2), code="REF001"),
    diagnostic(at=Location("a.yaml", "", 2, 1)),
    diagnostic(at=Location("a.yaml", "", 10, 1)),
    diagnostic(at=Location("b.yaml", "", 1, 1)),
)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_a_report_does_not_depend_on_the_order_of_finding(seed):
    shuffled = list(ORDERED)
    random.Random(seed).shuffle(shuffled)
    report = Report()
    report.add(shuffled)
    assert report.diagnostics == ORDERED


def test_the_same_finding_is_kept_once():
    report = Report()
    for _ in range(3):
        report.warning("SPEC013", "m", Location("a"), help="h")
    assert len(report.diagnostics) == 1


def test_an_unregistered_code_is_refused():
    with pytest.raises(KeyError, match="REF999"):
        Report().error("REF999", "m", help="h")


def test_only_errors_are_errors():
    report = Report()
    report.note("SPEC042", "m", help="h")
    report.warning("SPEC040", "m", help="h")
    assert not report.has_errors
    report.error("REF002", "m", help="h")
    assert report.has_errors
    assert {found.severity for found in report.diagnostics} == set(Severity)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("\x1b[2J", "\\x1b[2J"),
        ("a\u202eb", "a\\u202eb"),
        ("\ud800", "\\ud800"),
        ("x" * 160, "x" * 160),
        ("x" * 161, "x" * 159 + "…"),
    ],
)
def test_a_message_is_one_harmless_line(written, kept):
    assert diagnostic(message=written).message == kept


def test_a_refusal_has_a_reason_and_its_exit_code():
    with pytest.raises(ValueError, match="reason"):
        Refusal([])
    assert Refusal.because("IO001", "m", help="h").exit_code is ExitCode.UNREADABLE
    assert Refusal([diagnostic()]).exit_code is ExitCode.FINDINGS
    assert Refusal([diagnostic()], ExitCode.CONFLICT).exit_code is ExitCode.CONFLICT


def test_a_refusal_is_an_error_that_a_report_can_take():
    refusal = Refusal.because("IO001", "m", Location("a"), help="h", related=(("there", Location("b")),))
    report = Report()
    report.add(refusal.diagnostics)
    assert report.has_errors
    assert report.diagnostics[0].related == (("there", Location("b")),)


@pytest.mark.parametrize("code", CODES)
def test_codes_are_a_known_prefix_and_three_digits(code):
    assert code.rstrip("0123456789") in {"SPEC", "REF", "NAME", "TYPE", "SEC", "GEN", "CFG", "IMP", "IO", "OUT", "OVL"}
    assert len(code) - len(code.rstrip("0123456789")) == 3
    assert CODES[code].title
    assert CODES[code].exit_code is not ExitCode.OK


def test_a_location_is_shown_as_far_as_it_is_known():
    assert str(Location("a.yaml", "/x", 3, 7)) == "a.yaml:3:7"
    assert str(Location("a.yaml", "/x")) == "a.yaml"
    assert str(Location("a\x1b.yaml", "", 3)) == "a\\x1b.yaml:3"
