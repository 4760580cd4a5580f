"""The text of a page in one field, without a script."""

from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from documents.models import Document, Page
from documents.services import trash
from tests.documents.views.conftest import Browse, html_of
from tests.documents.views.texts import texts, type_word


def address(document: Document, number: int = 1) -> str:
    return f"/documents/{document.pk}/pages/{number}/edit/"


def send(client: Client, document: Document, text: str, base: int | None = None) -> HttpResponse:
    seen = document.pages.get(number=1).current_id if base is None else base
    return client.post(address(document), {"text": text, "base": seen})


def test_the_text_is_shown_and_saved_line_by_line(browse: Browse, document: Document, editor: User) -> None:
    client = browse(editor)
    assert "Hello world</textarea>" in html_of(client.get(address(document)))
    answer = send(client, document, "Hello dear world")
    assert answer.headers["Location"] == f"/documents/{document.pk}/?page=1"
    page = document.pages.select_related("current").get()
    assert texts(document) == ["Hello dear world"]
    assert [word.confidence for word in page.current.page_text.words] == [90, 100, 90]


def test_what_somebody_else_changed_is_told_and_what_was_typed_is_kept(
    browse: Browse, document: Document, owner: User, editor: User
) -> None:
    seen = document.pages.get().current_id
    made = type_word(owner, document, "Hallo")
    answer = send(browse(editor), document, "Hello you", base=seen)
    page = html_of(answer)
    assert answer.status_code == 409
    assert "owner changed this page" in page
    assert "Hello you</textarea>" in page
    assert f'name="base" value="{made.pk}"' in page
    assert "Hallo world</p>" in page
    assert texts(document) == ["Hallo world"]
    assert send(browse(editor), document, "Hello you", base=made.pk).status_code == 302
    assert texts(document) == ["Hello you"]


def test_what_cannot_be_saved_says_why_and_is_kept(browse: Browse, document: Document, editor: User) -> None:
    answer = send(browse(editor), document, "x" * 201)
    assert answer.status_code == 422
    assert f"{'x' * 201}</textarea>" in html_of(answer)
    assert texts(document) == ["Hello world"]


def test_only_editors_and_owners_see_and_change_it(
    browse: Browse, document: Document, owner: User, editor: User, viewer: User, stranger: User
) -> None:
    cast = (owner, editor, viewer, stranger)
    assert [browse(user).get(address(document)).status_code for user in cast] == [200, 200, 403, 404]
    assert [send(browse(user), document, "Bye").status_code for user in cast[2:]] == [403, 404]
    assert texts(document) == ["Hello world"]
    assert browse(owner).get(address(document, number=2)).status_code == 404
    assert browse(owner).get(f"/documents/{uuid4()}/pages/1/edit/").status_code == 404
    assert browse(owner).put(address(document)).status_code == 405


def test_a_page_without_a_text_or_in_the_trash_has_nothing_to_correct(
    browse: Browse, document: Document, owner: User
) -> None:
    Page.objects.filter(document=document).update(current=None)
    assert browse(owner).get(address(document)).status_code == 404
    trash.trash(user=owner, document=document)
    assert browse(owner).get(address(document)).status_code == 404


@pytest.mark.parametrize("base", ["", "x", "9" * 40])
def test_a_bad_key_is_a_text_that_is_not_shown_any_more(
    browse: Browse, document: Document, editor: User, base: str
) -> None:
    answer = browse(editor).post(address(document), {"text": "Bye", "base": base})
    assert answer.status_code == 409
    assert texts(document) == ["Hello world"]


def test_who_may_only_read_finds_no_way_there(
    browse: Browse, document: Document, viewer: User, editor: User
) -> None:
    there = address(document)
    assert there in html_of(browse(editor).get(f"/documents/{document.pk}/"))
    page = html_of(browse(viewer).get(f"/documents/{document.pk}/"))
    assert there not in page
    assert "data-correct" not in page
    assert f"/documents/{document.pk}/pages/1/history/" in page
