"""Changes of documents as people make them, each kind once; and what a person would say of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.diff.versions import COGNITO, ROOT, SHOP

_OPENAPI = COGNITO / "openapi.yaml"
_LIBRARY = ROOT / "specs" / "showcase" / "openapi.yaml"
Expected = tuple[str, str, str]
"""Impact of the whole cause, rule, and what it happened to: subject, or subject and member."""


@dataclass(frozen=True, slots=True)
class Step:
    """An edit, and the causes that it is expected to have. `breaks` says who notices: `types` (a type checker does),
    `service` (the service refuses, or does something else), or nobody.
    """

    name: str
    edits: tuple[tuple[str, str], ...]
    causes: tuple[Expected, ...]
    breaks: str = ""
    document: Path = SHOP


def _one(name: str, old: str, new: str, impact: str, rule: str, to: str, breaks: str = "") -> Step:
    return Step(name, ((old, new),), ((impact, rule, to),), breaks)


_GET_ORDER = """  /orders/{number}:
    get:
"""
_PING = """  /ping:
    get:
      operationId: ping
      responses: {"204": {description: Alive.}}
"""
_COPY = """  /orders/{number}:
    additionalOperations:
      COPY:
        operationId: copyOrder
        parameters: [{name: number, in: path, required: true, schema: {type: integer}}]
        responses: {"204": {description: Copied.}}
"""
_DELETE = """    delete:
      operationId: deleteItem
      tags: [items]
      description: Deletes an item.
      responses:
        "204": {description: It is gone.}
"""
_SORT = "        - {name: sort, in: query, schema: {type: string, maxLength: 20}}\n"
_CONFLICT = """        "409":
          description: There is one already.
          content: {application/json: {schema: {$ref: "#/components/schemas/Conflict"}}}
"""

SHOP_STEPS = (
    # --- operations ---
    _one("operation-added", _GET_ORDER, _PING + _GET_ORDER, "additive", "operation-added", "ping"),
    _one("additional-operation-added", _GET_ORDER, _COPY + _GET_ORDER.partition("\n")[2], "additive", "operation-added",
         "copyOrder"),
    _one("operation-removed", _DELETE, "", "breaking", "operation-removed", "deleteItem", "types"),
    _one("operation-renamed", "operationId: deleteItem", "operationId: removeItem", "breaking", "operation-renamed",
         "removeItem", "types"),
    _one("path-changed", "/orders/{number}:", "/purchases/{number}:", "internal", "operation-path-changed", "getOrder"),
    _one("method-changed", "    delete:\n", "    put:\n", "internal", "operation-method-changed", "deleteItem"),
    _one("tag-moved", "tags: [orders]", "tags: [sales]", "breaking", "operation-moved", "getOrder", "types"),
    _one("operation-deprecated", "operationId: deleteItem", "operationId: deleteItem\n      deprecated: true", "docs",
         "operation-deprecated", "deleteItem"),
    _one("operation-description", "Gets an order.", "Reads an order.", "docs", "operation-docs-changed", "getOrder"),
    # --- parameters ---
    _one("parameter-added", _SORT, _SORT + "        - {name: size, in: query, schema: {type: string}}\n", "additive",
         "parameter-added", "listItems size"),
    _one("parameter-added-required", _SORT,
         _SORT + "        - {name: size, in: query, required: true, schema: {type: string}}\n", "breaking",
         "parameter-added-required", "listItems size", "types"),
    _one("parameter-removed", _SORT, "", "breaking", "parameter-removed", "listItems sort", "types"),
    _one("parameter-renamed", "{name: sort, ", "{name: sort_by, ", "breaking", "parameter-renamed",
         "listItems sort_by", "types"),
    _one("parameter-moved", "{name: sort, in: query", "{name: sort, in: header", "breaking", "parameter-moved",
         "listItems sort", "types"),
    _one("parameter-became-required", "{name: sort, in: query", "{name: sort, in: query, required: true", "breaking",
         "parameter-became-required", "listItems sort", "types"),
    _one("parameter-became-optional", "{name: shop, in: query, required: true", "{name: shop, in: query", "additive",
         "parameter-became-optional", "listItems shop"),
    _one("parameter-default", "default: 20", "default: 50", "breaking", "default-changed", "listItems limit",
         "service"),
    _one("parameter-tightened", "maximum: 100", "maximum: 60", "breaking", "constraint-tightened", "listItems limit",
         "service"),
    _one("parameter-loosened", "maxLength: 20", "maxLength: 40", "additive", "constraint-loosened", "listItems sort"),
    _one("parameter-type", "{name: number, in: path, required: true, schema: {type: integer}}",
         "{name: number, in: path, required: true, schema: {type: string}}", "breaking", "type-changed",
         "getOrder number", "types"),
    _one("parameter-format", "schema: {type: string, format: uuid}", "schema: {type: string}", "breaking",
         "format-changed", "listItems shop", "types"),
    _one("parameter-description", "description: How many.", "description: How many at most.", "docs",
         "member-docs-changed", "listItems limit"),
    # --- members of requests ---
    _one("request-member-required", "required: [name]", "required: [name, price]", "breaking",
         "member-became-required", "NewItem price", "types"),
    _one("request-member-optional", "      required: [name]\n", "", "additive", "member-became-optional",
         "NewItem name"),
    _one("request-member-added", "        note: {type: string, description: A remark.}\n",
         "        note: {type: string, description: A remark.}\n        size: {type: integer}\n", "additive",
         "member-added", "NewItem size"),
    Step("request-member-added-required",
         (("required: [name]", "required: [name, size]"),
          ("        note: {type: string", "        size: {type: integer}\n        note: {type: string")),
         (("breaking", "member-added-required", "NewItem size"),), "types"),
    _one("request-member-removed", "        note: {type: string, description: A remark.}\n", "", "breaking",
         "member-removed", "NewItem note", "types"),
    _one("request-member-renamed", "        note: {type", "        notes: {type", "breaking", "member-renamed",
         "NewItem notes", "types"),
    _one("request-member-tightened", "name: {type: string, maxLength: 80}", "name: {type: string, maxLength: 40}",
         "breaking", "constraint-tightened", "NewItem name", "service"),
    _one("request-member-nullable", "price: {type: integer, minimum: 0}",
         'price: {type: [integer, "null"], minimum: 0}',
         "additive", "nullable-added", "NewItem price"),
    _one("request-member-read-only", "{type: string, description: A remark.}",
         "{type: string, readOnly: true, description: A remark.}", "breaking", "member-became-read-only",
         "NewItem note", "types"),
    _one("member-no-longer-sensitive", ", x-sensitive: true", "", "breaking", "member-no-longer-sensitive",
         "NewItem secret", "service"),
    _one("member-became-sensitive", "{type: string, description: A remark.}",
         "{type: string, x-sensitive: true, description: A remark.}", "internal", "member-became-sensitive",
         "NewItem note"),
    _one("member-description", "A remark.", "Some remark.", "docs", "member-docs-changed", "NewItem note"),
    _one("member-deprecated", "{type: string, description: A remark.}",
         "{type: string, deprecated: true, description: A remark.}", "docs", "member-deprecated", "NewItem note"),
    _one("body-optional", "      requestBody:\n        required: true\n", "      requestBody:\n", "additive",
         "body-became-optional", "createItem body"),
    # --- members of replies ---
    _one("reply-member-required", "required: [id, name]", "required: [id, name, maker]", "additive",
         "member-became-required", "Item maker"),
    _one("reply-member-optional", "required: [id, name]", "required: [id]", "breaking", "member-became-optional",
         "Item name", "types"),
    _one("reply-member-removed", "        maker: {type: string}\n", "", "breaking", "member-removed", "Item maker",
         "types"),
    _one("reply-member-format", "made: {type: string, format: date-time}", "made: {type: string, format: date}",
         "breaking", "format-changed", "Item made", "types"),
    _one("reply-member-integer", 'weight: {type: [number, "null"]}', 'weight: {type: [integer, "null"]}', "additive",
         "type-narrowed", "Item weight"),
    _one("reply-member-number", "        price: {type: integer}\n", "        price: {type: number}\n", "breaking",
         "type-widened", "Item price", "types"),
    _one("request-member-number", "price: {type: integer, minimum: 0}", "price: {type: number, minimum: 0}",
         "additive", "type-widened", "NewItem price"),
    _one("reply-member-nullable", "        item: {type: string}\n", '        item: {type: [string, "null"]}\n',
         "breaking", "nullable-added", "Line item", "types"),
    _one("reply-option-added", '            - {$ref: "#/components/schemas/Transfer"}\n',
         '            - {$ref: "#/components/schemas/Transfer"}\n            - {$ref: "#/components/schemas/Line"}\n',
         "breaking", "type-widened", "Order payment", "types"),
    _one("reply-list", 'lines: {type: array, items: {$ref: "#/components/schemas/Line"}}',
         "lines: {type: array, items: {type: string}}", "breaking", "type-changed", "Order lines", "types"),
    # --- enumerations ---
    _one("enum-value-added", "enum: [red, green, blue]", "enum: [red, green, blue, grey]", "additive",
         "enum-value-added", 'Color "grey"'),
    _one("enum-value-removed", "enum: [red, green, blue]", "enum: [red, green]", "breaking", "enum-value-removed",
         'Color "blue"', "types"),
    Step("enum-value-swapped", (("enum: [red, green, blue]", "enum: [red, green, navy]"),),
         (("breaking", "enum-value-removed", 'Color "blue"'), ("additive", "enum-value-added", 'Color "navy"')),
         "types"),
    _one("schema-description", "A color.", "Some color.", "docs", "schema-docs-changed", "Color"),
    # --- replies and errors ---
    _one("success-added", '        "204": {description: It is gone.}',
         '        "204": {description: It is gone.}\n        "202": {description: Soon.}', "additive", "success-added",
         "deleteItem 202"),
    _one("success-status", '"201":', '"200":', "internal", "success-status-changed", "createItem 200"),
    _one("error-added", '        "204": {description: It is gone.}',
         '        "204": {description: It is gone.}\n        "403": {description: No.}', "additive", "error-added",
         "deleteItem 403"),
    _one("error-removed", _CONFLICT, "", "breaking", "error-removed", "createItem Conflict", "types"),
    _one("header-added", "            X-Quota:", "            X-Cost: {schema: {type: string}}\n            X-Quota:",
         "additive", "header-added", "getOrder X-Cost"),
    _one("header-removed", "            X-Quota: {schema: {type: integer}}\n", "", "breaking", "header-removed",
         "getOrder X-Quota", "types"),
    _one("header-became-optional", "{required: true, description: Its version.,", "{description: Its version.,",
         "breaking", "header-became-optional", "getOrder ETag", "service"),
    _one("header-became-required", "X-Quota: {schema", "X-Quota: {required: true, schema", "additive",
         "header-became-required", "getOrder X-Quota"),
    _one("header-type", "X-Quota: {schema: {type: integer}}", "X-Quota: {schema: {type: string, format: date-time}}",
         "breaking", "header-type-changed", "getOrder X-Quota", "types"),
    _one("stream-header-type", "X-Pages: {schema: {type: integer}}", "X-Pages: {schema: {type: string}}", "breaking",
         "header-type-changed", "getReceipt X-Pages", "types"),
    _one("stream-header-removed", "          headers: {X-Pages: {schema: {type: integer}}}\n", "", "breaking",
         "header-removed", "getReceipt X-Pages", "types"),
    # --- authentication, servers, pages ---
    _one("auth-required", "      security: []\n", "", "breaking", "auth-required", "getItem", "service"),
    _one("auth-lifted", "      description: Deletes an item.",
         "      description: Deletes an item.\n      security: []",
         "additive", "auth-lifted", "deleteItem"),
    _one("auth-alternative-removed", "security: [{key: []}, {token: []}]", "security: [{key: []}]", "breaking",
         "auth-removed", "createItem", "service"),
    _one("scheme-moved", "in: header, name: X-Key", "in: query, name: key", "internal", "scheme-place-changed",
         "API key"),
    _one("default-server", "https://api.shop.example", "https://api2.shop.example", "breaking",
         "default-server-changed", "API server", "types"),
    _one("server-removed", "  - url: https://sandbox.shop.example\n", "", "breaking", "server-removed", "API server",
         "types"),
    _one("pagination-removed", "      x-pagination: {input: cursor, output: next, results: items}\n", "", "breaking",
         "pagination-removed", "listItems", "types"),
    _one("api-version", 'version: "1"', 'version: "2"', "docs", "api-version-changed", "API"),
)  # fmt: skip


def _cognito(name: str, edits: tuple[tuple[str, str], ...], *causes: Expected) -> Step:
    return Step(name, edits, causes, document=_OPENAPI)


COGNITO_STEPS = (
    _cognito("cognito-operation-renamed", (("operationId: UntagResource\n", "operationId: RemoveTags\n"),),
             ("breaking", "operation-renamed", "RemoveTags")),
    _cognito("cognito-enum-value-removed", (("        - AuthenticatedRole\n        - Deny\n", "        - Deny\n"),),
             ("breaking", "enum-value-removed", 'AmbiguousRoleResolutionType "AuthenticatedRole"')),
    _cognito("cognito-enum-value-added", (("        - Deny\n", "        - Deny\n        - Ask\n"),),
             ("additive", "enum-value-added", 'AmbiguousRoleResolutionType "Ask"')),
    _cognito("cognito-member-renamed", (("\n        ClientId:\n", "\n        AppClientId:\n"),
                                         ("\n          ClientId:\n", "\n          AppClientId:\n")),
             ("breaking", "member-renamed", "CognitoIdentityProvider AppClientId")),
    # One schema that nine members share: one cause in requests, one in what only comes back.
    _cognito("cognito-shared-schema-tightened", (("      minLength: 20\n      maxLength: 2048\n",
                                                  "      minLength: 20\n      maxLength: 1024\n"),),
             ("breaking", "constraint-tightened", "CreateIdentityPoolInput OpenIdConnectProviderARNs"),
             ("internal", "constraint-tightened", "GetIdentityPoolRolesResponse Roles")),
    _cognito("cognito-timestamp-became-text", (("    DateType:\n      type: string\n      format: date-time\n",
                                                "    DateType:\n      type: string\n"),),
             ("breaking", "format-changed", "Credentials Expiration")),
    _cognito("cognito-description", (("Configuration of the identity pool to create.", "The pool to create."),),
             ("docs", "schema-docs-changed", "CreateIdentityPoolInput")),
    # What belongs to the protocol is none of the callers' business.
    _cognito("cognito-wire-parameter", (("        X-Amz-Date:\n",
                                         "        X-Amz-Date:\n          deprecated: true\n"),)),
)  # fmt: skip


def _library(name: str, edits: tuple[tuple[str, str], ...], *causes: Expected) -> Step:
    return Step(name, edits, causes, document=_LIBRARY)


LIBRARY_STEPS = (
    _library("library-enum-lifted", (('        genre: {$ref: "#/components/schemas/Genre"}\n    Name:',
                                      "        genre: {type: string}\n    Name:"),),
             ("breaking", "values-unlimited", "BookChange genre"), ("docs", "member-docs-changed", "BookChange genre")),
    _library("library-option-removed", (('oneOf: [{$ref: "#/components/schemas/Returned"}, '
                                         '{$ref: "#/components/schemas/Overdue"}]',
                                         'oneOf: [{$ref: "#/components/schemas/Returned"}]'),),
             ("breaking", "stream-changed", "watch 200")),
    _library("library-constant", (("{const: returned}", "{const: back}"),),
             ("breaking", "constant-changed", "Returned kind")),
    _library("library-further-members", (('        fine: {$ref: "#/components/schemas/Fine"}\n'
                                          "      additionalProperties: {type: string}\n",
                                          '        fine: {$ref: "#/components/schemas/Fine"}\n'),),
             ("breaking", "further-members-removed", "Loan *")),
    _library("library-xml", (("xml: {name: book}", "xml: {name: volume}"),), ("internal", "xml-changed", "Book")),
    _library("library-decimal", (("price: {type: string, format: decimal}", "price: {type: number}"),),
             ("breaking", "type-changed", "Book price")),
    _library("library-unique", (("uniqueItems: true, ", ""),),
             ("additive", "constraint-loosened", "Reader favourites")),
    _library("library-server-variable", (("branch: {default: main,", "branch: {default: north,"),),
             ("breaking", "server-variables-changed", "API server")),
)  # fmt: skip

STEPS = SHOP_STEPS + COGNITO_STEPS + LIBRARY_STEPS
