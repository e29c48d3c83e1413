"""What is done to a thing of a service, in the words of the generated client."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# A client, the classes of its values, and the name or the identifier of the thing.
Step = Callable[[Any, Any, str], Any]


@dataclass(frozen=True, kw_only=True)
class Life:
    """What is done to a thing.

    Attributes:
        service: As botocore calls it.
        protocol: What the generated client must find out about it.
        operations: What is called; nothing else is generated.
        make: Makes a thing of that name, and returns its identifier.
        read: Returns what the service says of its name, by the identifier.
        listed: Returns the result that lists identifiers, a few to a page.
        identifier: Of an item of the list.
        miss: Asks for one that is not there.
        error: The class of the error then.
        code: Its code.
        delete: Deletes it.
        pages: How many pages there are of three things at least; 1 where moto has no pages.
        things: How many are made.
        before: Makes what has to be there first; it is also told where moto is.
    """

    service: str
    protocol: str
    operations: tuple[str, ...]
    make: Step
    read: Step
    listed: Callable[[Any], Any]
    identifier: Callable[[Any], str]
    miss: Callable[[Any], Any]
    error: str
    code: str
    delete: Step
    pages: int = 2
    things: int = 3
    before: Callable[[Any, str], Any] = lambda client, moto: None
