"""Every operation: pairs of what Python code says and what the wire says.

Written by hand; the tests hold it against the service model of botocore, so that a member left out here is found.
"""

from __future__ import annotations

from tests.clients.identity_cases import IDENTITY_CASES
from tests.clients.operation_case import OperationCase
from tests.clients.pool_cases import POOL_CASES

__all__ = ["CASES"]

CASES: tuple[OperationCase, ...] = (*POOL_CASES, *IDENTITY_CASES)
