"""Our rules beside oasdiff's: each has its counterparts, and where the verdicts differ there is a reason.

What oasdiff says of the changes of `history.py` was decided by hand, by its rules (checker/rules.go) and what it
documents about them; oasdiff itself was not run.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.oasdiff.agreement import Agreement, Answer, agreement, answers, reason, rules, samples
from generator.diff.rules import RULES, Impact
from generator.graph.model import Usage
from tests.diff.history import STEPS, Step
from tests.diff.versions import compared, edited

_OURS = [name for name in RULES if not name.startswith("python-")]
_DIRECTIONS = {"both": (Usage.BOTH,), "request": (Usage.INPUT,), "response": (Usage.OUTPUT,)}


def _impact(rule: str, usage: Usage) -> Impact:
    return RULES[rule].view(usage).impact


def test_every_rule_has_its_counterparts() -> None:
    assert sorted(rules()) == sorted(_OURS)
    for row in rules().values():
        assert set(row) - {"why"} in ({"both"}, {"request"}, {"response"}, {"request", "response"})


@pytest.mark.parametrize("rule", _OURS)
def test_ids_and_levels_are_written_as_oasdiff_writes_them(rule: str) -> None:
    for direction in set(rules()[rule]) - {"why"}:
        for text in rules()[rule][direction]:
            assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", id_) for id_, _ in Answer.of(text).findings)
            assert all(level in ("ERR", "WARN", "INFO") for _, level in Answer.of(text).findings)


@pytest.mark.parametrize("rule", _OURS)
def test_a_difference_has_a_reason_and_nothing_else_has_one(rule: str) -> None:
    for direction in set(rules()[rule]) - {"why"}:
        for usage in _DIRECTIONS[direction]:
            found = agreement(answers(rule, usage), _impact(rule, usage))
            assert (found is Agreement.SAME) is (reason(rule, usage) == ""), direction


# Of each change in the history, by hand; "none" is what oasdiff has no check for.
_SAID = {
    "operation-added": "endpoint-added INFO",
    "operation-removed": "api-removed-without-deprecation ERR",
    "operation-renamed": "api-operation-id-removed INFO",
    "path-changed": "api-path-removed-without-deprecation ERR + endpoint-added INFO",
    "method-changed": "api-removed-without-deprecation ERR + endpoint-added INFO",
    "tag-moved": "api-tag-removed INFO + api-tag-added INFO",
    "operation-deprecated": "endpoint-deprecated INFO",
    "operation-description": "none",
    "parameter-added": "new-optional-request-parameter INFO",
    "parameter-added-required": "new-required-request-parameter ERR",
    "parameter-removed": "request-parameter-removed WARN",
    "parameter-renamed": "request-parameter-removed WARN + new-optional-request-parameter INFO",
    "parameter-moved": "request-parameter-removed WARN + new-optional-request-parameter INFO",
    "parameter-became-required": "request-parameter-became-required ERR",
    "parameter-became-optional": "request-parameter-became-optional INFO",
    "parameter-default": "request-parameter-default-value-changed INFO",
    "parameter-tightened": "request-parameter-max-decreased ERR",
    "parameter-loosened": "request-parameter-max-length-increased INFO",
    "parameter-type": "request-parameter-type-changed ERR",
    "parameter-format": "request-parameter-type-generalized INFO",
    "parameter-description": "none",
    "request-member-required": "request-property-became-required ERR",
    "request-member-optional": "request-property-became-optional INFO",
    "request-member-added": "new-optional-request-property INFO",
    "request-member-added-required": "new-required-request-property ERR",
    "request-member-removed": "request-property-removed WARN",
    "request-member-renamed": "request-property-removed WARN + new-optional-request-property INFO",
    "request-member-tightened": "request-property-max-length-decreased ERR",
    "request-member-nullable": "request-property-became-nullable INFO",
    "request-member-read-only": "request-optional-property-became-read-only INFO",
    "member-no-longer-sensitive": "none",
    "member-became-sensitive": "none",
    "member-description": "none",
    "member-deprecated": "request-property-deprecated INFO",
    "body-optional": "request-body-became-optional INFO",
    "reply-member-required": "response-property-became-required INFO",
    "reply-member-optional": "response-property-became-optional ERR",
    "reply-member-removed": "response-optional-property-removed INFO",
    "reply-member-format": "response-property-type-changed ERR",
    "reply-member-integer": "response-property-type-specialized INFO",
    "reply-member-number": "response-property-type-generalized ERR",
    "request-member-number": "request-property-type-generalized INFO",
    "reply-member-nullable": "response-property-became-nullable ERR",
    "reply-option-added": "response-property-one-of-added ERR",
    "reply-list": "response-property-type-changed ERR",
    "enum-value-added": "response-property-enum-value-added WARN",
    "enum-value-removed": "request-property-enum-value-removed ERR",
    "schema-description": "none",
    "success-added": "response-success-status-added INFO",
    "success-status": "response-success-status-removed ERR + response-success-status-added INFO",
    "error-added": "response-non-success-status-added INFO",
    "header-added": "response-header-added INFO",
    "header-removed": "optional-response-header-removed WARN",
    "header-became-optional": "response-header-became-optional ERR",
    "header-became-required": "none",
    "header-type": "response-header-type-changed ERR",
    "error-removed": "response-non-success-status-removed INFO",
    "auth-required": "api-security-added INFO",
    "auth-lifted": "api-security-removed ERR",
    "auth-alternative-removed": "api-security-removed ERR",
    "scheme-moved": "none",
    "default-server": "none",
    "server-removed": "none",
    "pagination-removed": "none",
    "api-version": "none",
    "cognito-operation-renamed": "api-operation-id-removed INFO",
    "cognito-enum-value-removed": "request-property-enum-value-removed ERR",
    "cognito-enum-value-added": "response-property-enum-value-added WARN",
    "cognito-member-renamed": "request-property-removed WARN + new-optional-request-property INFO",
    "cognito-timestamp-became-text": "response-property-type-generalized ERR",
    "cognito-description": "none",
    "library-constant": "response-property-const-changed ERR",
    "library-further-members": "none",
    "library-xml": "none",
    "library-decimal": "response-property-type-changed ERR",
    "library-unique": "request-property-unique-items-unset INFO",
    "library-server-variable": "none",
}


@pytest.mark.parametrize("step", [each for each in STEPS if each.name in _SAID], ids=lambda each: each.name)
def test_a_change_of_the_history_has_the_same_verdict_or_a_reason(step: Step, tmp_path: Path) -> None:
    (cause,) = compared(step.document, edited(step.document, step.edits), tmp_path).causes
    assert cause.change is not None
    rule, usage = cause.change.rule, cause.change.usage
    said = Answer.of(_SAID[step.name])
    assert said in answers(rule, usage)
    assert said.agrees(cause.impact) or reason(rule, usage)


def test_enough_was_looked_at_by_hand() -> None:
    assert set(_SAID) <= {step.name for step in STEPS}
    assert sum(map(len, samples().values())) >= 40
    for rule, _, impact, said in (row for rows in samples().values() for row in rows):
        found = Answer.of(said)
        assert rule in rules()
        assert found.agrees(Impact[impact.upper()]) or rules()[rule].get("why"), (rule, said)
