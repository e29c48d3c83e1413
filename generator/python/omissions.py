"""What the generated client cannot say, left out with a warning instead of breaking the rest.

The client's codec writes the name of a member between quotes as it is, so it refuses names in which JSON would need
an escape, and text has no lone surrogates. Such names are legal and next to unknown; a reply that holds such a member
is read without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from generator.graph.model import Field, Record, TypeDef

if TYPE_CHECKING:
    from generator.diagnostics import Location, Report

_UNWRITABLE: Final = re.compile(r'["\\\x00-\x1f\ud800-\udfff]')


def without_unwritable_members(
    types: Mapping[str, TypeDef], report: Report, locate: Callable[[str], Location]
) -> dict[str, TypeDef]:
    """The types, records without the members whose names cannot be written. Each of those is reported."""

    def is_kept(field: Field, record: Record) -> bool:
        if _UNWRITABLE.search(field.name) is None:
            return True
        report.warning(
            "NAME002",
            f"the name of the member {field.name!r} of {record.source_name!r} holds a character that JSON escapes",
            locate(field.at),
            help="rename the member, if the server allows it",
            effect="the member is neither sent nor read",
        )
        return False

    def kept(definition: TypeDef) -> TypeDef:
        if not isinstance(definition, Record):
            return definition
        return replace(definition, fields=tuple(field for field in definition.fields if is_kept(field, definition)))

    return {id_: kept(definition) for id_, definition in types.items()}
