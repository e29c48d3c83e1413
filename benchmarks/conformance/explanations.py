"""Why a refusal, or a loss, is not the client's fault: each with the words by which it is known. What none of them fits
is ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Explanation:
    """A reason.

    Attributes:
        code: `J` for the judge's own limits, `D` for documents that contradict themselves.
        pattern: What is said then.
        reason: Why the client is right.
    """

    code: str
    pattern: re.Pattern[str]
    reason: str


_KNOWN = (
    (
        "J1",
        r"Value b'.* is not of type",
        "openapi-core takes a body as bytes where it does not know the media type, and then looks in vain for what the"
        " schema describes.",
    ),
    (
        "J2",
        r"^InvalidParameter: .*readOnly at /: Tried to write read-only property",
        "openapi-core takes `readOnly` in the schema of a parameter for a ban; it says something of members only"
        " (OpenAPI 3.0, section 4.7.24.2).",
    ),
    (
        "J3",
        r"^ParameterValidationError: Query parameter error: .*CastError: Failed to cast value to object type: \{",
        "A list of objects in a query: how it is written is not defined (OpenAPI 3.1, section 4.8.12.2). The client"
        " writes each as JSON, openapi-core reads none.",
    ),
    (
        "J4",
        r"^ParameterValidationError: Path parameter error: \w+ < CastError: .* integer type: \d+,\w+=",
        "Two paths fit, `image(width={width})` and `image(width={width},height={height})`; openapi-core takes the one"
        " that was not called, with a width of `10,height=10`. Which is meant is not defined (OpenAPI 3.1, section"
        " 4.8.8).",
    ),
    (
        "D8",
        r"InvalidSchemaValue: maxProperties at /",
        "The schema allows fewer members at a time than it describes, and the call has them all.",
    ),
    (
        "D1",
        r"could not be resolved",
        "The document's discriminator names no schema by its value, and has no mapping (the value is an extension's).",
    ),
    (
        "D2",
        r"not enough values to unpack",
        "The document's media type is none (RFC 9110, section 8.3.1: `text/plain; utf-8`), and the judge ends there.",
    ),
    (
        "D3",
        r"is valid under each of",
        "The alternatives of `oneOf` do not exclude each other: the value is valid by more than one of them.",
    ),
    (
        "D5",
        r"\\A|\\z|p\{Print\}",
        "The pattern is written for another language: `\\A`, `\\z`, `\\p{Print}` mean nothing of the kind in ECMA-262.",
    ),
    (
        "D6",
        r"^MissingRequiredParameter: Missing required path parameter: ",
        "The document has a parameter in the path that the path has no place for (OpenAPI 3.1, section 4.8.12.1).",
    ),
    (
        "D7",
        r"InvalidSchemaValue: (forbidden and required|no list of enum|empty by its additionalProperties) at /",
        "No value is valid: the schema requires a member that it forbids, forbids all those of its alternatives, or"
        " lists strings where a list is asked for.",
    ),
    (
        "D9",
        r"^JudgeFailed < AssertionError: $",
        "The document describes a multipart form as a single string; the client sends the string that it is given, and"
        " openapi-core ends where it finds no form in it.",
    ),
    (
        "D4",
        r"mimetype not found: application/x-www-form-urlencoded\. Valid mimetypes: \['text/xml'\]",
        "The document describes XML where the service's protocol, AWS Query, sends a form.",
    ),
)
EXPLANATIONS = tuple(Explanation(code, re.compile(pattern), reason) for code, pattern, reason in _KNOWN)


def explained(refusal: str) -> Explanation | None:
    """What explains a refusal; None where it is ours."""
    return next((each for each in EXPLANATIONS if each.pattern.search(refusal)), None)
