"""What a document repeats of its texts."""

import pytest

from accounts.models import User
from documents.models import Collection, Document, Transcription
from documents.services.progress import refresh_texts
from tests.factories import make_document


@pytest.fixture
def book(collection: Collection, owner: User) -> Document:
    """Four pages in two languages, of which one has no words."""
    made = make_document(collection=collection, user=owner, texts=["a", "b", "c", "d"])
    read = [(["eng"], 80.0), (["rus", "eng"], 90.0), (["rus", "eng"], None), (["rus"], 70.0)]
    for page, (languages, confidence) in zip(made.pages.order_by("number"), read, strict=True):
        Transcription.objects.filter(page=page).update(languages=languages, mean_confidence=confidence)
    return made


def test_the_languages_of_most_pages_come_first(book: Document) -> None:
    refresh_texts(book)
    book.refresh_from_db()
    assert (book.languages, book.mean_confidence) == (["rus", "eng"], 80.0)


def test_a_document_without_texts_has_neither(book: Document) -> None:
    book.pages.update(current=None)
    refresh_texts(book)
    book.refresh_from_db()
    assert (book.languages, book.mean_confidence) == ([], None)


def test_the_database_counts_the_languages(book: Document, django_assert_num_queries) -> None:
    """Each correction of a book of thousands of pages asks for them, while it holds the book."""
    with django_assert_num_queries(2) as queries:
        refresh_texts(book)
    assert "GROUP BY" in queries[0]["sql"]
