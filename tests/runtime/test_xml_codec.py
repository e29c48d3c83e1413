"""XML read and written by the models' types; what could harm its reader is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from runtime.errors import DecodeError, RequestError
from runtime.xml_codec import decode_xml, encode_xml


class Tag(msgspec.Struct, kw_only=True):
    key: str | None = msgspec.field(default=None, name="Key")
    value: str | None = msgspec.field(default=None, name="Value")


class Pet(msgspec.Struct, kw_only=True):
    __xml__ = {
        "": {"name": "Pet", "namespace": "urn:pets"},
        "id": {"attribute": True},
        "lang": {"name": "lang", "prefix": "xml", "attribute": True},
        "tags": {"item": "tag"},
        "nick_names": {"name": "nick"},
        "prices": {"entry": "entry"},
        "sizes": {"name": "Size", "entry": ""},
    }
    __timestamps__ = {"seen": "http-date"}

    id: int | None = None
    lang: str | None = None
    name: str | None = None
    good: bool | None = None
    weight: float | None = None
    born: datetime | None = None
    seen: datetime | None = None
    photo: bytes | None = None
    tags: list[Tag] | None = None
    nick_names: list[str] | None = None
    prices: dict[str, int] | None = None
    sizes: dict[str, str] | None = None
    more: dict[str, str] | None = None
    friend: Pet | None = None
    anything: Any = None


FULL = Pet(
    id=7,
    lang="en",
    name=' <Rex> & "son"\r\n',
    good=True,
    weight=1.5,
    born=datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC),
    seen=datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC),
    photo=b"\x00\xff",
    tags=[Tag(key="a", value=""), Tag(key="b")],
    nick_names=["R", "Ré"],
    prices={"new": 10, "old": 2},
    sizes={"s": "small"},
    more={"colour": "red"},
    friend=Pet(name="Bo"),
)


def test_a_model_as_a_document() -> None:
    assert encode_xml(FULL).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Pet xmlns="urn:pets" id="7" xml:lang="en">'
        "<name> &lt;Rex&gt; &amp; &quot;son&quot;&#xD;\n</name>"
        "<good>true</good><weight>1.5</weight><born>2020-01-02T03:04:05Z</born>"
        "<seen>Thu, 02 Jan 2020 03:04:05 GMT</seen><photo>AP8=</photo>"
        "<tags><tag><Key>a</Key><Value></Value></tag><tag><Key>b</Key></tag></tags>"
        "<nick>R</nick><nick>Ré</nick>"
        "<prices><entry><key>new</key><value>10</value></entry><entry><key>old</key><value>2</value></entry></prices>"
        "<Size><key>s</key><value>small</value></Size>"
        "<more><colour>red</colour></more>"
        "<friend><name>Bo</name></friend>"
        "</Pet>"
    )


def test_what_is_written_is_read_back() -> None:
    assert decode_xml(Pet, encode_xml(FULL)) == FULL


def test_prefixes_order_comments_and_unknown_elements_do_not_matter() -> None:
    document = b"""<p:Pet xmlns:p="urn:pets" id=" 8 "><!-- x --><p:friend/><unknown><deep/></unknown>
        <p:good> false </p:good><p:tags/><p:name><![CDATA[<b>]]></p:name><p:weight/></p:Pet>"""
    assert decode_xml(Pet, document) == Pet(id=8, friend=Pet(), good=False, tags=[], name="<b>")


def test_items_are_read_whatever_a_server_calls_them() -> None:
    assert decode_xml(Pet, b"<Pet><tags><member><Key>a</Key></member></tags></Pet>") == Pet(tags=[Tag(key="a")])


def test_an_untyped_member_is_plain_data() -> None:
    read = decode_xml(Pet, b"<Pet><anything><a>1</a><a>2</a><b/></anything></Pet>")
    assert read.anything == {"a": ["1", "2"], "b": ""}


def test_a_list_alone_has_its_items_as_children() -> None:
    assert decode_xml(list[Tag], b"<tags><tag><Key>a</Key></tag></tags>") == [Tag(key="a")]


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><Pet><name>&b;</name></Pet>'
OUTSIDE = b'<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/hostname">]><Pet><name>&x;</name></Pet>'
SUBSET = b'<!DOCTYPE p SYSTEM "http://127.0.0.1/evil.dtd"><Pet/>'


@pytest.mark.parametrize("document", [LAUGHS, OUTSIDE, SUBSET, "<!DOCTYPE p><Pet/>".encode("utf-16")])
def test_a_document_type_declaration_is_refused(document: bytes) -> None:
    with pytest.raises(DecodeError, match="document type declaration"):
        decode_xml(Pet, document)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b"", "no element found"),
        (b"<Pet>", "no element found"),
        (b"<Pet/><Pet/>", "junk after document element"),
        (b"<Pet>&undefined;</Pet>", "undefined entity"),
        (b"<Pet>\xff</Pet>", "invalid token"),
        (b'<?xml version="1.0" encoding="nonsense"?><Pet/>', "unknown encoding"),
        (b"<a>" * 5000 + b"</a>" * 5000, "nested too deeply"),
    ],
)
def test_what_is_no_document_is_an_error(document: bytes, reason: str) -> None:
    with pytest.raises(DecodeError, match=reason):
        decode_xml(Pet, document)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (Pet(name="\x00"), "character"),
        (Pet(name="\ud800"), "character"),
        (Pet(more={"a><b": "x"}), "no name"),
        (Pet(more={"": "x"}), "no name"),
    ],
)
def test_what_xml_cannot_say_is_refused(value: Pet, reason: str) -> None:
    with pytest.raises(RequestError, match=reason):
        encode_xml(value)


def test_a_model_that_holds_itself_is_refused() -> None:
    pet = Pet()
    pet.friend = pet
    with pytest.raises(RequestError, match="holds itself"):
        encode_xml(pet)
