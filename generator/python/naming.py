"""One naming pass over a bound API: every scope at once, in a deterministic order.

How a name comes about, and who gives way, is the matter of a scope (`naming_scope`); here it is said which scopes
there are, what is named in each of them, and by what a later run knows it again (`locked_names`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.graph.model import Enumeration, Place, Record, TypeDef
from generator.graph.reply_headers import headers_of
from generator.protocols.binding import BoundApi, BoundOperation
from generator.python import reserved
from generator.python.bodies import body_fields, reply_attribute
from generator.python.identifiers import constant_case, identifier, is_valid, pascal_case, shortened, snake_case
from generator.python.locked_names import NameTable, key, places_of
from generator.python.naming_scope import Scope, Wanted
from generator.python.pinned_names import Pins
from generator.python.spread_names import spread_names, whole_name
from generator.python.text import Identifier

if TYPE_CHECKING:
    from generator.diagnostics import Location, Report

GROUPS: Mapping[Place, str] = {
    Place.PATH: "path_params",
    Place.QUERY: "query_params",
    Place.QUERYSTRING: "query_string",
    Place.HEADER: "headers",
    Place.COOKIE: "cookies",
}
GROUP_CLASSES: Mapping[Place, str] = {place: pascal_case(group) for place, group in GROUPS.items()}


CONTENT_TYPE = "content_type"
"""The argument that chooses among media types of a body."""

_MODELS = "models"
_FURTHER = "(further members)"


class OperationNames(Struct, frozen=True, kw_only=True):
    """Names around one operation. `stream` is the method that gives the result piece by piece, where another gives the
    whole. `inputs` is keyed by place and wire name; they are keyword arguments. `reply_headers` are properties of the
    result, by their names on the wire. `spread` is what members of the body are called as arguments, by their names on
    the wire, where some of them cannot have their own names; else it is empty. `body` is what the body is called as a
    whole.
    """

    method: Identifier
    stem: Identifier
    constant: Identifier
    stream: Identifier | None
    inputs: Mapping[tuple[Place, str], Identifier]
    flattens: bool
    reply_headers: Mapping[str, Identifier]
    spread: Mapping[str, Identifier]
    body: Identifier


class Names(Struct, frozen=True, kw_only=True):
    """The names of a package: types, fields by type and wire name, members by type and value, operations, errors by
    key, attributes for further members by type, groups by tag, arguments for variables of servers by variable.
    `decided` is what the next run has to know of them.
    """

    types: Mapping[str, Identifier]
    fields: Mapping[str, Mapping[str, Identifier]]
    members: Mapping[str, Mapping[str | int, Identifier]]
    operations: Mapping[str, OperationNames]
    errors: Mapping[str, Identifier]
    beside: Mapping[str, Identifier]
    groups: Mapping[str, Identifier]
    group_classes: Mapping[str, Identifier]
    schemes: Mapping[str, tuple[Identifier, Identifier]]
    variables: Mapping[str, Identifier]
    decided: NameTable


class Namer:
    """The pass. One scope after the other, types before what mentions them. `pins` know what became of them."""

    def __init__(
        self,
        bound: BoundApi,
        client: str,
        pins: Mapping[str, str],
        report: Report,
        locate: Callable[[str], Location],
        locked: NameTable | None = None,
    ) -> None:
        self._bound = bound
        self._client = client
        self.pins = Pins(pins)
        self._report = report
        self._locate = locate
        self._locked = locked or {}
        self._decided: dict[str, dict[str, str]] = {}
        self._record_fields: dict[str, dict[str, Identifier]] = {}
        self._beside: dict[str, Identifier] = {}
        self._places: Mapping[str, str] = {}

    def _scope(
        self,
        label: str,
        what: str,
        words: Mapping[str, str],
        taken: Iterable[str] = (),
        *,
        awaited: Iterable[str] = (),
        pins: Pins | None = None,
        style: Callable[[str], str] | None = None,
    ) -> Scope:
        """A scope; one with a `style` heeds the names that the document prefers, and spells them in that style."""
        return Scope(
            what=what,
            reserved=words,
            report=self._report,
            locate=self._locate,
            pins=pins or self.pins,
            locked=self._locked.get(label, {}),
            decided=self._decided.setdefault(label, {}),
            taken=set(taken),
            awaited=frozenset(awaited),
            preferred={} if style is None else self._bound.api.preferred,
            style=style or str,
        )

    def _held(self, label: str, keys: Iterable[str]) -> list[str]:
        """The locked names of what is named later, and must find them free."""
        locked = self._locked.get(label, {})
        return [locked[key] for key in keys if key in locked] if locked else []

    def _snake(self, name: str, fallback: str) -> str:
        return snake_case(name, split_plural_acronyms=self._bound.split_plural_acronyms) or fallback

    def name(self, types: Mapping[str, TypeDef]) -> Names:
        """Names for the API with these types."""
        derived = [pascal_case(type_.source_name) or "Model" for type_ in types.values()]
        self._places = dict(
            zip(types, places_of((type_.id, type_.source_name) for type_ in types.values()), strict=True)
        )
        schemes = self._schemes(self._held(_MODELS, self._places.values()))
        self._record_fields = {id_: self._fields(type_) for id_, type_ in types.items() if isinstance(type_, Record)}
        taken = ["Security", *(str(class_name) for class_name, _ in schemes.values())]
        scope = self._scope(_MODELS, "type", reserved.PYTHON_KEYWORDS, taken, style=pascal_case)
        type_names = scope.assign(map(Wanted, self._places.values(), derived, types))
        groups = self._groups()
        return Names(
            types=dict(zip(types, type_names, strict=True)),
            fields=self._record_fields,
            members={id_: self._members(type_) for id_, type_ in types.items() if isinstance(type_, Enumeration)},
            operations=self._operations(types, groups),
            errors=self._errors(),
            beside=self._beside,
            groups=groups,
            group_classes=self._group_classes(groups),
            schemes=schemes,
            variables=self._variables(),
            decided={label: names for label, names in self._decided.items() if names},
        )

    def _fields(self, record: Record) -> dict[str, Identifier]:
        scope = self._scope(f"attributes of {self._places[record.id]}", "attribute", reserved.FIELD)
        wanted = [Wanted(key(field.name), self._snake(field.name, "field"), field.at) for field in record.fields]
        at = f"{record.id}/additionalProperties"
        further = [Wanted(_FURTHER, "additional_properties", at)] if record.extra is not None else []
        names = scope.assign([*wanted, *further])
        if further:
            self._beside[record.id] = names.pop()
        return {field.name: name for field, name in zip(record.fields, names, strict=True)}

    def _members(self, enumeration: Enumeration) -> dict[str | int, Identifier]:
        label = f"members of {self._places[enumeration.id]}"
        scope = self._scope(label, "enumeration member", reserved.ENUM_MEMBER, style=constant_case)
        names = scope.assign(
            Wanted(key(str(value)), constant_case(str(value)), at)
            for value, at in zip(enumeration.values, enumeration.places, strict=True)
        )
        return dict(zip(enumeration.values, names, strict=True))

    def _operations(self, types: Mapping[str, TypeDef], groups: Mapping[str, Identifier]) -> dict[str, OperationNames]:
        operations = self._bound.operations
        stems = self._stems(operations)
        methods: dict[str, Identifier] = {}
        streams: dict[str, Identifier] = {}
        for group, members in self._members_of_groups().items():
            both = [bound for bound in members if bound.is_whole and bound.stream is not None]
            scope = self._scope(
                _methods(group),
                "method",
                self._attributes(),
                [*groups.values()] if group is None else (),
                awaited=self._held(_methods(group), (key(_stream(bound)) for bound in both)),
                style=lambda name: self._snake(name, ""),
            )
            names = scope.assign(
                Wanted(
                    key(bound.operation.id), self._snake(bound.operation.source_name, "operation"), bound.operation.id
                )
                for bound in members
            )
            methods.update({bound.operation.id: name for bound, name in zip(members, names, strict=True)})
            further = scope.assign(
                Wanted(key(_stream(bound)), shortened(f"{methods[bound.operation.id]}_stream"), _stream(bound))
                for bound in both
            )
            streams.update({bound.operation.id: name for bound, name in zip(both, further, strict=True)})
        scope = self._scope("", "constant", reserved.CONSTANT)
        constants = scope.assign(Wanted("", constant_case(stem)) for stem in stems)
        return {
            bound.operation.id: OperationNames(
                method=methods[bound.operation.id],
                stem=stem,
                constant=constant,
                stream=streams.get(bound.operation.id),
                inputs=(inputs := self._inputs(bound)),
                flattens=(flattens := self._flattens(bound, types, inputs)),
                spread={} if flattens else self._spread(bound, types, inputs),
                reply_headers=self._reply_headers(bound, types),
                body=whole_name(self._snake(_wish(bound, types), ""), _taken(bound, inputs)),
            )
            for bound, stem, constant in zip(operations, stems, constants, strict=True)
        }

    def _members_of_groups(self) -> Mapping[str | None, list[BoundOperation]]:
        groups: dict[str | None, list[BoundOperation]] = {}
        for bound in self._bound.operations:
            groups.setdefault(_group_of(bound), []).append(bound)
        return groups

    def _stems(self, operations: Iterable[BoundOperation]) -> list[Identifier]:
        """What the classes of an operation begin with. A pinned name is the method's; the classes follow it in their
        own style.
        """
        # A preferred name need not be the only one of its kind: `list` in every group. The classes keep their own.
        named = [(bound, self.pins.names.get(bound.operation.id, bound.operation.source_name)) for bound in operations]
        scope = self._scope("operations", "operation", reserved.PYTHON_KEYWORDS, pins=Pins())
        return scope.assign(
            Wanted(key(bound.operation.id), pascal_case(name) or "Operation", bound.operation.id)
            for bound, name in named
        )

    def _inputs(self, bound: BoundOperation) -> dict[tuple[Place, str], Identifier]:
        inputs = (*bound.inputs, *bound.wire_inputs)
        keys = [key(f"{each.place.value} {each.name}") for each in bound.inputs] + [""] * len(bound.wire_inputs)
        taken = [CONTENT_TYPE] if bound.contents else []
        label = f"arguments of {key(bound.operation.id)}"
        scope = self._scope(label, "argument", reserved.PARAMETER, taken, style=lambda name: self._snake(name, ""))
        names = scope.assign(
            Wanted(known, self._snake(input_.name, "parameter"), input_.at)
            for known, input_ in zip(keys, inputs, strict=True)
        )
        return {(input_.place, input_.name): name for input_, name in zip(inputs, names, strict=True)}

    def _flattens(
        self, bound: BoundOperation, types: Mapping[str, TypeDef], inputs: Mapping[tuple[Place, str], Identifier]
    ) -> bool:
        """Whether the body's members can be keyword arguments: none of them has the name of a parameter or an
        option.
        """
        members = body_fields(bound, types)
        if members is None:
            return False
        own = {str(name) for name in self._record_fields[members.id].values()}
        return not _taken(bound, inputs) & (own | {str(self._beside.get(members.id, ""))})

    def _spread(
        self, bound: BoundOperation, types: Mapping[str, TypeDef], inputs: Mapping[tuple[Place, str], Identifier]
    ) -> dict[str, Identifier]:
        members = body_fields(bound, types)
        if members is None or members.extra is not None:
            return {}
        return spread_names(members, self._record_fields[members.id], _taken(bound, inputs), self._report, self._locate)

    def _reply_headers(self, bound: BoundOperation, types: Mapping[str, TypeDef]) -> dict[str, Identifier]:
        headers = headers_of(bound.operation)
        taken = ["links", str(reply_attribute(bound, types))]
        label = f"headers of {key(bound.operation.id)}"
        words = reserved.RESULT if bound.stream is None else reserved.STREAMED_RESULT
        scope = self._scope(label, "attribute of a result", words, taken, style=lambda name: self._snake(name, ""))
        names = scope.assign(
            Wanted(key(header.name), self._snake(header.name, "header"), header.at) for header in headers
        )
        return {header.name: name for header, name in zip(headers, names, strict=True)}

    def _errors(self) -> dict[str, Identifier]:
        found = {
            error_key(error.case.source_name, error.key): error
            for bound in self._bound.operations
            for error in bound.errors
        }
        scope = self._scope("exceptions", "exception", reserved.ERROR)
        names = scope.assign(
            Wanted(key(name), class_name(error_class(name)), error.case.at) for name, error in found.items()
        )
        return dict(zip(found, names, strict=True))

    def _groups(self) -> dict[str, Identifier]:
        members = self._members_of_groups()
        tags = [tag for tag in members if tag is not None]
        awaited = self._held(_methods(None), (key(bound.operation.id) for bound in members.get(None, ())))
        scope = self._scope("groups", "group", self._attributes(), awaited=awaited)
        return dict(zip(tags, scope.assign(Wanted(key(tag), self._snake(tag, "group")) for tag in tags), strict=True))

    def _group_classes(self, groups: Mapping[str, Identifier]) -> dict[str, Identifier]:
        taken = [self._client, f"Async{self._client}"]
        scope = self._scope("classes of groups", "class", reserved.GROUP_CLASS, taken)
        names = scope.assign(Wanted(key(tag), pascal_case(attribute)) for tag, attribute in groups.items())
        return dict(zip(groups, names, strict=True))

    def _attributes(self) -> Mapping[str, str]:
        own = {str(root_attribute(self._client)): "holds the operations without a group"}
        signing = {"presign": "signs ahead of time"} if self._bound.protocol.startswith("aws_") else {}
        return {**reserved.METHOD, **signing, **own}

    def _variables(self) -> dict[str, Identifier]:
        """Arguments of the client for what stands in the URLs of servers, the same for all that share a name."""
        servers = (*self._bound.api.servers, *(each for bound in self._bound.operations for each in bound.servers))
        found: dict[str, str] = {}
        for server in servers:
            for variable in server.variables:
                found.setdefault(variable.name, f"{server.at}/variables/{variable.name}")
        scope = self._scope("variables of servers", "argument", reserved.CLIENT)
        names = scope.assign(Wanted(key(name), self._snake(name, "variable"), at) for name, at in found.items())
        return dict(zip(found, names, strict=True))

    def _schemes(self, awaited: Iterable[str]) -> dict[str, tuple[Identifier, Identifier]]:
        keys = list(self._bound.api.auth)
        classes = self._scope("classes of schemes", "class", {}, ["Security"], awaited=awaited).assign(
            Wanted(key(scheme), class_name(f"Scheme{pascal_case(scheme)}")) for scheme in keys
        )
        fields = self._scope("schemes", "attribute", reserved.FIELD).assign(
            Wanted(key(scheme), self._snake(scheme, "scheme")) for scheme in keys
        )
        return dict(zip(keys, zip(classes, fields, strict=True), strict=True))


def _methods(group: str | None) -> str:
    return "methods" if group is None else f"methods of {key(group)}"


def _stream(bound: BoundOperation) -> str:
    return f"{bound.operation.id}/x-stream"


def _wish(bound: BoundOperation, types: Mapping[str, TypeDef]) -> str:
    """What the document calls a body that is one argument, and the same in every call."""
    is_one = bound.body is not None and not bound.contents and body_fields(bound, types) is None
    return (bound.body.name or "") if bound.body is not None and is_one else ""


def _taken(bound: BoundOperation, inputs: Mapping[tuple[Place, str], Identifier]) -> set[str]:
    """Names that an argument for a member of the body cannot have."""
    taken = {str(inputs[input_.place, input_.name]) for input_ in bound.inputs} | set(reserved.PARAMETER)
    return taken | ({CONTENT_TYPE} if bound.contents else set())


def root_attribute(client: str) -> Identifier:
    """The client's attribute that holds the operations without a group: named after the client's class."""
    return identifier(snake_case(client) or "sdk")


def error_key(source_name: str | None, key: str) -> str:
    """What makes two documented failures the same class: their schema, else their key."""
    return source_name or key


def error_class(key: str) -> str:
    """`ResourceNotFoundException` as it is, `Problem` as `ProblemError`, a bare status by its reason."""
    if re.fullmatch(r"[1-5][0-9][0-9]", key):
        phrase = next((status.phrase for status in HTTPStatus if status.value == int(key)), f"Status {key}")
        key = f"{phrase} error"
    name = pascal_case({"DEFAULT": "Unexpected", "4XX": "Client", "5XX": "Server"}.get(key, key))
    return name if name.endswith(("Error", "Exception", "Fault")) else f"{name}Error"


def class_name(composed: str) -> Identifier:
    """The name of a class that is named after an operation: shortened where it would be too long."""
    return identifier(composed if is_valid(composed) else pascal_case(composed))


def _group_of(bound: BoundOperation) -> str | None:
    return bound.operation.tags[0] if bound.operation.tags else None
