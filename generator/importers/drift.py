"""Whether AWS's model has moved past a document that somebody keeps.

Both are walked side by side from their operations, so that it does not matter where a document keeps its schemas.
Descriptions, servers and the numbers of invented statuses are no facts of the service. What a document says beyond AWS
on purpose is not held against it: another operation that goes through its pages, another value that is kept secret.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from generator.characters import escape
from generator.diagnostics import Location
from generator.importers.parts import Node
from generator.importers.schema_drift import Said, SchemaDrift
from generator.openapi.load import LoadedDocument

_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
# What a signed request carries (Signature Version 4); documents list it, and the signature writes it.
_SIGNATURE: Final = frozenset({
    "x-amz-content-sha256", "x-amz-date", "x-amz-algorithm", "x-amz-credential", "x-amz-security-token",
    "x-amz-signature", "x-amz-signedheaders",
})  # fmt: skip
_PROTOCOL: Final = "x-aws-protocol"
_ENDPOINTS: Final = ("endpointPrefix", "endpointVariants", "signingRegions")
_EXTENSIONS: Final = {"x-hostPrefix": "endpoint", "x-requestCompression": "compression", "deprecated": "deprecated"}
_SHOWN: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """One fact on which a document and AWS's model differ.

    Attributes:
        kind: Of the fact: operation, member, required, type, constraint, enum value, error, unsigned, sensitive ...
        subject: What it is a fact of.
        at: Where our document says it, or would.
        ours: What it says; None where nothing.
        theirs: What AWS's model says; None where nothing.
    """

    kind: str
    subject: str
    at: Location
    ours: object
    theirs: object

    def __str__(self) -> str:
        """One line, with the place in front as editors and `grep` know it."""
        return f"{self.at}: {self.kind}: {escape(self.subject)}: ours {_shown(self.ours)}, theirs {_shown(self.theirs)}"


def drift(ours: LoadedDocument, theirs: Mapping[str, Any]) -> Sequence[Drift]:
    """The facts on which a document and the imported one differ, in the order of the document.

    Args:
        ours: The document, its overlays applied.
        theirs: What the importer makes of the model of today.
    """
    found = (
        Drift(kind=kind, subject=subject, at=ours.locate(pointer), ours=our, theirs=their)
        for kind, subject, pointer, our, their in _differences(ours.root, theirs)
    )
    return sorted(found, key=lambda one: (one.at.file, one.at.line or 0, one.kind, one.subject, str(one)))


def as_json(name: str, source: str, differences: Sequence[Drift]) -> str:
    """The differences of a target from a source, for programs: one object."""
    content = {
        "schema_version": 1,
        "target": name,
        "source": source,
        "differences": [asdict(difference) for difference in differences],
    }
    return json.dumps(content, indent=2)


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return escape(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _differences(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Iterator[Said]:
    yield from _service(Node.at(ours, ours, ""), Node.at(theirs, theirs, ""))
    our_operations, their_operations = dict(_operations(ours)), dict(_operations(theirs))
    for name, node in our_operations.items():
        if name not in their_operations:
            yield "operation", name, node.pointer, name, None
    schemas = SchemaDrift()
    for name, node in their_operations.items():
        if name in our_operations:
            yield from _operation(name, our_operations[name], node, schemas)
        else:
            yield "operation", name, "/paths", None, name


def _service(ours: Node, theirs: Node) -> Iterator[Said]:
    our_info, their_info = ours.child("info"), theirs.child("info")
    if our_info is None or their_info is None:
        return
    yield from _unequal("version", "info", our_info, their_info, "version")
    our_protocol, their_protocol = our_info.child(_PROTOCOL), their_info.child(_PROTOCOL)
    if our_protocol is None or their_protocol is None:
        yield "protocol", _PROTOCOL, our_info.pointer, our_info.get(_PROTOCOL), their_info.get(_PROTOCOL)
        return
    for key in dict.fromkeys([*our_protocol.parts[0][0], *their_protocol.parts[0][0]]):
        yield from _unequal("endpoint" if key in _ENDPOINTS else "protocol", key, our_protocol, their_protocol, key)


def _operations(root: Mapping[str, Any]) -> Iterator[tuple[str, Node]]:
    """Operations by their names, each with what its path says too."""
    for path in Node.at(root, root, "").children("paths").values():
        for method in _METHODS:
            operation = path.child(method)
            if operation is not None:
                yield str(operation.get("operationId")), Node(root, (*operation.parts, *path.parts))


def _operation(name: str, ours: Node, theirs: Node, schemas: SchemaDrift) -> Iterator[Said]:
    if _way(ours) != _way(theirs):
        yield "path", name, ours.pointer, _way(ours), _way(theirs)
    if _is_unsigned(ours) != _is_unsigned(theirs):
        yield "unsigned", name, ours.place("security"), _is_unsigned(ours), _is_unsigned(theirs)
    for key, kind in _EXTENSIONS.items():
        yield from _unequal(kind, name, ours, theirs, key)
    if theirs.get("x-pagination") is not None:  # to go through more pages than AWS names is ours to decide
        yield from _unequal("paginator", name, ours, theirs, "x-pagination")
    yield from _named(f"{name} parameter", "member", _parameters(ours), _parameters(theirs), ours.pointer, schemas)
    yield from _body(name, ours, theirs, schemas)
    yield from _success(name, ours, theirs, schemas)
    yield from _named(name, "error", _errors(ours), _errors(theirs), ours.place("responses"), schemas)


def _unequal(kind: str, subject: str, ours: Node, theirs: Node, key: str) -> Iterator[Said]:
    said = (ours.get(key), theirs.get(key))
    if said[0] != said[1]:
        yield kind, subject, ours.place(key), *said


def _way(node: Node) -> str:
    """Method and path, as the pointer of the operation has them."""
    _, path, method = node.pointer.split("/")[1:]
    return f"{method.upper()} {path.replace('~1', '/').replace('~0', '~')}"


def _is_unsigned(node: Node) -> bool:
    needed = node.get("security")
    needed = node.root.get("security") if needed is None else needed
    return not needed or {} in needed


def _named(
    subject: str, kind: str, ours: Mapping[str, Node], theirs: Mapping[str, Node], at: str, schemas: SchemaDrift
) -> Iterator[Said]:
    """What differs between the holders of schemas that have the same name, and which of them only one side has."""
    for name in ours.keys() - theirs.keys():
        yield kind, f"{subject} {name}", ours[name].pointer, name, None
    for name in theirs.keys() - ours.keys():
        yield kind, f"{subject} {name}", at, None, name
    for name in ours.keys() & theirs.keys():
        if kind == "member" and bool(ours[name].get("required")) != bool(theirs[name].get("required")):
            said = (bool(ours[name].get("required")), bool(theirs[name].get("required")))
            yield "required", f"{subject} {name}", ours[name].pointer, *said
        yield from _contents(f"{subject} {name}", ours[name], theirs[name], schemas)


def _parameters(operation: Node) -> dict[str, Node]:
    """By place and name; those that an operation says itself stand for those of its path."""
    found: dict[str, Node] = {}
    for part in operation.parts:
        for parameter in Node(operation.root, (part,)).items("parameters"):
            place, name = str(parameter.get("in")), str(parameter.get("name"))
            name = name.lower() if place == "header" else name
            if name.lower() not in _SIGNATURE:
                found.setdefault(f"{place} {name}", parameter)
    return found


def _schema(holder: Node) -> Node | None:
    """The schema of a parameter, a body or a response."""
    media = next(iter(holder.children("content").values()), holder)
    return media.child("schema")


def _contents(subject: str, ours: Node, theirs: Node, schemas: SchemaDrift) -> Iterator[Said]:
    our_schema, their_schema = _schema(ours), _schema(theirs)
    if our_schema is not None and their_schema is not None:
        yield from schemas.compare(our_schema, their_schema, subject)
    elif our_schema is not their_schema:
        yield "type", subject, ours.pointer, _called(our_schema), _called(their_schema)


def _called(schema: Node | None) -> str | None:
    return None if schema is None else schema.name or "a schema"


def _body(name: str, ours: Node, theirs: Node, schemas: SchemaDrift) -> Iterator[Said]:
    our_body, their_body = ours.child("requestBody"), theirs.child("requestBody")
    if our_body is not None and their_body is not None:
        yield from _unequal("required", f"{name} body", our_body, their_body, "required")
        yield from _contents(f"{name} body", our_body, their_body, schemas)
    elif our_body is not their_body:
        said = ["a body" if body else None for body in (our_body, their_body)]
        yield "member", f"{name} body", ours.place("requestBody"), said[0], said[1]


def _success(name: str, ours: Node, theirs: Node, schemas: SchemaDrift) -> Iterator[Said]:
    our_replies, their_replies = _replies(ours), _replies(theirs)
    if our_replies.keys() != their_replies.keys():
        said = [", ".join(replies) or None for replies in (our_replies, their_replies)]
        yield "status", name, ours.place("responses"), said[0], said[1]
    for status in our_replies.keys() & their_replies.keys():
        reply, their_reply = our_replies[status], their_replies[status]
        yield from _contents(f"{name} reply", reply, their_reply, schemas)
        subject = f"{name} reply header"
        yield from _named(subject, "member", _headers(reply), _headers(their_reply), reply.pointer, schemas)


def _replies(operation: Node) -> dict[str, Node]:
    return {status: node for status, node in operation.children("responses").items() if status.startswith("2")}


def _headers(reply: Node) -> dict[str, Node]:
    return {name.lower(): node for name, node in reply.children("headers").items()}


def _errors(operation: Node) -> dict[str, Node]:
    """By the names of their schemas: the statuses are invented."""
    responses = operation.children("responses").items()
    failures = (node for status, node in responses if status[:1] not in ("1", "2", "3"))
    named = ((_schema(node), node) for node in failures)
    return {str((schema and schema.name) or node.get("description")): node for schema, node in named}
