"""The words of a page that is proofread, and the pages that are skipped."""

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from documents.models import Collection, Document, Membership, Page, Transcription
from documents.ocr.packing import pack
from documents.selectors.review import count_to_review, pages_to_review, ranked_to_review, words_of
from documents.services.known_words import add_known_word
from tests.factories import make_document
from tests.pages import page as written


@pytest.fixture
def page(document: Document) -> Page:
    return document.pages.get()


def reading_of(page: Page, *paragraphs: str, confidence: float = 50) -> Transcription:
    """The text of ``page``, which says ``paragraphs``."""
    text = written(*paragraphs, confidence=confidence)
    assert page.current
    page.current.packed, page.current.text = pack(text), text.text
    return page.current


def test_each_word_knows_its_place_its_range_and_its_line(page: Page, owner: User) -> None:
    reading = reading_of(page, "One two\nthree", "four five")
    words = words_of(owner, reading)
    assert [word.place for word in words] == [(0, 0), (0, 1), (1, 0), (2, 0), (2, 1)]
    assert [reading.text[word.start : word.end] for word in words] == ["One", "two", "three", "four", "five"]
    assert [(word.before, word.after) for word in words[:3]] == [("", " two"), ("One ", ""), ("", "")]


def test_doubtful_are_those_that_the_persons_own_list_does_not_have(
    page: Page, owner: User, editor: User
) -> None:
    reading = reading_of(page, "Trajan came")
    add_known_word(user=owner, word="Trajan")
    assert [word.is_doubtful for word in words_of(owner, reading)] == [False, True]
    assert [word.is_doubtful for word in words_of(editor, reading)] == [True, True]


def test_skipped_pages_are_neither_offered_nor_counted(collection: Collection, owner: User) -> None:
    document = make_document(collection=collection, user=owner, texts=["a", "b", "c"], confidence=50)
    skipped = document.pages.get(number=1)
    assert [one.number for one in pages_to_review(owner, without=[skipped.pk])] == [2, 3]
    assert count_to_review(owner, without=[skipped.pk]) == 2


def test_pages_of_many_collections_come_in_one_question(
    collection: Collection, owner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for at, confidence in enumerate((60, 40, 50)):
        place = Collection.objects.create(name=f"Place {at}")
        Membership.objects.create(collection=place, user=owner, role="owner")
        make_document(collection=place, user=owner, texts=["a", "b"], confidence=confidence)
    with django_assert_num_queries(3):  # collections, keys, rows
        found = pages_to_review(owner, most=5)
    assert [page.current.mean_confidence for page in found] == [40, 40, 50, 50, 60]
    with django_assert_num_queries(2):
        assert count_to_review(owner) == 6


def test_the_pages_behind_a_rank_go_on_where_others_ended(collection: Collection, owner: User) -> None:
    for confidence in (60.5, 40, 60.5):
        make_document(collection=collection, user=owner, texts=["a", "b"], confidence=confidence)
    ranked = ranked_to_review(owner)
    assert [page for _rank, page in ranked] == pages_to_review(owner)
    for at, (rank, _page) in enumerate(ranked):
        assert ranked_to_review(owner, after=rank) == ranked[at + 1 :]
    skipped = [ranked[2][1].pk]
    assert ranked_to_review(owner, after=ranked[1][0], without=skipped, most=2) == ranked[3:5]


def test_only_a_part_of_a_long_line_stands_around_a_word(page: Page, owner: User) -> None:
    words = words_of(owner, reading_of(page, " ".join(["word"] * 500)))
    middle = words[250]
    assert middle.before == f"…{'word ' * 12}"
    assert middle.after == f"{' word' * 12}…"
    assert (words[0].before, words[-1].after) == ("", "")
