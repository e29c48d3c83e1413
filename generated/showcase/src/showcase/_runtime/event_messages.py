"""The messages of `application/vnd.amazon.eventstream`, read as they arrive (Amazon Event Stream Specification).

A message is a prelude (the lengths of all of it and of its headers, and their CRC-32), headers, a payload, and the
CRC-32 of all that. Its headers say what it is: an event, an exception that the description has, or an error.
"""

from __future__ import annotations

from collections import deque
from struct import Struct
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from .codec import decode
from .errors import DecodeError
from .http import Headers, HTTPResponse
from .stream_readers import Event

if TYPE_CHECKING:
    from .client import WireProtocol
    from .operation import Operation

__all__ = ["Message", "MessageParser", "MessageReader"]

_PRELUDE = Struct(">III")
_LENGTH = Struct(">H")
_CHECKSUM_SIZE = 4
# As services of AWS send them: 24 MiB of payload, 128 KiB of headers.
_LARGEST = 24 * 1024 * 1024 + 128 * 1024 + _PRELUDE.size + _CHECKSUM_SIZE
_TRUE, _FALSE, _BYTES, _TEXT, _UUID = 0, 1, 6, 7, 9
_NUMBERS = {2: Struct(">b"), 3: Struct(">h"), 4: Struct(">i"), 5: Struct(">q"), 8: Struct(">q")}
_UUID_SIZE = 16
_FIRST = "initial-response"  # comes before the events of protocols that have no other place for it
_FAILED = 400


class Message(NamedTuple):
    """One message.

    Attributes:
        headers: By their names; texts, numbers, booleans and bytes.
        payload: What it carries.
    """

    headers: dict[str, Any]
    payload: bytes


class MessageParser:
    """Takes bytes and yields messages.

    Attributes:
        messages: Those that are complete and were not taken yet.
    """

    def __init__(self) -> None:
        self.messages: deque[Message] = deque()
        self._data = bytearray()

    def feed(self, data: bytes) -> None:
        """Take in what arrived, `b""` for the end.

        Raises:
            DecodeError: A checksum is wrong, a length is impossible, or the stream ends within a message.
        """
        if not data and self._data:
            raise DecodeError("the stream ends within a message")
        self._data += data
        position = 0
        while (message := self._next(position)) is not None:
            self.messages.append(message[0])
            position = message[1]
        del self._data[:position]

    def _next(self, start: int) -> tuple[Message, int] | None:
        """The message at a place and where it ends, None where it is not there yet."""
        data = self._data
        if len(data) - start < _PRELUDE.size:
            return None
        total, headers_size, checksum = _PRELUDE.unpack_from(data, start)
        if crc32(memoryview(data)[start : start + 8]) != checksum:
            raise DecodeError("a message of the stream is damaged: the checksum of its lengths is wrong")
        if not _PRELUDE.size + headers_size + _CHECKSUM_SIZE <= total <= _LARGEST:
            raise DecodeError(f"a message of the stream has an impossible length: {total}")
        end = start + total
        if len(data) < end:
            return None
        whole = bytes(memoryview(data)[start:end])
        if crc32(whole[:-_CHECKSUM_SIZE]) != int.from_bytes(whole[-_CHECKSUM_SIZE:]):
            raise DecodeError("a message of the stream is damaged: its checksum is wrong")
        split = _PRELUDE.size + headers_size
        return Message(_headers(whole[_PRELUDE.size : split]), whole[split:-_CHECKSUM_SIZE]), end


def _headers(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    position = 0
    try:
        while position < len(data):
            size = data[position]
            name = data[position + 1 : position + 1 + size].decode()
            found[name], position = _value(data, position + 1 + size)
    except (IndexError, ValueError, ArithmeticError) as error:
        raise DecodeError("a message of the stream has a header that cannot be read") from error
    return found


def _value(data: bytes, position: int) -> tuple[Any, int]:
    """The value at a place, and where it ends."""
    kind, position = data[position], position + 1
    if kind in (_TRUE, _FALSE):
        return kind == _TRUE, position
    if kind in _NUMBERS:
        end = position + _NUMBERS[kind].size
        return int.from_bytes(_piece(data, position, end), signed=True), end
    if kind == _UUID:
        end = position + _UUID_SIZE
        return _piece(data, position, end), end
    if kind not in (_BYTES, _TEXT):
        raise ValueError(kind)
    start = position + _LENGTH.size
    end = start + int.from_bytes(_piece(data, position, start))
    piece = _piece(data, start, end)
    return piece.decode() if kind == _TEXT else piece, end


def _piece(data: bytes, start: int, end: int) -> bytes:
    if end > len(data):
        raise IndexError(end)
    return data[start:end]


def _json(type_: Any, payload: bytes) -> Any:
    return decode(type_, payload if payload.strip() else b"{}")


class MessageReader:
    """The events of a stream.

    Args:
        operation: Whose stream it is: it knows what events hold, and the exceptions.
        protocol: Of the service: it knows errors, and by `decode_event` what events hold where that is not JSON.

    Attributes:
        has_ended: Whether nothing follows.
    """

    def __init__(self, operation: Operation[Any], protocol: WireProtocol) -> None:
        self.has_ended = False
        self._operation = operation
        self._protocol = protocol
        self._types = {} if operation.stream is None else operation.stream.by_event
        self._decode = getattr(protocol, "decode_event", _json)
        self._parser = MessageParser()

    def feed(self, data: bytes) -> None:
        """Take in what arrived, `b""` for the end.

        Raises:
            DecodeError: What arrived is not what was sent; nothing after it can be read.
        """
        self.has_ended = self.has_ended or not data
        try:
            self._parser.feed(data)
        except DecodeError:
            self.has_ended = True
            raise
        messages = self._parser.messages
        while messages and messages[0].headers.get(":event-type") == _FIRST:
            messages.popleft()

    @property
    def is_ready(self) -> bool:
        """Whether there is a message to take."""
        return bool(self._parser.messages)

    def take(self) -> Event[Any]:
        """The next event.

        Raises:
            APIError: The service broke off, and says why.
            DecodeError: It is not what is documented; the one after it can be taken all the same.
        """
        headers, payload = self._parser.messages.popleft()
        if headers.get(":message-type", "event") != "event":
            raise self._protocol.error(self._operation, self._reply(headers, payload))
        name = str(headers.get(":event-type", ""))
        return Event(self._data(name, payload), name)

    def _data(self, name: str, payload: bytes) -> Any:
        type_ = self._types.get(name)
        if type_ is bytes:
            return payload
        if type_ is str:
            return payload.decode("utf-8", "replace")
        if type_ is not None:
            return self._decode(type_, payload)
        try:
            return self._decode(Any, payload)
        except DecodeError:
            return payload  # of an event that nobody here knows

    def _reply(self, headers: dict[str, Any], payload: bytes) -> HTTPResponse:
        """A message that is no event, as the reply that the protocol knows errors from."""
        code = str(headers.get(":exception-type") or headers.get(":error-code") or "")
        # Exceptions are named after members of the stream's description, which begin as they like.
        name = next((each for each in self._operation.errors if each.lower() == code.lower()), code)
        said = [("X-Amzn-ErrorType", name)]
        if ":error-message" in headers:
            said.append(("X-Amzn-ErrorMessage", str(headers[":error-message"])))
        return HTTPResponse(_FAILED, Headers(said), payload)
