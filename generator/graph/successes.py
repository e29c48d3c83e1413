"""Which responses of an operation are its successes."""

from __future__ import annotations

import re

from generator.graph.types import Context
from generator.openapi import model as openapi

_FAILURE = re.compile("error|exception|fail|fault|problem|unexpected", re.IGNORECASE)


def successes(context: Context, operation: openapi.Operation) -> tuple[openapi.Response, ...]:
    """The responses for 2xx and 3xx; where there are none, `default`, which stands for every status that has no
    response of its own (OpenAPI 3.1, section 4.8.16.1), unless its words or its schema's name speak of a failure.
    """
    found = tuple(response for response in operation.responses if response.status[:1] in ("2", "3"))
    return found or tuple(
        response
        for response in operation.responses
        if response.status == "default" and response.content and not _is_failure(context, response)
    )


def _is_failure(context: Context, response: openapi.Response) -> bool:
    schemas = (context.follow(each.schema) for each in response.content if each.schema is not None)
    words = (response.description, *(context.names.get(schema.at) for schema in schemas))
    return any(_FAILURE.search(text) for text in words if text)
