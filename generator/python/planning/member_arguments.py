"""Members of a body as keyword arguments of the method."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.graph.model import Field, Record
from generator.protocols.binding import BoundOperation
from generator.python.bodies import body_fields
from generator.python.plan.package import Argument
from generator.python.planning.models import absence
from generator.python.setting import Setting
from generator.python.text import Annotation, Code, Identifier


def in_order(arguments: Iterable[Argument]) -> tuple[Argument, ...]:
    """Those that must be given first."""
    return tuple(sorted(arguments, key=lambda argument: argument.default is not None))


def offered(members: Record) -> tuple[Field, ...]:
    """The members that callers may give one by one: those that not only replies hold."""
    return tuple(field for field in members.fields if not field.read_only)


def member_arguments(setting: Setting, members: Record, names: Mapping[str, Identifier]) -> Iterator[Argument]:
    """An argument for each member that requests hold, by what it is called."""
    for field in offered(members):
        if field.required_to_send:
            annotation, default = setting.signatures.of(field.type), None
        else:
            annotation = setting.signatures.of_field(field)
            default = setting.signatures.constant(field.type) if field.required else absence(field)
        yield Argument(name=names[field.name], annotation=annotation, default=default)
    if members.extra is not None:
        yield Argument(
            name=setting.names.beside[members.id],
            annotation=Annotation(f"dict[str, {setting.signatures.of(members.extra)}]"),
            default=Code("..."),
        )


def spread_arguments(setting: Setting, bound: BoundOperation, arguments: tuple[Argument, ...]) -> Iterator[Argument]:
    """The arguments with the members in place of the body, where some members have to be called otherwise."""
    called = setting.names.operations[bound.operation.id]
    members, names = body_fields(bound, setting.types), called.spread
    if members is not None and names:
        yield from (argument for argument in arguments if argument.name != called.body)
        yield from member_arguments(setting, members, names)


def renamed(setting: Setting, bound: BoundOperation) -> dict[str, str]:
    """The attributes of members by the arguments for them, where the two differ; so of a body that is one argument."""
    called = setting.names.operations[bound.operation.id]
    if called.body != "request":
        return {str(called.body): "request"}
    members, names = body_fields(bound, setting.types), called.spread
    own = {} if members is None else setting.names.fields[members.id]
    return {str(name): str(own[member]) for member, name in names.items() if name != own[member]}
