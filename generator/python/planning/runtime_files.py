"""Which files of the runtime a client gets: those of every client, and those of its protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.protocols.binding import BoundApi

_CORE = (
    "__init__.py",
    "argument_names.py",
    "arguments.py",
    "buckets.py",
    "call.py",
    "call_log.py",
    "character_sets.py",
    "choices.py",
    "client.py",
    "clock.py",
    "codec.py",
    "compression.py",
    "constraint_checks.py",
    "constraints.py",
    "draft.py",
    "ecma.py",
    "enums.py",
    "errors.py",
    "event_messages.py",
    "event_stream.py",
    "excerpt.py",
    "given_security.py",
    "groups.py",
    "hooks.py",
    "http.py",
    "idempotency.py",
    "json_texts.py",
    "lazy.py",
    "links.py",
    "model.py",
    "operation.py",
    "page_url.py",
    "pagination.py",
    "protocols/__init__.py",
    "rate_limit.py",
    "reply_headers.py",
    "retry.py",
    "spelling.py",
    "stream_call.py",
    "stream_readers.py",
    "streams.py",
    "tracing.py",
    "transport/",
    "uploads.py",
    "url.py",
    "user_agent.py",
    "validation.py",
    "watched_call.py",
    "watchers.py",
)

_TESTING = tuple(
    f"testing/{name}.py"
    for name in (
        "__init__",
        "bodies",
        "clock",
        "event_messages",
        "made_headers",
        "made_pages",
        "made_replies",
        "numbers",
        "pattern_reader",
        "patterns",
        "protocols/__init__",
        "recorded_call",
        "route",
        "server",
        "service",
        "streams",
        "stub",
        "texts",
        "values",
    )
)
_REST = (
    "files.py",
    "forms.py",
    "http_binding.py",
    "parameters.py",
    "testing/protocols/rest_forms.py",
    "testing/protocols/rest_json.py",
    "testing/protocols/rest_parameters.py",
    "xml_codec.py",
    "xml_tree.py",
)
_AWS_XML = ("aws_xml_failures.py", "testing/aws_failures.py", "testing/aws_xml_failures.py")
_ACTIONS = (
    *_AWS_XML,
    "aws_form_protocol.py",
    "aws_query_form.py",
    "parameters.py",
    "testing/aws_actions.py",
    "xml_codec.py",
    "xml_tree.py",
)
# Beside the protocol's own modules.
_OF_PROTOCOL: Mapping[str, tuple[str, ...]] = {
    "aws_ec2": _ACTIONS,
    "aws_query": _ACTIONS,
    "aws_json": ("testing/aws_failures.py",),
    "aws_rest_json": (*_REST, "testing/aws_failures.py"),
    "aws_rest_xml": (*_REST, *_AWS_XML, "aws_checksums.py", "aws_key_encoding.py"),
    "rest_json": _REST,
}


def runtime_files(bound: BoundApi, *, is_aws: bool, uses_schemes: bool) -> tuple[str, ...]:
    """The files of the runtime that the client needs, each once."""
    return tuple(
        dict.fromkeys(
            (
                *_CORE,
                *_TESTING,
                f"protocols/{bound.protocol}.py",
                f"testing/protocols/{bound.protocol}.py",
                *_OF_PROTOCOL[bound.protocol],
                *(["aws/"] if is_aws else []),
                *(
                    ["digest.py", "oauth2.py", "scheme_auth.py", "security.py", "servers.py"]
                    if not is_aws or uses_schemes
                    else []
                ),
            )
        )
    )
