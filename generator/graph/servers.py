"""Where the API is reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.graph.model import Docs, Server, Variable
from generator.openapi import model as openapi

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


def servers(declared: tuple[openapi.Server, ...]) -> tuple[Server, ...]:
    """The servers in the document's order; the first is the default."""
    return tuple(
        Server(
            at=server.at,
            url=server.url,
            name=server.name,
            variables=tuple(_variables(server)),
            docs=Docs(description=server.description),
        )
        for server in declared
    )


def _variables(server: openapi.Server) -> Iterator[Variable]:
    """What stands in the URL: as it is declared, else without a default."""
    known = {variable.name: variable for variable in server.variables}
    for name in dict.fromkeys(_PLACEHOLDER.findall(server.url)):
        variable = known.get(name)
        yield Variable(
            name=name,
            default=None if variable is None else variable.default,
            values=() if variable is None else variable.enum,
            docs=Docs(description=None if variable is None else variable.description),
        )
