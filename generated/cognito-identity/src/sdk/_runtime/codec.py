"""JSON to models and back.

Reading takes the fast path first: one typed pass by msgspec. What does not fit the documented types is then read once
more, member by member: a required member that is missing becomes None, a null inside a list or map is dropped, a value
of another type is kept as it came. So a service that strays from its own description loses nobody's data. An error is
only text that is no JSON at all, JSON that is nested too deeply, and a body of another shape: an object in place of a
list.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from .choices import Choice, Unknown, option_for
from .errors import DecodeError, RequestError

if TYPE_CHECKING:
    from json import JSONDecodeError

__all__ = ["BESIDE", "chosen", "decode", "decode_any", "decode_details", "decode_plain", "encode", "plain"]

# Under this name, which is a noncharacter of Unicode (section 23.7) and so nobody's, a model holds the members beside
# those that it knows.
BESIDE = "\ufdd0"
_WRITTEN_BESIDE = f'"{BESIDE}"'.encode()
_ABSENT = (NoneType, msgspec.UnsetType)


def _as_its_base(value: Any) -> Any:
    """A string, number or time of a class derived from Python's own, such as NumPy's: msgspec asks for these."""
    match value:
        case str():
            return str.__str__(value)
        case int():
            return int(value)
        case float():
            return float(value)
        case datetime():
            return datetime.combine(value.date(), value.timetz())
        case _:
            raise TypeError(f"Encoding objects of type {type(value).__name__} is unsupported")


T = TypeVar("T")
_encoder = msgspec.json.Encoder(decimal_format="string", enc_hook=_as_its_base)


def encode(value: Any) -> bytes:
    """`value` as JSON. Members that are not set are left out, and those beside the known ones stand among them.

    Raises:
        RequestError: It holds something that JSON cannot say.
    """
    try:
        data = _encoder.encode(value)
        return data if _WRITTEN_BESIDE not in data else _encoder.encode(plain(value))
    except TypeError as error:
        raise RequestError(f"the request holds a value that cannot be sent: {error}") from None
    except RecursionError:
        raise RequestError("the request is nested too deeply, or holds itself") from None
    except UnicodeEncodeError:
        # A lone surrogate, which a reply's escape can hold, has no UTF-8: it goes back as the escape it came as.
        import json  # slow to import, and seldom needed

        return json.dumps(plain(value)).encode()
    except ValueError:  # a whole number of more digits than Python converts
        raise RequestError("the request holds a number that cannot be written down") from None


def plain(value: Any) -> Any:
    """`value` as plain data: what JSON holds."""
    return _lifted(msgspec.to_builtins(value, enc_hook=_as_its_base))


def _lifted(value: Any) -> Any:
    """Plain data, members beside others put among them; those that are known win."""
    match value:
        case dict():
            found = {key: _lifted(item) for key, item in value.items() if key != BESIDE}
            beside = value.get(BESIDE)
            return {**_lifted(beside), **found} if isinstance(beside, dict) else found
        case list():
            return [_lifted(item) for item in value]
        case _:
            return value


@cache
def _decoder(type_: Any) -> msgspec.json.Decoder[Any]:
    # Not strict: numbers are accepted where timestamps are expected, and numeric strings where numbers are.
    return msgspec.json.Decoder(type_, strict=False, dec_hook=chosen)


def decode(type_: Any, data: bytes) -> Any:
    """`data` read as JSON of `type_`.

    Raises:
        DecodeError: `data` is no JSON, is nested too deeply, or is of another shape than the type.
    """
    try:
        return _decoder(type_).decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError):
        # Not of that type (the year 10000 is a ValueError), or something that msgspec refuses and the standard library
        # reads: a lone surrogate's escape, a byte order mark.
        return _tolerant(type_, decode_any(data))


def decode_plain(type_: Any, document: Any) -> Any:
    """Plain data read as `type_`, as tolerantly as `decode` reads.

    Raises:
        DecodeError: It is of another shape than the type, such as an object in place of a list.
    """
    return _tolerant(type_, document)


def decode_details(type_: Any, document: Any) -> Any:
    """An error's document read as `type_`, as tolerantly as `decode` reads; None where either is missing, or where the
    document is no object and the type a model.
    """
    try:
        return None if type_ is None or document is None else _tolerant(type_, document)
    except DecodeError:
        return None


def decode_any(data: bytes) -> Any:
    """`data` read as JSON of no particular type.

    Raises:
        DecodeError: It is none; the message says where.
    """
    import json  # slow to import, and what msgspec reads never needs it

    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise DecodeError(f"the reply's body is not JSON: {error.msg} at byte {_byte_offset(data, error)}") from None
    except UnicodeDecodeError as error:
        raise DecodeError(f"the reply's body is not UTF-8: byte {error.start}") from None
    except RecursionError:
        raise DecodeError("the reply's body is nested too deeply") from None
    except ValueError as error:  # a whole number of more digits than Python converts, or NaN
        raise DecodeError(f"the reply's body holds a number that cannot be read: {str(error)[:60]}") from None


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _byte_offset(data: bytes, error: JSONDecodeError) -> int:
    return min(len(data), len(error.doc[: error.pos].encode("utf-8", "surrogatepass")))


def _tolerant(type_: Any, value: Any) -> Any:
    is_model = isinstance(type_, type) and issubclass(type_, msgspec.Struct)
    documented = dict if is_model else get_origin(type_) or type_
    if documented in _KINDS and not _is_of_kind(documented, value) and (is_model or value is not None):
        raise DecodeError(f"the reply's body is {_kind(value)} where {_KINDS[documented]} is documented")
    try:
        return _struct(type_, value) if is_model and isinstance(value, Mapping) else _value(type_, value)
    except RecursionError:
        raise DecodeError("the reply's body is nested too deeply") from None


_KINDS: Mapping[Any, str] = {
    list: "an array",
    dict: "an object",
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
}


def _is_of_kind(documented: Any, value: Any) -> bool:
    """Whether a body can be what is documented: a scalar may come as another one, but never as a list or object. Null
    in place of a list is how some languages write an empty one.
    """
    if documented is dict:
        return isinstance(value, Mapping)
    return isinstance(value, list) if documented is list else not isinstance(value, list | Mapping)


def _kind(value: Any) -> str:
    return {NoneType: "null", bool: "a boolean", str: "a string", list: "an array", dict: "an object"}.get(
        type(value), "a number"
    )


@cache
def _members(type_: type[msgspec.Struct]) -> tuple[tuple[str, str, Any, bool], ...]:
    hints = get_type_hints(type_)
    return tuple(
        (member.name, member.encode_name, hints[member.name], member.required)
        for member in msgspec.structs.fields(type_)
    )


def _struct(type_: type[msgspec.Struct], value: Mapping[str, Any]) -> Any:
    arguments: dict[str, Any] = {}
    for name, wire_name, member_type, required in _members(type_):
        if wire_name == BESIDE:
            arguments[name] = _beside(type_, get_args(member_type)[1], value)
        elif wire_name in value:
            arguments[name] = _value(member_type, value[wire_name])
        elif required:
            arguments[name] = None
    return type_(**arguments)


def _beside(type_: type[msgspec.Struct], item_type: Any, value: Mapping[str, Any]) -> dict[str, Any]:
    known = type_.__struct_encode_fields__
    return {name: _value(item_type, item) for name, item in value.items() if name not in known}


def _value(type_: Any, value: Any) -> Any:
    if value is None:
        return None
    origin, arguments = get_origin(type_) or type_, get_args(type_)
    if origin in (Union, UnionType):
        return _one_of([option for option in arguments if option not in _ABSENT], type_, value)
    if origin is list and isinstance(value, list):
        return [_value(arguments[0], item) for item in value if item is not None or _allows_null(arguments[0])]
    if origin is dict and isinstance(value, dict):
        item_type = arguments[1]
        return {
            key: _value(item_type, item) for key, item in value.items() if item is not None or _allows_null(item_type)
        }
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct) and isinstance(value, dict):
        return _struct(type_, value)
    if isinstance(type_, type) and issubclass(type_, Choice):
        return chosen(type_, value)
    return _converted(type_, value)


def _one_of(options: list[Any], type_: Any, value: Any) -> Any:
    """The options of a union differ by how JSON writes them; a choice stands in one by itself."""
    if len(options) == 1:
        return _value(options[0], value)
    if isinstance(value, list | dict):
        fitting = next((option for option in options if _is_written_as(type(value), option)), None)
        return value if fitting is None else _value(fitting, value)
    return _converted(type_, value)


def _is_written_as(kind: type, option: Any) -> bool:
    if get_origin(option) is kind:
        return True
    return kind is dict and isinstance(option, type) and issubclass(option, msgspec.Struct)


def _allows_null(type_: Any) -> bool:
    return type_ is Any or NoneType in get_args(type_)


def chosen(type_: Any, value: Any) -> Any:
    """The value of a choice, read as what it is; also msgspec's hook for types that it does not know."""
    option = option_for(type_, value, chosen)
    if option is None:
        return value
    if option is Unknown:
        return Unknown(value)
    try:
        return msgspec.convert(value, option, strict=False, dec_hook=chosen)
    except (msgspec.ValidationError, ValueError):
        return _value(option, value)


def _converted(type_: Any, value: Any) -> Any:
    if type_ is Any or get_origin(type_) is Literal:
        return value
    try:
        if isinstance(type_, type) and issubclass(type_, Enum):
            return type_(value)
        if type_ is datetime and isinstance(value, str):
            return _datetime(value)
        return msgspec.convert(value, type_, strict=False, dec_hook=chosen)
    except (msgspec.ValidationError, ValueError):
        return value


def _datetime(text: str) -> datetime:
    """A timestamp in any spelling: RFC 3339, seconds since 1970, or the date of HTTP (RFC 9110, section 5.6.7)."""
    try:
        return msgspec.convert(text, datetime, strict=False)
    except msgspec.ValidationError:
        from email.utils import parsedate_to_datetime  # slow to import, and seldom needed

        return parsedate_to_datetime(text)
