"""What is written of bodies that may be of several media types; part of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from generator.python.text import Literal

if TYPE_CHECKING:
    from generator.python.plan.package import Argument, PartPlan, RecordPlan


class ContentPlan(Struct, frozen=True, kw_only=True):
    """A further media type of a body. `request` is the class of its own request object, None where the body is of the
    same type whatever the media; `arguments` are those of a call with it.
    """

    content_type: Literal
    media: Literal
    parts: tuple[PartPlan, ...]
    request: RecordPlan | None
    arguments: tuple[Argument, ...]
