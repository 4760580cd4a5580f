"""Texts of a page and readings of a document, to be held against each other."""

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from documents.models import Collection, Document, Transcription
from documents.selectors.comparing import done_runs, pages_of_two, pairs, text_of, whole_copies
from documents.services import correct
from documents.services.recognise import start_run
from tests.doubles import EchoEngine
from tests.factories import make_document, make_reading


@pytest.fixture
def book(collection: Collection, owner: User) -> Document:
    return make_document(collection=collection, user=owner, texts=["one", "two", "three"])


def test_a_text_of_another_page_is_none_of_this_one(book: Document) -> None:
    first, second, _third = book.pages.select_related("current")
    assert text_of(first, first.current_id) == first.current
    with pytest.raises(Transcription.DoesNotExist):
        text_of(first, second.current_id)


def test_a_copy_is_told_from_a_text_with_some_words_taken(book: Document, editor: User) -> None:
    page = book.pages.select_related("document", "current").first()
    other = make_reading(document=book, texts={1: "1 2"}).transcriptions.get()
    whole = correct.take_over(user=editor, page=page, current_id=page.current_id, other=other)
    page.refresh_from_db()
    third = make_reading(document=book, texts={1: "3 4"}).transcriptions.get()
    some = correct.take_over(user=editor, page=page, current_id=whole.pk, other=third, choices=[0])
    assert (some.taken_from, whole_copies([whole, some, other])) == (third, {whole.pk})


def test_readings_that_read_nothing_are_left_out(book: Document, editor: User, echo: EchoEngine) -> None:
    newer = make_reading(document=book, texts={1: "1"})
    start_run(document=book, user=editor)
    assert done_runs(book) == [newer, book.runs.last()]


def test_pages_of_both_readings_are_paired(
    book: Document, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = book.runs.get()
    second = make_reading(document=book, texts={1: "1", 2: "two"})
    third = make_reading(document=book, texts={2: "2"})
    with django_assert_num_queries(2):
        found = pairs(pages_of_two(book, first, second, first=2), first, second)
    told = [
        (pair.page.number, len(pair.comparison.changes) if pair.comparison else None, bool(pair.other))
        for pair in found
    ]
    assert told == [(2, 0, True), (3, None, False)]
    both = pairs(pages_of_two(book, second, third, first=1), second, third)
    assert [(pair.page.number, bool(pair.one), bool(pair.other)) for pair in both] == [
        (1, True, False),
        (2, True, True),
    ]
