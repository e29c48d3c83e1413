"""Where transports of other people's making differ from the contract, line by line, and why that is accepted.

A line that is wrong fails: the test is run all the same and must not pass. Only those that end in nothing but a timeout
are not run.
"""

from __future__ import annotations

from dataclasses import dataclass

HTTPX2 = ("httpx2", "httpx2-asyncio")


@dataclass(frozen=True, slots=True)
class Difference:
    """A test that some transports do not pass.

    Attributes:
        test: Its name.
        why: What they do instead, and whether it matters.
        case: The case, where it is not the whole test.
        kinds: The transports.
        is_run: Whether the test is run all the same.
    """

    test: str
    why: str
    case: str = ""
    kinds: tuple[str, ...] = HTTPX2
    is_run: bool = True


_WHOLE_HEADS = "h11 waits for the end of a head before it judges it: the wait ends by a limit, as another error"
_LEFTOVERS = (
    "h11 keeps what follows a reply in its buffer, out of sight, and httpx2 uses the connection again: only the "
    "bundled transports are safe from a server, or a proxy before it, that sends more than one reply"
)

DIFFERENCES = (
    Difference(
        "test_every_address_is_tried",
        "anyio takes addresses from the resolver and the port from the caller: the test's trick does not reach it",
        kinds=("httpx2-asyncio",),
    ),
    Difference(
        "test_an_address_that_does_not_answer_leaves_time_for_the_next",
        "the same; anyio tries addresses side by side (RFC 8305)",
        kinds=("httpx2-asyncio",),
    ),
    Difference(
        "test_no_resend_once_the_reply_began",
        "httpx2 does not tell half a head from none; only methods that may be repeated are sent again",
    ),
    Difference(
        "test_http_goes_to_the_proxy_with_its_whole_url",
        "httpx2 puts Proxy-Authorization before the request's own fields; what is sent is the same",
    ),
    Difference("test_https_goes_through_a_tunnel", "httpx2 adds `Accept: */*` to CONNECT; see test_httpx2.py"),
    Difference("test_refused_tunnels", _WHOLE_HEADS, case="script4-gave no answer-True", is_run=False),
    Difference("test_connections_not_to_be_used_again", _LEFTOVERS, case="a second reply", is_run=False),
    Difference("test_connections_not_to_be_used_again", _LEFTOVERS, case="trash", is_run=False),
    Difference("test_a_body_where_none_belongs_is_not_the_next_reply", _LEFTOVERS),
    Difference("test_what_is_not_http", _WHOLE_HEADS, case="SSH", is_run=False),
    Difference("test_what_is_not_http", _WHOLE_HEADS, case="no head", is_run=False),
    Difference(
        "test_what_is_not_http",
        "h11 ignores Content-Length beside chunks, as RFC 9112, section 6.3 allows",
        case="length and chunked",
    ),
    Difference(
        "test_what_is_not_http",
        "h11 joins folded lines, as RFC 9112, section 5.2 allows",
        case="folded header",
        is_run=False,
    ),
    Difference(
        "test_what_is_not_http",
        "h11 passes over interim replies however many; the limits of time hold",
        case="endless interim replies",
        is_run=False,
    ),
    Difference(
        "test_a_stream_that_is_whole_when_it_is_closed_keeps_its_connection",
        "httpx2 learns of the end of a body when it is asked for more: a connection less is kept",
    ),
    Difference(
        "test_protocol_errors_quote_the_first_line_only",
        "nothing is quoted: what h11 says may hold the value of any header",
    ),
)
