"""The history of a page's text, what waits for a decision, and what is to be proofread."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from documents.models import Collection, Document, Page, Transcription
from documents.ocr.correcting.operations import ReplaceWord
from documents.selectors import runs_of
from documents.selectors.correcting import Version, history, may_redo, may_undo, to_redo, to_undo
from documents.selectors.review import count_to_review, pages_to_review
from documents.services import correct, trash
from tests.factories import make_document


@pytest.fixture
def page(document: Document) -> Page:
    return document.pages.get()


def type_word(user: User, page: Page, text: str) -> Transcription:
    page.refresh_from_db()
    return correct.correct(
        user=user, page=page, current_id=page.current_id, operations=[ReplaceWord(0, 0, text)]
    )


def undo(user: User, page: Page) -> None:
    page.refresh_from_db()
    correct.undo(user=user, page=page, current_id=page.current_id)


def told(page: Page) -> list[tuple[str, str]]:
    page.refresh_from_db()
    return [(one.text.text, _mark(one)) for one in history(page)]


def _mark(version: Version) -> str:
    return "shown" if version.is_current else "undone" if version.is_undone else ""


def test_a_burst_of_typing_is_one_version(page: Page, owner: User, editor: User) -> None:
    reading = page.current
    for text in ("H", "Ha", "Hallo"):
        type_word(editor, page, text)
    type_word(owner, page, "Servus")
    assert told(page) == [
        ("Servus world", "shown"),
        ("Hallo world", ""),
        ("Hello world", ""),
    ]
    assert history(page)[1].before == reading
    assert [version.changes for version in history(page)] == [1, 3, 1]


def test_each_change_of_a_burst_is_told_on_request(page: Page, editor: User) -> None:
    for text in ("H", "Ha", "Hallo"):
        type_word(editor, page, text)
    page.refresh_from_db()
    versions = history(page, is_each=True)
    assert [one.text.text.split()[0] for one in versions] == ["Hallo", "Ha", "H", "Hello"]
    assert [one.before for one in versions] == [one.text for one in versions[1:]] + [None]
    assert [_mark(one) for one in versions] == ["shown", "", "", ""]


def test_after_a_pause_a_new_version_begins(page: Page, editor: User) -> None:
    type_word(editor, page, "Hallo")
    Transcription.objects.update(created_at=F("created_at") - timedelta(minutes=11))
    type_word(editor, page, "Servus")
    assert [text for text, _mark in told(page)] == ["Servus world", "Hallo world", "Hello world"]


def test_what_was_undone_is_told_apart(page: Page, editor: User) -> None:
    type_word(editor, page, "Hallo")
    type_word(editor, page, "Servus")
    undo(editor, page)
    assert told(page) == [
        ("Servus world", "undone"),
        ("Hallo world", "shown"),
        ("Hello world", ""),
    ]
    type_word(editor, page, "Bye")
    assert told(page) == [
        ("Bye world", "shown"),
        ("Servus world", "undone"),
        ("Hallo world", ""),
        ("Hello world", ""),
    ]


def test_what_is_restored_undoes_nothing(page: Page, editor: User) -> None:
    reading = page.current
    made = type_word(editor, page, "Hallo")
    page.refresh_from_db()
    correct.restore(user=editor, page=page, current_id=made.pk, earlier=reading)
    assert [mark for _text, mark in told(page)] == ["shown", "", ""]


def test_the_history_is_asked_for_without_its_texts(
    page: Page, editor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for text in ("one", "two", "three"):
        type_word(editor, page, text)
    with django_assert_num_queries(2):  # the texts, and which of them came with the image
        versions = history(page)
    assert versions[0].text.get_deferred_fields() == {"text", "packed"}


def test_undo_and_redo_are_offered_to_who_changed_it(page: Page, owner: User, editor: User) -> None:
    reading = page.current
    made = type_word(editor, page, "Hallo")
    assert (to_undo(editor, made), to_undo(owner, made), to_redo(editor, made)) == (reading, None, None)
    assert (may_undo(editor, made), may_undo(owner, made), may_redo(editor, made)) == (True, False, False)
    assert (to_redo(editor, reading), to_redo(owner, reading), to_undo(editor, reading)) == (made, None, None)
    assert (may_redo(editor, reading), may_redo(owner, reading), may_undo(editor, reading)) == (
        True,
        False,
        False,
    )


def test_a_corrected_document_shows_the_run_that_was_corrected(page: Page, editor: User) -> None:
    type_word(editor, page, "Hallo")
    [run] = runs_of(page.document)
    assert run.is_current


# Review


@pytest.fixture
def badly_read(collection: Collection, owner: User) -> list[Document]:
    return [
        make_document(collection=collection, user=owner, texts=["one", "two"], confidence=confidence)
        for confidence in (70, 50, 95)
    ]


def numbers(user: User) -> list[tuple[float | None, int]]:
    return [(page.current.mean_confidence, page.number) for page in pages_to_review(user) if page.current]


def test_the_worst_pages_come_first(badly_read: list[Document], editor: User) -> None:
    assert numbers(editor) == [(50, 1), (50, 2), (70, 1), (70, 2)]
    assert len(pages_to_review(editor, most=3)) == 3
    assert (count_to_review(editor), count_to_review(editor, below=60)) == (4, 2)


def test_pages_of_all_collections_stand_in_one_row(
    badly_read: list[Document], collection: Collection, owner: User, editor: User
) -> None:
    other = Collection.objects.create(name="Other")
    other.memberships.create(user=editor, role="owner")
    make_document(collection=other, user=editor, texts=["three"], confidence=60)
    assert numbers(editor) == [(50, 1), (50, 2), (60, 1), (70, 1), (70, 2)]


@pytest.mark.parametrize("name", ["viewer", "stranger"])
def test_who_may_not_correct_a_page_is_not_asked_to(
    name: str, badly_read: list[Document], request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(name)
    assert (pages_to_review(user), count_to_review(user)) == ([], 0)


def test_pages_that_were_proofread_or_trashed_are_not_asked_about(
    badly_read: list[Document], owner: User
) -> None:
    trash.trash(user=owner, document=badly_read[0])
    Page.objects.filter(document=badly_read[1], number=1).update(proofread_at=timezone.now())
    assert numbers(owner) == [(50, 2)]
