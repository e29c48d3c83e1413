"""The User-Agent: which client, of which API, on what it runs, and for which application.

Its form is the one that AWS's SDKs agreed on (`ua/2.1`): products `name/value`, in which a value may be `key#value`,
separated by blanks.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .operation import Api

__all__ = ["user_agent"]

_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9!$%&'*+\-.^_`|~,]")
_LONGEST = 50
_SYSTEMS = {"Linux": "linux", "Darwin": "macos", "Windows": "windows"}
_FEATURES = {"standard": "E", "adaptive": "F"}


def user_agent(api: Api, app_id: str | None, retry_mode: str) -> str:
    """The value of the header.

    Args:
        api: The client's API.
        app_id: The application's name, None or empty where it has none. What may not stand in it becomes `-`, and
            what is beyond 50 characters is left out.
        retry_mode: How the client tries again.
    """
    service = api.settings.get("service_id")
    products = [
        f"{_token(api.distribution)}/{_token(api.distribution_version)}",
        "ua/2.1",
        f"api/{_token((service or api.title)[:_LONGEST])}#{_token(api.version)}",
        *_surroundings(),
    ]
    if service is not None:  # what the operators of AWS's services read
        products += [f"m/{_FEATURES[retry_mode]}", f"cfg/retry-mode#{retry_mode}"]
    if app_id:
        products.append(f"app/{_token(app_id[:_LONGEST])}")
    return " ".join(products)


@lru_cache(maxsize=1)
def _surroundings() -> tuple[str, ...]:
    import platform  # slow to import, and not needed before the first call

    system = platform.system()
    return (
        f"os/{_SYSTEMS.get(system) or _token(system.lower())}#{_token(platform.release())}",
        f"lang/python#{_token(platform.python_version())}",
        f"md/pyimpl#{_token(platform.python_implementation())}",
        f"md/arch#{_token(platform.machine())}",
    )


def _token(text: str) -> str:
    return _NOT_ALLOWED.sub("-", text) or "-"
