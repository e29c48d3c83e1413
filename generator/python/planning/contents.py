"""Bodies that may be of several media types: the preferred one without a word, the others by `content_type`."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from generator.graph.model import Body, Part
from generator.protocols.binding import BoundOperation
from generator.python.identifiers import identifier, pascal_case
from generator.python.literals import literal
from generator.python.naming import CONTENT_TYPE, OperationNames, class_name
from generator.python.plan.contents import ContentPlan
from generator.python.plan.package import Argument, PartPlan, RecordPlan
from generator.python.planning.models import name_set, plain_attribute, words
from generator.python.setting import Setting
from generator.python.text import Annotation, Code


def part_plan(part: Part) -> PartPlan:
    """How a member of a form travels."""
    return PartPlan(
        name=literal(part.name),
        style=None if part.style is None else literal(part.style),
        explode=part.explode,
        content_type=None if part.content_type is None else literal(part.content_type),
    )


def content_choice(bound: BoundOperation) -> Annotation | None:
    """The type of the argument that chooses among media types of the same type; None where there is nothing to."""
    assert bound.body is not None or not bound.contents
    same = [body.content_type for body in bound.contents if bound.body is not None and body.type == bound.body.type]
    words = ", ".join(map(literal, [bound.body.content_type, *same] if bound.body is not None else []))
    return Annotation(f"_t.Literal[{words}]") if same else None


def content_words(bound: BoundOperation) -> str:
    """What the argument is about."""
    assert bound.body is not None
    others = ", ".join(f"`{body.content_type}`" for body in bound.contents)
    return f"Media type of the body, if not `{bound.body.content_type}`: {others}."


def content_plans(
    setting: Setting,
    bound: BoundOperation,
    names: OperationNames,
    request: RecordPlan,
    arguments: tuple[Argument, ...],
) -> Iterator[ContentPlan]:
    """The further media types of the body.

    Args:
        setting: The planners' common ground.
        bound: The operation.
        names: Its names.
        request: The class of its request object, with the preferred body.
        arguments: Its keyword arguments, for the preferred body.
    """
    assert bound.body is not None or not bound.contents
    inputs = set(names.inputs.values())
    parameters = tuple(argument for argument in arguments if argument.name in inputs)
    taken: set[str] = set()
    for body in bound.contents:
        is_same = bound.body is not None and body.type == bound.body.type
        own = None if is_same else _request(setting, body, names, request, taken)
        yield ContentPlan(
            content_type=literal(body.content_type),
            media=literal(body.media.value),
            parts=tuple(part_plan(part) for part in body.parts),
            request=own,
            arguments=(
                Argument(
                    name=identifier(CONTENT_TYPE),
                    annotation=Annotation(f"_t.Literal[{literal(body.content_type)}]"),
                    default=None,
                ),
                Argument(name=names.body, annotation=setting.signatures.of(body.type), default=None),
                *parameters,
            ),
        )


def _request(setting: Setting, body: Body, names: OperationNames, request: RecordPlan, taken: set[str]) -> RecordPlan:
    """The request object with another body. No other class ends like its name."""
    stem = f"{names.stem}RequestAs{pascal_case(body.media.value)}"
    number = 1 + sum(1 for name in taken if name.startswith(stem))
    name = stem if number == 1 else f"{stem}{number}"
    taken.add(name)
    text = words(body.docs) or "Body of the request."
    attribute = plain_attribute("request", setting.models.of(body.type), required=body.required, text=text)
    others = tuple(each for each in request.attributes if str(each.name) != "request")
    return replace(
        request,
        name=class_name(name),
        attributes=(*others, attribute),
        sensitive=name_set([identifier("request")] if body.sensitive else []),
    )


def chosen_argument(bound: BoundOperation) -> Iterator[Argument]:
    """The argument by which a media type of the same type is chosen, where there is one."""
    choice = content_choice(bound)
    if choice is not None:
        yield Argument(name=identifier(CONTENT_TYPE), annotation=choice, default=Code("..."))
