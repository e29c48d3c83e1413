"""Whether a request can be sent: that its values have their types and, on demand, that they keep to what the document
says of them (`_constraints`). All violations are found at once, each with the way to it.

The checks of a class are put together at its first use. From then on a call costs one look at the type of each value:
only what is a list, a map, a model or not what it should be is looked at closer. Values never stand in messages, as any
may be a secret.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import import_module
from math import isfinite
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, Union, get_args, get_origin

from msgspec import UNSET, Struct, UnsetType, structs

from .choices import Choice, Unknown, options_of
from .errors import RequestError, Violation

if TYPE_CHECKING:
    from .constraints import Constraint, Table
    from .operation import Operation

__all__ = ["Check", "Fault", "Validate", "check_request", "known_mode"]

Validate: TypeAlias = Literal["none", "types", "strict"]

# The way from the value that was checked to the one that is wrong, what is wrong, the keyword that says so.
Fault: TypeAlias = tuple[tuple[str, ...], str, str]
Check: TypeAlias = Callable[[Any], Sequence[Fault]]

_MODES: Final = get_args(Validate)
_NO_FAULT: Final[tuple[Fault, ...]] = ()
_SHOWN: Final = 20  # violations in a message, and names of alternatives
_KEY_LENGTH: Final = 40
# What else is sent as what a type stands for.
_ALSO: Final[Mapping[type, frozenset[type]]] = {float: frozenset({int}), bytes: frozenset({bytearray, memoryview})}
# Of these a value may have the right type and still be one that JSON cannot say.
_FINITE: Final = frozenset({float, Decimal})
# Types that stand for no value: JSON's null, and a member that is not there.
_ABSENT: Final[frozenset[type]] = frozenset({NoneType, UnsetType})


def known_mode(mode: object) -> Validate:
    """`mode`, if it is one.

    Raises:
        RequestError: It is none.
    """
    if mode not in _MODES:
        raise RequestError(f"validate is {mode!r}; it takes one of {', '.join(map(repr, _MODES))}")
    return mode  # type: ignore[return-value]


def check_request(operation: Operation[Any], request: Any, module: str, mode: Validate) -> None:
    """Refuse a request that is not as its types, or in the mode `strict` also as the document, say.

    Args:
        operation: What is called.
        request: The request object.
        module: The module of the API's constants, beside which the constraints lie.
        mode: How closely to look.

    Raises:
        RequestError: It cannot be sent; `violations` holds every reason.
    """
    if known_mode(mode) == "none":
        return
    try:
        # A protocol that spells values in its own way has words for infinity too.
        checks = _checks(module if mode == "strict" else None, is_finite=operation.timestamps is None)
        faults = checks.model(operation.request)(request)
    except RecursionError:
        raise RequestError(f"{operation.name}: the request is nested too deeply, or holds itself") from None
    if faults:
        violations = tuple(Violation(_path(operation, way), message, keyword) for way, message, keyword in faults)
        raise RequestError(_summary(operation, violations), violations=violations)


def _path(operation: Operation[Any], way: tuple[str, ...]) -> str:
    """As callers with keyword arguments know it: without the name of the group, or of the body, that holds it."""
    first = way[0].removeprefix(".") if way else ""
    is_holder = first in operation.groups or (
        first == "request" and operation.body is not None and not operation.renamed
    )
    if first == "request" and operation.body is None:
        way = (next((name for name, attribute in operation.renamed.items() if attribute == first), first), *way[1:])
    return "".join(way[1:] if is_holder and len(way) > 1 else way).removeprefix(".")


def _summary(operation: Operation[Any], violations: Sequence[Violation]) -> str:
    shown = "; ".join(f"{violation.path}: {violation.message}" for violation in violations[:_SHOWN])
    more = f"; and {len(violations) - _SHOWN} more" if len(violations) > _SHOWN else ""
    return f"{operation.name} was not sent: {shown}{more}"


@cache
def _checks(module: str | None, *, is_finite: bool) -> _Checks:
    """The checks of types alone, or with the constraints that lie beside `module`."""
    if module is None:
        return _Checks({}, _unchecked, _unchecked, is_finite=is_finite)
    from .constraint_checks import check_of_constraint, check_of_enumeration  # most clients never need them

    table = import_module(f"{module.rpartition('.')[0]}._constraints").CONSTRAINTS
    return _Checks(table, check_of_constraint, check_of_enumeration, is_finite=is_finite)


def _unchecked(_: object) -> None:
    return None


class _Checks:
    """Checks by type, each made once.

    Args:
        table: The constraints by class and attribute.
        limit: Makes the check of a constraint; None for none.
        closed: Makes the check of an enumeration's values; None where any will do.
        is_finite: Whether numbers must be finite, as JSON has it.
    """

    def __init__(
        self,
        table: Table,
        limit: Callable[[Constraint | None], Check | None],
        closed: Callable[[type[Enum]], Check | None],
        *,
        is_finite: bool,
    ) -> None:
        self._table = table
        self._limit = limit
        self._closed = closed
        self._finite = _FINITE if is_finite else frozenset[type]()
        self._models: dict[type[Struct], _Model] = {}

    def model(self, kind: type[Struct]) -> _Model:
        """The check of a class. Its members are looked at later: a class may have members of its own kind."""
        found = self._models.get(kind)
        if found is None:
            found = self._models.setdefault(kind, _Model(kind, self))
        return found

    def members(self, kind: type[Struct]) -> tuple[_Member, ...]:
        """The checks of a class's members, those that may be anything left out."""
        limits = self._table.get(kind, {})
        sensitive: frozenset[str] = getattr(kind, "__sensitive__", frozenset())
        sent: frozenset[str] = getattr(kind, "__required_to_send__", frozenset())
        found: list[_Member] = []
        for member in structs.fields(kind):
            fine, check = self.of(member.type, limits.get(member.name))
            if member.name in sent:
                fine, check = _present(fine, check)
            if check is not None:
                found.append((member.name, fine, check, member.name in sensitive))
        return tuple(found)

    def of(self, type_: Any, limits: Constraint | None) -> tuple[frozenset[type], Check | None]:
        """The check of a type, None where anything goes; and the exact types of values that need no check."""
        origin, arguments = get_origin(type_) or type_, get_args(type_)
        if origin in (Union, UnionType):
            return self._union(arguments, limits)
        limit = self._limit(limits)
        if origin is Literal:
            return frozenset(), _constant(arguments)
        if origin is list:
            return frozenset(), _list_check(self.of(arguments[0], getattr(limits, "item", None)), limit)
        if origin is dict:
            key_limit = self._limit(getattr(limits, "key", None))
            return frozenset(), _map_check(self.of(arguments[1], getattr(limits, "value", None)), limit, key_limit)
        if origin is Any or not isinstance(origin, type):
            return frozenset(), None
        if issubclass(origin, Struct):
            return frozenset(), self.model(origin)
        if issubclass(origin, Enum):
            return self._enumeration(origin)
        if issubclass(origin, Choice):
            return frozenset(), self._choice(origin)
        is_finite = origin in self._finite
        fine = frozenset() if is_finite or limit is not None else frozenset({origin})
        return fine, _scalar(origin, limit, is_finite=is_finite)

    def _enumeration(self, kind: type[Enum]) -> tuple[frozenset[type], Check]:
        plain = int if issubclass(kind, int) else str
        closed = self._closed(kind)

        def check(value: Any) -> Sequence[Fault]:
            is_other = isinstance(value, Enum | bool) and not isinstance(value, kind)
            if is_other or not isinstance(value, plain):
                return _mistyped(f"{kind.__name__} or {plain.__name__}", value)
            return _NO_FAULT if closed is None else closed(value)

        return frozenset({kind, plain}) if closed is None else frozenset(), check

    def _choice(self, kind: type[Choice]) -> Check:
        made: list[Check | None] = []

        def check(value: Any) -> Sequence[Fault]:
            if isinstance(value, Unknown):
                return _NO_FAULT
            if not made:  # late: a choice may be among its own options
                made.append(self._union(options_of(kind), None)[1])
            return _NO_FAULT if made[0] is None else made[0](value)

        return check

    def _union(self, options: Sequence[Any], limits: Constraint | None) -> tuple[frozenset[type], Check | None]:
        made = [self.of(option, limits) for option in options if option not in _ABSENT]
        checks = [check for _, check in made if check is not None]
        if len(checks) < len(made):
            return frozenset(), None
        fine = frozenset(exact for exacts, _ in made for exact in exacts)
        return fine | _ABSENT.intersection(options), checks[0] if len(checks) == 1 else _any_of(checks)


_Member: TypeAlias = tuple[str, frozenset[type], Check, bool]


class _Model:
    """The check of an instance of one class."""

    __slots__ = ("_checks", "_kind", "_members")

    def __init__(self, kind: type[Struct], checks: _Checks) -> None:
        self._kind = kind
        self._checks = checks
        self._members: tuple[_Member, ...] | None = None

    def __call__(self, value: Any) -> Sequence[Fault]:
        if not isinstance(value, self._kind):
            return _mistyped(self._kind.__name__, value)
        members = self._members
        if members is None:
            members = self._members = self._checks.members(self._kind)
        faults: list[Fault] = []
        for name, fine, check, is_sensitive in members:
            member = getattr(value, name)
            if type(member) in fine:
                continue
            if member is None or member is UNSET:
                faults.append(
                    ((f".{name}",), f"is required, but {'None' if member is None else 'not set'}", "required")
                )
                continue
            found = check(member)
            if found:
                faults += _below(f".{name}", _without_keys(found) if is_sensitive else found)
        return faults


def _present(fine: frozenset[type], check: Check | None) -> tuple[frozenset[type], Check]:
    """The check of a member that must be there, although its type has a word for its absence."""
    absent = UnsetType if UnsetType in fine else NoneType
    return fine - {absent}, check or (lambda _: _NO_FAULT)


def _below(step: str, faults: Sequence[Fault]) -> list[Fault]:
    return [((step, *way), message, keyword) for way, message, keyword in faults]


def _without_keys(faults: Sequence[Fault]) -> list[Fault]:
    """What is sensitive shows no keys either."""
    return [
        (tuple("[...]" if step.startswith(("['", '["')) else step for step in way), message, keyword)
        for way, message, keyword in faults
    ]


def _mistyped(expected: str, value: Any) -> list[Fault]:
    return [((), f"expected {expected}, got {'None' if value is None else type(value).__name__}", "type")]


def _scalar(kind: type, limit: Check | None, *, is_finite: bool) -> Check:
    accepted = (kind, *_ALSO.get(kind, ()))

    def check(value: Any) -> Sequence[Fault]:
        if not isinstance(value, accepted) or (isinstance(value, bool) and kind is not bool):
            return _mistyped(kind.__name__, value)
        if kind is dt.date and isinstance(value, dt.datetime):
            return _mistyped("date", value)
        if is_finite and not _is_finite(value):
            return [((), "is no finite number", "type")]
        return _NO_FAULT if limit is None else limit(value)

    return check


def _is_finite(value: Any) -> bool:
    # Not all by `isfinite`, which makes a float of everything: 10**400 and Decimal("1e400") are finite, and no float.
    if isinstance(value, Decimal):
        return value.is_finite()
    return isinstance(value, int) or isfinite(value)


def _constant(values: tuple[Any, ...]) -> Check:
    def check(value: Any) -> Sequence[Fault]:
        if any(value == constant and isinstance(value, type(constant)) for constant in values):
            return _NO_FAULT
        return [((), f"expected {' or '.join(map(repr, values[:_SHOWN]))}", "const")]

    return check


def _list_check(item: tuple[frozenset[type], Check | None], limit: Check | None) -> Check:
    fine, check_item = item

    def check(value: Any) -> Sequence[Fault]:
        if not isinstance(value, list | tuple):
            return _mistyped("list", value)
        faults: list[Fault] = [] if limit is None else [*limit(value)]
        if check_item is not None:
            for index, each in enumerate(value):
                if type(each) not in fine and (found := check_item(each)):
                    faults += _below(f"[{index}]", found)
        return faults

    return check


def _map_check(item: tuple[frozenset[type], Check | None], limit: Check | None, key_limit: Check | None) -> Check:
    fine, check_item = item

    def check(value: Any) -> Sequence[Fault]:
        if not isinstance(value, dict):
            return _mistyped("dict", value)
        faults: list[Fault] = [] if limit is None else [*limit(value)]
        for key, each in value.items():
            if not isinstance(key, str):
                faults += _below(_step(key), [((), f"expected a key of str, got {type(key).__name__}", "type")])
            elif key_limit is not None:
                found = key_limit(key)
                faults += [((_step(key), *way), f"the key {message}", keyword) for way, message, keyword in found]
            if check_item is not None and type(each) not in fine and (found := check_item(each)):
                faults += _below(_step(key), found)
        return faults

    return check


def _step(key: Any) -> str:
    text = str(key)
    return f"[{text if len(text) <= _KEY_LENGTH else f'{text[:_KEY_LENGTH]}...'!r}]"


def _any_of(checks: Sequence[Check]) -> Check:
    def check(value: Any) -> Sequence[Fault]:
        inside: Sequence[Fault] = _NO_FAULT
        expected: list[str] = []
        for option in checks:
            faults = option(value)
            if not faults:
                return _NO_FAULT
            way, message, keyword = faults[0]
            if len(faults) == 1 and not way and keyword in ("type", "const"):
                expected.append(message.removeprefix("expected ").partition(", got ")[0])
            else:
                inside = inside or faults  # of the right kind, and wrong in itself
        return inside or _mistyped(" or ".join(expected), value)

    return check
