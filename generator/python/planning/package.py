"""The package as a whole, from a bound API."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from msgspec import Struct, field

from generator.graph.model import TypeDef, TypeRef
from generator.graph.passes import named_in, reachable
from generator.graph.reply_headers import headers_of
from generator.protocols.binding import BoundApi, BoundOperation
from generator.python.annotations import Annotations
from generator.python.docstrings import docstring
from generator.python.examples import Examples
from generator.python.identifiers import dotted_path, identifier
from generator.python.literals import literal
from generator.python.locked_names import NameTable
from generator.python.markdown import heading
from generator.python.markup import plain_markdown
from generator.python.naming import Namer, Names, root_attribute
from generator.python.omissions import without_unwritable_members
from generator.python.pinned_names import Pins
from generator.python.plan.package import ClientGroup, OperationPlan, PackagePlan
from generator.python.planning.errors import documents_of_errors, error_plans, shared_error_types, shared_errors
from generator.python.planning.features import features
from generator.python.planning.idle_pages import tell_idle_pages
from generator.python.planning.metadata import metadata
from generator.python.planning.models import models_plan
from generator.python.planning.operations import operation_plan
from generator.python.planning.readme import readme_plan
from generator.python.planning.runtime_files import runtime_files
from generator.python.planning.security import scheme_plans, security_plan
from generator.python.planning.testing import testing_plan
from generator.python.planning.wire import wire_plan
from generator.python.setting import Setting
from generator.python.text import Docstring, Identifier

if TYPE_CHECKING:
    from generator.diagnostics import Location, Report

_IN_MODULE = 0
_IN_CLASS = 4


class Target(Struct, frozen=True, kw_only=True):
    """What the configuration says of the package."""

    package: str
    class_name: str
    distribution: str
    version: str | None
    pins: Mapping[str, str]
    example_operation: str | None
    place: Callable[..., Location | None] = lambda *_: None
    """Finds where the configuration says something, by its keys."""
    locked: NameTable = field(default_factory=dict)
    """The names that an earlier run decided."""


def plan(bound: BoundApi, target: Target, report: Report, locate: Callable[[str], Location]) -> PackagePlan:
    """Everything that is written, decided."""
    types, namer, names = named(bound, target, report, locate)
    _check_pins(namer.pins, target, report, locate)
    _check_example(bound, target, report)
    setting = _setting(bound, target, types, names)
    operations = tuple(operation_plan(setting, operation) for operation in bound.operations)
    tell_idle_pages(setting, report, locate)
    groups = tuple(_groups(operations, names))
    errors = tuple(error_plans(setting))
    schemes = scheme_plans(bound, names, target.distribution)
    needed = features(setting, operations, errors, schemes)
    module, client, async_client = _docstrings(setting, target)
    return PackagePlan(
        package=setting.package,
        class_name=setting.class_name,
        async_class_name=setting.async_class_name,
        docstring=module,
        client_docstring=client,
        async_client_docstring=async_client,
        metadata=metadata(bound.api, target.distribution, target.version),
        features=needed,
        wire=wire_plan(setting, has_regions=needed.is_aws),
        models=models_plan(setting),
        schemes=schemes,
        security=security_plan(schemes),
        scheme_map=literal({key: str(field) for key, (_, field) in sorted(names.schemes.items())}),
        errors=errors,
        shared_errors=shared_errors(operations) if bound.errors_by_code else (),
        shared_error_types=shared_error_types(operations) if bound.errors_by_code else (),
        operations=operations,
        root=_root(operations, setting.root),
        groups=groups,
        readme=readme_plan(setting, _example(bound, target.example_operation), schemes, target.distribution),
        testing=testing_plan(setting, operations, groups),
        names=names.decided,
        runtime=runtime_files(bound, is_aws=needed.is_aws, uses_schemes=needed.uses_schemes),
    )


def named(
    bound: BoundApi, target: Target, report: Report, locate: Callable[[str], Location]
) -> tuple[Mapping[str, TypeDef], Namer, Names]:
    """The types that are written, and the names of everything."""
    types = without_unwritable_members(travelling(bound), report, locate)
    namer = Namer(bound, target.class_name, target.pins, report, locate, target.locked)
    return types, namer, namer.name(types)


_CLIENT = """Client of {title}.

Safe to use from several threads. Use it in a `with` statement, or call `close` at the end. `{twin}` is its asyncio
twin.
"""
_ASYNC_CLIENT = """Client of {title} for asyncio.

Use it in an `async with` statement, or await `aclose` at the end. `{twin}` is its blocking twin.
"""


def _setting(bound: BoundApi, target: Target, types: Mapping[str, TypeDef], names: Names) -> Setting:
    return Setting(
        bound=bound,
        types=types,
        names=names,
        models=Annotations(types, names, prefix="shared.", at_run_time=True),
        values=Annotations(types, names, prefix="shared.", at_run_time=True, as_value=True),
        signatures=Annotations(types, names, prefix="shared.", at_run_time=False),
        examples=Examples(types, names),
        package=dotted_path(target.package),
        class_name=identifier(target.class_name),
        async_class_name=identifier(f"Async{target.class_name}"),
        root=root_attribute(target.class_name),
    )


def _docstrings(setting: Setting, target: Target) -> tuple[Docstring, Docstring, Docstring]:
    """Those of the package, of its client, and of the client for asyncio."""
    api = setting.bound.api
    text = plain_markdown(api.docs.description or api.docs.summary or "")
    return (
        docstring(f"Client of {api.title or target.distribution}.", text, indent=_IN_MODULE),
        docstring(_CLIENT.format(title=api.title, twin=setting.async_class_name), indent=_IN_CLASS),
        docstring(_ASYNC_CLIENT.format(title=api.title, twin=setting.class_name), indent=_IN_CLASS),
    )


def travelling(bound: BoundApi) -> dict[str, TypeDef]:
    """The definitions that the bound operations and the webhooks mention, in the graph's order."""
    roots = [type_ for operation in bound.operations for type_ in _types_of(operation)]
    roots += [webhook.type for webhook in bound.api.webhooks]
    roots += [type_ for _, type_ in documents_of_errors(bound, bound.api.types)]
    used = {id_ for type_ in reachable(bound.api.types, roots) for id_ in named_in(type_)}
    return {id_: type_ for id_, type_ in bound.api.types.items() if id_ in used}


def _types_of(operation: BoundOperation) -> Iterator[TypeRef]:
    yield from (input_.type for input_ in operation.inputs)
    if operation.body is not None:
        yield operation.body.type
    yield from (body.type for body in operation.contents)
    outputs = (*([] if operation.output is None else [operation.output]), *operation.others)
    yield from (output.type for output in outputs if output.type is not None)
    yield from () if operation.stream is None else operation.stream.types
    yield from (header.type for header in headers_of(operation.operation))


def _root(operations: tuple[OperationPlan, ...], attribute: Identifier) -> ClientGroup:
    return ClientGroup(
        attribute=attribute,
        class_name=identifier("SDK"),
        title=heading("SDK"),
        docstring=docstring("Operations of the API.", indent=_IN_CLASS),
        operations=tuple(operation for operation in operations if operation.group is None),
    )


def _groups(operations: tuple[OperationPlan, ...], names: Names) -> Iterator[ClientGroup]:
    members: dict[Identifier | None, list[OperationPlan]] = {}
    for operation in operations:
        members.setdefault(operation.group, []).append(operation)
    for tag, attribute in names.groups.items():
        yield ClientGroup(
            attribute=attribute,
            class_name=names.group_classes[tag],
            title=heading(tag),
            docstring=docstring(f"Operations tagged {tag}.", indent=_IN_CLASS),
            operations=tuple(members.get(attribute, ())),
        )


def _check_pins(pins: Pins, target: Target, report: Report, locate: Callable[[str], Location]) -> None:
    for pin in pins.unused():
        report.error(
            "CFG009",
            f"the pinned name {target.pins[pin]!r} belongs to nothing: there is no {pin!r} that is named",
            target.place("names", pin),
            help="correct the pointer under [names] in sdk.toml, or remove the line",
        )
    for pin, (what, at) in sorted(pins.clashes.items()):
        other = f"that of {at!r}" if at else f"taken by another {what}"
        report.error(
            "CFG018",
            f"the name {pins.names[pin]!r}, pinned for {pin!r}, is {other}",
            target.place("names", pin),
            help="pin a name that is free"
            + (f', or another one for the {what} too: [names] "{at}" = "..."' if at else ""),
            related=((f"the {what} of that name", locate(at)),) if at else (),
        )


def _check_example(bound: BoundApi, target: Target, report: Report) -> None:
    names = [operation.operation.source_name for operation in bound.operations]
    if target.example_operation is not None and target.example_operation not in names:
        near = get_close_matches(target.example_operation, names, 1)
        report.error(
            "CFG012",
            f"the example {target.example_operation!r} is no operation",
            target.place("example"),
            help=f"write `{near[0]}`" if near else "name an operation by its `operationId`",
        )


def _example(bound: BoundApi, wanted: str | None) -> BoundOperation | None:
    """The operation that the README shows: the configured one, else the first with a body, else the first; one that
    has nothing but a stream only where there is no other.
    """
    named = (operation for operation in bound.operations if operation.operation.source_name == wanted)
    with_body = (operation for operation in bound.operations if operation.body is not None and operation.is_whole)
    whole = (operation for operation in bound.operations if operation.is_whole)
    return next(named, None) or next(with_body, None) or next(whole, None) or next(iter(bound.operations), None)
