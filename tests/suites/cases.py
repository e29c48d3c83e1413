"""The published cases of the protocols, as packages: each file is translated and generated in as few as it can be.

An entry of a file is a small service of one operation with cases for it. Entries that do not contradict each other
become one service, so that a package is generated for many cases and not for each.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.importers.service_model import ServiceModel

DIRECTIONS = ("input", "output")
PROTOCOLS = ("json", "json_1_0")
# What an entry's metadata lacks, since no endpoint is resolved and nothing is signed in the suites.
_METADATA = {"endpointPrefix": "example", "serviceId": "Example"}


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case. `facts` is all that the suite says of it; `endpoint` the server of its client, None for the service's
    own.
    """

    direction: str
    protocol: str
    facts: Mapping[str, Any]
    endpoint: str | None

    @property
    def id(self) -> str:
        return str(self.facts["id"])

    @property
    def operation(self) -> str:
        return str(self.facts["given"]["name"])


@dataclass(kw_only=True)
class Service:
    """Entries that fit together."""

    metadata: Mapping[str, Any]
    operations: dict[str, Any] = field(default_factory=dict)
    shapes: dict[str, Any] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)

    def takes(self, entry: Mapping[str, Any]) -> bool:
        """Whether nothing in `entry` contradicts what is here."""
        operations = {case["given"]["name"]: case["given"] for case in entry["cases"]}
        return _agree(self.operations, operations) and _agree(self.shapes, entry["shapes"])

    def add(self, entry: Mapping[str, Any], direction: str, protocol: str) -> None:
        """Take in an entry."""
        self.shapes |= entry["shapes"]
        for case in entry["cases"]:
            self.operations[case["given"]["name"]] = case["given"]
            endpoint = entry.get("clientEndpoint")
            self.cases.append(Case(direction=direction, protocol=protocol, facts=case, endpoint=endpoint))

    def model(self, name: str) -> ServiceModel:
        """The service as a model."""
        metadata = {**_METADATA, **self.metadata}
        return ServiceModel(name=name, metadata=metadata, operations=self.operations, shapes=self.shapes)


def _agree(known: Mapping[str, Any], more: Mapping[str, Any]) -> bool:
    return all(known[name] == value for name, value in more.items() if name in known)


def services(archive: tarfile.TarFile, protocols: tuple[str, ...] = PROTOCOLS) -> Iterator[Service]:
    """The services of all files of these protocols."""
    for member in archive.getmembers():
        found = member.name.partition("/tests/unit/protocols/")[2]
        direction, _, protocol = found.removesuffix(".json").partition("/")
        if direction in DIRECTIONS and protocol in protocols:
            file = archive.extractfile(member)
            assert file is not None
            yield from _merged(json.load(file), direction, protocol)


def _merged(entries: list[dict[str, Any]], direction: str, protocol: str) -> list[Service]:
    found: list[Service] = []
    for entry in entries:
        service = next((service for service in found if service.takes(entry)), None)
        if service is None:
            service = Service(metadata=entry["metadata"])
            found.append(service)
        service.add(entry, direction, protocol)
    return found
