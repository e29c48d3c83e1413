"""Types and formats of single values (OpenAPI Format Registry), and their constraints."""

from __future__ import annotations

from generator.graph.model import Constraints, Scalar, ScalarKind
from generator.openapi.model import Schema

_BY_FORMAT = {
    ("string", "date-time"): ScalarKind.DATETIME,
    ("string", "http-date"): ScalarKind.DATETIME,
    ("string", "date"): ScalarKind.DATE,
    ("string", "time"): ScalarKind.TIME,
    ("string", "duration"): ScalarKind.DURATION,
    ("string", "uuid"): ScalarKind.UUID,
    ("string", "byte"): ScalarKind.BYTES,
    ("string", "binary"): ScalarKind.FILE,
    ("string", "decimal"): ScalarKind.DECIMAL,
}
_BY_TYPE = {
    "string": ScalarKind.STRING,
    "integer": ScalarKind.INTEGER,
    "number": ScalarKind.NUMBER,
    "boolean": ScalarKind.BOOLEAN,
}
# The formats of JSON Schema (2020-12, section 7.3) that have no type of their own; a document may use any other word.
_TEXTS = frozenset(
    {
        "email",
        "hostname",
        "idn-email",
        "idn-hostname",
        "ipv4",
        "ipv6",
        "iri",
        "iri-reference",
        "json-pointer",
        "regex",
        "relative-json-pointer",
        "uri",
        "uri-reference",
        "uri-template",
    }
)
_NONE = Constraints()


def scalar(schema: Schema) -> Scalar | None:
    """The scalar type that `schema` describes, or None where it describes none, or several."""
    if len(schema.types) != 1 or schema.types[0] not in _BY_TYPE:
        return None
    name = schema.types[0]
    kind = _BY_FORMAT.get((name, schema.format or ""), _BY_TYPE[name])
    return Scalar(kind, constraints(schema), _encoding(schema) if kind is ScalarKind.DATETIME else None)


def _encoding(schema: Schema) -> str | None:
    """How a timestamp is spelled, where it is not as JSON Schema has it."""
    found = schema.extensions.get("x-timestampFormat", "http-date" if schema.format == "http-date" else None)
    return found if isinstance(found, str) else None


def constraints(schema: Schema) -> Constraints | None:
    """The constraints of a single value; None where there is none."""
    declared = schema.constraints
    found = Constraints(
        minimum=declared.minimum,
        maximum=declared.maximum,
        exclusive_minimum=declared.exclusive_minimum,
        exclusive_maximum=declared.exclusive_maximum,
        multiple_of=declared.multiple_of,
        min_length=declared.min_length,
        max_length=declared.max_length,
        pattern=declared.pattern,
        format=schema.format if schema.format in _TEXTS and schema.types == ("string",) else None,
    )
    return None if found == _NONE else found
