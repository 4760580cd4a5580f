"""The parts of a document that the reader asks for one by one."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, Page
from tests.documents.views.conftest import Browse, html_of
from tests.factories import make_document


@pytest.fixture
def person(browse: Browse, owner: User) -> Client:
    return browse(owner)


def test_a_row_comes_without_its_page(person: Client, document: Document) -> None:
    html = html_of(person.get(f"/documents/{document.pk}/pages/1/"))
    assert html.startswith('<section class="row"')
    assert "Hello world" in html


@pytest.mark.parametrize("kind", ["image", "thumbnail"])
def test_a_picture_may_be_kept_for_ever_by_its_reader(person: Client, document: Document, kind: str) -> None:
    answer = person.get(f"/documents/{document.pk}/pages/1/{kind}")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.getvalue().startswith(b"\xff\xd8")


def test_another_picture_has_another_address(person: Client, document: Document) -> None:
    def address() -> str:
        html = html_of(person.get(f"/documents/{document.pk}/pages/1/"))
        return html.partition('<img class="paper" src="')[2].partition('"')[0]

    before = address()
    Page.objects.update(image="pages/ab/00001-image-0badcafe.jpg")
    assert before != address()
    assert address().endswith("?v=0badcafe")


def test_a_page_without_a_picture_has_none(person: Client, document: Document) -> None:
    Page.objects.update(image="")
    assert person.get(f"/documents/{document.pk}/pages/1/image").status_code == 404


def test_a_picture_that_was_lost_is_not_found(person: Client, document: Document) -> None:
    default_storage.delete(document.pages.get().image)
    assert person.get(f"/documents/{document.pk}/pages/1/image").status_code == 404


def test_the_text_of_a_page_is_plain(person: Client, document: Document) -> None:
    answer = person.get(f"/documents/{document.pk}/pages/1/text")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == "Hello world"


def test_a_page_that_was_not_read_has_an_empty_text(person: Client, document: Document) -> None:
    Page.objects.update(current=None)
    assert person.get(f"/documents/{document.pk}/pages/1/text").content == b""


def test_the_strip_comes_in_pieces(person: Client, collection: Collection, owner: User) -> None:
    book = make_document(collection=collection, user=owner, texts=["x"] * 30)
    html = html_of(person.get(f"/documents/{book.pk}/strip/", {"first": 25}))
    assert html.count("data-thumbnail=") == 6
    assert 'href="?page=25"' in html
