"""What search knows of pages is written with their text, title and place, and goes with them."""

from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from documents.models import Collection, Document, Page, PageJob, SearchEntry, SearchWord
from documents.search.find import find
from documents.services import catch_up, index
from documents.services.receive import receive_upload
from documents.services.recognise import make_current, recognise_page, start_run
from tests.doubles import EchoEngine
from tests.factories import blocks, incoming, make_document, picture


def words(collection: Collection) -> dict[str, int]:
    counted = SearchWord.objects.filter(collection=collection, pages__gt=0)
    return dict(counted.values_list("word", "pages"))


def read_all(document: Document) -> None:
    for job in PageJob.objects.filter(run__document=document, state=PageJob.State.QUEUED):
        recognise_page(job_id=job.pk)


@pytest.fixture
def upload(owner: User, echo: EchoEngine, tmp_path: Path) -> Document:
    return receive_upload(
        user=owner, files=[incoming(picture(tmp_path / "a.png"))], languages=["eng"], title="Scan of May"
    )


def test_an_upload_is_found_by_its_title_at_once_and_by_its_words_once_read(
    upload: Document, owner: User
) -> None:
    assert find(owner, "scan").documents == 1
    assert find(owner, "hello").documents == 0
    read_all(upload)
    assert find(owner, "hello").documents == 1
    assert find(owner, "scan hello").documents == 1


def test_another_reading_takes_the_place_of_the_first_and_back(
    upload: Document, owner: User, echo: EchoEngine
) -> None:
    read_all(upload)
    first = upload.runs.get()
    echo.reads = lambda _image: blocks("Goodbye moon")
    start_run(document=upload, user=owner, languages=["eng"])
    read_all(upload)
    assert (find(owner, "hello").documents, find(owner, "goodbye").documents) == (0, 1)
    make_current(run=first, user=owner)
    assert (find(owner, "hello").documents, find(owner, "goodbye").documents) == (1, 0)
    assert words(upload.collection) == {"hello": 1, "world": 1}


def test_the_vocabulary_counts_pages_that_were_read_well(collection: Collection, owner: User) -> None:
    make = {"collection": collection, "user": owner}
    make_document(**make, texts=["water water", "Water 1984 x", "請求書"])
    make_document(**make, texts=["wter"], confidence=40.0)
    assert words(collection) == {"water": 2, "請求": 1, "求書": 1}


def test_what_is_removed_leaves_nothing(document: Document, owner: User) -> None:
    index.remove_document(document)
    assert not SearchEntry.objects.exists()
    assert words(document.collection) == {}
    assert find(owner, "hello").documents == 0
    index.write_document(document)
    assert find(owner, "hello").documents == 1


def test_a_new_title_takes_the_place_of_the_old_one(document: Document, owner: User) -> None:
    Document.objects.filter(pk=document.pk).update(title="Renamed")
    index.write_document(document)
    assert find(owner, "renamed hello").documents == 1
    assert find(owner, "letter").documents == 0


def texts_read(queries: CaptureQueriesContext) -> int:
    return sum('"documents_transcription"."text"' in query["sql"] for query in queries)


def test_a_text_is_not_analysed_again_to_be_moved(document: Document, owner: User) -> None:
    other = Collection.objects.create(name="Other")
    Document.objects.filter(pk=document.pk).update(collection=other)
    with CaptureQueriesContext(connection) as queries:
        index.write_document(document)
    assert texts_read(queries) == 0
    assert find(owner, "hello").documents == 0
    assert words(other) == {"hello": 1, "world": 1}


def test_what_was_analysed_is_only_written(document: Document, owner: User) -> None:
    Document.objects.filter(pk=document.pk).update(title="Things")
    with CaptureQueriesContext(connection) as queries:
        analysed = index.analyse_document(document)
    assert texts_read(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        index.write_document(document, analysed=analysed)
    assert texts_read(queries) == 0
    assert find(owner, "thing hello").documents == 1
    assert index.changed([document.pages.get().pk]) == []


def test_a_reading_that_came_meanwhile_is_analysed(document: Document, owner: User) -> None:
    Document.objects.filter(pk=document.pk).update(title="Things")
    index.write_document(document, analysed={})
    assert find(owner, "thing hello").documents == 1


def test_a_transaction_that_fails_changes_nothing(document: Document, owner: User) -> None:
    with transaction.atomic():
        index.remove_document(document)
        transaction.set_rollback(True)
    assert find(owner, "hello").documents == 1
    assert catch_up.index_is_sound()


def test_rows_that_go_by_themselves_leave_the_index(document: Document, owner: User) -> None:
    Page.objects.filter(document=document).delete()
    assert find(owner, "hello").documents == 0
    assert catch_up.index_is_sound()


def test_a_page_larger_than_any_database_takes_is_found_by_its_beginning(
    collection: Collection, owner: User
) -> None:
    text = " ".join(f"word{number}" for number in range(40_000)) + " " + "x" * 5000
    make_document(collection=collection, user=owner, texts=[text, "y" * 5000])
    assert find(owner, "word7", is_forgiving=False).documents == 1
    assert find(owner, "word39999", is_forgiving=False).documents == 0


def test_words_are_counted_the_same_in_one_go_or_page_by_page(collection: Collection) -> None:
    index.count_words({(collection.pk, "a"): 3, (collection.pk, "b"): 1})
    index.count_words({(collection.pk, "a"): -2, (collection.pk, "b"): -5, (collection.pk, "c"): -1})
    assert words(collection) == {"a": 1}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite compares bytes as it is")
def test_words_are_ordered_as_they_are_held(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collname FROM pg_attribute JOIN pg_collation ON pg_collation.oid = attcollation"
            " WHERE attrelid = 'documents_searchword'::regclass AND attname = 'word'"
        )
        assert cursor.fetchone() == ("C",)
