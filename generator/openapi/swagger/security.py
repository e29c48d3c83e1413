"""Security schemes: the same ways to authenticate under other words."""

from __future__ import annotations

from typing import Final

from generator.openapi.swagger.part import Part

_FLOWS: Final = {"application": "clientCredentials", "accessCode": "authorizationCode"}


def convert_security_scheme(scheme: Part) -> None:
    """Rewrites a security scheme in place."""
    if not scheme.is_mapping:
        return
    if scheme.value.get("type") == "basic":
        scheme.value.update(type="http", scheme="basic")
    elif scheme.value.get("type") == "oauth2" and isinstance(scheme.value.get("flow"), str):
        name = scheme.value["flow"]
        flow = scheme.made({"scopes": {}})
        for key in ("authorizationUrl", "tokenUrl", "scopes"):
            part = scheme.take(key)
            if part is not None:
                flow.put(key, part)
        scheme.take("flow")
        flows = scheme.made({})
        flows.put(_FLOWS.get(str(name), str(name)), flow)
        scheme.put("flows", flows)
