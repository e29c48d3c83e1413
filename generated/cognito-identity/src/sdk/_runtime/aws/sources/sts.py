"""AWS Security Token Service: the two calls that hand out credentials of a role.

It speaks the service's query protocol, a form that is answered in XML, and no more of it than these calls need. XML
with a document type is refused, so that none of its entities are ever looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from ...errors import CredentialsError
from ...http import HTTPRequest, HTTPResponse
from ..credentials import Credentials
from ..region import resolve_region, split_fips
from .documents import read_credentials
from .outside import Outside
from .service import locate

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["request_role"]

_SECONDS = 20.0
_ATTEMPTS = 2
_SUCCESS = 200
# Long enough for what the service says in a sentence.
_MESSAGE_LIMIT = 300


def request_role(
    action: str, parameters: Mapping[str, str], where: str, outside: Outside, signer: Credentials | None = None
) -> Credentials:
    """Ask for the credentials of a role.

    Args:
        action: `AssumeRole` or `AssumeRoleWithWebIdentity`.
        parameters: Of the action, without those of the protocol.
        where: What asks for the role, for the message.
        outside: Where the region and the endpoint are looked for.
        signer: Who may assume the role; None sends the request unsigned.

    Raises:
        CredentialsError: There is no answer, or the role is refused.
        ConfigurationError: The region or the endpoint is not valid.
    """
    region = resolve_region(outside.region, outside.environ, outside.profile, default="us-east-1")
    origin, path = locate("sts", "STS", region, outside)
    body = urlencode({"Action": action, "Version": "2011-06-15", **parameters}).encode("ascii")
    request = HTTPRequest("POST", origin, path or "/", [("Content-Type", "application/x-www-form-urlencoded")], body)
    if signer is not None:
        _sign(request, signer, split_fips(region)[0], outside)
    response = outside.send(request, where, seconds=_SECONDS, attempts=_ATTEMPTS)
    reply = _parse(response, where)
    if response.status_code != _SUCCESS:
        raise CredentialsError(f"{where}: {action} was refused: {_reason(reply)} (status {response.status_code})")
    return _credentials(reply, where)


def _sign(request: HTTPRequest, signer: Credentials, region: str, outside: Outside) -> None:
    from ..sigv4 import sign  # here, because a web identity signs nothing

    request.headers += sign(
        method=request.method,
        host=request.origin.authority,
        target=request.target,
        headers=request.headers,
        body=request.body,
        credentials=signer,
        region=region,
        service="sts",
        now=outside.clock(),
    )


def _parse(response: HTTPResponse, where: str) -> Element:
    from xml.etree.ElementTree import ParseError, fromstring

    try:
        text = response.body.decode("utf-8")
        if "<!" not in text:  # neither document types nor, for the service sends none, comments and CDATA
            return fromstring(text)  # noqa: S314  (nothing is left that could expand, and the size is bounded)
    except (UnicodeDecodeError, ParseError):
        pass
    raise CredentialsError(f"{where}: what answers is not the Security Token Service (status {response.status_code})")


def _reason(reply: Element) -> str:
    code = reply.findtext(".//{*}Code") or "without a code"
    # Only the first line: below it, a refused signature is explained by the whole request, session token and all.
    message = (reply.findtext(".//{*}Message") or "").strip().partition("\n")[0]
    shown = "".join(char for char in f"{code}: {message}" if char.isprintable())
    return shown[:_MESSAGE_LIMIT].removesuffix(": ")


def _credentials(reply: Element, where: str) -> Credentials:
    parts = {element.tag.rpartition("}")[2]: element.text for element in reply.iterfind(".//{*}Credentials/*")}
    # arn:aws:sts::123456789012:assumed-role/name/session
    _, _, account = (reply.findtext(".//{*}AssumedRoleUser/{*}Arn") or "").partition(":sts::")
    return read_credentials({**parts, "AccountId": account.partition(":")[0]}, where)
