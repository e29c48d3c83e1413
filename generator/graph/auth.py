"""Security schemes: ways to authenticate, named by what they are rather than by how OpenAPI files them."""

from __future__ import annotations

from collections.abc import Mapping

from generator.graph.model import AuthScheme, Docs, Place
from generator.openapi import model as openapi

_PLACES = {place.value: place for place in Place}


def auth_schemes(schemes: Mapping[str, openapi.SecurityScheme]) -> dict[str, AuthScheme]:
    """The schemes by their key."""
    return {
        key: AuthScheme(
            at=scheme.at,
            key=key,
            kind=_kind(scheme),
            name=scheme.name,
            place=_PLACES.get(scheme.place or ""),
            token_url=next((flow.token_url for flow in _by_use(scheme) if flow.token_url), None),
            refresh_url=next((flow.refresh_url for flow in _by_use(scheme) if flow.refresh_url), None),
            docs=Docs(description=scheme.description),
            metadata_url=scheme.metadata_url,
        )
        for key, scheme in schemes.items()
    }


def _by_use(scheme: openapi.SecurityScheme) -> list[openapi.Flow]:
    """The flows, those first that a program can go through without a browser."""
    return sorted(scheme.flows, key=lambda flow: flow.kind not in ("clientCredentials", "password"))


def _kind(scheme: openapi.SecurityScheme) -> str:
    if scheme.extensions.get("x-amazon-apigateway-authtype") in ("awsSigv4", "awsS3"):
        return "aws_sigv4"  # filed as an API key in the Authorization header, because OpenAPI has no word for it
    if scheme.type == "apiKey":
        return "api_key"
    if scheme.type == "http":
        return f"http_{(scheme.scheme or '').lower()}"
    return scheme.type.lower()
