"""All documents that a question finds, however many and however long it takes."""

from uuid import UUID

import pytest

from accounts.models import User
from documents.models import Collection, Document, Tag
from documents.search import everything
from documents.search.everything import document_ids
from documents.services import index
from tests.factories import make_document


@pytest.fixture
def letters(collection: Collection, owner: User, monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """The newest first, of three pages each; two pages are fetched together."""
    monkeypatch.setattr(everything, "_STEP", 2)
    texts = ["Hello there", "Roman roads", "hello again"]
    made = [
        make_document(collection=collection, user=owner, texts=texts, title=f"Letter {n}") for n in range(5)
    ]
    return made[::-1]


def ids(letters: list[Document]) -> list[UUID]:
    return [letter.pk for letter in letters]


@pytest.mark.parametrize("text", ["hello", "letter", "hello OR roman", "is:done", "hello is:done"])
def test_each_document_comes_once_the_newest_first(letters: list[Document], owner: User, text: str) -> None:
    assert list(document_ids(owner, text)) == ids(letters)


@pytest.mark.parametrize("text", ["hello", "is:done", "hello is:done", "roads OR is:done"])
def test_time_does_not_matter(
    letters: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr("documents.search.index.candidates.BUDGET", 0.0)
    monkeypatch.setattr("documents.search.index.sqlite._STEPS", 1)
    assert list(document_ids(owner, text)) == ids(letters)


def test_what_the_index_only_takes_for_a_hit_is_none(letters: list[Document], owner: User) -> None:
    assert list(document_ids(owner, '"there hello"')) == []
    assert list(document_ids(owner, "hello road")) == []


def test_other_forms_are_found_where_it_is_forgiving(letters: list[Document], owner: User) -> None:
    assert list(document_ids(owner, "rornan")) == ids(letters)
    assert list(document_ids(owner, "rornan", is_forgiving=False)) == []


def test_filters_beside_words_count(letters: list[Document], owner: User, collection: Collection) -> None:
    letters[1].tags.add(Tag.objects.create(collection=collection, name="tax"))
    assert list(document_ids(owner, "hello tag:tax")) == [letters[1].pk]
    assert list(document_ids(owner, "hello -tag:tax")) == ids([letters[0], *letters[2:]])


def test_pages_of_several_documents_may_lie_between_each_other(letters: list[Document], owner: User) -> None:
    """As when several workers write them at once: steps go by pages, not by documents."""
    first, last = letters[0], letters[-1]
    for number in (2, 3):
        mine, other = first.pages.get(number=number), last.pages.get(number=number)
        mine.document, mine.number, other.document, other.number = last, number + 10, first, number + 10
        mine.save()
        other.save()
    for letter in (first, last):
        index.write_document(letter)
    assert sorted(document_ids(owner, "hello OR roman")) == sorted(ids(letters))


def test_locked_documents_are_found_by_their_titles_all_of_them(
    letters: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.search.locked._MOST", 1)
    locked = {letter.pk for letter in letters[3:]}
    for letter in letters[3:]:
        letter.pages.all().delete()
    Document.objects.filter(pk__in=locked).update(is_locked=True, page_count=0)
    assert set(document_ids(owner, "letter is:locked")) == locked
    assert set(document_ids(owner, "letter")) == set(ids(letters))
    assert set(document_ids(owner, "hello")) == set(ids(letters)) - locked


def test_more_documents_fit_a_filter_than_the_index_is_asked_about(
    letters: list[Document], owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.search.question.FEW", 2)
    assert list(document_ids(owner, "zebra OR is:done")) == ids(letters)
    assert list(document_ids(owner, "hello -(is:done OR zebra)")) == []


def test_nothing_is_found_by_who_may_not_see_it(letters: list[Document], owner: User, stranger: User) -> None:
    assert list(document_ids(stranger, "hello")) == []
    assert list(document_ids(stranger, "is:done")) == []
    assert list(document_ids(owner, "")) == []
