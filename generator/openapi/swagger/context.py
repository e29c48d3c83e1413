"""What the rewriting of every noun needs: references, what was rewritten already, and a voice."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from generator.diagnostics import Report
from generator.openapi import pointer as pointers
from generator.openapi.swagger.part import Part
from generator.openapi.tree import ABSENT, look_up

T = TypeVar("T")
_MOVED: Final = {"definitions": "schemas", "parameters": "parameters", "responses": "responses"}
_KINDS: Final[dict[type, str]] = {str: "a string", dict: "an object", list: "an array"}
_MAX_HOPS: Final = 64


class Context:
    """The document under way: its sections stand where OpenAPI 3.0 has them, and its parts are rewritten one by one.

    Attributes:
        document: The whole of it.
        report: Takes what is lost.
        elsewhere: Schemas that something refers to outside the section of schemas; nobody has rewritten them yet.
        consumes: Media types of bodies whose operation names none; None where the document names none either.
        produces: The same for responses.
    """

    def __init__(self, document: Part, report: Report) -> None:
        """Moves the sections, so that references can be followed while they are rewritten."""
        self.document: Final = document
        self.report: Final = report
        self.elsewhere: Final[list[Part]] = []
        self._entered: dict[int, Any] = {}  # values, not only their ids: an id is free again once its value is gone
        components = document.made({})
        for section, name in {**_MOVED, "securityDefinitions": "securitySchemes"}.items():
            part = document.take(section)
            if part is not None:
                components.put(name, part)
        document.put("components", components)
        self.consumes: Final = self.texts(document, "consumes")
        self.produces: Final = self.texts(document, "produces")

    def enter(self, part: Part) -> bool:
        """Whether an object has not been rewritten yet; it is from now on."""
        if not part.is_mapping or id(part.value) in self._entered:
            return False
        self._entered[id(part.value)] = part.value
        return True

    def followed(self, part: Part) -> Part | None:
        """What a part is, or what its `$ref`, rewritten for the new sections, leads to; None where that is nowhere."""
        for _ in range(_MAX_HOPS):
            if not isinstance(part.value, dict) or not isinstance(part.value.get("$ref"), str):
                return part
            part.value["$ref"] = _rewritten(part.value["$ref"])
            target = self._at(part.value["$ref"])
            if target is None:
                return None
            part = target
        return None

    def _at(self, reference: str) -> Part | None:
        try:
            tokens = pointers.split(pointers.from_fragment(reference.removeprefix("#")))
        except ValueError:
            return None
        value, origin = look_up(self.document.value, tokens), self.document.origin
        return None if value is ABSENT else Part(value, origin.own(*tokens))

    def read(self, owner: Part, key: str, kind: type[T]) -> T | None:
        """The value at `key`, if it is of a type; another one is reported, and read as absent."""
        value = owner.value.get(key)
        if value is None or isinstance(value, kind):
            return value
        self.report.warning(
            "SPEC030",
            f"{key!r} must be {_KINDS[kind]}",
            owner.child(key).origin.location(),
            help=f"write {_KINDS[kind]} here, or remove it",
            effect="it is read as if it were absent",
        )
        return None

    def texts(self, owner: Part, key: str) -> list[str] | None:
        """Takes the array of strings at `key` out of its owner; None where there is none."""
        values = self.read(owner, key, list)
        owner.take(key)
        return None if values is None else [value for value in values if isinstance(value, str)]


def _rewritten(reference: str) -> str:
    section, slash, rest = reference.removeprefix("#/").partition("/")
    is_moved = reference.startswith("#/") and slash and section in _MOVED
    return f"#/components/{_MOVED[section]}/{rest}" if is_moved else reference
