"""Who watches the calls of a client: its hooks, and the log where it is on.

Most calls of most programs are watched by nobody, and then all this costs them nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from .call import Call
from .hooks import Hooks, hooks_of
from .operation import Api

if TYPE_CHECKING:
    from logging import Logger

__all__ = ["Watchers"]

_INFO = 20  # logging.INFO, for which logging need not be imported


class Watchers:
    """Those of one client.

    Args:
        api: The client's API.
        hooks: The client's hooks.

    Raises:
        ConfigurationError: One of the hooks is none.
    """

    def __init__(self, api: Api, hooks: Iterable[Hooks]) -> None:
        self._api = api
        self._hooks = hooks_of(hooks)
        self._logger: Logger | None = None

    def call(self, request: Any) -> Callable[..., Call[Any]]:
        """What makes the next call: `Call`, or something in its place that tells the watchers of it.

        Args:
            request: The request object.
        """
        hooks = self._hooks
        logger = self._logger or self._find_logger()
        if logger is not None and logger.isEnabledFor(_INFO):
            from .call_log import CallLog  # most programs log no calls

            hooks = (*hooks, CallLog(logger))
        if not hooks:
            return Call
        from .watched_call import watching  # most calls are watched by nobody

        return watching(hooks, self._api, request)

    def _find_logger(self) -> Logger | None:
        """The logger of the package; None while `logging` is not imported, because nobody can have asked for a log."""
        if "logging" not in sys.modules:
            return None
        import logging

        self._logger = logger = logging.getLogger(self._api.module.rpartition(".")[0])
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())  # what to do with records is the program's choice
        return logger
