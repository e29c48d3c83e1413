"""What calls authenticate with: a class for each security scheme, and the one that holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.graph.model import AuthScheme
from generator.protocols.binding import BoundApi
from generator.python.docstrings import docstring
from generator.python.identifiers import dotted_path, identifier, snake_case
from generator.python.literals import literal
from generator.python.markdown import code_span, table_cell
from generator.python.naming import Names
from generator.python.plan.package import Attribute, RecordPlan, SchemePlan, SchemeRow
from generator.python.planning.models import MODEL, words
from generator.python.text import Annotation, Code

_IN_CLASS = 4
_BASES: Mapping[str, str] = {
    "aws_sigv4": "_aws.SigV4",
    "api_key": "_security.ApiKey",
    "http_bearer": "_security.Bearer",
    "http_basic": "_security.Basic",
    "http_digest": "_digest.Digest",
    "oauth2": "_oauth2.OAuth2",
    "openidconnect": "_oauth2.OAuth2",
}
_OTHER = "_security.Authorization"
# Attributes that an environment variable can stand for, and what its name ends in.
_FROM_ENVIRONMENT: Mapping[str, tuple[tuple[str, str], ...]] = {
    "_security.ApiKey": (("api_key", ""),),
    "_security.Bearer": (("token", ""),),
    "_security.Authorization": (("value", ""),),
    "_security.Basic": (("username", "_USERNAME"), ("password", "_PASSWORD")),
    "_digest.Digest": (("username", "_USERNAME"), ("password", "_PASSWORD")),
    "_oauth2.OAuth2": (
        ("token", ""),
        ("client_id", "_CLIENT_ID"),
        ("client_secret", "_CLIENT_SECRET"),
        ("refresh_token", "_REFRESH_TOKEN"),
    ),
}


def in_the_connection(scheme: AuthScheme) -> bool:
    """Whether a scheme adds nothing to a request: a client certificate belongs to the connection."""
    return scheme.kind == "mutualtls"


def scheme_plans(bound: BoundApi, names: Names, distribution: str) -> tuple[SchemePlan, ...]:
    """Classes of the security schemes.

    Args:
        bound: The API.
        names: Its names.
        distribution: Name of the distribution, with which the environment variables begin.
    """
    schemes = (scheme for scheme in bound.api.auth.values() if not in_the_connection(scheme))
    return tuple(_scheme_plan(scheme, names, snake_case(distribution).upper()) for scheme in schemes)


def _scheme_plan(scheme: AuthScheme, names: Names, prefix: str) -> SchemePlan:
    class_name, field = names.schemes[scheme.key]
    base = _BASES.get(scheme.kind, _OTHER)
    is_key = scheme.kind == "api_key" and scheme.place is not None and scheme.name is not None
    urls = (scheme.token_url, scheme.refresh_url, scheme.metadata_url)
    variables = tuple(_variables(base, f"{prefix}_{str(field).upper()}"))
    listed = ", ".join(f"`{variable}`" for _, variable in variables)
    return SchemePlan(
        name=class_name,
        base=dotted_path(base),
        docstring=docstring(
            words(scheme.docs) or f"Security scheme {scheme.key}.",
            f"From the environment: {listed}." if listed else "",
            indent=_IN_CLASS,
        ),
        parameter=literal((scheme.place.value, scheme.name)) if is_key and scheme.place else None,
        urls=literal(urls) if any(urls) else None,
        environment=literal(variables),
        field=field,
        row=SchemeRow(
            name=code_span(scheme.key),
            code=code_span(f"Security({field}={class_name}({', '.join(f'{name}=...' for name, _ in variables)}))"),
            environment=table_cell(listed),
        ),
    )


def _variables(base: str, stem: str) -> Iterator[tuple[str, str]]:
    for attribute, ending in _FROM_ENVIRONMENT.get(base, ()):
        yield attribute, f"{stem}{ending}"


def security_plan(schemes: tuple[SchemePlan, ...]) -> RecordPlan | None:
    """The class that holds the schemes a user gives; None where the API knows none."""
    if not schemes:
        return None
    return RecordPlan(
        name=identifier("Security"),
        base=MODEL,
        docstring=docstring("What calls authenticate with: one attribute for each security scheme.", indent=_IN_CLASS),
        attributes=tuple(
            Attribute(
                name=scheme.field, annotation=Annotation(f"{scheme.name} | None"), value=Code("None"), docstring=None
            )
            for scheme in schemes
        ),
        sensitive=None,
    )
