"""What is left of a blocking exchange whose reply is read piece by piece."""

from __future__ import annotations

from .blocking import Lease
from .open_reply import OpenReply


class Body:
    """The body of an open reply, as it travels. It gives its connection back at its end, and drops it before.

    Args:
        reply: The reply, its head complete.
        lease: The connection; None where the reply is complete already.
    """

    def __init__(self, reply: OpenReply, lease: Lease | None) -> None:
        self._reply = reply
        self._lease = lease

    @property
    def is_open(self) -> bool:
        """Whether it holds a connection."""
        return self._lease is not None

    def read(self) -> bytes:
        """The next bytes, `b""` at the end.

        Raises:
            TransportError: The body broke off, or did not go on in time; the connection is dropped.
        """
        reply = self._reply
        lease = self._lease
        try:
            while not reply.buffered and not reply.done and lease is not None:
                lease.connection.receive(reply, lease.deadline)
        except BaseException:
            self.close()
            raise
        if reply.done:
            self.close()
        return reply.take()

    def close(self) -> None:
        """Give the connection back where the reply is complete, drop it where it is not."""
        lease, self._lease = self._lease, None
        if lease is None:
            return
        is_reusable = self._reply.done and self._reply.reusable
        if not is_reusable:
            lease.connection.close()
        lease.pool.leave(lease.lane, lease.connection if is_reusable else None)

    def abandon(self) -> None:
        """`close`, called by the collector."""
        self.close()
