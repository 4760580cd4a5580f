"""The trash: out of sight, back again, and gone for good with its files."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from documents import selectors, storage
from documents.errors import Gone, InTrash, NotInTrash
from documents.models import (
    Collection,
    Document,
    Event,
    Note,
    OcrRun,
    Page,
    PageJob,
    SearchEntry,
    Tag,
    Transcription,
)
from documents.services import index, leases, recognise, trash
from tests.documents.services.analysing import depths_of_analysis
from tests.factories import make_document


def put_in(document: Document, user: User) -> None:
    trash.trash(user=user, document=document)


def stored(document: Document) -> list[str]:
    names = [storage.original_name(document.pk, 0, ""), storage.picture_name(document.pk, 1, "image")]
    return [file for name in names for file in storage.files_in(name.rpartition("/")[0])]


def let_lie(document: Document, days: int) -> None:
    Document.objects.filter(pk=document.pk).update(trashed_at=timezone.now() - timedelta(days=days))


def test_what_is_in_the_trash_is_out_of_sight(document: Document, owner: User) -> None:
    index.write_document(document)
    assert SearchEntry.objects.count() == 1
    put_in(document, owner)
    assert not selectors.documents_for(owner).exists()
    assert SearchEntry.objects.count() == 0
    assert list(selectors.trashed_for(owner)) == [document]
    document.refresh_from_db()
    assert document.trashed_by == owner


def test_only_who_may_change_a_document_sees_it_in_the_trash(
    document: Document, owner: User, editor: User, viewer: User, stranger: User
) -> None:
    put_in(document, owner)
    seen = [selectors.trashed_for(user).count() for user in (owner, editor, viewer, stranger)]
    assert seen == [1, 1, 0, 0]


def test_nothing_is_put_there_twice(document: Document, owner: User) -> None:
    put_in(document, owner)
    with pytest.raises(InTrash):
        put_in(document, owner)
    assert Event.objects.filter(action=Event.Action.TRASHED).count() == 1


def test_reading_stops_and_its_pages_do_nothing_more(document: Document, owner: User) -> None:
    job = recognise.start_run(document=document, user=owner).jobs.get()
    lease = leases.claim(job_id=job.pk)
    assert lease
    put_in(document, owner)
    assert PageJob.objects.get(pk=job.pk).state == PageJob.State.CANCELLED
    assert not leases.finish(lease)
    assert leases.claim(job_id=job.pk) is None


def test_nothing_is_read_from_the_trash(document: Document, owner: User) -> None:
    put_in(document, owner)
    with pytest.raises(Gone):
        recognise.start_run(document=document, user=owner)


def test_a_locked_pdf_goes_there_too(document: Document, owner: User) -> None:
    Document.objects.update(is_locked=True)
    put_in(document, owner)
    assert selectors.trashed_for(owner).count() == 1


def test_what_is_taken_out_is_found_again(document: Document, owner: User) -> None:
    put_in(document, owner)
    trash.restore(user=owner, document=document)
    assert list(selectors.documents_for(owner)) == [document]
    assert SearchEntry.objects.count() == 1
    actions = Event.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == [Event.Action.TRASHED, Event.Action.RESTORED]
    with pytest.raises(NotInTrash):
        trash.restore(user=owner, document=document)


def test_texts_are_taken_apart_before_anything_is_held(
    document: Document, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in(document, owner)
    depths = depths_of_analysis(monkeypatch)
    trash.restore(user=owner, document=document)
    assert depths == [0]


def test_deleting_leaves_no_row_and_no_file(
    transactional_db: None, document: Document, owner: User, collection: Collection
) -> None:
    other = make_document(collection=collection, user=owner, texts=["Another"])
    Note.objects.create(document=document, author=owner, text="A note")
    document.tags.add(Tag.objects.create(collection=collection, name="tax"))
    put_in(document, owner)
    assert len(stored(document)) == 2

    trash.delete(user=owner, document_id=document.pk)

    assert stored(document) == []
    assert not default_storage.exists(f"pages/{document.pk.hex[:2]}/{document.pk}")
    assert list(Document.objects.all()) == [other]
    left = [model.objects.count() for model in (Page, OcrRun, PageJob, Transcription, Note)]
    assert left == [1, 1, 1, 1, 0]
    assert len(stored(other)) == 2
    line = Event.objects.get(action=Event.Action.DELETED)
    assert (line.document_id, line.title) == (document.pk, "A letter")


def test_the_versions_before_and_behind_one_that_is_deleted_become_neighbours(
    document: Document, owner: User, collection: Collection
) -> None:
    first = document
    middle, last = (make_document(collection=collection, user=owner, texts=[]) for _version in range(2))
    for newer, older in ((middle, first), (last, middle)):
        Document.objects.filter(pk=newer.pk).update(replaces=older)
    put_in(middle, owner)
    trash.delete(user=owner, document_id=middle.pk)
    assert Document.objects.get(pk=last.pk).replaces == first
    put_in(first, owner)
    trash.delete(user=owner, document_id=first.pk)
    assert Document.objects.get().replaces is None


def test_of_two_that_replace_each_other_none_replaces_itself(
    document: Document, owner: User, collection: Collection
) -> None:
    other = make_document(collection=collection, user=owner, texts=[])
    for newer, older in ((other, document), (document, other)):
        Document.objects.filter(pk=newer.pk).update(replaces=older)
    put_in(document, owner)
    trash.delete(user=owner, document_id=document.pk)
    assert Document.objects.get().replaces is None


def test_only_what_is_in_the_trash_is_deleted(document: Document, owner: User) -> None:
    with pytest.raises(NotInTrash):
        trash.delete(user=owner, document_id=document.pk)
    assert Document.objects.exists()


def test_files_stay_when_the_rows_do(
    transactional_db: None, document: Document, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in(document, owner)

    def fail(_document: Document) -> None:
        raise RuntimeError

    monkeypatch.setattr(trash, "_delete_pages", fail)
    with pytest.raises(RuntimeError):
        trash.delete(user=owner, document_id=document.pk)
    assert Document.objects.exists()
    assert len(stored(document)) == 2


def test_a_book_is_deleted_without_its_texts(
    collection: Collection, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = make_document(collection=collection, user=owner, texts=["One", "Two", "Three", "Four", "Five"])
    put_in(book, owner)
    monkeypatch.setattr(trash, "_PAGES_AT_ONCE", 2)
    with CaptureQueriesContext(connection) as queries:
        trash.delete(user=owner, document_id=book.pk)
    asked = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert len(asked) > 3
    assert [sql for sql in asked if '"packed"' in sql] == []
    assert not Page.objects.exists()


def test_what_lay_there_long_enough_is_purged_by_the_site(
    document: Document, owner: User, collection: Collection, settings
) -> None:
    settings.OCRSITE_TRASH_DAYS = 30
    young = make_document(collection=collection, user=owner, texts=["Young"])
    for one, days in ((document, 31), (young, 29)):
        put_in(one, owner)
        let_lie(one, days)
    assert trash.purge() == 1
    assert list(Document.objects.all()) == [young]
    line = Event.objects.get(action=Event.Action.DELETED)
    assert (line.user, line.user_name) == (None, "")


def test_a_purge_stops_at_so_many(document: Document, owner: User, collection: Collection) -> None:
    other = make_document(collection=collection, user=owner, texts=["Another"])
    for one, days in ((document, 100), (other, 99)):
        put_in(one, owner)
        let_lie(one, days)
    assert trash.purge(most=1) == 1
    assert list(Document.objects.all()) == [other]


@pytest.mark.parametrize("use", ["purge", "list"])
def test_the_trash_is_found_by_its_index(document: Document, use: str) -> None:
    found = trash.expired() if use == "purge" else Document.objects.filter(trashed_at__isnull=False)
    if connection.vendor == "sqlite":  # PostgreSQL scans a table this small
        assert "USING INDEX document_trashed" in found.order_by("trashed_at").explain()


def test_what_was_moved_out_of_reach_meanwhile_is_left_alone(
    document: Document, owner: User, collection: Collection
) -> None:
    Document.objects.filter(pk=document.pk).update(collection=Collection.objects.create(name="Theirs"))
    with pytest.raises(Gone):
        put_in(document, owner)
    assert not Document.objects.exclude(trashed_at=None).exists()
