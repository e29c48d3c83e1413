"""The table of constraints that a client carries: what is constrained, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import sdk
from sdk._constraints import CONSTRAINTS
from sdk._runtime.constraints import Entries, Items, Text
from sdk.models import shared as cognito
from tests.cases.stages import run, write_document


@pytest.fixture(scope="module")
def table(shop: ModuleType) -> Any:
    return import_module(f"{shop.__name__}._constraints").CONSTRAINTS


@pytest.fixture(scope="module")
def classes(shop: ModuleType) -> Any:
    return import_module(f"{shop.__name__}._runtime.constraints")


def test_models_have_what_is_said_of_their_members(table: Any, shared: Any, classes: Any) -> None:
    size = classes.OneOf(("small", "large"))
    assert table[shared.Box] == {
        "width": classes.Number(1),
        "additional_properties": classes.Entries(value=classes.Number(maximum=3)),
    }
    assert table[shared.Line] == {"article": classes.Text(1), "amount": classes.Number(1, 99)}
    assert table[shared.Order] == {
        "customer": classes.Text(2, 4),
        "lines": classes.Items(1),
        "price": classes.Number(exclusive_minimum=0),
        "step": classes.Number(multiple_of=0.01),
        "note": classes.Text(max_length=5),
        "weight": classes.OneOf((1.5,)),
        "tags": classes.Items(unique=True),
        "by_size": classes.Entries(1, 2, size, classes.Items(item=classes.Number(0))),
        "stock": classes.Entries(required=("pens",)),
        "secrets": classes.Entries(key=classes.Text(pattern=r"^\w+$"), value=classes.Text(8)),
    }


def test_parameters_and_bodies_that_are_no_model_are_there(table: Any, shop: ModuleType, classes: Any) -> None:
    operations = shop.models.operations
    assert table[operations.PlaceOrderPathParams] == {"order_id": classes.Text(pattern=r"^[A-Z]{2}\d+$")}
    assert table[operations.PlaceOrderQueryParams] == {
        "copies": classes.Number(1, exclusive_maximum=10),
        "labels": classes.Items(maximum=2, item=classes.Text(max_length=3)),
    }
    assert table[operations.SendScoresRequest] == {"request": classes.Items(1, item=classes.Number(multiple_of=0.1))}
    assert len(table) == 6  # Box too


def test_pattern_of_an_aws_service_is_meant_for_the_whole_text() -> None:
    assert CONSTRAINTS[cognito.CreateIdentityPoolInput]["developer_provider_name"] == Text(1, 128, r"^(?:[\w._-]+)$")
    assert CONSTRAINTS[cognito.SetIdentityPoolRolesInput]["roles"] == Entries(
        maximum=2, key=Text(1, 128, "^(?:(un)?authenticated)$"), value=Text(20, 2048)
    )
    assert CONSTRAINTS[cognito.RulesConfigurationType] == {"rules": Items(1, 400)}


def test_hostile_pattern_is_a_literal(tmp_path: Path) -> None:
    stages = run(
        write_document(
            tmp_path,
            """
            paths:
              /a:
                get:
                  parameters:
                    - {name: a, in: query, schema: {type: string, pattern: "\\"\\n') + __import__('os').abort() #"}}
                  responses: {"200": {description: Fine.}}
            """,
        )
    )
    source = stages.files()["src/example/_constraints.py"].decode()
    assert r"""_k.Text(pattern="\"\n') + __import__('os').abort() #")""" in source


def test_nothing_loads_the_table_unasked() -> None:
    loaded = "import sys, sdk; sdk.SDK(region='us-east-1'); print('sdk._constraints' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", loaded],
        env={"PYTHONPATH": str(Path(str(sdk.__file__)).parents[1])},
        capture_output=True,
        check=True,
    )
    assert result.stdout == b"False\n"
