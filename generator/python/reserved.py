"""Names that are taken, each with the reason.

Data for the naming passes: a name found here is changed, and the reason goes into the diagnostic. The tables hold words
in the style of their scope (`snake_case`; members also as an enum spells its own attributes).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def _table(*groups: tuple[str, str], also: Mapping[str, str] | None = None) -> Mapping[str, str]:
    words = {word: reason for reason, text in groups for word in text.split()}
    return MappingProxyType({**(also or {}), **words})


PYTHON_KEYWORDS: Final = _table(
    (
        "is a keyword of Python",
        (
            "False None True and as assert async await break class continue def del elif else except finally for from "
            "global if import in is lambda nonlocal not or pass raise return try while with yield"
        ),
    ),
)

MODULE: Final = _table(
    ("is a device on Windows, whatever the suffix", "con prn aux nul"),
    ("is a device on Windows, whatever the suffix", " ".join(f"com{n} lpt{n}" for n in range(10))),
    ("is a package of the SDK", "models operations shared errors runtime"),
    ("is a module of the SDK", "sdk client async_sdk version"),
    also=PYTHON_KEYWORDS,
)

FIELD: Final = _table(
    ("is a method of every model", "to_dict from_dict to_json from_json"),
    # Everything else in an annotation is reached through a module whose name begins with an underscore.
    ("names a type in the annotations of its own class", "bool bytes dict float int list str shared"),
    ("is the instance in a method of the model", "self cls"),
    also=PYTHON_KEYWORDS,
)

PARAMETER: Final = _table(
    ("is the object the method belongs to", "self cls"),
    ("takes the whole request", "request"),
    ("is the method's own", "options arguments"),
    ("is an option of every call", "server_url timeout extra_headers security region retries validate resume_url"),
    ("names a type in the annotations of its own class", "bool bytes dict float int list str shared"),
    also=PYTHON_KEYWORDS,
)

CLIENT: Final = _table(
    ("is the client", "self cls"),
    (
        "is an argument of every client",
        (
            "security server server_url timeout retries validate hooks app_id clock verify client_certificate proxy "
            "transport"
        ),
    ),
    ("names a type in the annotations of its own class", "bool int str shared operations"),
    also=PYTHON_KEYWORDS,
)

METHOD: Final = _table(
    ("ends the client", "close aclose"),
    ("configures the client", "config_security config_server_url"),
    ("is what decorates the methods of its own class", "overload"),
    ("names a type in the signatures of its own class", "bool bytes dict float int list str operations shared"),
    also=PYTHON_KEYWORDS,
)

CONSTANT: Final = _table(("is the constant of the API as a whole", "API"), also=PYTHON_KEYWORDS)

GROUP_CLASS: Final = _table(
    (
        "is imported by the client's module",
        (
            "AsyncTransport AwsAuth AwsEc2 AwsJson AwsQuery AwsRestJson AwsRestXml Clock ClientCertificate Connections "
            "Hooks RestJson Retries SchemeAuth Servers Timeout Transport"
        ),
    ),
    also=PYTHON_KEYWORDS,
)

ENUM_MEMBER: Final = _table(
    ("is an attribute of every member", "name value"),
    ("is an attribute of every class", "mro"),
    also=PYTHON_KEYWORDS,
)

ERROR: Final = _table(
    (
        "is an exception of every SDK",
        (
            "APIError ClientClosed ConfigurationError ConnectError ConnectTimeout ConnectionLost CredentialsError "
            "DNSError DeadlineExceeded DecodeError IncompleteRead PaginationError PoolTimeout ProtocolError ProxyError "
            "ReadTimeout RequestError ResponseError SDKError TLSError TransportError WriteTimeout"
        ),
    ),
    also=PYTHON_KEYWORDS,
)

RESULT: Final = _table(
    ("is a fact of every result", "attempts content_type headers raw_response request_id status_code"),
    ("is part of results that are pages", "items next next_async next_position next_token pages pages_async"),
    also=FIELD,
)

STREAMED_RESULT: Final = _table(
    ("is part of results that arrive piece by piece", "aclose close read reader save source"), also=RESULT
)
