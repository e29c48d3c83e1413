"""TLS for both transports: the context, made when the first https request needs it, and readable handshake failures.

It trusts the system's store (OpenSSL's own SSL_CERT_FILE and SSL_CERT_DIR move that), and refuses TLS below 1.2.
"""

from __future__ import annotations

import os
import socket
import ssl

from ..errors import ConfigurationError, ConnectError, TLSError
from ..http import Origin
from .options import ClientCertificate, Verify

__all__ = ["failure", "handshake", "make_context"]


def make_context(verify: Verify, client_certificate: ClientCertificate) -> ssl.SSLContext:
    """A context for client connections.

    Args:
        verify: True for the system's certificate authorities, the path of a PEM file or directory for those alone,
            False to accept any certificate (for tests on your own machine); or a function that returns one of these.
        client_certificate: A PEM file with certificate and key, or the paths of both, and the key's password.

    Raises:
        ConfigurationError: A file cannot be read or holds nothing usable.
    """
    if callable(verify):
        verify = verify()
    try:
        if isinstance(verify, str):
            is_directory = os.path.isdir(verify)
            context = ssl.create_default_context(
                cafile=None if is_directory else verify, capath=verify if is_directory else None
            )
        else:
            context = ssl.create_default_context()
    except OSError as error:
        raise ConfigurationError(f"verify={verify!r} is not a file of trusted certificates: {error}") from error
    if verify is False:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    if client_certificate is not None:
        _present(context, client_certificate)
    return context


def _present(context: ssl.SSLContext, certificate: str | tuple[str, str] | tuple[str, str, str]) -> None:
    # A password in any case: without one, OpenSSL asks the terminal where a key turns out to be encrypted.
    key: str | None = None
    password = ""
    match certificate:
        case str():
            path = certificate
        case (path, key):
            pass
        case (path, key, password):
            pass
    try:
        context.load_cert_chain(path, key, password)
    except OSError as error:
        raise ConfigurationError(f"the client certificate {path!r} cannot be used: {error}") from error


def handshake(sock: socket.socket, origin: Origin, context: ssl.SSLContext) -> ssl.SSLSocket:
    """Wrap a connected socket, within its timeout.

    Raises:
        TLSError: No trust or no common protocol; trying again is useless.
        ConnectError: The peer went away.
        TimeoutError: The handshake took too long.
    """
    try:
        sock.getpeername()  # raises where `wrap_socket` would lose the socket unclosed: it was reset already
        return context.wrap_socket(sock, server_hostname=origin.host)
    except TimeoutError:
        raise
    except OSError as error:
        raise failure(origin, error) from error


def failure(origin: Origin, error: OSError) -> ConnectError:
    """What went wrong in a handshake with `origin`."""
    where = f"{origin.host}:{origin.port}"
    if not isinstance(error, ssl.SSLError) or isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        # The peer went away, as a server being restarted does: this says nothing about trust and may be tried again.
        return ConnectError(f"the connection to {where} broke during the TLS handshake: {error.strerror or error}")
    if isinstance(error, ssl.SSLCertVerificationError):
        cause = f"its certificate was not accepted: {error.verify_message}"
        hint = "if you trust it, pass the path of its CA bundle as verify="
    elif error.reason in ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE"):
        cause = f"what answers there does not speak TLS ({error.reason})"
        hint = "is it an http:// port?"
    else:
        cause = f"{error.reason or error.strerror or 'unknown cause'}"
        hint = (
            "client and server must share a protocol version and cipher, and a certificate if the server asks for one"
        )
    return TLSError(f"no TLS connection to {where}: {cause}; {hint}")
