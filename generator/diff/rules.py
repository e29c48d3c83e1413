"""The registry of everything that can change, and what it means to callers.

A rule is a promise: its id is written in baselines, reviews and CI configuration, so it is never reused for something
else. Breaking means that there is code which worked with the package as it was and does not work with the package as it
would be: it no longer runs, no longer type-checks, is refused by the service, or shows what it kept secret. Whether a
change breaks depends on the direction: what must be given more is a burden in requests and a comfort in replies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from generator.graph.model import Usage


class Impact(IntEnum):
    """What a change means to callers, from the least to the most."""

    INTERNAL = 0
    DOCS = 1
    ADDITIVE = 2
    BREAKING = 3

    def __str__(self) -> str:
        """The word of reports."""
        return self.name.lower()


INTERNAL, DOCS, ADDITIVE, BREAKING = Impact


@dataclass(frozen=True, slots=True)
class View:
    """What a change means in one direction: its impact, and one sentence from the caller's point of view."""

    impact: Impact
    sentence: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of change.

    Args:
        title: What happened; `{name}`, `{before}` and `{after}` stand for the particulars.
        request: What it means where the value is sent.
        response: What it means where it is received; the same, unless given.
    """

    title: str
    request: View
    response: View | None = None

    def view(self, usage: Usage) -> View:
        """The view of a value that travels so; of both directions, the one that costs more."""
        received = self.response or self.request
        if usage is Usage.INPUT:
            return self.request
        if usage is Usage.OUTPUT:
            return received
        return max(self.request, received, key=lambda view: view.impact)


def _both(title: str, impact: Impact, sentence: str) -> Rule:
    return Rule(title, View(impact, sentence))


def _apart(title: str, request: tuple[Impact, str], response: tuple[Impact, str]) -> Rule:
    return Rule(title, View(*request), View(*response))


_API: Final[Mapping[str, Rule]] = {
    # --- the API as a whole ---
    "api-added": _both("new, with {name}", ADDITIVE, "There is one more package."),
    "api-removed": _both("gone, with {name}", BREAKING, "There is no package of it any more."),
    "api-title-changed": _both("title: {before} -> {after}", DOCS, "Only texts change."),
    "api-version-changed": _both("version of the API: {before} -> {after}", DOCS, "Only texts change."),
    "api-docs-changed": _both("other words about the API", DOCS, "Only texts change."),
    "protocol-changed": _both("wire protocol: {before} -> {after}", INTERNAL, "Calls travel in another way."),
    "default-server-changed": _both(
        "default server: {before} -> {after}", BREAKING, "Clients made without `server_url` call another host."
    ),
    "server-added": _both("server {after} added", ADDITIVE, "Clients can choose it."),
    "server-removed": _both("server {before} removed", BREAKING, "Clients that choose it, by URL or position, fail."),
    "server-name-removed": _both("server named {before} is gone", BREAKING, "Clients that choose it by its name fail."),
    "server-variables-changed": _both(
        "variables of server {name} changed", BREAKING, "Clients made without `server_url` call another address."
    ),
    "scheme-added": _both("security scheme {name} added", ADDITIVE, "There is one more way to authenticate."),
    "scheme-removed": _both(
        "security scheme {name} removed", BREAKING, "Its class is gone; credentials of it are of no use."
    ),
    "scheme-kind-changed": _both(
        "security scheme {name}: {before} -> {after}", BREAKING, "Credentials have to be given in another form."
    ),
    "scheme-place-changed": _both(
        "security scheme {name} travels as {after}, not {before}", INTERNAL, "The client sends it there by itself."
    ),
    "retries-changed": _both("policy of retries changed", INTERNAL, "Failed calls are repeated by other rules."),
    "webhook-added": _both("webhook {name} added", ADDITIVE, "There is a class that reads it."),
    "webhook-removed": _both("webhook {name} removed", BREAKING, "It is no longer described."),
    # --- operations ---
    "operation-added": _both("operation added", ADDITIVE, "There is one more method."),
    "operation-removed": _both("operation removed", BREAKING, "Its method is gone."),
    "operation-renamed": _both("operation renamed: {before} -> {after}", BREAKING, "Its method has another name."),
    "operation-moved": _both(
        "group: {before} -> {after}", BREAKING, "Its method stands on another attribute of the client."
    ),
    "operation-path-changed": _both(
        "path: {before} -> {after}", INTERNAL, "The method calls the new path; releases made before call the old one."
    ),
    "operation-method-changed": _both(
        "HTTP method: {before} -> {after}", INTERNAL, "The client sends it so by itself; releases made before do not."
    ),
    "operation-deprecated": _both("operation became deprecated", DOCS, "It still works; its documentation warns."),
    "operation-undeprecated": _both("operation is no longer deprecated", DOCS, "Its documentation no longer warns."),
    "operation-docs-changed": _both("other words about the operation", DOCS, "Only texts change."),
    "operation-server-changed": _both(
        "server of the operation: {before} -> {after}", BREAKING, "Calls without `server_url` reach another host."
    ),
    "operation-sending-changed": _both("{name} changed: {before} -> {after}", INTERNAL, "The client takes care of it."),
    "operation-extension-changed": _both("extension {name} changed", INTERNAL, "Nothing that callers see."),
    "pagination-added": _both("pages: {after}", ADDITIVE, "Its result can be iterated."),
    "pagination-removed": _both("no pages any more", BREAKING, "Its result can no longer be iterated."),
    "pagination-items-changed": _both(
        "items of its pages: {before} -> {after}", BREAKING, "Iterating gives other items."
    ),
    "pagination-changed": _both(
        "pages: {before} -> {after}", INTERNAL, "The client follows the new members by itself."
    ),
    "auth-added": _both("alternative of authentication added: {after}", ADDITIVE, "There is one more way to call it."),
    "auth-removed": _both(
        "alternative of authentication removed: {before}", BREAKING, "Calls that authenticated so are refused."
    ),
    "auth-required": _both(
        "authentication became required: {after}", BREAKING, "Calls without credentials are refused."
    ),
    "auth-lifted": _both(
        "authentication no longer required: {before}", ADDITIVE, "It can be called without credentials."
    ),
    # --- parameters and bodies ---
    "parameter-added": _both("optional parameter {name} added", ADDITIVE, "It can be given; nobody has to."),
    "parameter-added-required": _both("required parameter {name} added", BREAKING, "Every call must give it."),
    "parameter-removed": _both("parameter {name} removed", BREAKING, "Calls that give it fail."),
    "parameter-renamed": _both(
        "parameter renamed: {before} -> {after}", BREAKING, "It has to be given under its new name."
    ),
    "parameter-moved": _both(
        "parameter {name} moved from {before} to {after}",
        BREAKING,
        "Keyword arguments stay as they are; request objects hold it in another place.",
    ),
    "parameter-became-required": _both("parameter {name} became required", BREAKING, "Every call must give it."),
    "parameter-became-optional": _both("parameter {name} became optional", ADDITIVE, "Calls may leave it out."),
    "parameter-style-changed": _both(
        "parameter {name} is spelled in another style", INTERNAL, "The client spells it so by itself."
    ),
    "body-added": _both("optional body added", ADDITIVE, "It can be given; nobody has to."),
    "body-added-required": _both("required body added", BREAKING, "Every call must give it."),
    "body-removed": _both("body removed", BREAKING, "Calls that give it fail."),
    "body-became-required": _both("body became required", BREAKING, "Every call must give it."),
    "body-became-optional": _both("body became optional", ADDITIVE, "Calls may leave it out."),
    "content-type-changed": _both(
        "content type of {name}: {before} -> {after}", INTERNAL, "The client sends and reads it by itself."
    ),
    # --- replies and errors ---
    "success-added": _both("success {name} added", ADDITIVE, "It is returned as a result."),
    "success-removed": _both("success {name} removed", ADDITIVE, "It is no longer to be expected."),
    "success-status-changed": _both("status of the success: {before} -> {after}", INTERNAL, "The result is the same."),
    "success-body-added": _both("success {name} got a body", ADDITIVE, "The result holds it."),
    "success-body-removed": _both("success {name} lost its body", BREAKING, "The result no longer holds it."),
    "stream-changed": _both("stream of success {name} changed", BREAKING, "It is read in another way."),
    "error-added": _both("error {name} added", ADDITIVE, "It can be caught by its class."),
    "error-removed": _both("error {name} removed", BREAKING, "Such a failure is no longer raised as that class."),
    "header-added": _both("response header {name} added", ADDITIVE, "It can be read."),
    "header-removed": _both("response header {name} removed", BREAKING, "Code that reads it finds nothing."),
    "header-became-required": _both("response header {name} became required", ADDITIVE, "It is always there."),
    "header-became-optional": _both(
        "response header {name} became optional", BREAKING, "Code that reads it without asking may find nothing."
    ),
    "header-type-changed": _both(
        "type of response header {name}: {before} -> {after}", BREAKING, "Code that parses its text meets another one."
    ),
    # --- schemas and members ---
    "schema-added": _both("schema added", ADDITIVE, "There is one more class."),
    "schema-removed": _both("schema removed", BREAKING, "Its class is gone."),
    "schema-renamed": _both("schema renamed: {before} -> {after}", BREAKING, "Its class has another name."),
    "schema-deprecated": _both("schema became deprecated", DOCS, "Its documentation warns."),
    "schema-undeprecated": _both("schema is no longer deprecated", DOCS, "Its documentation no longer warns."),
    "schema-docs-changed": _both("other words about the schema", DOCS, "Only texts change."),
    "member-added": _both("optional member {name} added", ADDITIVE, "It can be read, and given; nobody has to."),
    "member-added-required": _apart(
        "required member {name} added",
        (BREAKING, "Callers must give it."),
        (ADDITIVE, "It can be read."),
    ),
    "member-removed": _both("member {name} removed", BREAKING, "It can be neither given nor read."),
    "member-renamed": _both(
        "member renamed: {before} -> {after}", BREAKING, "It has to be given and read under its new name."
    ),
    "member-became-required": _apart(
        "member {name} became required",
        (BREAKING, "Callers must give it."),
        (ADDITIVE, "It is always there: no check for None is needed."),
    ),
    "member-became-optional": _apart(
        "member {name} became optional",
        (ADDITIVE, "Callers may leave it out."),
        (BREAKING, "It may be None: code that reads it without asking no longer type-checks."),
    ),
    "member-deprecated": _both("{name} became deprecated", DOCS, "It still works; its documentation warns."),
    "member-undeprecated": _both("{name} is no longer deprecated", DOCS, "Its documentation no longer warns."),
    "member-docs-changed": _both("other words about {name}", DOCS, "Only texts change."),
    "member-example-changed": _both("example of {name} changed", DOCS, "Only examples change."),
    "member-became-sensitive": _both(
        "{name} became sensitive", INTERNAL, "Its value no longer shows in repr and logs."
    ),
    "member-no-longer-sensitive": _both(
        "{name} is no longer sensitive", BREAKING, "Its value shows in repr and logs, where it was kept secret."
    ),
    "member-became-read-only": _apart(
        "{name} became read-only",
        (BREAKING, "The service ignores or refuses what callers give for it."),
        (DOCS, "Replies hold it as before."),
    ),
    "member-no-longer-read-only": _both("{name} is no longer read-only", ADDITIVE, "It can be given."),
    "member-became-write-only": _apart(
        "{name} became write-only",
        (DOCS, "Requests hold it as before."),
        (BREAKING, "Replies no longer hold it."),
    ),
    "member-no-longer-write-only": _both("{name} is no longer write-only", ADDITIVE, "It can be read."),
    "further-members-added": _both("further members of type {after}", ADDITIVE, "Members without a name are kept."),
    "further-members-removed": _both("no further members", BREAKING, "There is no place for members without a name."),
    "xml-changed": _both("XML of {name} changed", INTERNAL, "The client writes and reads it so by itself."),
    # --- types ---
    "type-changed": _both("type of {name}: {before} -> {after}", BREAKING, "Values of the old type do not fit."),
    "format-changed": _both("format of {name}: {before} -> {after}", BREAKING, "Values are of another Python type."),
    "encoding-changed": _both(
        "spelling of {name} on the wire: {before} -> {after}", INTERNAL, "The client spells it so by itself."
    ),
    "type-widened": _apart(
        "{name} may be {after} too",
        (ADDITIVE, "More can be given."),
        (BREAKING, "Code that reads it meets a type that it does not know."),
    ),
    "type-narrowed": _apart(
        "{name} may no longer be {before}",
        (BREAKING, "Such values do not fit any more."),
        (ADDITIVE, "Fewer kinds of values have to be expected."),
    ),
    "nullable-added": _apart(
        "{name} may be null",
        (ADDITIVE, "None can be given: it sends null, where it left the value out before."),
        (BREAKING, "It may be None: code that reads it without asking no longer type-checks."),
    ),
    "nullable-removed": _apart(
        "{name} may no longer be null",
        (BREAKING, "None does not fit any more."),
        (ADDITIVE, "No check for None is needed."),
    ),
    "constant-changed": _both("constant {name}: {before} -> {after}", BREAKING, "The value that was right is wrong."),
    "values-limited": _apart(
        "values of {name} are limited to {after}",
        (BREAKING, "The service refuses other values."),
        (ADDITIVE, "The values have names."),
    ),
    "values-unlimited": _both(
        "values of {name} are no longer limited to {before}", BREAKING, "The names of the values are gone."
    ),
    "enum-value-added": _apart(
        "value {after} added",
        (ADDITIVE, "It can be given by its name."),
        (ADDITIVE, "Enumerations are open: code that does not know it keeps it."),
    ),
    "enum-value-removed": _apart(
        "value {before} removed",
        (BREAKING, "Its name is gone, and the service refuses it."),
        (BREAKING, "Its name is gone; where it comes all the same, it is a value that is not known."),
    ),
    "tag-changed": _both(
        "options are told apart by {after}, not {before}", INTERNAL, "The client reads it so by itself."
    ),
    "constraint-tightened": _apart(
        "{name}: {before} -> {after}",
        (BREAKING, 'Values that were accepted are refused by the service, and by `validate="strict"`.'),
        (INTERNAL, "Replies keep to tighter limits."),
    ),
    "constraint-loosened": _apart(
        "{name}: {before} -> {after}",
        (ADDITIVE, "More values are accepted."),
        (DOCS, "Replies may hold values that were out of bounds before."),
    ),
    "constraint-changed": _apart(
        "{name}: {before} -> {after}",
        (BREAKING, 'Values that were accepted may be refused by the service, and by `validate="strict"`.'),
        (DOCS, "Replies may hold values that did not fit before."),
    ),
    "default-changed": _apart(
        "default of {name}: {before} -> {after}",
        (BREAKING, "Calls that leave it out do something else."),
        (DOCS, "Only texts change."),
    ),
    # --- what the client makes nothing of ---
    "document-changed": _both("{name}", INTERNAL, "The client makes nothing of it."),
}

_PYTHON: Final[Mapping[str, Rule]] = {
    "python-method-added": _both("method `{after}` added", ADDITIVE, "It can be called."),
    "python-method-removed": _both("method `{before}` removed", BREAKING, "Calling it fails."),
    "python-method-renamed": _both("method `{before}` -> `{after}`", BREAKING, "Calling it by its old name fails."),
    "python-return-changed": _both(
        "`{name}` returns `{after}`, not `{before}`", BREAKING, "Results are of another type."
    ),
    "python-iteration-added": _both("result of `{name}` can be iterated", ADDITIVE, "It leads through all pages."),
    "python-iteration-removed": _both("result of `{name}` can no longer be iterated", BREAKING, "Loops over it fail."),
    "python-raises-added": _both("`{name}` raises `{after}`", ADDITIVE, "It can be caught by its class."),
    "python-raises-removed": _both("`{name}` no longer raises `{before}`", DOCS, "Its docstring no longer lists it."),
    "python-argument-added": _both("`{name}` takes `{after}`", ADDITIVE, "It can be given; nobody has to."),
    "python-argument-added-required": _both("`{name}` needs `{after}`", BREAKING, "Calls without it fail."),
    "python-argument-removed": _both("`{name}` no longer takes `{before}`", BREAKING, "Calls with it fail."),
    "python-argument-became-required": _both("`{name}` became required", BREAKING, "Calls without it fail."),
    "python-argument-became-optional": _both("`{name}` became optional", ADDITIVE, "Calls may leave it out."),
    "python-argument-default-changed": _both(
        "default of `{name}`: `{before}` -> `{after}`", BREAKING, "Calls that leave it out send something else."
    ),
    "python-class-added": _both("class `{after}` added", ADDITIVE, "It can be used."),
    "python-class-removed": _both("class `{before}` removed", BREAKING, "Using it fails."),
    "python-class-renamed": _both("class `{before}` -> `{after}`", BREAKING, "Using it by its old name fails."),
    "python-class-kind-changed": _both(
        "`{name}` is {after}, no longer {before}", BREAKING, "It is used in another way."
    ),
    "python-attribute-added": _both("attribute `{after}` added", ADDITIVE, "It can be read."),
    "python-attribute-added-required": _apart(
        "attribute `{after}` added, required",
        (BREAKING, "Making such an object without it fails."),
        (ADDITIVE, "It can be read."),
    ),
    "python-attribute-removed": _both("attribute `{before}` removed", BREAKING, "Reading it fails."),
    "python-attribute-became-required": _apart(
        "attribute `{name}` became required",
        (BREAKING, "Making such an object without it fails."),
        (ADDITIVE, "It is always there."),
    ),
    "python-attribute-became-optional": _apart(
        "attribute `{name}` became optional",
        (ADDITIVE, "Such an object can be made without it."),
        (BREAKING, "It may be None."),
    ),
    "python-type-changed": _both("`{name}`: `{before}` -> `{after}`", BREAKING, "Values of the old type do not fit."),
    "python-type-widened": _apart(
        "`{name}`: `{before}` -> `{after}`",
        (ADDITIVE, "More can be given."),
        (BREAKING, "Code that reads it meets a type that it does not know."),
    ),
    "python-type-narrowed": _apart(
        "`{name}`: `{before}` -> `{after}`",
        (BREAKING, "Values that fitted do not fit."),
        (ADDITIVE, "Fewer types have to be expected."),
    ),
    "python-value-added": _both("`{after}` added", ADDITIVE, "It can be used."),
    "python-value-removed": _both("`{before}` removed", BREAKING, "Using it fails."),
    "python-value-changed": _both("value of `{name}`: {before} -> {after}", BREAKING, "It stands for another value."),
    "python-exception-added": _both("exception `{after}` added", ADDITIVE, "It can be caught by its class."),
    "python-exception-removed": _both("exception `{before}` removed", BREAKING, "Code that names it fails."),
    "python-docstring-changed": _both("docstring of `{name}`", DOCS, "Only texts change."),
}

RULES: Final[Mapping[str, Rule]] = MappingProxyType({**_API, **_PYTHON})
