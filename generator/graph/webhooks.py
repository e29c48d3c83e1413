"""What the API sends without being asked: webhooks and callbacks. Only their JSON documents have models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.graph import media as content
from generator.graph.model import Docs, Media, Webhook
from generator.graph.types import Context
from generator.openapi import model as openapi


def webhooks(context: Context, declared: Iterable[openapi.Webhook]) -> Iterator[Webhook]:
    """The webhooks whose body is JSON of a documented shape."""
    for webhook in declared:
        chosen = None if webhook.body is None else content.preferred(webhook.body.content)
        if chosen is not None and chosen.schema is not None and content.media_of(chosen) is Media.JSON:
            yield Webhook(
                at=webhook.at,
                name=webhook.name,
                type=content.without_files(context.type_of(chosen.schema, f"{webhook.name} event")),
                docs=Docs(description=webhook.description),
            )
