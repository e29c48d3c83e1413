"""One naming pass over a bound API: every scope at once, in a deterministic order.

A name is pinned (by the configuration), preferred (by an extension of the document), or derived from the source.
Pinned names never move, preferred ones go before derived ones. A derived name that is
reserved gets an underscore behind it; where several derived names meet, the first in the document's order keeps the
name and the others are numbered, so that a name never changes because a sibling appeared behind it. Every such change
is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from msgspec import Struct, field

from generator.graph.model import Enumeration, Place, Record, TypeDef
from generator.protocols.binding import BoundApi, BoundOperation
from generator.python import reserved
from generator.python.identifiers import (
    LENGTH_LIMIT,
    constant_case,
    identifier,
    is_valid,
    pascal_case,
    shortened,
    snake_case,
)
from generator.python.text import Identifier

if TYPE_CHECKING:
    from generator.diagnostics import Location, Report

GROUPS: Mapping[Place, str] = {
    Place.PATH: "path_params",
    Place.QUERY: "query_params",
    Place.HEADER: "headers",
    Place.COOKIE: "cookies",
}
GROUP_CLASSES: Mapping[Place, str] = {
    Place.PATH: "PathParams",
    Place.QUERY: "QueryParams",
    Place.HEADER: "Headers",
    Place.COOKIE: "Cookies",
}


CONTENT_TYPE = "content_type"
"""The argument that chooses among media types of a body."""


class OperationNames(Struct, frozen=True, kw_only=True):
    """Names around one operation. `stream` is the method that gives the result piece by piece, where another gives the
    whole. `inputs` is keyed by place and wire name, `body` by member; both are keyword arguments.
    """

    method: Identifier
    stem: Identifier
    constant: Identifier
    stream: Identifier | None
    inputs: Mapping[tuple[Place, str], Identifier]
    flattens: bool


class Names(Struct, frozen=True, kw_only=True):
    """The names of a package: types, fields by type and wire name, members by type and value, operations, errors by
    key, attributes for further members by type, groups by tag, arguments for variables of servers by variable.
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


class _Scope(Struct):
    """Names that must differ from each other, and from the reserved ones."""

    what: str
    reserved: Mapping[str, str]
    report: Report
    locate: Callable[[str], Location]
    pins: Mapping[str, str]
    used: set[str]
    taken: set[str] = field(default_factory=set)
    preferred: Mapping[str, str] = field(default_factory=dict)
    style: Callable[[str], str] = str

    def assign(self, candidates: Iterable[tuple[str, str]]) -> list[Identifier]:
        """A name for each (pointer, derived name), pinned ones first, then preferred ones."""
        wanted = list(candidates)
        found: dict[int, Identifier] = {}
        for index, (at, _) in enumerate(wanted):
            if at in self.pins:
                found[index] = identifier(self.pins[at])
                self.taken.add(self.pins[at])
                self.used.add(at)
        for index, (at, derived) in enumerate(wanted):
            if index not in found and at in self.preferred:
                found[index] = self._free(at, self.style(self.preferred[at]) or derived)
        for index, (at, derived) in enumerate(wanted):
            if index not in found:
                found[index] = self._free(at, derived)
        return [found[index] for index in range(len(wanted))]

    def _free(self, at: str, derived: str) -> Identifier:
        name, number = derived, 1
        if name in self.reserved:
            name = f"{derived}_"
            self._renamed(at, derived, name, f"{derived!r} {self.reserved[derived]}")
        while name in self.taken:
            number += 1
            suffix = f"_{number}"
            name = f"{derived[: LENGTH_LIMIT - len(suffix)]}{suffix}"
        if number > 1:
            self._renamed(at, derived, name, f"{derived!r} is taken by another {self.what}")
        self.taken.add(name)
        return identifier(name)

    def _renamed(self, at: str, derived: str, name: str, reason: str) -> None:
        self.report.note(
            "NAME001",
            f"{self.what} {derived!r} is called {name!r}, because {reason}",
            self.locate(at),
            help=f'pin another name in sdk.toml: [names] "{at}" = "..."',
        )


class Namer:
    """The pass. One scope after the other, types before what mentions them."""

    def __init__(
        self,
        bound: BoundApi,
        client: str,
        pins: Mapping[str, str],
        report: Report,
        locate: Callable[[str], Location],
    ) -> None:
        self._bound = bound
        self._client = client
        self._pins = pins
        self._report = report
        self._locate = locate
        self._used: set[str] = set()
        self._record_fields: dict[str, dict[str, Identifier]] = {}
        self._beside: dict[str, Identifier] = {}

    def unused_pins(self) -> list[str]:
        """Pins that named nothing, once the pass is done."""
        return sorted(set(self._pins) - self._used)

    def _scope(
        self,
        what: str,
        words: Mapping[str, str],
        taken: Iterable[str] = (),
        *,
        pins: Mapping[str, str] | None = None,
        style: Callable[[str], str] | None = None,
    ) -> _Scope:
        """A scope; one with a `style` heeds the names that the document prefers, and spells them in that style."""
        pins = self._pins if pins is None else pins
        preferred = {} if style is None else self._bound.api.preferred
        return _Scope(what, words, self._report, self._locate, pins, self._used, set(taken), preferred, style or str)

    def _snake(self, name: str, fallback: str) -> str:
        return snake_case(name, split_plural_acronyms=self._bound.split_plural_acronyms) or fallback

    def name(self, types: Mapping[str, TypeDef]) -> Names:
        """Names for the API with these types."""
        schemes = self._schemes()
        self._record_fields = {id_: self._fields(type_) for id_, type_ in types.items() if isinstance(type_, Record)}
        taken = ["Security", *(str(class_name) for class_name, _ in schemes.values())]
        scope = self._scope("type", reserved.PYTHON_KEYWORDS, taken, style=pascal_case)
        type_names = scope.assign((id_, pascal_case(type_.source_name) or "Model") for id_, type_ in types.items())
        return Names(
            types=dict(zip(types, type_names, strict=True)),
            fields=self._record_fields,
            members={id_: self._members(type_) for id_, type_ in types.items() if isinstance(type_, Enumeration)},
            operations=self._operations(types),
            errors=self._errors(),
            beside=self._beside,
            groups=(groups := self._groups()),
            group_classes=self._group_classes(groups),
            schemes=schemes,
            variables=self._variables(),
        )

    def _fields(self, record: Record) -> dict[str, Identifier]:
        scope = self._scope("attribute", reserved.FIELD)
        wanted = [(field.at, self._snake(field.name, "field")) for field in record.fields]
        further = [(f"{record.id}/additionalProperties", "additional_properties")] if record.extra is not None else []
        names = scope.assign([*wanted, *further])
        if further:
            self._beside[record.id] = names.pop()
        return {field.name: name for field, name in zip(record.fields, names, strict=True)}

    def _members(self, enumeration: Enumeration) -> dict[str | int, Identifier]:
        scope = self._scope("enumeration member", reserved.ENUM_MEMBER, style=constant_case)
        candidates = [constant_case(str(value)) for value in enumeration.values]
        names = scope.assign(zip(enumeration.places, candidates, strict=True))
        return dict(zip(enumeration.values, names, strict=True))

    def _operations(self, types: Mapping[str, TypeDef]) -> dict[str, OperationNames]:
        operations = self._bound.operations
        stems = self._stems(operations)
        methods: dict[str, Identifier] = {}
        streams: dict[str, Identifier] = {}
        groups: dict[str | None, list[BoundOperation]] = {}
        for bound in operations:
            groups.setdefault(_group_of(bound), []).append(bound)
        for group, members in groups.items():
            scope = self._scope(
                "method",
                self._attributes(),
                [*self._groups().values()] if group is None else (),
                style=lambda name: self._snake(name, ""),
            )
            names = scope.assign(
                (bound.operation.id, self._snake(bound.operation.source_name, "operation")) for bound in members
            )
            methods.update({bound.operation.id: name for bound, name in zip(members, names, strict=True)})
            both = [bound for bound in members if bound.is_whole and bound.stream is not None]
            further = scope.assign(
                (f"{bound.operation.id}/x-stream", shortened(f"{methods[bound.operation.id]}_stream")) for bound in both
            )
            streams.update({bound.operation.id: name for bound, name in zip(both, further, strict=True)})
        constants = self._scope("constant", reserved.CONSTANT).assign(("", constant_case(stem)) for stem in stems)
        return {
            bound.operation.id: OperationNames(
                method=methods[bound.operation.id],
                stem=stem,
                constant=constant,
                stream=streams.get(bound.operation.id),
                inputs=(inputs := self._inputs(bound)),
                flattens=self._flattens(bound, types, inputs),
            )
            for bound, stem, constant in zip(operations, stems, constants, strict=True)
        }

    def _stems(self, operations: Iterable[BoundOperation]) -> list[Identifier]:
        """What the classes of an operation begin with. A pinned name is the method's; the classes follow it in their
        own style.
        """
        # A preferred name need not be the only one of its kind: `list` in every group. The classes keep their own.
        named = [(bound, self._pins.get(bound.operation.id, bound.operation.source_name)) for bound in operations]
        scope = self._scope("operation", reserved.PYTHON_KEYWORDS, pins={})
        return scope.assign((bound.operation.id, pascal_case(name) or "Operation") for bound, name in named)

    def _inputs(self, bound: BoundOperation) -> dict[tuple[Place, str], Identifier]:
        inputs = (*bound.inputs, *bound.wire_inputs)
        taken = [CONTENT_TYPE] if bound.contents else []
        scope = self._scope("argument", reserved.PARAMETER, taken, style=lambda name: self._snake(name, ""))
        names = scope.assign((input_.at, self._snake(input_.name, "parameter")) for input_ in inputs)
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
        taken = {str(inputs[input_.place, input_.name]) for input_ in bound.inputs} | set(reserved.PARAMETER)
        taken |= {CONTENT_TYPE} if bound.contents else set()
        own = {str(name) for name in self._record_fields[members.id].values()}
        return not taken & (own | {str(self._beside.get(members.id, ""))})

    def _errors(self) -> dict[str, Identifier]:
        found = {
            error_key(error.case.source_name, error.key): error
            for bound in self._bound.operations
            for error in bound.errors
        }
        scope = self._scope("exception", reserved.ERROR)
        names = scope.assign((error.case.at, class_name(error_class(key))) for key, error in found.items())
        return dict(zip(found, names, strict=True))

    def _groups(self) -> dict[str, Identifier]:
        tags = list(dict.fromkeys(tag for bound in self._bound.operations if (tag := _group_of(bound)) is not None))
        names = self._scope("group", self._attributes()).assign(("", self._snake(tag, "group")) for tag in tags)
        return dict(zip(tags, names, strict=True))

    def _group_classes(self, groups: Mapping[str, Identifier]) -> dict[str, Identifier]:
        scope = self._scope("class", reserved.GROUP_CLASS, [self._client, f"Async{self._client}"])
        names = scope.assign(("", pascal_case(attribute)) for attribute in groups.values())
        return dict(zip(groups, names, strict=True))

    def _attributes(self) -> Mapping[str, str]:
        return {**reserved.METHOD, root_attribute(self._client): "holds the operations without a group"}

    def _variables(self) -> dict[str, Identifier]:
        """Arguments of the client for what stands in the URLs of servers, the same for all that share a name."""
        servers = (*self._bound.api.servers, *(each for bound in self._bound.operations for each in bound.servers))
        found: dict[str, str] = {}
        for server in servers:
            for variable in server.variables:
                found.setdefault(variable.name, f"{server.at}/variables/{variable.name}")
        scope = self._scope("argument", reserved.CLIENT)
        names = scope.assign((at, self._snake(name, "variable")) for name, at in found.items())
        return dict(zip(found, names, strict=True))

    def _schemes(self) -> dict[str, tuple[Identifier, Identifier]]:
        keys = list(self._bound.api.auth)
        classes = self._scope("class", {}, ["Security"]).assign(
            ("", class_name(f"Scheme{pascal_case(key)}")) for key in keys
        )
        fields = self._scope("attribute", reserved.FIELD).assign(("", self._snake(key, "scheme")) for key in keys)
        return dict(zip(keys, zip(classes, fields, strict=True), strict=True))


def root_attribute(client: str) -> Identifier:
    """The client's attribute that holds the operations without a group: named after the client's class."""
    return identifier(snake_case(client) or "sdk")


def body_fields(bound: BoundOperation, types: Mapping[str, TypeDef]) -> Record | None:
    """The record whose members may be given as keyword arguments, None where the body is something else."""
    type_ = None if bound.body is None else bound.body.type
    definition = types.get(getattr(type_, "id", ""))
    return definition if isinstance(definition, Record) else None


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
