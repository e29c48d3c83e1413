"""Servers: constants, and the client's arguments that choose one and fill in its URL."""

from __future__ import annotations

from collections.abc import Iterator

from generator.graph.model import Server, Variable
from generator.python.literals import literal
from generator.python.markdown import code_span, table_cell
from generator.python.plan.servers import ServerChoicePlan, ServerPlan, ServerRow, ServerVariable
from generator.python.setting import Setting
from generator.python.text import Annotation, Markdown


def server_plan(server: Server) -> ServerPlan:
    """The constant."""
    values = {variable.name: variable.values for variable in server.variables if variable.values}
    defaults = {variable.name: variable.default for variable in server.variables if variable.default is not None}
    return ServerPlan(
        url=literal(server.url),
        variables=literal(defaults),
        name=None if server.name is None else literal(server.name),
        values=literal(values) if values else None,
    )


def server_choice(setting: Setting) -> ServerChoicePlan | None:
    """What a client may be told of servers; None where there is nothing to choose."""
    servers = setting.bound.api.servers
    variables = tuple(_variables(setting))
    if len(servers) < 2 and not variables:  # noqa: PLR2004  (a choice is between two)
        return None
    return ServerChoicePlan(
        annotation=_choices(servers),
        variables=variables,
        rows=tuple(
            ServerRow(
                name=code_span(server.name or str(index)),
                url=code_span(server.url),
                description=table_cell(server.docs.description or ""),
            )
            for index, server in enumerate(servers)
        ),
    )


def _choices(servers: tuple[Server, ...]) -> Annotation | None:
    """Names where there are any, else URLs; a position is always good."""
    if len(servers) < 2:  # noqa: PLR2004  (a choice is between two)
        return None
    words = ", ".join(map(literal, dict.fromkeys(server.name or server.url for server in servers)))
    return Annotation(f"_t.Literal[{words}] | int | None")


def _variables(setting: Setting) -> Iterator[ServerVariable]:
    """One argument for all variables of a name."""
    bound = setting.bound
    servers = (*bound.api.servers, *(server for each in bound.operations for server in each.servers))
    found: dict[str, list[Variable]] = {}
    for server in servers:
        for variable in server.variables:
            found.setdefault(variable.name, []).append(variable)
    for name, variables in found.items():
        values = _values(variables)
        words = ", ".join(map(literal, values))
        docs = (variable.docs.description for variable in variables)
        yield ServerVariable(
            name=literal(name),
            argument=setting.names.variables[name],
            annotation=Annotation(f"_t.Literal[{words}] | None" if values else "str | None"),
            values=Markdown(", ".join(map(code_span, values))),
            default=code_span(variables[0].default or ""),
            description=table_cell(next((text for text in docs if text), "")),
        )


def _values(variables: list[Variable]) -> tuple[str, ...]:
    """All that may stand for a variable in any server, empty where anything may in one."""
    if not all(variable.values for variable in variables):
        return ()
    return tuple(dict.fromkeys(value for variable in variables for value in variable.values))
