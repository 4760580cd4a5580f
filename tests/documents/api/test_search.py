from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from documents.models import Collection, Document, Membership, Transcription
from documents.services import organise, tags, trash
from tests.documents.api.conftest import Program
from tests.factories import make_document

SEARCH = "/api/v1/search"
Make = Callable[..., Document]


@pytest.fixture
def make(collection: Collection, owner: User) -> Make:
    def made(title: str, *texts: str) -> Document:
        return make_document(collection=collection, user=owner, texts=texts, title=title)

    return made


@pytest.fixture
def found(client_of_owner: Client) -> Callable[..., dict[str, Any]]:
    def ask(**query: object) -> dict[str, Any]:
        answer = client_of_owner.get(SEARCH, query)
        assert answer.status_code == 200, answer.content
        told: dict[str, Any] = answer.json()
        return told

    return ask


def titles(told: dict[str, Any]) -> list[str]:
    return [one["document"]["title"] for one in told["items"]]


def test_a_hit_has_its_snippet_and_its_place_on_the_page(make: Make, found: Callable[..., Any]) -> None:
    document = make("Bills", "nothing here", "pay the lnvoice and all invoices")
    told = found(q="invoice")
    (one,) = told["items"]
    assert one["document"]["id"] == str(document.pk)
    (page,) = one["pages"]
    assert (page["number"], one["more_pages"]) == (2, 0)
    assert page["snippet"] == "pay the lnvoice and all invoices"
    assert [part["text"] for part in page["parts"] if part["hit"]] == ["lnvoice", "invoices"]
    assert "".join(part["text"] for part in page["parts"]) == page["snippet"]
    assert page["hits"] == [
        {
            "text": "lnvoice",
            "asked": "invoice",
            "how": "misread",
            "start": 8,
            "end": 15,
            "boxes": [{"x0": 24, "y0": 0, "x1": 34, "y1": 10}],
        },
        {
            "text": "invoices",
            "asked": "invoice",
            "how": "form",
            "start": 24,
            "end": 32,
            "boxes": [{"x0": 60, "y0": 0, "x1": 70, "y1": 10}],
        },
    ]
    text = Transcription.objects.get(page__document=document, page__number=2).page_text
    assert (page["width"], page["height"]) == (text.width, text.height)
    assert (told["total"], told["total_is_exact"], told["pages"], told["query"]) == (1, True, 1, "invoice")


def test_the_boxes_are_those_of_the_words_of_the_page(
    make: Make, found: Callable[..., Any], client_of_owner: Client
) -> None:
    document = make("Bills", "pay the invoice")
    (box,) = found(q="invoice")["items"][0]["pages"][0]["hits"][0]["boxes"]
    words = client_of_owner.get(f"/api/v1/documents/{document.pk}/pages/1").json()["words"]
    assert {**box, "text": "invoice", "confidence": 90.0} in words


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "title"])
@pytest.mark.parametrize("limit", [1, 2, 3, 100])
@pytest.mark.parametrize("query", [{"q": "ocean"}, {"q": "lang:eng"}, {"language": "English"}])
def test_all_is_shown_once_piece_by_piece(
    make: Make, found: Callable[..., Any], sort: str, limit: int, query: dict[str, str]
) -> None:
    names = [make(f"Document {number}", "ocean", "ocean").title for number in range(5)]
    pieces = [found(**query, sort=sort, limit=limit)]
    while cursor := pieces[-1]["next"]:
        pieces.append(found(**query, sort=sort, limit=limit, cursor=cursor))
        assert len(pieces) < 10
    shown = [title for told in pieces for title in titles(told)]
    assert sorted(shown) == names
    assert [len(titles(told)) for told in pieces[:-1]] == [limit] * (len(pieces) - 1)
    assert {told["total"] for told in pieces} == {5}
    if sort in ("oldest", "title"):
        assert shown == names
    if sort == "newest":
        assert shown == names[::-1]


def test_a_cursor_of_another_question_is_refused(make: Make, client_of_owner: Client) -> None:
    for number in range(3):
        make(f"Document {number}", "ocean sea")
    following = client_of_owner.get(SEARCH, {"q": "ocean", "limit": 1}).json()["next"]
    assert following
    for other in ({"q": "sea"}, {"q": "ocean", "sort": "title"}, {"q": "ocean", "forgive": False}):
        answer = client_of_owner.get(SEARCH, {**other, "limit": 1, "cursor": following})
        assert (answer.status_code, answer.json()["code"]) == (422, "cursor-invalid"), other


def test_filters_may_stand_beside_the_question(
    make: Make, found: Callable[..., Any], owner: User, collection: Collection
) -> None:
    one, other = make("One", "ocean"), make("Other", "ocean")
    place = Collection.objects.create(name='The "best" ones')
    Membership.objects.create(collection=place, user=owner, role="owner")
    organise.move_document(user=owner, document=one, collection=place)
    tags.add_tags(user=owner, document=one, wanted=["tax return/2024", "paid"])
    Document.objects.filter(pk=one.pk).update(dated_on="2024-03-05", state="partly_failed", languages=["rus"])
    for query in (
        {"tag": "tax return"},
        {"tag": ["tax return/2024", "paid"]},
        {"collection": place.pk},
        {"language": "rus"},
        {"state": "partly_failed"},
        {"year": "2024"},
        {"after": "2024-03-04", "before": "2024-03-06"},
        {"title": "one"},
        {"has": "tag"},
    ):
        assert titles(found(**query)) == ["One"], query
        told = found(q="ocean", **query)
        assert titles(told) == ["One"], query
        assert titles(found(q=told["query"])) == ["One"], query
    assert titles(found(q="ocean", collection=collection.pk)) == ["Other"]
    assert found(q="ocean", tag="nothing")["unknown"] == ["tag:nothing"]
    assert other.pk != one.pk


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "q"),
        ({"q": "  "}, "q"),
        ({"q": "ocean", "year": "soon"}, "year"),
        ({"q": "ocean", "before": "2024-02-30"}, "before"),
        ({"q": "ocean", "collection": 999_999}, "collection"),
        ({"q": "ocean", "state": "lost"}, "state"),
        ({"q": "ocean", "has": "legs"}, "has.0"),
        ({"q": "o" * 1000, "tag": "tax"}, "q"),
        ({"q": "o" * 1001}, "q"),
        ({"q": "ocean", "limit": 101}, "limit"),
        ({"q": "ocean", "sort": "colour"}, "sort"),
    ],
)
def test_what_makes_no_sense_is_refused(
    client_of_owner: Client, collection: Collection, query: dict[str, str], field: str
) -> None:
    answer = client_of_owner.get(SEARCH, query)
    assert (answer.status_code, answer.json()["code"]) == (422, "fields-invalid")
    assert [one["field"] for one in answer.json()["errors"]] == [field]


def test_what_cannot_be_read_of_a_question_is_told(make: Make, found: Callable[..., Any]) -> None:
    make("One", "ocean")
    told = found(q="ocean before:2024-02-30")
    assert (titles(told), told["left_out"]) == (["One"], ["before:2024-02-30"])
    assert found(q="ocaen")["did_you_mean"] == "ocean"
    assert (found(q="-")["items"], found(q="ocean -ocean")["total"]) == ([], 0)


def test_misreadings_are_forgiven_or_not(make: Make, found: Callable[..., Any]) -> None:
    make("One", "lnvoice")
    assert (found(q="invoice")["total"], found(q="invoice", forgive=False)["total"]) == (1, 0)


def test_facets_are_told_to_who_asks(make: Make, found: Callable[..., Any], owner: User) -> None:
    tags.add_tags(user=owner, document=make("One", "ocean"), wanted=["tax"])
    make("Two", "ocean")
    assert found(q="ocean")["facets"] is None
    facets = found(q="ocean", facets=True)["facets"]
    assert facets["tags"] == [{"value": "tax", "label": "tax", "count": 1}]
    assert facets["collections"] == [{"value": "Letters", "label": "Letters", "count": 2}]
    assert facets["languages"] == [{"value": "eng", "label": "English", "count": 2}]
    assert found(q="nothing", facets=True)["facets"]["years"] == []


def test_without_words_the_values_are_shown(make: Make, found: Callable[..., Any], owner: User) -> None:
    document = make("Bill", "Total: 120.00 €")
    page = document.pages.get()
    document.entities.create(
        page=page,
        kind="amount",
        value="120.00 EUR",
        number=120,
        currency="EUR",
        start=7,
        end=15,
        text="120.00 €",
    )
    (one,) = found(q="amount>100")["items"]
    assert one["pages"] == []
    assert one["values"] == [{"kind": "amount", "text": "120.00 €", "page": 1, "start": 7}]


def test_nobody_finds_what_is_not_theirs_to_see(
    program: Program, make: Make, owner: User, viewer: User, stranger: User
) -> None:
    document = make("One", "ocean")
    assert program(viewer, "read").get(SEARCH, {"q": "ocean"}).json()["total"] == 1
    assert program(stranger).get(SEARCH, {"q": "ocean"}).json()["items"] == []
    within = f"/api/v1/documents/{document.pk}/search"
    assert program(stranger).get(within, {"q": "ocean"}).status_code == 404
    trash.trash(user=owner, document=document)
    assert program(owner).get(SEARCH, {"q": "ocean"}).json()["items"] == []
    assert program(owner).get(within, {"q": "ocean"}).status_code == 404


def test_all_hits_of_a_document_have_their_places(make: Make, client_of_owner: Client) -> None:
    document = make("Book", "ocean", "land", "ocean by the ocean", "ocean")
    address = f"/api/v1/documents/{document.pk}/search"
    told = client_of_owner.get(address, {"q": "ocean", "limit": 2}).json()
    assert (told["document"], told["total"], told["pages"]) == (str(document.pk), 4, 3)
    assert [page["number"] for page in told["items"]] == [1, 3]
    assert [hit["start"] for hit in told["items"][1]["hits"]] == [0, 13]
    assert told["items"][1]["hits"][1]["boxes"] == [{"x0": 36, "y0": 0, "x1": 46, "y1": 10}]
    rest = client_of_owner.get(address, {"q": "ocean", "limit": 2, "cursor": told["next"]}).json()
    assert ([page["number"] for page in rest["items"]], rest["next"]) == ([4], None)
    assert client_of_owner.get(address, {"q": "lang:eng"}).json()["items"] == []
    assert client_of_owner.get(address).status_code == 422


@pytest.mark.parametrize(
    "address", [f"{SEARCH}?q=ocean", f"{SEARCH}?q=lang:eng", "/api/v1/trash", "/api/v1/tags"]
)
def test_more_items_take_no_more_queries(
    make: Make, client_of_owner: Client, owner: User, address: str
) -> None:
    def some(first: int, last: int) -> int:
        """The number of queries once there are documents ``first`` to ``last``, too."""
        for number in range(first, last):
            tags.add_tags(user=owner, document=make(f"Kept {number}", "ocean"), wanted=[f"tag {number}"])
            trash.trash(user=owner, document=make(f"Trashed {number}", "ocean"))
        with CaptureQueriesContext(connection) as asked:
            assert len(client_of_owner.get(address).json()["items"]) == last
        return len(asked)

    some(0, 1)  # what is asked once and kept
    assert some(1, 2) == some(2, 9)


@pytest.mark.parametrize("q", ["\0", "\ud800", "'\"", "((", "tag:", "in:\0", "C++", "-" * 1000, "%_\\"])
def test_any_question_has_an_answer(client_of_owner: Client, document: Document, q: str) -> None:
    query = q.encode("utf-8", "surrogatepass")
    for address in (SEARCH, f"/api/v1/documents/{document.pk}/search"):
        assert client_of_owner.get(address, {"q": query, "tag": query}).status_code in (200, 422)
