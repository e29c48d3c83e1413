"""Every feature of the showcase over HTTP: what is called, what travels, what comes back.

In the order of the document, `specs/showcase/openapi.yaml`: read side by side they say what generated clients can do.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from decimal import Decimal
from email import policy
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import UUID

import pytest
from showcase import UNSET, File, Library, Upload
from showcase.models import errors, shared

from tests.rest.recorder import Recorded, Recorder

ID = UUID("12345678-1234-4123-8123-123456789012")
BOOK = {
    "id": str(ID),
    "title": "The Sea",
    "authors": [{"name": "Ada"}],
    "genre": "cookery",
    "pages": None,
    "price": "12.50",
    "published": "1905-07-01",
    "arrived": "2024-02-29T12:30:00Z",
    "opens": "09:30:00",
    "reading_time": "PT27000S",
    "copies": 9007199254740993,
    "fingerprint": "3q2+7w==",
    "condition": 2,
    "medium": {"kind": "audio", "length": "PT28800S", "voices": ["Grace"]},
    "translations": {"fr": "La Mer"},
    "sequels": [{"title": "The Shore", "authors": [{"name": "Ada"}]}],
    "owner": "Bo",
    "note": {"any": ["thing"]},
    "of_a_newer_server": [1],
}
PROBLEM = {"type": "https://library.example/problems/gone", "title": "Gone", "status": 404, "detail": "No such book."}


def query(request: Recorded) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(request.target).query)


# --- where and who --------------------------------------------------------------------------------------------------


def test_a_server_of_the_document_is_chosen_by_name_with_its_variables(server: Recorder) -> None:
    server.answers(201, {"name": "Bo"})
    port = str(urlsplit(server.url).port)

    with Library(server="training", port=port) as client:
        client.readers.add_reader(name="Bo")

    assert server.request.target == "/v1/readers"
    assert server.request.headers["host"] == f"localhost:{port}"


def test_a_branch_that_there_is_not() -> None:
    with pytest.raises(errors.ConfigurationError, match="'main', 'north', 'harbour'"):
        Library(branch="south")  # type: ignore[arg-type]


def test_a_key_and_a_password_together(client: Library, server: Recorder) -> None:
    server.answers(200, BOOK)

    client.books.get_book(book_id=ID)

    assert server.request.headers["x-desk-key"] == "key-1"
    assert base64.b64decode(server.request.headers["authorization"].removeprefix("Basic ")) == b"ada:secret"


def test_an_operation_that_needs_nobody_to_be_known(client: Library, server: Recorder) -> None:
    server.answers(201, {"name": "Bo"})

    client.readers.add_reader(name="Bo", password="correct horse", favourites=[shared.Genre.POETRY])

    assert "authorization" not in server.request.headers
    assert server.request.json == {"name": "Bo", "password": "correct horse", "favourites": ["poetry"]}


def test_who_is_asked_for_can_be_a_matter_of_the_environment(server: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOWCASE_LIBRARY_SITE", "s-1")
    server.answers(200, {"number": "4711"})

    with Library(server_url=server.url) as client:
        card = client.readers.card(reader=ID).card

    assert server.request.headers["cookie"] == "sid=s-1"
    assert card.number == "4711"
    assert "4711" not in repr(card)


# --- parameters -------------------------------------------------------------------------------------------------------


def test_parameters_in_all_places_and_styles(client: Library, server: Recorder) -> None:
    server.answers(200, {"books": []})

    client.books.list_books(
        genre=[shared.Genre.CHILDREN_S, "cookery"],
        shelf=[1, 2],
        written=shared.Years(from_=1900, to=1910),
        sort=["title", "price"],
        path="fiction/sea?",
        near=shared.Place(city="Kiel", shelf=3),
        accept_currency=["EUR", "SEK"],
        session="s 1",
    )

    request = server.request
    assert query(request) == [
        ("genre", "children's"),
        ("genre", "cookery"),
        ("shelf", "1|2"),
        ("written[from]", "1900"),
        ("written[to]", "1910"),
        ("sort", "title,price"),
        ("path", "fiction/sea?"),
        ("near", '{"city":"Kiel","shelf":3}'),
    ]
    assert "path=fiction/sea?" in request.target
    assert request.headers["accept-currency"] == "EUR,SEK"
    assert unquote(request.headers["cookie"]) == "session=s 1"


def test_what_a_reply_says_in_its_head(client: Library, server: Recorder) -> None:
    server.answers_by(lambda _: ({"books": []}, {"X-Total": "12"}))

    result = client.books.list_books()

    assert (result.x_total, result.headers["x-total"]) == (12, "12")


def test_values_in_the_path_in_three_styles(client: Library, server: Recorder) -> None:
    server.answers(200, ["The Sea"])

    titles = client.books.list_shelf(place=["room 1", "b"], filters={"lent": "no"}, format="json").result

    assert server.request.target == "/v2/shelves/room%201,b;lent=no/books.json"
    assert titles == ["The Sea"]


# --- pages ------------------------------------------------------------------------------------------------------------


def test_pages_by_cursor(client: Library, server: Recorder) -> None:
    server.answers_in_turn([(200, {"books": [BOOK], "next": "c2"}), (200, {"books": [BOOK, BOOK]})])

    assert [book.title for book in client.books.list_books()] == ["The Sea"] * 3
    assert [query(request) for request in server.requests] == [[], [("cursor", "c2")]]


def test_pages_by_number(client: Library, server: Recorder) -> None:
    loan = {"id": str(ID), "book": str(ID), "due": "2024-03-28"}
    server.answers_in_turn([(200, {"loans": [loan, loan]}), (200, {"loans": [loan]}), (200, {"loans": []})])

    assert len(list(client.books.list_loans(book_id=ID))) == 3
    assert [query(request) for request in server.requests] == [[], [("page", "2")], [("page", "3")]]


def test_pages_where_the_reply_says(client: Library, server: Recorder) -> None:
    more = f"{server.url}/readers?after=Bo"
    server.answers_in_turn([(200, {"items": [{"name": "Bo"}], "more": more}), (200, {"items": [{"name": "Cy"}]})])

    assert [reader.name for reader in client.readers.list_readers()] == ["Bo", "Cy"]
    assert query(server.requests[1]) == [("after", "Bo")]


def test_the_next_page_is_not_asked_for_at_another_server(client: Library, server: Recorder) -> None:
    server.answers(200, {"items": [], "more": "http://elsewhere.example/readers"})

    with pytest.raises(errors.PaginationError):
        list(client.readers.list_readers())
    assert len(server.requests) == 1


# --- values -----------------------------------------------------------------------------------------------------------


def test_every_kind_of_value_comes_back_typed_and_goes_out_again(client: Library, server: Recorder) -> None:
    server.answers(200, BOOK)

    book = client.books.get_book(book_id=ID).book

    assert (book.id, book.price, book.copies) == (ID, Decimal("12.50"), 9007199254740993)
    assert (book.published, book.opens) == (dt.date(1905, 7, 1), dt.time(9, 30))
    assert book.arrived == dt.datetime(2024, 2, 29, 12, 30, tzinfo=dt.UTC)
    assert (book.reading_time, book.fingerprint) == (dt.timedelta(hours=7.5), b"\xde\xad\xbe\xef")
    assert book.genre == "cookery", "a value that is newer than the client is kept"
    assert book.condition is shared.Condition.WORN
    assert book.pages is None
    assert isinstance(book.medium, shared.Audio)
    assert book.medium.length == dt.timedelta(hours=8)
    assert book.sequels is not None
    assert book.sequels[0].pages is UNSET
    assert json.loads(book.to_json()) == {key: value for key, value in BOOK.items() if key != "of_a_newer_server"}


def test_a_kind_of_object_that_the_client_does_not_know(client: Library, server: Recorder) -> None:
    server.answers(200, {**BOOK, "medium": {"kind": "papyrus", "length": 3}})

    assert client.books.get_book(book_id=ID).book.medium == {"kind": "papyrus", "length": 3}


def test_the_member_that_tells_objects_apart_need_not_be_given() -> None:
    assert shared.Paper(weight=340).to_dict() == {"kind": "paper", "weight": 340}


def test_what_is_null_and_what_is_not_there(client: Library, server: Recorder) -> None:
    server.answers(200, BOOK)

    client.books.change_book(book_id=ID, title="The Lake", pages=None)

    assert server.request.method == "PATCH"
    assert server.request.headers["content-type"] == "application/merge-patch+json"
    assert server.request.json == {"title": "The Lake", "pages": None}


def test_members_beside_those_that_are_named(client: Library, server: Recorder) -> None:
    loan = {"id": str(ID), "book": str(ID), "due": "2024-03-28", "fine": "cake", "colour": "blue"}
    server.answers(201, loan)

    lent = client.books.lend(book_id=ID, reader=ID, days=14, reminders=["a@b.example", "c d"]).loan

    assert parse_qsl(server.request.body.decode()) == [
        ("reader", str(ID)),
        ("days", "14"),
        ("reminders", "a@b.example"),
        ("reminders", "c d"),
    ]
    assert lent.fine == "cake"
    assert lent.additional_properties == {"colour": "blue"}
    assert json.loads(lent.to_json()) == loan


def test_everything_that_is_wrong_is_told_before_anything_is_sent(server: Recorder) -> None:
    with Library(server_url=server.url, validate="strict") as client, pytest.raises(errors.RequestError) as caught:
        client.readers.add_reader(name="x" * 81, password="short")

    assert [part in str(caught.value) for part in ("name", "password")] == [True, True]
    assert server.requests == []


# --- bodies that are no JSON ------------------------------------------------------------------------------------------


def test_a_file_goes_up_and_comes_down(client: Library, server: Recorder, tmp_path: Path) -> None:
    picture = tmp_path / "cover.png"
    picture.write_bytes(b"\x89PNG...")

    client.books.put_cover(book_id=ID, cover=Upload(picture))
    assert (server.request.body, server.request.headers["content-type"]) == (b"\x89PNG...", "image/png")

    fields = {"X-Painters": "Ada, Bo", "Last-Modified": "Wed, 02 Jan 2030 03:04:05 GMT"}
    server.answers(200, b"\x89PNG...", "image/png", fields)
    with client.books.get_cover_stream(book_id=ID) as download:
        assert download.x_painters == ["Ada", "Bo"]
        assert download.last_modified == dt.datetime(2030, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
        assert b"".join(download) == b"\x89PNG..."
    assert client.books.get_cover(book_id=ID).result == b"\x89PNG..."


def test_a_form_with_files(client: Library, server: Recorder) -> None:
    server.answers(200, b"It was a dark night", "text/plain")

    read = client.books.add_scans(
        book_id=ID,
        title="Chapter 1",
        pages=[File(name="1.png", content=b"one"), b"two"],
        about=shared.Place(city="Kiel"),
    )

    head = f"Content-Type: {server.request.headers['content-type']}\r\n\r\n".encode()
    parts = [*BytesParser(policy=policy.HTTP).parsebytes(head + server.request.body).iter_parts()]
    assert [(part.get_param("name", header="content-disposition"), part.get_content_type()) for part in parts] == [
        ("title", "text/plain"),
        ("pages", "image/png"),
        ("pages", "image/png"),
        ("about", "application/json"),
    ]
    assert [part.get_payload(decode=True) for part in parts] == [b"Chapter 1", b"one", b"two", b'{"city":"Kiel"}']
    assert read.result == "It was a dark night"


def test_a_body_of_another_media_type(client: Library, server: Recorder) -> None:
    server.answers(201, BOOK)

    client.books.add_book(title="The Sea", authors=[shared.Person(name="Ada")], content_type="application/xml")

    assert server.request.headers["content-type"] == "application/xml"
    assert server.request.body.endswith(
        b"<book><title>The Sea</title><authors><authors><name>Ada</name></authors></authors></book>"
    )


def test_a_body_that_need_not_be_there(client: Library, server: Recorder) -> None:
    client.books.remove_book(book_id=ID)
    client.books.remove_book(book_id=ID, request="Lost at sea.")

    assert [request.body for request in server.requests] == [b"", b"Lost at sea."]
    assert "content-type" not in server.requests[0].headers


# --- replies ----------------------------------------------------------------------------------------------------------


def test_several_successes(client: Library, server: Recorder) -> None:
    server.answers_in_turn([(201, BOOK), (202, {"ticket": "t-1"})])

    added, noted = (client.books.add_book(title="The Sea", authors=[shared.Person(name="Ada")]) for _ in range(2))

    assert isinstance(added.result, shared.Book)
    assert noted.result == shared.Receipt(ticket="t-1")
    keys = {request.headers["idempotency-key"] for request in server.requests}
    assert len(keys) == 2
    assert all(UUID(key) for key in keys)


def test_what_follows_from_a_reply(client: Library, server: Recorder) -> None:
    server.answers_in_turn([(201, BOOK), (200, {"loans": []})])

    added = client.books.add_book(title="The Sea", authors=[shared.Person(name="Ada")])
    client.books.list_loans(**added.links["loans"])

    assert server.requests[1].target == f"/v2/books/{ID}/loans"


def test_problems_are_exceptions_with_what_they_say(client: Library, server: Recorder) -> None:
    server.answers_in_turn(
        [
            (404, PROBLEM, "application/problem+json"),
            (409, {**PROBLEM, "back_on": "2024-03-28"}, "application/problem+json"),
            (503, PROBLEM, "application/problem+json"),
        ]
    )

    with pytest.raises(errors.NotFoundError) as missing:
        client.books.get_book(book_id=ID)
    with pytest.raises(errors.ConflictError) as lent:
        client.books.lend(book_id=ID, reader=ID)
    with pytest.raises(errors.UnexpectedError) as broken:
        client.books.list_books()

    assert missing.value.status_code == 404
    assert missing.value.details == shared.Problem(**PROBLEM)
    assert isinstance(lent.value.details, shared.OutOfStock)
    assert lent.value.details.back_on == dt.date(2024, 3, 28)
    assert broken.value.status_code == 503


def test_a_reply_of_any_shape(client: Library, server: Recorder) -> None:
    server.answers(200, {"lent": [1, 2]})

    assert client.desk.get_report(server_url=server.url).result == {"lent": [1, 2]}


# --- streams ----------------------------------------------------------------------------------------------------------

RETURNED = {"kind": "returned", "loan": {"id": str(ID), "book": str(ID), "due": "2024-03-28"}}


def test_events_as_they_come(client: Library, server: Recorder) -> None:
    server.answers(200, f"event: desk\ndata: {json.dumps(RETURNED)}\n\n".encode(), "text/event-stream")

    with client.desk.watch() as events:
        (event,) = events

    assert event.event == "desk"
    assert isinstance(event.data, shared.Returned)


def test_lines_of_json(client: Library, server: Recorder) -> None:
    overdue = {**RETURNED["loan"], "days": 3}
    server.answers(200, f"{json.dumps(RETURNED)}\n{json.dumps(overdue)}\n".encode(), "application/jsonl")

    with client.desk.read_log() as entries:
        kinds = [type(entry) for entry in entries]

    assert kinds == [shared.Returned, shared.Overdue]


# --- what is left out, and what others are sent -----------------------------------------------------------------------


def test_what_is_not_for_everybody_is_not_there(client: Library) -> None:
    assert not hasattr(client.desk, "drill")


def test_what_the_api_sends_can_be_read(client: Library) -> None:
    overdue = shared.Overdue.from_json(json.dumps({**RETURNED["loan"], "days": 3}))

    assert (overdue.days, overdue.due) == (3, dt.date(2024, 3, 28))
