"""What callers give: a request object or keyword arguments, and options of the call among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypedDict

from msgspec.structs import replace

from .errors import RequestError
from .operation import R

if TYPE_CHECKING:
    from .http import Timeout
    from .operation import Content, Operation
    from .retry import Retries
    from .validation import Validate

__all__ = ["CallOptions", "options_of", "request_of", "spoken", "variant"]


class CallOptions(TypedDict, total=False):
    """What any call takes beside the operation's own arguments.

    Attributes:
        server_url: Server for this call.
        timeout: Limits for this call: seconds for the whole, or a `Timeout`.
        retries: Retries after the first attempt, or a `Retries`.
        extra_headers: Header fields to add; they are signed where the call is signed.
        validate: What is checked before anything is sent: `none`, `types`, or `strict` for the constraints too.
        resume_url: Page to go on with, of an operation whose pages have URLs: `next_token` of the page before it.
    """

    server_url: str
    timeout: Timeout | float
    retries: Retries | int
    extra_headers: Mapping[str, str]
    validate: Validate
    resume_url: str


_OPTIONS: Final = tuple(CallOptions.__annotations__)


def options_of(arguments: dict[str, Any]) -> dict[str, Any]:
    """The options of a call, taken out of its keyword arguments; None is as good as none."""
    options = {name: arguments.pop(name) for name in _OPTIONS if name in arguments}
    return {name: value for name, value in options.items() if value is not None}


def request_of(operation: Operation[Any], request: Any, arguments: dict[str, Any]) -> Any:
    """The request object: the one that is given, or one out of keyword arguments.

    Raises:
        RequestError: It is of another class, or there are keyword arguments too.
        TypeError: An argument is missing, or there is none of that name.
    """
    if request is None:
        return _request_from(operation, arguments)
    if arguments:
        raise RequestError(f"{operation.name} takes a request object or keyword arguments, not both")
    if not isinstance(request, operation.request):
        raise RequestError(f"{operation.name} takes a {operation.request.__name__}, not a {type(request).__name__}")
    return request


def spoken(operation: Operation[R], request: Any, arguments: dict[str, Any]) -> Operation[R]:
    """The operation with the media type that the caller asks for, or whose request object is given.

    Args:
        operation: The operation, with the preferred media type.
        request: The request object, None where there are keyword arguments.
        arguments: The keyword arguments; what asks for a media type is taken out of them.

    Raises:
        RequestError: The body may not be of that media type.
    """
    wanted = arguments.pop("content_type", None)
    if wanted is None:
        own = (name for name, content in operation.contents.items() if _is_for(content, request))
        wanted = next(own, operation.content_type)
    if wanted == operation.content_type:
        return operation
    if wanted is None or wanted not in operation.contents:
        known = ", ".join(repr(name) for name in (operation.content_type, *operation.contents))
        raise RequestError(f"{operation.name} sends {known}, not {wanted!r}")
    return variant(operation, wanted)


def variant(operation: Operation[R], content_type: str) -> Operation[R]:
    """The operation with another media type of its body."""
    content = operation.contents[content_type]
    return replace(
        operation,
        content_type=content_type,
        media=content.media,
        parts=content.parts,
        request=content.request or operation.request,
        body=operation.body if content.request is None else None,
        contents={},
    )


def _is_for(content: Content, request: Any) -> bool:
    return content.request is not None and isinstance(request, content.request)


def _request_from(operation: Operation[Any], arguments: dict[str, Any]) -> Any:
    """A request object out of keyword arguments; those that are no parameter are members of the body."""
    made: dict[str, Any] = {}
    given = tuple(arguments)
    try:
        for group, (kind, names) in operation.groups.items():
            values = {name: arguments.pop(name) for name in names if name in arguments}
            if values or group in operation.required_groups:
                made[group] = kind(**values)
        body, renamed = operation.body, operation.renamed
        if renamed and "request" in arguments:  # the body as a whole
            body = None
        if body is None or not (arguments or operation.body_required):
            called = {renamed.get(name, name): value for name, value in arguments.items()}
            made.update(called if len(called) == len(arguments) else arguments)  # the body twice is refused
        elif renamed:
            made["request"] = body(**{renamed.get(name, name): value for name, value in arguments.items()})
        else:
            made["request"] = body(**arguments)
        return operation.request(**made)
    except TypeError as error:
        from .argument_names import misnamed  # nothing that a program in order needs

        raise TypeError(f"{operation.name}: {misnamed(operation, given, _OPTIONS) or error}") from None
