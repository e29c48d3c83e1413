"""A closed Swagger 2.0 document, rewritten in place as OpenAPI 3.0, so that nothing behind it knows the difference.

What the two have in common stays where it is. What OpenAPI 3.0 has no word for is reported.
"""

from __future__ import annotations

from typing import Any, Final

from generator.diagnostics import Report
from generator.openapi.origin import Origin
from generator.openapi.swagger.context import Context
from generator.openapi.swagger.operations import convert_path_item, convert_response
from generator.openapi.swagger.parameters import convert_parameter, is_payload
from generator.openapi.swagger.part import Part
from generator.openapi.swagger.schemas import convert_schema
from generator.openapi.swagger.security import convert_security_scheme
from generator.openapi.swagger.servers import servers

_VERSION: Final = "3.0.4"


def convert(root: dict[str, Any], origin: Origin, report: Report) -> None:
    """Rewrites a document.

    Args:
        root: The document; all its references are local.
        origin: Where its parts came from; kept true.
        report: Takes a note that it was rewritten, and what is lost.
    """
    document = Part(root, origin)
    report.note(
        "SPEC022",
        "Swagger 2.0 is read as OpenAPI 3.0",
        origin.child("swagger").location(),
        help="nothing to do",
        effect="findings name places in OpenAPI 3.0, and show those in this document",
    )
    document.rename("swagger", "openapi")
    root["openapi"] = _VERSION
    context = Context(document, report)
    if isinstance(root.get("paths"), dict):
        for path, item in document.child("paths").children():
            if path.startswith("/"):
                convert_path_item(item, context)
    _components(document.child("components"), context)
    while context.elsewhere:  # one after the other: a chain of references may be longer than the stack is deep
        convert_schema(context.elsewhere.pop(), context)
    found = servers(context, document, context.texts(document, "schemes") or ())
    for key in ("host", "basePath"):
        document.take(key)
    if found is not None:
        document.put("servers", found)


def _components(components: Part, context: Context) -> None:
    for name, section in components.children():
        for key, part in section.children():
            match name:
                case "schemas":
                    convert_schema(part, context)
                case "responses":
                    convert_response(part, context.produces or (), context)
                case "securitySchemes":
                    convert_security_scheme(part)
                case "parameters" if part.is_mapping and is_payload(part):
                    section.take(key)  # whoever refers to it has it in its body
                case "parameters" if part.is_mapping:
                    target = context.followed(part)
                    if target is not None and target.is_mapping:
                        convert_parameter(target, context)
