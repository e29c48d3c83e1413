"""Media types of a reply that clients do not ask for: they speak one, and may read another piece by piece."""

from __future__ import annotations

from collections.abc import Iterator

from generator.graph.media import essence, is_json, is_xml
from generator.graph.stream_shape import Framing, Stream
from generator.graph.streams import framing_of
from generator.graph.types import Context
from generator.openapi.model import MediaType, Response

_SPELLED_AS_JSON = ("text/json", "text/plain")  # what frameworks list beside JSON for one and the same value


def tell_unasked(context: Context, response: Response, chosen: MediaType | None, stream: Stream | None) -> None:
    """Note what else a success may be, where that is more than another spelling of what is asked for.

    Args:
        context: Takes the note.
        response: The success.
        chosen: What is asked for as a whole.
        stream: What is asked for piece by piece.
    """
    framing = None if stream is None else stream.framing
    unasked = [each.name for each in response.content if not _is_asked(each, chosen, framing)]
    if unasked:
        asked = " and ".join(_asked(chosen, stream))
        context.report.note(
            "GEN017",
            f"the client asks for {asked} here, not for {', '.join(unasked)}",
            context.locate(f"{response.at}/content"),
            help="to have another one, remove in an overlay what is asked for",
            effect="no method returns the others",
        )


def _asked(chosen: MediaType | None, stream: Stream | None) -> Iterator[str]:
    if chosen is not None:
        yield chosen.name
    if stream is not None and stream.framing is not Framing.BYTES:  # which are those of the whole
        yield stream.content_type


def _is_asked(content: MediaType, chosen: MediaType | None, framing: Framing | None) -> bool:
    own = framing_of(content)
    if own is not None:
        return own is framing
    return content is chosen or (chosen is not None and _is_spelling(content, chosen))


def _is_spelling(other: MediaType, chosen: MediaType) -> bool:
    """Whether the two say the same: JSON and XML of one schema do."""
    is_alike = other.schema == chosen.schema or None in (other.schema, chosen.schema)
    return is_alike and _is_structured(other.name) and _is_structured(chosen.name)


def _is_structured(name: str) -> bool:
    return is_json(name) or is_xml(name) or essence(name) in _SPELLED_AS_JSON
