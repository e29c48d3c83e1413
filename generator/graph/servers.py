"""Where the API is reached."""

from __future__ import annotations

from generator.graph.model import Docs, Server, Variable
from generator.openapi import model as openapi


def servers(declared: tuple[openapi.Server, ...]) -> tuple[Server, ...]:
    """The servers in the document's order; the first is the default."""
    return tuple(
        Server(
            url=server.url,
            variables=tuple(
                Variable(name=variable.name, default=variable.default, docs=Docs(description=variable.description))
                for variable in server.variables
            ),
            docs=Docs(description=server.description),
        )
        for server in declared
    )
