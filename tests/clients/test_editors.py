"""What editors offer that read source by themselves, as IPython does: jedi."""

from __future__ import annotations

from pathlib import Path

import jedi
import pytest

SOURCE = Path(__file__).parents[2] / "generated" / "cognito-identity" / "src"
PROGRAM = "from sdk import SDK, AsyncSDK\nclient = {client}()\nfound = {call}"


def editor(call: str) -> jedi.Script:
    project = jedi.Project(SOURCE, added_sys_path=[str(SOURCE)], load_unsafe_extensions=False)
    return jedi.Script(f"from sdk import SDK\nclient = SDK()\nfound = {call}", project=project)


def test_arguments_are_completed_and_shown() -> None:
    script = editor("client.list_identity_pools(")
    assert {"max_results=", "next_token="} <= {each.name for each in script.complete()}
    assert any("max_results: int" in each.to_string() for each in script.get_signatures())


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("client.list_ide", "list_identity_pools"),
        ("client.list_identity_pools(max_results=1).list_", "list_identity_pools_response"),
        ("client.list_identity_pools(max_results=1).list_identity_pools_response.ident", "identity_pools"),
    ],
)
def test_methods_and_results_are_completed(written: str, offered: str) -> None:
    assert offered in {each.name for each in editor(written).complete()}
