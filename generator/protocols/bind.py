"""Choosing the protocol: the first whose evidence is complete, or the one that the configuration pins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from generator.diagnostics import Refusal
from generator.graph.model import Api
from generator.protocols import aws_ec2, aws_json, aws_query, aws_rest_json, aws_rest_xml, rest_json
from generator.protocols.binding import BoundApi

if TYPE_CHECKING:
    from generator.diagnostics import Location, Report

_Detect = Callable[[Api], tuple[str, ...]]
_Bind = Callable[[Api, tuple[str, ...]], BoundApi]

PROTOCOLS: dict[str, tuple[_Detect, _Bind]] = {
    aws_json.NAME: (aws_json.detect, aws_json.bind),
    aws_query.NAME: (aws_query.detect, aws_query.bind),
    aws_ec2.NAME: (aws_ec2.detect, aws_ec2.bind),
    aws_rest_xml.NAME: (aws_rest_xml.detect, aws_rest_xml.bind),
    aws_rest_json.NAME: (aws_rest_json.detect, aws_rest_json.bind),
    rest_json.NAME: (rest_json.detect, rest_json.bind),
}


def bind(api: Api, pinned: str | None, report: Report, place: Callable[[], Location | None] = lambda: None) -> BoundApi:
    """The graph bound to a protocol. The reason is reported as a note.

    Args:
        api: The graph.
        pinned: The protocol's name; None to choose the one that the facts speak for.
        report: Takes the reason.
        place: Finds where the protocol was pinned.

    Raises:
        Refusal: There is no such protocol (exit 2).
    """
    if pinned is not None and pinned not in PROTOCOLS:
        raise Refusal.because(
            "CFG008",
            f"there is no protocol {pinned!r}",
            place(),
            help=f"pin one of {', '.join(PROTOCOLS)} in sdk.toml, or remove `protocol` to have it detected",
        )
    for name, (detect, bind_to) in PROTOCOLS.items():
        if pinned is not None and name != pinned:
            continue
        evidence = (f"pinned as {name!r} by the configuration",) if pinned is not None else detect(api)
        if evidence:
            report.note(
                "GEN001", f"protocol {name}: {'; '.join(evidence)}", help="pin another with `protocol` in sdk.toml"
            )
            return bind_to(api, evidence)
    raise AssertionError(
        f"no protocol binds {api.title!r}"
    )  # rest_json binds anything; the configuration checks its pin
