from django.utils import timezone

from accounts.models import User
from documents.models import Collection, Document, Page, Transcription
from documents.selectors.doubts import Doubt, doubts_of
from tests.factories import make_document, make_reading


def _book(collection: Collection, owner: User, suggested: dict[int, list[str]]) -> Document:
    book = make_document(collection=collection, user=owner, texts=["one", "two", "three"])
    for number, codes in suggested.items():
        Transcription.objects.filter(page__document=book, page__number=number).update(suggested=codes)
    return book


def test_pages_of_the_same_languages_are_told_together(collection: Collection, owner: User) -> None:
    book = _book(collection, owner, {1: ["rus"], 2: ["fra", "deu"], 3: ["rus"]})
    assert doubts_of(book) == [Doubt(("rus",), (1, 3)), Doubt(("fra", "deu"), (2,))]


def test_most_documents_have_none(document: Document) -> None:
    assert doubts_of(document) == []


def test_a_page_that_was_read_so_already_is_left_out(collection: Collection, owner: User) -> None:
    book = _book(collection, owner, {1: ["rus"], 2: ["rus"]})
    make_reading(document=book, texts={2: "два"}, languages=["rus"])
    assert doubts_of(book) == [Doubt(("rus",), (1,))]


def test_a_page_that_was_proofread_is_left_out(collection: Collection, owner: User) -> None:
    book = _book(collection, owner, {1: ["rus"]})
    Page.objects.filter(document=book).update(proofread_at=timezone.now())
    assert doubts_of(book) == []
