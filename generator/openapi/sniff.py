"""Is this an OpenAPI document that can be read at all? Asked once, after the overlays, which may repair it."""

import re
from typing import Any, Final

from generator.diagnostics import Location, Refusal, Report
from generator.openapi.origin import Origin

_SUPPORTED: Final = re.compile(r"3\.[012]\.\d+(?:-.*)?")


def as_mapping(value: Any, at: Location) -> dict[str, Any]:
    """The document as a mapping.

    Raises:
        Refusal: It isn't one.
    """
    if not isinstance(value, dict):
        raise Refusal.because(
            "SPEC020", "the document is not a mapping", at, help="give the path of an OpenAPI document"
        )
    return value


def is_swagger(root: dict[str, Any]) -> bool:
    """Whether the document is Swagger 2.0, the name of OpenAPI before version 3."""
    return "openapi" not in root and str(root.get("swagger")) in ("2.0", "2")  # often written as a number


def check_is_openapi(root: dict[str, Any], origin: Origin, report: Report) -> None:
    """Checks what every OpenAPI document has.

    Raises:
        Refusal: It is something else, or of a version that is not known.
    """
    at = origin.location()
    if is_swagger(root):
        _check_sections(root, "3.0.", origin, report)
        return
    if "swagger" in root and "openapi" not in root:
        raise Refusal.because(
            "SPEC023",
            f"Swagger {root['swagger']} is not a known version",
            origin.child("swagger").location(),
            help="convert it to Swagger 2.0 or OpenAPI 3",
        )
    if "openapi" not in root:
        raise Refusal.because(
            "SPEC021", "the document has no `openapi` key", at, help="write `openapi: 3.1.0` at the top"
        )
    version = root["openapi"]
    if not isinstance(version, str) or not _SUPPORTED.fullmatch(version):
        raise Refusal.because(
            "SPEC023",
            f"OpenAPI {version} is not a known version",
            origin.child("openapi").location(),
            help="use 3.0.x, 3.1.x or 3.2.x, in full and in quotes if it is a number",
        )
    _check_sections(root, version, origin, report)


def _check_sections(root: dict[str, Any], version: str, origin: Origin, report: Report) -> None:
    # Since 3.1 a document of components or webhooks only is complete.
    needs_paths = version.startswith("3.0.") or not ({"components", "webhooks"} & root.keys())
    for key, code, is_needed, effect in (
        ("info", "SPEC024", True, "the client gets no title and no version from the document"),
        ("paths", "SPEC025", needs_paths, "the client gets no operations"),
    ):
        if key not in root and is_needed:
            report.error(code, f"the document has no `{key}`", origin.location(), help=f"add `{key}`", effect=effect)
        elif key in root and not isinstance(root[key], dict):
            place = origin.child(key).location()
            report.error(code, f"`{key}` is not a mapping", place, help=f"write `{key}` as a mapping", effect=effect)
