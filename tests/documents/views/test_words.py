"""The words of a page for the script that shows them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from documents.models import Document, KnownWord, Page
from documents.ocr.correcting.operations import ReplaceWord
from documents.services import correct
from tests.documents.views.conftest import Browse
from tests.factories import make_document


@pytest.fixture
def person(browse: Browse, owner: User) -> Client:
    return browse(owner)


def address(document: Document) -> str:
    return f"/documents/{document.pk}/pages/1/words"


def test_words_come_with_their_places(person: Client, document: Document) -> None:
    found = person.get(address(document)).json()
    assert found == {
        "base": document.pages.get().current_id,
        "width": 60,
        "height": 40,
        "blocks": [[0, 0, 22, 10, 1]],
        "lines": [[0, 0, 22, 10, [["Hello", 90, 0, 0, 10, 10, 0], ["world", 90, 12, 0, 22, 10, 1]]]],
        "tables": [],
    }


def test_members_have_them_and_strangers_find_nothing(
    browse: Browse, document: Document, owner: User, editor: User, viewer: User, stranger: User
) -> None:
    answers = [browse(user).get(address(document)).status_code for user in (owner, editor, viewer, stranger)]
    assert answers == [200, 200, 200, 404]
    assert browse(owner).post(address(document)).status_code == 405


def test_what_a_browser_has_is_not_sent_again(person: Client, document: Document) -> None:
    first = person.get(address(document))
    assert first["Cache-Control"] == "private, no-cache"
    again = person.get(address(document), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_who_has_a_text_has_it_not_fetched(person: Client, document: Document) -> None:
    etag = person.get(address(document))["ETag"]
    with CaptureQueriesContext(connection) as asked:
        person.get(address(document), headers={"If-None-Match": etag})
    assert not [one["sql"] for one in asked if '"packed"' in one["sql"]]


def test_another_text_is_sent(person: Client, document: Document, owner: User) -> None:
    etag = person.get(address(document))["ETag"]
    other = make_document(collection=document.collection, user=owner, texts=["Good bye"])
    Page.objects.filter(document=document).update(current=other.pages.get().current)
    assert person.get(address(document), headers={"If-None-Match": etag}).status_code == 200


def test_who_asks_for_what_came_after_a_text_learns_whether_it_is_their_own(
    browse: Browse, document: Document, owner: User, editor: User
) -> None:
    page = document.pages.get()
    before = page.current_id
    correct.correct(user=editor, page=page, current_id=before, operations=[ReplaceWord(0, 0, "Hallo")])
    asked = f"{address(document)}?since={before}"
    assert browse(editor).get(asked).json()["is_own"] is True
    assert browse(owner).get(asked).json()["is_own"] is False
    for unclear in ("", "x", "9" * 5000):
        assert "is_own" not in browse(editor).get(f"{address(document)}?since={unclear}").json()


def test_words_on_ones_own_list_are_known(person: Client, document: Document, owner: User) -> None:
    etag = person.get(address(document))["ETag"]
    KnownWord.objects.create(user=owner, word="Hello")
    answer = person.get(address(document), headers={"If-None-Match": etag})
    assert [word[-1] for word in answer.json()["lines"][0][-1]] == [2, 1]


def test_a_page_that_was_not_read_has_none(person: Client, document: Document) -> None:
    Page.objects.update(current=None)
    assert person.get(address(document)).status_code == 404
    assert person.get(address(document).replace("/1/", "/2/")).status_code == 404


def test_an_empty_page_has_no_lines(person: Client, document: Document, owner: User) -> None:
    empty = make_document(collection=document.collection, user=owner, texts=[""])
    found = person.get(address(empty)).json()
    assert (found["blocks"], found["lines"]) == ([], [])
