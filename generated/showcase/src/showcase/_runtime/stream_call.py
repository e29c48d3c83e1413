"""Calls whose result is a stream: the way of `Client._invoke` and `AsyncClient._invoke`, but for the line that sends.

An error is read to its end and raised, or tried again, as for any call; of a success only the head is waited for.
Hooks see a call that is over then; what the stream brings is between it and its reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET
from msgspec.structs import replace

from .errors import DecodeError, TransportError
from .excerpt import excerpt
from .http import AsyncStreamedResponse, HTTPRequest, HTTPResponse, StreamedResponse, Timeout
from .model import Response
from .stream_readers import Reader, reader_of
from .transport.streamed import AsyncWhole, Whole

if TYPE_CHECKING:
    from .client import A, AsyncClient, Client, S, WireProtocol
    from .operation import Operation, Streaming

__all__ = ["open_async_stream", "open_stream"]

_SUCCESS = 2
_EVENTS = "text/event-stream"


def open_stream(client: Client, kind: type[S], operation: Operation[Any], request: Any, options: dict[str, Any]) -> S:
    """Call `operation` and return its result, a `kind`, as soon as it begins.

    Raises:
        SDKError: As any call.
    """
    streaming = _streaming(operation)
    session, transport = client._session, client._transport  # noqa: SLF001  (the client's other half)
    call = client._begin(_headed(operation), _switched(request, streaming), options)  # noqa: SLF001
    source: StreamedResponse | None = None
    try:
        while True:
            while call.limiter is not None and (wait := call.turn()) > 0:
                session.clock.sleep(wait)
            sent, timeout = call.attempt(session.auth.identify(operation, client._security))  # noqa: SLF001
            try:
                source = _open(transport, sent, timeout)
                response = (
                    source.head if _is_stream(source.head, streaming) else _with_body(source.head, source.read_all())
                )
            except TransportError as error:
                call.lost(error)
            else:
                _check_media(response, streaming)
                result = call.answered(response)
                if result is not None:
                    reader = _reader(operation, session.protocol)
                    return kind(raw_response=response, attempts=result.attempts, source=source, reader=reader)
            session.clock.sleep(call.wait)
    except BaseException as error:
        if source is not None:
            source.close()
        call.failed(error)
        raise


async def open_async_stream(
    client: AsyncClient, kind: type[A], operation: Operation[Any], request: Any, options: dict[str, Any]
) -> A:
    """The asyncio twin of `open_stream`."""
    streaming = _streaming(operation)
    session, transport = client._session, client._transport  # noqa: SLF001  (the client's other half)
    call = client._begin(_headed(operation), _switched(request, streaming), options)  # noqa: SLF001
    source: AsyncStreamedResponse | None = None
    try:
        while True:
            while call.limiter is not None and (wait := call.turn()) > 0:
                await session.clock.sleep_async(wait)
            identity = await session.auth.identify_async(operation, client._security)  # noqa: SLF001
            sent, timeout = call.attempt(identity)
            try:
                source = await _open_async(transport, sent, timeout)
                head = source.head
                response = head if _is_stream(head, streaming) else _with_body(head, await source.read_all())
            except TransportError as error:
                call.lost(error)
            else:
                _check_media(response, streaming)
                result = call.answered(response)
                if result is not None:
                    reader = _reader(operation, session.protocol)
                    return kind(raw_response=response, attempts=result.attempts, source=source, reader=reader)
            await session.clock.sleep_async(call.wait)
    except BaseException as error:
        if source is not None:
            await source.aclose()
        call.failed(error)
        raise


def _reader(operation: Operation[Any], protocol: WireProtocol) -> Reader:
    streaming = _streaming(operation)
    if streaming.framing != "messages":
        return reader_of(streaming)
    from .event_messages import MessageReader  # few APIs have such streams

    return MessageReader(operation, protocol)


def _streaming(operation: Operation[Any]) -> Streaming:
    assert operation.stream is not None, f"{operation.name} has no streams"
    return operation.stream


def _headed(operation: Operation[Any]) -> Operation[Any]:
    """The operation as a call sees it that is over with the head."""
    return replace(
        operation,
        accept=_streaming(operation).accept,
        result=Response,
        field=None,
        output=None,
        outputs={},
        redirects=(),  # where to is no stream
        pagination=None,
    )


def _switched(request: Any, streaming: Streaming) -> Any:
    """The request, asking for a stream where a member of its body does that."""
    body = getattr(request, "request", None)
    if streaming.switch is None or body is None or getattr(body, streaming.switch) not in (None, UNSET, False):
        return request
    return replace(request, request=replace(body, **{streaming.switch: True}))


def _open(transport: Any, sent: HTTPRequest, timeout: Timeout) -> StreamedResponse:
    """What the transport opens, or all that it can get where it opens nothing."""
    if not hasattr(transport, "open"):
        return Whole(transport.send(sent, timeout))
    opened: StreamedResponse = transport.open(sent, timeout)
    return opened


async def _open_async(transport: Any, sent: HTTPRequest, timeout: Timeout) -> AsyncStreamedResponse:
    if not hasattr(transport, "open"):
        return AsyncWhole(await transport.send(sent, timeout))
    opened: AsyncStreamedResponse = await transport.open(sent, timeout)
    return opened


def _is_stream(head: HTTPResponse, streaming: Streaming) -> bool:
    """Whether what follows the head is the stream that was asked for, and not an error."""
    if head.status_code // 100 != _SUCCESS:
        return False
    return streaming.framing != "events" or _essence(head) in (_EVENTS, "")


def _with_body(head: HTTPResponse, body: bytes) -> HTTPResponse:
    return HTTPResponse(head.status_code, head.headers, body, head.reason)


def _check_media(response: HTTPResponse, streaming: Streaming) -> None:
    """Events are read from what says that it is events (WHATWG HTML, section 9.2.3): anything reads as no event."""
    if response.status_code // 100 == _SUCCESS and not _is_stream(response, streaming):
        message = f"the server answered with {_essence(response)[:80]!a} where a stream of events is documented"
        raise DecodeError(f"{message}: {excerpt(response)}", raw_response=response)


def _essence(response: HTTPResponse) -> str:
    return response.headers.get("content-type", "").partition(";")[0].strip().lower()
