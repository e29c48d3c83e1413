"""Clients of services as botocore describes them, imported and generated when a test asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from generator.importers.document import translate
from generator.importers.service_model import load
from generator.render.render import render
from tests.cases.installing import imported, write_files
from tests.cases.stages import run

Made = Callable[[str, tuple[str, ...]], ModuleType]


@contextmanager
def services(root: Path) -> Iterator[Made]:
    """Makes the package of a service, with the operations of these names and no others: generating takes its time.

    Args:
        root: A folder of the test's own.
    """
    packages: dict[tuple[str, tuple[str, ...]], ModuleType] = {}
    with ExitStack() as stack:

        def make(service: str, operations: tuple[str, ...]) -> ModuleType:
            model = load(f"botocore:{service}")
            kept = {name: model.operations[name] for name in operations}
            known = (service, operations)
            if known in packages:
                return packages[known]
            place = root / f"{service}_{len(packages)}"
            place.mkdir(exist_ok=True)
            document = place / "openapi.yaml"
            # Hosts are tested elsewhere, and a rule set takes seconds.
            small = replace(model, operations=kept, endpoint_rules=None)
            document.write_text(translate(small).text(), encoding="utf-8")
            package = f"moto_{service.replace('-', '_')}_{len(packages)}"
            write_files(place, render(run(document, package=package).plan, None, formatted=False))
            packages[known] = stack.enter_context(imported(place, package))
            return packages[known]

        yield make
