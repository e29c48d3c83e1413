"""The published test suite of Signature Version 4: all of its requests, read as bytes on the wire."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import PurePosixPath

from runtime.aws.credentials import Credentials
from runtime.aws.sigv4 import sign

_SET_BY_SIGNER = {"host", "x-amz-date", "x-amz-security-token"}


def _parse(raw: str) -> tuple[str, str, list[tuple[str, str]], bytes]:
    head, _, body = raw.replace("\r\n", "\n").partition("\n\n")
    request_line, *lines = head.rstrip("\n").split("\n")
    method, target = request_line.removesuffix(" HTTP/1.1").split(" ", 1)
    headers: list[tuple[str, str]] = []
    for line in lines:
        if line[0] == " ":  # a folded header goes on
            name, value = headers.pop()
            headers.append((name, f"{value} {line}"))
        else:
            name, _, value = line.partition(":")
            headers.append((name, value))
    return method, target, headers, body.encode()


def _authorization(raw: str, token: str | None) -> str:
    method, target, headers, body = _parse(raw)
    host = next(value for name, value in headers if name.lower() == "host")
    added = sign(
        method=method,
        host=host,
        target=target,
        headers=[field for field in headers if field[0].lower() not in _SET_BY_SIGNER],
        body=body,
        credentials=Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token),
        region="us-east-1",
        service="service",
        now=datetime(2015, 8, 30, 12, 36, tzinfo=UTC),
    )
    return dict(added)["Authorization"]


def test_all_published_vectors(
    botocore_archive: tarfile.TarFile, record_property: Callable[[str, object], None]
) -> None:
    texts: dict[str, dict[str, str]] = {}
    for member in botocore_archive:
        path = PurePosixPath(member.name)
        if "aws4_testsuite" in path.parts and path.suffix in {".req", ".creq", ".authz"}:
            file = botocore_archive.extractfile(member)
            assert file is not None
            texts.setdefault(path.stem, {})[path.suffix] = file.read().decode()
    assert len(texts) == 34
    expected = {name: text[".authz"].strip() for name, text in texts.items()}
    tokens = {
        name: re.search(r"^x-amz-security-token:(.*)$", text[".creq"], re.MULTILINE) for name, text in texts.items()
    }
    actual = {
        name: _authorization(text[".req"], token[1].strip() if (token := tokens[name]) else None)
        for name, text in texts.items()
    }
    passed = sum(actual[name] == expected[name] for name in expected)
    record_property("published cases", f"Signature Version 4: {passed} of {len(expected)}")
    assert actual == expected
