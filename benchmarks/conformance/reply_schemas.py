"""Schemas of a document's replies, as JSON Schema of the kind that hypothesis-jsonschema reads (draft 7).

References are put in place, because it refuses those that lead back to where they stand; a member that leads too deep
is left out, and a list ends there; so it does after a few items, of which more would say nothing new. What the document
says of values stays as it is, apart from patterns that Python cannot read.

What has members is an object, said or not, and a closed one: a reply has no members that the document does not
describe. Clients are to ignore them in protocols that name the case (Smithy 2.0, structure members that a client does
not know), and a model of ours has no place for them unless the document says `additionalProperties`; the reply's text,
with all of them, is `raw_response` of every result. Nor is null the value of an optional member whose schema says
nothing: the client takes it for a member that is missing; where a schema allows null, it tells the two apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_DEEPEST = 4
_MOST_NODES = 2000
_MOST_ITEMS = 3
_WORDS = frozenset(
    {
        "deprecated",
        "description",
        "discriminator",
        "example",
        "examples",
        "externalDocs",
        "default",
        "nullable",
        "readOnly",
        "title",
        "writeOnly",
        "xml",
    }
)
_LONG = 8
_REPEATED = re.compile(r"^\^?(?P<one>\[(?:[^\]\\]|\\.)+\]|\\?.)[+*]\$?$")
_NOT_NULL = ["boolean", "number", "string", "array", "object"]
_WIDTHS = {"int32": 31, "int64": 63}
_LISTS = ("allOf", "anyOf", "oneOf")


class TooLarge(Exception):
    """The schema has too many parts, or needs itself."""


class ReplySchemas:
    """The schemas of one document."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._is_old = str(document.get("openapi")).startswith("3.0")
        self._nodes = 0
        self._deepest = _DEEPEST
        self._kinds: dict[str, list[str]] = {}
        for name, schema in ((document.get("components") or {}).get("schemas") or {}).items():
            for branch in (isinstance(schema, dict) and schema.get("allOf")) or ():
                if isinstance(branch, dict) and "$ref" in branch:
                    self._kinds.setdefault(str(branch["$ref"]), []).append(f"#/components/schemas/{name}")

    def of(self, schema: Any) -> Any:
        """A schema on its own, as deep as it can be.

        Raises:
            TooLarge: There is no such schema of a reasonable size.
        """
        for self._deepest in range(_DEEPEST, 0, -1):
            self._nodes = 0
            try:
                return _closed(self._made(schema, ()))
            except TooLarge:
                if self._deepest == 1:
                    raise
        raise AssertionError

    def followed(self, value: Any) -> Any:
        """What references lead to."""
        for _ in range(50):
            if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
                return value
            value = self._target(value["$ref"])
        return {}

    def _target(self, reference: str) -> Any:
        found: Any = self._document
        for part in reference.removeprefix("#").split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~").replace("%7B", "{").replace("%7D", "}")
            found = (
                found[int(key)] if isinstance(found, list) else found.get(key, {}) if isinstance(found, dict) else {}
            )
        return found

    def _made(self, schema: Any, within: tuple[str, ...]) -> Any:
        self._nodes += 1
        if self._nodes > _MOST_NODES or len(within) > 3 * _DEEPEST:
            raise TooLarge("the schema needs too much of itself")
        if not isinstance(schema, dict):
            return schema
        if isinstance(schema.get("$ref"), str):
            reference = schema["$ref"]
            return self._made(self._with_kinds(self.followed(schema), reference, within), (*within, reference))
        made = {key: value for key, value in schema.items() if key not in _WORDS and not key.startswith("x-")}
        if "properties" in made or isinstance(made.get("additionalProperties"), dict):
            made.setdefault("type", "object")
        self._objects(schema, made, within)
        for name in _LISTS:
            if isinstance(schema.get(name), list):
                made[name] = self._options(schema, schema[name], within)
        if "items" in made:
            made["items"] = {} if self._is_deep(made["items"], within) else self._made(made["items"], within)
            if self._is_deep(schema["items"], within):
                made["maxItems"] = 0
                made.pop("minItems", None)
            else:
                most = max(_MOST_ITEMS, made.get("minItems", 0))
                made["maxItems"] = min(made.get("maxItems", most), most)
        return self._nullable(schema, _merged(_single(made, is_old=self._is_old)))

    def _with_kinds(self, schema: Any, reference: str, within: tuple[str, ...]) -> Any:
        """A schema, or where its discriminator names schemas that are made of it, these: `allOf` in OpenAPI 3.0,
        section 4.7.24.
        """
        kinds = self._kinds.get(reference, ())
        said = schema.get("discriminator") if isinstance(schema, dict) else None
        if not kinds or not isinstance(said, dict) or any(each in within for each in kinds):
            return schema
        return {"oneOf": [{"$ref": each} for each in kinds], "discriminator": said}

    def _objects(self, schema: dict[str, Any], made: dict[str, Any], within: tuple[str, ...]) -> None:
        """Members, without those that a reply has not, and without those that lead too deep."""
        required = set(schema.get("required") or ())
        members = {}
        for name, member in (schema.get("properties") or {}).items():
            found = self.followed(member)
            if isinstance(found, dict) and found.get("writeOnly") is True:
                required.discard(name)
            elif name in required or not self._is_deep(member, within):
                made_member = self._made(member, within)
                is_any = made_member == {} or made_member is True
                members[name] = {"type": _NOT_NULL} if is_any and name not in required else made_member
        if "properties" in made:
            made["properties"] = members
        if "required" in made:
            made["required"] = sorted(required)
            if not required:
                del made["required"]
        extra = made.get("additionalProperties")
        if isinstance(extra, dict):
            made["additionalProperties"] = not self._is_deep(extra, within) and self._made(extra, within)

    def _options(self, schema: dict[str, Any], options: list[Any], within: tuple[str, ...]) -> list[Any]:
        """Alternatives, each with the tag that a discriminator has for it."""
        made = [self._made(option, within) for option in options]
        said = schema.get("discriminator")
        if not isinstance(said, dict) or "propertyName" not in said:
            return made
        tag = said["propertyName"]
        names = {target.rpartition("/")[2]: value for value, target in (said.get("mapping") or {}).items()}
        for option, each in zip(options, made, strict=True):
            name = option.get("$ref", "").rpartition("/")[2]
            if name and isinstance(each, dict) and isinstance(each.get("properties"), dict):
                known = self.followed(option).get("x-ms-discriminator-value", name)
                each["properties"] = {**each["properties"], tag: {"const": names.get(name, known)}}
                each["required"] = sorted({*each.get("required", ()), tag})
        return made

    def _is_deep(self, schema: Any, within: tuple[str, ...]) -> bool:
        """Whether a schema leads back to one that it is in, or just too far."""
        references = list(_references(schema))
        return bool(references) and (len(within) >= self._deepest or any(each in within for each in references))

    def _nullable(self, schema: dict[str, Any], made: Any) -> Any:
        # Of a schema without a type, `nullable` says nothing (OpenAPI 3.0.3, section 4.7.24).
        if not (self._is_old and schema.get("nullable") is True) or not made:
            return made
        return {"anyOf": [made, {"type": "null"}]}


def _references(schema: Any) -> Iterator[str]:
    """The references of a schema itself, not of its members."""
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        for name in ("items", "additionalProperties"):
            yield from _references(schema.get(name))
        for name in _LISTS:
            for option in schema.get(name) or ():
                yield from _references(option)


def _single(made: dict[str, Any], *, is_old: bool) -> dict[str, Any]:
    """The words for single values."""
    if is_old:
        for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
            if made.get(exclusive) is True and bound in made:
                made[exclusive] = made.pop(bound)
            elif isinstance(made.get(exclusive), bool):
                del made[exclusive]
    bits = _WIDTHS.get(made.get("format", "")) if made.get("type") == "integer" else None
    if bits is not None:
        made["minimum"] = max(made.get("minimum", -(2**bits)), -(2**bits))
        made["maximum"] = min(made.get("maximum", 2**bits - 1), 2**bits - 1)
    if "pattern" in made:
        made |= _pattern(made.pop("pattern"), made.get("minLength", 0), made.get("maxLength"))
    for name in ("$dynamicRef", "prefixItems", "unevaluatedProperties", "contentMediaType", "contentEncoding"):
        made.pop(name, None)
    return made


def _pattern(pattern: str, least: int, most: int | None) -> dict[str, Any]:
    """A pattern with the lengths in it: to wait until a pattern happens to give a long text is to wait forever."""
    try:
        re.compile(pattern)
    except re.error:
        return {}
    if least < _LONG:
        return {"pattern": pattern}
    repeated = _REPEATED.match(pattern)
    if repeated is None:
        return {}
    return {"pattern": f"^{repeated['one']}{{{least},{least if most is None else most}}}$"}


def _merged(made: dict[str, Any]) -> dict[str, Any]:
    """Without an `allOf` of plain objects: one object."""
    branches = [each for each in made.get("allOf") or () if each]
    if len(branches) == 1 and set(made) == {"allOf"}:
        return branches[0] if isinstance(branches[0], dict) else made
    simple = {"type", "properties", "required"}
    if not branches or not all(isinstance(each, dict) and set(each) <= simple for each in branches):
        return made
    rest = {key: value for key, value in made.items() if key != "allOf"}
    parts = [*branches, rest]
    members: dict[str, Any] = {}
    for part in parts:
        members.update(part.get("properties") or {})
    required = sorted({name for part in parts for name in part.get("required") or ()})
    types = next((part["type"] for part in parts if "type" in part), "object")
    rest = {**rest, "type": types}
    if members:
        rest["properties"] = members
    if required:
        rest["required"] = required
    return rest


def _closed(schema: Any) -> Any:
    """Nothing beside the described members, where one place says what they all are."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _inner(key, value) for key, value in schema.items()}
    if "properties" in made and "additionalProperties" not in made and not any(name in made for name in _LISTS):
        # A member can be required and not described.
        made["properties"] = {**{name: {} for name in made.get("required", ())}, **made["properties"]}
        made["additionalProperties"] = False
    return made


def _inner(key: str, value: Any) -> Any:
    match key:
        case "properties":
            return {name: _closed(each) for name, each in value.items()}
        case "allOf":
            return value  # one branch does not know the members of the others
        case "items" | "additionalProperties" | "anyOf" | "oneOf":
            return _closed(value)
        case _:
            return value
