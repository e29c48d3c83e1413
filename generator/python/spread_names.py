"""Arguments for members of a body whose names belong to a parameter, or to an option of every call; and for a body that
is one argument.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from generator.graph.model import Record
from generator.python.identifiers import identifier
from generator.python.text import Identifier

if TYPE_CHECKING:
    from generator.diagnostics import Location, Report


def spread_names(
    members: Record,
    names: Mapping[str, Identifier],
    taken: Collection[str],
    report: Report,
    locate: Callable[[str], Location],
) -> dict[str, Identifier]:
    """What each member is called as an argument: as its attribute, underscores behind it where that is taken.

    Args:
        members: The body.
        names: The attributes of its members.
        taken: Names of other arguments.
        report: Is told which names differ.
        locate: Where members stand.
    """
    found: dict[str, Identifier] = {}
    own = {str(name) for name in names.values()}
    for field in members.fields:
        attribute = str(names[field.name])
        name = attribute
        while name in taken or (name != attribute and name in own):
            name = f"{name}_"
        if name != attribute and not field.read_only:  # which is no argument
            report.note(
                "NAME001",
                f"the argument for member {field.name!r} is called {name!r}, because {attribute!r} is another "
                "argument, or an option of every call",
                locate(field.at),
                help=f'pin another name in sdk.toml: [names] "{field.at}" = "..."',
            )
        found[field.name] = identifier(name)
    return found


def whole_name(wanted: str, taken: Collection[str]) -> Identifier:
    """What a body is called that is one argument: `request`, or as the document wants where nothing else has the name.

    Args:
        wanted: In the style of arguments; empty for no wish.
        taken: Names of other arguments.
    """
    return identifier(wanted if wanted and wanted not in taken else "request")
