"""The graph as JSON: the whole of a small document, to be read as a diff. To renew it: run with UPDATE_GOLDEN=1,
and read what changed.
"""

from __future__ import annotations

import os
from pathlib import Path

from generator.config import default_config
from generator.inspect import inspect
from generator.pipeline import Planned
from tests.cases.stages import run

HERE = Path(__file__).parent


def test_the_graph_of_a_small_document() -> None:
    found = run(HERE / "small.yaml")
    config = default_config(HERE / "small.yaml", Path("sdk"), package=None, distribution=None)
    planned = Planned(config=config, document=found.document, api=found.api, bound=found.bound, plan=found.plan)

    dump = inspect(planned, "graph") + "\n"

    golden = HERE / "small.graph.json"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(dump, encoding="utf-8")
    assert dump == golden.read_text(encoding="utf-8")
