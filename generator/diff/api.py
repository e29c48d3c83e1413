"""The first level: what became of the API, whatever Python makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.diff.change import Change, Subject
from generator.diff.header_changes import Headers
from generator.diff.operation_changes import operation_changes
from generator.diff.pairing import Pairing
from generator.diff.schema_changes import Defaults, schema_changes
from generator.diff.spelling import address
from generator.diff.type_changes import Types
from generator.graph.model import Api, AuthScheme, Server

_API = Subject("api", "", "API")
_SERVERS = "/servers"


def api_changes(pairing: Pairing, defaults: Defaults, headers: Headers) -> list[Change]:
    """All changes between two graphs.

    Args:
        pairing: Which part of one is which part of the other.
        defaults: Looks defaults up in the documents: clients leave them to the service, so the graph has none.
        headers: Looks the headers of responses up, for the same reason.
    """
    pairs = {found.before.id: found.after.id for found in pairing.schemas}
    types = Types(pairing.before.types, pairing.after.types, pairs)
    return [
        *_whole(pairing.before, pairing.after),
        *_servers(pairing.before.servers, pairing.after.servers),
        *_schemes(pairing.before, pairing.after),
        *_webhooks(pairing.before, pairing.after),
        *operation_changes(pairing, types, defaults, headers),
        *schema_changes(pairing, types, defaults),
    ]


def _change(rule: str, **particulars: Any) -> Change:
    return Change(rule=rule, subject=_API, **particulars)


def _whole(old: Api, new: Api) -> Iterator[Change]:
    at: dict[str, Any] = {"at_before": "/info", "at_after": "/info"}
    if old.title != new.title:
        yield _change("api-title-changed", before=old.title, after=new.title, **at)
    if old.version != new.version:
        yield _change("api-version-changed", before=old.version, after=new.version, **at)
    if (old.docs, old.license, old.documentation_url) != (new.docs, new.license, new.documentation_url):
        yield _change("api-docs-changed", **at)
    if old.retries != new.retries:
        yield _change("retries-changed", at_before="", at_after="")


def _servers(old: tuple[Server, ...], new: tuple[Server, ...]) -> Iterator[Change]:
    before, after = [each.url for each in old], [each.url for each in new]
    at: dict[str, Any] = {"at_before": _SERVERS, "at_after": _SERVERS}
    if before[:1] != after[:1]:
        first, second = ("".join(each[:1]) or "none" for each in (before, after))
        yield _change("default-server-changed", member="server", before=first, after=second, **at)
    for url in after[1:]:
        if url not in before:
            yield _change("server-added", member="server", after=url, **at)
    for url in before[1:]:
        if url not in after:
            yield _change("server-removed", member="server", before=url, **at)
    if before[:1] == after[:1] and old and address(old[0])[2:] != address(new[0])[2:]:
        yield _change("server-variables-changed", member="server", name=before[0], **at)
    names = [each.name for each in new]
    for each in old:
        if each.name is not None and each.name not in names and each.url in after:
            yield _change("server-name-removed", member="server", before=each.name, **at)


def _schemes(old: Api, new: Api) -> Iterator[Change]:
    for key, scheme in new.auth.items():
        if key not in old.auth:
            yield _change("scheme-added", member=key, at_after=scheme.at)
        else:
            yield from _scheme(key, old.auth[key], scheme)
    for key, scheme in old.auth.items():
        if key not in new.auth:
            yield _change("scheme-removed", member=key, at_before=scheme.at)


def _scheme(key: str, old: AuthScheme, new: AuthScheme) -> Iterator[Change]:
    at: dict[str, Any] = {"at_before": old.at, "at_after": new.at}
    if old.kind != new.kind:
        yield _change("scheme-kind-changed", member=key, before=old.kind, after=new.kind, **at)
    elif (old.place, old.name) != (new.place, new.name):
        before, after = (f"{each.place and each.place.value} {each.name}" for each in (old, new))
        yield _change("scheme-place-changed", member=key, before=before, after=after, **at)
    elif (old.token_url, old.refresh_url, old.metadata_url) != (new.token_url, new.refresh_url, new.metadata_url):
        before, after = (str(each.token_url or each.metadata_url) for each in (old, new))
        yield _change("scheme-place-changed", member=key, before=before, after=after, **at)
    if old.docs != new.docs:
        yield _change("member-docs-changed", member=key, **at)


def _webhooks(old: Api, new: Api) -> Iterator[Change]:
    before, after = ({each.name: each for each in api.webhooks} for api in (old, new))
    for name, each in after.items():
        if name not in before:
            yield _change("webhook-added", member=name, at_after=each.at, roots=(each.type,))
    for name, each in before.items():
        if name not in after:
            yield _change("webhook-removed", member=name, at_before=each.at, roots=(each.type,))
