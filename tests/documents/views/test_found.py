"""What was found in a text stands on the page of the document and in its JSON."""

import json
from html import unescape

import pytest

from accounts.models import User
from documents.models import Collection, Document
from documents.services.catch_up import write
from tests.documents.views.conftest import Browse, html_of
from tests.factories import make_document


@pytest.fixture
def bill(collection: Collection, owner: User) -> Document:
    text = "Pay EUR 5.00 <b>&</b> " + " ".join(f"$ {number}" for number in range(60)) + " by 2024-03-12"
    document = make_document(collection=collection, user=owner, texts=[text])
    write(document.pages.values_list("pk", flat=True), is_anew=True)
    return document


def test_chips_lead_to_where_it_stands_and_search_the_archive(
    browse: Browse, viewer: User, bill: Document
) -> None:
    client = browse(viewer)
    html = html_of(client.get(f"/documents/{bill.pk}/"))
    assert "<dt>Sums of money</dt>" in html
    assert 'href="/?q=amount%3A%225.00%20EUR%22"' in html
    assert 'href="/?q=date%3A2024-03-12"' in html
    place = f"/documents/{bill.pk}/?page=1&amp;q=%22EUR%205.00%22&amp;from=4#hit"
    assert f'<a href="{place}"><bdi>EUR 5.00</bdi></a>' in html
    there = html_of(client.get(unescape(place)))
    assert '<mark id="hit" class="hit is-now" data-hit="1">EUR 5.00</mark>' in there


def test_a_few_chips_stand_in_sight(browse: Browse, viewer: User, bill: Document) -> None:
    html = html_of(browse(viewer).get(f"/documents/{bill.pk}/"))
    in_sight, _, the_rest = html.partition("<details>")
    assert in_sight.count('<li class="entity">') == 8
    assert "2024-03-12</bdi>" in in_sight
    assert ">All 62 found in the text</summary>" in the_rest


def test_few_values_need_no_more_room(
    browse: Browse, viewer: User, collection: Collection, owner: User
) -> None:
    letter = make_document(collection=collection, user=owner, texts=["Nothing", "Write to jo@example.org"])
    write(letter.pages.values_list("pk", flat=True), is_anew=True)
    html = html_of(browse(viewer).get(f"/documents/{letter.pk}/"))
    assert "found in the text</summary>" not in html
    assert '?page=2&amp;q=%22jo%40example.org%22&amp;from=9#hit"><bdi>jo@example.org</bdi>' in html
    assert '<span class="quiet">p. 2</span>' in html


def test_what_is_too_much_for_the_page_has_one_of_its_own(
    browse: Browse, viewer: User, bill: Document
) -> None:
    client = browse(viewer)
    html = html_of(client.get(f"/documents/{bill.pk}/"))
    assert "and 41 more" in html
    assert "amount%3A%2259.00" not in html
    whole = html_of(client.get(f"/documents/{bill.pk}/found/"))
    assert "<h1>Found in the text</h1>" in whole
    assert "amount%3A%2259.00" in whole
    assert "<h1>" not in html_of(client.get(f"/documents/{bill.pk}/found/", headers={"hx-request": "true"}))


def test_nothing_found_is_a_sentence(browse: Browse, viewer: User, document: Document) -> None:
    client = browse(viewer)
    assert "Found in the text" not in html_of(client.get(f"/documents/{document.pk}/"))
    assert "No dates, sums, addresses" in html_of(client.get(f"/documents/{document.pk}/found/"))


def test_a_stranger_finds_no_page(browse: Browse, stranger: User, bill: Document) -> None:
    assert browse(stranger).get(f"/documents/{bill.pk}/found/").status_code == 404


def test_only_reading_is_answered(browse: Browse, owner: User, bill: Document) -> None:
    assert browse(owner).post(f"/documents/{bill.pk}/found/").status_code == 405


def test_the_json_has_it_with_its_place(browse: Browse, viewer: User, bill: Document) -> None:
    answer = browse(viewer).get(f"/documents/{bill.pk}/download/json")
    (page,) = json.loads(answer.getvalue())["pages"]
    first, last = page["entities"][0], page["entities"][-1]
    assert first == {
        "kind": "amount",
        "text": "EUR 5.00",
        "value": "5.00 EUR",
        "start": 4,
        "end": 12,
        "number": 5.0,
        "currency": "EUR",
    }
    assert (last["kind"], last["value"]) == ("date", "2024-03-12")
    assert page["text"][last["start"] : last["end"]] == "2024-03-12"


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("amount>58", True),
        ("amount>59", False),
        ("amount>=59", True),
        ("amount>58USD", True),
        ("amount>58€", False),
        ("date:2024-03", True),
        ("has:iban", False),
    ],
)
def test_a_search_finds_it(browse: Browse, viewer: User, bill: Document, query: str, is_found: bool) -> None:
    html = html_of(browse(viewer).get("/", {"q": query}))
    assert (f"/documents/{bill.pk}/" in html) is is_found
