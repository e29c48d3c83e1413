"""A call that somebody watches: the same decisions, told to the hooks.

Calls that nobody watches never import this.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from typing import Any

from .call import Call
from .draft import Draft
from .errors import RequestError, SDKError, TransportError
from .hooks import AttemptEnd, AttemptStart, CallEnd, CallStart, Hooks
from .http import HTTPRequest, HTTPResponse, Timeout
from .operation import Api, R

__all__ = ["WatchedCall", "watching"]


def watching(hooks: tuple[Hooks, ...], api: Api, request: Any) -> Callable[..., Call[Any]]:
    """What makes a call in place of `Call`.

    Args:
        hooks: Who watches.
        api: Whose call it is.
        request: The request object.
    """

    def begin(*arguments: Any, **options: Any) -> Call[Any]:
        call: WatchedCall[Any] = WatchedCall(*arguments, **options)
        call.watch(hooks, api, request)
        return call

    return begin


class WatchedCall(Call[R]):
    """A call that tells its hooks of itself; `watch` comes first."""

    def watch(self, hooks: tuple[Hooks, ...], api: Api, request: Any) -> None:
        """Begin: from here on there is an end that the hooks are told of."""
        self._hooks: tuple[Hooks, ...] = ()  # those that saw it begin
        self._facts: dict[str, Any] = {
            "operation": self._operation.name,
            "service": api.settings.get("service_id"),
            "method": self._operation.method,
            "path": self._operation.path,
            "server": f"{self._origin.scheme}://{self._origin.authority}",
            "call_id": self._id,
            "max_attempts": self._policy.max_attempts,
        }
        self._added: set[str] = set()
        self._sent: HTTPRequest | None = None
        self._attempts = 0
        self._last: HTTPResponse | None = None
        self._began = self._attempt_began = self._now()
        event = CallStart(**self._facts, request=request)
        try:
            for hook in hooks:
                hook.before_call(event)
                self._hooks += (hook,)
        except BaseException as error:
            self.failed(error)
            raise

    def attempt(self, identity: Any) -> tuple[HTTPRequest, Timeout]:
        """The next request, with what the hooks add to it."""
        request, timeout = super().attempt(identity)
        if self._added:
            self._refuse_doubles(request)
        self._sent, self._last, self._attempts = request, None, self._number
        self._attempt_began = self._now()
        return request, timeout

    def answered(self, response: HTTPResponse) -> R | None:
        """As a call decides, and told to the hooks."""
        self._last = response
        try:
            result = super().answered(response)
        except SDKError as error:
            self._attempt_ended(error, None)
            raise
        if result is None:
            self._attempt_ended(self.failure, self.wait)
        else:
            self._attempt_ended(None, None)
            self._ended_with(result, None)
        return result

    def lost(self, error: TransportError) -> None:
        """As a call decides, and told to the hooks."""
        try:
            super().lost(error)
        except SDKError:
            self._attempt_ended(error, None)
            raise
        self._attempt_ended(error, self.wait)

    def failed(self, error: BaseException) -> None:
        """Tell the hooks that the call has failed; an attempt that was under way has failed with it."""
        super().failed(error)
        if self._sent is not None:
            self._attempt_ended(error, None)
        self._ended_with(None, error)

    def _prepared(self) -> Draft:
        draft = super()._prepared()
        for hook in self._hooks:
            request = draft.copy().finish(self._origin)
            added = hook.before_attempt(AttemptStart(**self._facts, number=self._number, request=request))
            if added:
                draft.add_headers(added, f"{type(hook).__name__}.before_attempt")
                self._added |= {name.lower() for name in added}
        return draft

    def _refuse_doubles(self, request: HTTPRequest) -> None:
        names = [name.lower() for name, _ in request.headers]
        for name in self._added:
            if names.count(name) > 1:
                raise RequestError(f"a hook added the header {name}, which authentication sets itself")

    def _attempt_ended(self, error: BaseException | None, wait: float | None) -> None:
        assert self._sent is not None
        event = AttemptEnd(
            **self._facts,
            number=self._number,
            request=self._sent,
            response=self._last,
            error=error,
            elapsed=self._now() - self._attempt_began,
            wait=wait,
        )
        self._sent = None
        for hook in reversed(self._hooks):
            _guarded(hook, hook.after_attempt, event)

    def _ended_with(self, result: R | None, error: BaseException | None) -> None:
        event = CallEnd(
            **self._facts,
            attempts=self._attempts,
            result=result,
            error=error,
            response=self._last,
            elapsed=self._now() - self._began,
        )
        hooks, self._hooks = self._hooks, ()
        for hook in reversed(hooks):
            _guarded(hook, hook.after_call, event)

    def _now(self) -> float:
        return self._session.clock.monotonic()


def _guarded(hook: Hooks, tell: Callable[[Any], None], event: AttemptEnd | CallEnd) -> None:
    """Tell a hook what is done and cannot be undone; that it fails must not hide what came of the call."""
    try:
        tell(event)
    except Exception as error:  # it is the user's code: anything may come
        what = f"{type(hook).__name__}.{tell.__name__} raised {type(error).__name__}; the call is not affected"
        logging.getLogger(__name__).exception(what)
        warnings.warn(what, RuntimeWarning, stacklevel=2)
