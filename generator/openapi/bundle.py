"""Closes a document: whatever its references reach is in it afterwards, and every reference is local.

The content of another file goes under the root key `x-bundled-files`, by the path relative to the project's directory;
nothing is inlined, so that a diamond of references costs what it costs in the files. References are rewritten to plain
local pointers. What a reference may ask for is decided by `references`; this module only follows.
"""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, Location, Refusal, Report
from generator.openapi import pointer as pointers
from generator.openapi.cycles import report_cycles
from generator.openapi.dangling import Dangling
from generator.openapi.library import Library
from generator.openapi.loss import loss
from generator.openapi.origin import Origin
from generator.openapi.positions import Position
from generator.openapi.references import Forbidden
from generator.openapi.resolve import Resolver
from generator.openapi.sites import Site, Tokens, Unit, sites
from generator.openapi.tree import look_up


def bundle(root: dict[str, Any], origin: Origin, root_dir: Path, report: Report) -> Library:
    """Closes a document in place.

    Args:
        root: The document.
        origin: Where its parts came from; the files that are taken in are added to it.
        root_dir: The directory that referenced files must be below.
        report: Takes what is wrong with single references: they lead nowhere, or in a circle.

    Returns:
        The files that were taken in, in the order of their first use, and those that were not there.

    Raises:
        Refusal: A reference leads to another machine or out of the directory, or a referenced file is ill-formed.
    """
    library = Library(root, origin, root_dir.resolve(), report)
    _Bundler(root, origin, library, report).close()
    return library


class _Bundler:
    def __init__(self, root: dict[str, Any], origin: Origin, library: Library, report: Report) -> None:
        self._root = root
        self._origin = origin
        self._resolver = Resolver(root, library)
        self._walked: set[Tokens] = set()
        self._report = report
        self._visited: set[int] = set()
        self._pending: deque[tuple[Unit, Tokens]] = deque([(library.main, ())])
        self._targets: dict[Site, Tokens] = {}
        self._dangling = Dangling(root, origin)
        self._dangerous: list[Diagnostic] = []

    def close(self) -> None:
        """Follows all references, and rewrites them at the end: until then, each still means what its file says."""
        while self._pending:
            unit, at = self._pending.popleft()
            value = look_up(self._root, at)
            if isinstance(value, dict | list):
                for site in sites(value, Position.OBJECT, unit, at, self._visited):
                    self._follow(site)
        if self._dangerous:
            raise Refusal(self._dangerous)
        self._dangling.report(self._report)
        report_cycles(self._targets, self._root, self._origin, self._report)
        for site, target in self._targets.items():
            site.holder[site.slot] = pointers.to_reference(target)

    def _follow(self, site: Site) -> None:
        if not isinstance(site.written, str):
            self._report.warning(
                "REF005",
                "`$ref` is not text",
                self._place(site),
                help="write a reference such as `#/components/schemas/Pet`",
                effect=loss(site.at, site.slot),
            )
            return
        try:
            landing = self._resolver.resolve(site.unit, site.written, lambda: self._place(site))
        except Forbidden as forbidden:
            self._targets[site] = (*site.unit.base, site.written)  # local like all others, and leading nowhere
            self._reject(forbidden, site)
            return
        self._targets[site] = landing.at
        if not landing.exists:
            self._dangling.add(site.written, landing.at, self._place(site), loss(site.at, site.slot))
        elif landing.at not in self._walked:
            self._walked.add(landing.at)
            self._pending += ((landing.unit, landing.unit.base), (landing.unit, landing.at))

    def _reject(self, forbidden: Forbidden, site: Site) -> None:
        at = self._place(site)
        if forbidden.is_dangerous:
            self._dangerous.append(forbidden.finding(at))
        else:
            effect = loss(site.at, site.slot)
            self._report.warning(forbidden.code, forbidden.message, at, help=forbidden.advice, effect=effect)

    def _place(self, site: Site) -> Location:
        return self._origin.find((*site.at, site.slot)).location()
