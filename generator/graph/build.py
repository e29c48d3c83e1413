"""From the document to the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.graph.auth import auth_schemes
from generator.graph.constant_tags import with_constant_tags
from generator.graph.filters import Wanted, left_out
from generator.graph.hierarchies import extensions
from generator.graph.links import with_links
from generator.graph.media import with_files_in_forms
from generator.graph.model import Api, Docs
from generator.graph.operations import build_operation, is_ignored, skipped
from generator.graph.passes import with_usage
from generator.graph.retries import retry_policy
from generator.graph.sending import with_known_labels
from generator.graph.servers import servers
from generator.graph.types import Context
from generator.graph.webhooks import webhooks
from generator.openapi.model import Document, Schema
from generator.openapi.parse import parse_schema_at

if TYPE_CHECKING:
    from generator.diagnostics import Report
    from generator.openapi.load import LoadedDocument


def build(document: Document, loaded: LoadedDocument, report: Report, wanted: Wanted | None = None) -> Api:
    """The graph of `document`; `loaded` answers for schemas outside the components, and for locations.

    Args:
        document: What the document says.
        loaded: The document itself.
        report: Takes the findings.
        wanted: Which operations are generated; all that the document doesn't leave out, without it.
    """
    wanted = wanted or Wanted()
    wanted.refuse_idle(document.operations, report)
    context = Context(lookup=Schemas(document, loaded, report), locate=loaded.locate, report=report)
    context.extensions = extensions(document.schemas)
    context.names.update({pointer: _component_name(pointer) for pointer in document.schemas})
    kept = [operation for operation in document.operations if not is_ignored(operation) and operation in wanted]
    operations = tuple(build_operation(context, operation, document.security) for operation in kept)
    operations = tuple(with_links(context, kept, operations))
    sent = (*document.webhooks, *(callback for operation in kept for callback in operation.callbacks))
    received = tuple(webhooks(context, sent))
    context.finish()
    types = with_constant_tags(with_files_in_forms(context.types, operations))
    order = {pointer: index for index, pointer in enumerate(document.schemas)}
    position = {id_: (order.get(id_, len(order)), index) for index, id_ in enumerate(context.types)}
    return with_usage(
        Api(
            title=document.info.title,
            version=document.info.version,
            docs=Docs(summary=document.info.summary, description=document.info.description),
            license=(
                None
                if document.info.license is None
                else document.info.license.identifier or document.info.license.name
            ),
            documentation_url=document.info.documentation_url,
            servers=servers(document.servers),
            auth=auth_schemes(document.security_schemes),
            retries=retry_policy(context, document.extensions, ""),
            operations=tuple(with_known_labels(context, operations, types, report)),
            webhooks=received,
            skipped=tuple(
                skipped(operation) if is_ignored(operation) else left_out(operation)
                for operation in document.operations
                if is_ignored(operation) or operation not in wanted
            ),
            types={id_: types[id_] for id_ in sorted(types, key=position.__getitem__)},
            preferred=context.preferred,
            traits=document.info.extensions,
        )
    )


def _component_name(pointer: str) -> str:
    return pointer.rsplit("/", 1)[-1].replace("~1", "/").replace("~0", "~")


class Schemas:
    """Schemas by pointer: the components as parsed, any other on first demand."""

    def __init__(self, document: Document, loaded: LoadedDocument, report: Report) -> None:
        self._known: dict[str, Schema | None] = dict(document.schemas)
        self._loaded = loaded
        self._report = report

    def __call__(self, pointer: str) -> Schema | None:
        """The schema at `pointer`, None where there is none."""
        if pointer not in self._known:
            self._known[pointer] = parse_schema_at(pointer, self._loaded, self._report)
        return self._known[pointer]
