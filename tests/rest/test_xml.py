"""XML bodies of any API, by the `xml` objects of its schemas: what is sent, and what is read."""

from __future__ import annotations

import importlib
from datetime import date
from pathlib import Path

from tests.cases.installing import imported, write_files
from tests.cases.stages import run

DOCUMENT = """
openapi: 3.0.3
info: {title: XML, version: "1"}
servers: [{url: "https://api.example.com"}]
paths:
  /pets:
    post:
      operationId: addPet
      requestBody: {required: true, content: {application/xml: {schema: {$ref: "#/components/schemas/Pet"}}}}
      responses:
        "200": {description: Added., content: {application/xml: {schema: {$ref: "#/components/schemas/Pet"}}}}
components:
  schemas:
    Tag: {type: object, xml: {name: tag}, properties: {name: {type: string}}}
    Pet:
      type: object
      xml: {name: pet, namespace: "urn:pets", prefix: p}
      properties:
        id: {type: integer, xml: {attribute: true}}
        name: {type: string, xml: {name: fullName}}
        tags: {type: array, xml: {wrapped: true}, items: {$ref: "#/components/schemas/Tag"}}
        photoUrls: {type: array, items: {type: string, xml: {name: photo}}}
        born: {type: string, format: date}
"""
SENT = (
    b'<?xml version="1.0" encoding="UTF-8"?><p:pet xmlns:p="urn:pets" id="7"><fullName>Rex &amp; Bo</fullName>'
    b"<tags><tag><name>good</name></tag></tags><photo>a</photo><photo>b</photo><born>2020-01-02</born></p:pet>"
)


def test_a_body_is_written_and_read(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(DOCUMENT, encoding="utf-8")
    write_files(tmp_path, run(tmp_path / "openapi.yaml", package="xml_client").files())
    with imported(tmp_path, "xml_client") as module:
        shared = module.models.shared
        stub = importlib.import_module("xml_client.testing").Stub()
        stub.on("add_pet").raw(200, {"Content-Type": "application/xml; charset=utf-8"}, SENT)
        with stub.client(retries=0) as client:
            born = date(2020, 1, 2)
            pet = shared.Pet(id=7, name="Rex & Bo", tags=[shared.Tag(name="good")], photo_urls=["a", "b"], born=born)
            assert client.add_pet(module.models.operations.AddPetRequest(request=pet)).pet == pet
        assert stub.calls[-1].http.body == SENT
        assert dict(stub.calls[-1].http.headers)["Content-Type"] == "application/xml"
        assert stub.calls[-1].body == pet
