"""`x-hostPrefix` and `x-requestCompression`."""

from __future__ import annotations

import pytest

from tests.graph.conftest import Understand

DOCUMENT = """\
paths:
  /subject:
    post:
      operationId: sendSubject
      {extension}
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [account, kind, size]
              properties:
                account: {{type: string}}
                kind: {{type: string, enum: [a, b]}}
                size: {{type: integer}}
                maybe: {{type: string}}
      responses: {{"204": {{description: Done.}}}}
"""


def understood(understand: Understand, extension: str) -> tuple[str | None, bool, list[str]]:
    found = understand(DOCUMENT.format(extension=extension))
    (operation,) = found.api.operations
    return operation.host_prefix, operation.compressed, found.codes()


@pytest.mark.parametrize("prefix", ["data.", "sync-", "{account}.", "a.{kind}-{account}."])
def test_a_prefix(understand: Understand, prefix: str) -> None:
    assert understood(understand, f"x-hostPrefix: '{prefix}'") == (prefix, False, [])


@pytest.mark.parametrize(
    "prefix", ["''", "'evil.com/'", "'a b'", "'{account'", "5", "[a]", "'{maybe}.'", "'{size}.'", "'{nobody}.'"]
)
def test_a_prefix_that_is_none(understand: Understand, prefix: str) -> None:
    assert understood(understand, f"x-hostPrefix: {prefix}") == (None, False, ["SPEC037"])


def test_compression(understand: Understand) -> None:
    assert understood(understand, "x-requestCompression: [gzip]") == (None, True, [])
    assert understood(understand, "x-requestCompression: [br, gzip]") == (None, True, [])


@pytest.mark.parametrize("declared", ["[br]", "gzip", "true", "[]"])
def test_compression_that_no_client_has(understand: Understand, declared: str) -> None:
    assert understood(understand, f"x-requestCompression: {declared}") == (None, False, ["SPEC036"])
