"""Calls of the shop through a transport that only counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any


class Sent:
    """A transport: what it was given, answered with nothing."""

    def __init__(self) -> None:
        self.requests: list[Any] = []

    def send(self, request: Any, timeout: Any) -> Any:
        self.requests.append(request)
        http = import_module(f"{type(request).__module__}")
        return http.HTTPResponse(204, http.Headers(()), b"")

    def close(self) -> None:
        pass

    @property
    def count(self) -> int:
        """How many requests there were."""
        return len(self.requests)

    @property
    def body(self) -> Any:
        """The last one's body."""
        return json.loads(self.requests[-1].body)


def place_order(
    shop: ModuleType,
    sent: Sent | None = None,
    *,
    request: Any = None,
    client_options: Mapping[str, Any] | None = None,
    **arguments: Any,
) -> Sent:
    """Place an order, with a request object or with keyword arguments; returns what was sent."""
    sent = sent or Sent()
    with shop.SDK(transport=sent, **(client_options or {})) as client:
        client.place_order(request, **arguments)
    return sent
