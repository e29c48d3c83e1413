"""User data of instances: the models have a text that must come in Base64, and mean the bytes that it stands for.

AWS's own clients encode it in two requests and nowhere else, so here too it is text in all others.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from generator.importers.service_model import ServiceModel

_MEMBER: Final = "UserData"
_ENCODED_BY: Final = {"EC2": "RunInstances", "Auto Scaling": "CreateLaunchConfiguration"}


def with_user_data(model: ServiceModel) -> ServiceModel:
    """The model with bytes where AWS's own clients encode them; the same model for services that have none."""
    name = _ENCODED_BY.get(str(model.metadata.get("serviceId")))
    if name is None or name not in model.operations:
        return model
    request = model.operations[name]["input"]["shape"]
    members = model.shapes[request]["members"]
    text = members[_MEMBER]["shape"]
    encoded = f"{name}{_MEMBER}"  # a shape of its own: replies have the text as the service sends it
    shapes = {
        **model.shapes,
        encoded: {**model.shapes[text], "type": "blob"},
        request: {**model.shapes[request], "members": {**members, _MEMBER: {**members[_MEMBER], "shape": encoded}}},
    }
    return replace(model, shapes=shapes)
