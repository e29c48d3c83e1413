"""The other end of the benchmarks: prepared replies over bare sockets, so that what is measured is the client."""

from __future__ import annotations

import json
import socket
import threading

POOL = {
    "IdentityPoolId": "us-east-1:00000000-0000-4000-8000-000000000000",
    "IdentityPoolName": "pool",
    "AllowUnauthenticatedIdentities": False,
}
PAGE = {
    "IdentityPoolId": POOL["IdentityPoolId"],
    "Identities": [
        {
            "IdentityId": f"us-east-1:00000000-0000-4000-8000-{number:012}",
            "Logins": ["accounts.example.com"],
            "CreationDate": 1700000000.5 + number,
            "LastModifiedDate": 1700000100.25 + number,
        }
        for number in range(60)
    ],
}


def reply(document: object) -> bytes:
    """A whole HTTP reply."""
    body = json.dumps(document).encode()
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nx-amzn-RequestId: id\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


REPLIES = {b"CreateIdentityPool": reply(POOL), b"ListIdentities": reply(PAGE)}


def serve(connection: socket.socket) -> None:
    """Answer requests on one connection until it ends."""
    buffer = b""
    while chunk := connection.recv(65536):
        buffer += chunk
        head, end, rest = buffer.partition(b"\r\n\r\n")
        lines = [line.partition(b":") for line in head.split(b"\r\n")[1:]]
        fields = {name.lower(): value.strip() for name, _, value in lines}
        length = int(fields.get(b"content-length", b"0"))
        if end and len(rest) >= length:
            buffer = rest[length:]
            connection.sendall(REPLIES[fields[b"x-amz-target"].rpartition(b".")[2]])


def main() -> None:
    """Listen on a port of its own, and print which."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            connection, _ = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()
