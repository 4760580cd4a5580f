import os
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import TextField, Value
from django.db.models.functions import Concat

from accounts.models import User
from documents import storage
from documents.models import Collection, Document, Page, SearchEntry, SearchWord
from documents.search.find import find
from documents.services import catch_up
from tests.factories import make_document

pytestmark = pytest.mark.usefixtures("empty_storage")


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_sound_archive_is_told(document: Document) -> None:
    assert printed("check_archive") == "Search knows every page as it is.\n"


def test_what_differs_is_told_and_mended(document: Document, owner: User) -> None:
    SearchEntry.objects.update(body="other")
    out = StringIO()
    with pytest.raises(CommandError, match="--mend"):
        call_command("check_archive", stdout=out)
    assert out.getvalue() == (
        "1 page is known to search with other words than it has.\n"
        "3 words are counted on more or fewer pages than they are on.\n"
    )
    assert printed("check_archive", "--mend").endswith("What differed was written anew.\n")
    assert printed("check_archive") == "Search knows every page as it is.\n"
    assert find(owner, "hello").documents == 1


@pytest.mark.parametrize("pages", [0, 999])
def test_words_that_are_miscounted_are_told_and_mended(document: Document, pages: int) -> None:
    SearchWord.objects.filter(word="hello").update(pages=pages)
    out = StringIO()
    with pytest.raises(CommandError, match="--mend"):
        call_command("check_archive", stdout=out)
    assert out.getvalue() == "1 word is counted on more or fewer pages than it is on.\n"
    printed("check_archive", "--mend")
    assert SearchWord.objects.get(word="hello").pages == 1


def test_files_of_nothing_are_told_and_deleted(document: Document) -> None:
    name = storage.save_bytes(b"zip", storage.download_name(1))
    os.utime(default_storage.path(name), (0, 0))
    with pytest.raises(CommandError, match="--mend"):
        call_command("check_archive", stdout=StringIO())
    assert printed("check_archive", "--mend") == (
        "1 stored file belongs to no document.\nSearch knows every page as it is.\n1 file was deleted.\n"
    )
    assert not default_storage.exists(name)


@pytest.mark.parametrize("kind", ["original", "picture"])
@pytest.mark.parametrize("mend", [[], ["--mend"]])
def test_files_that_are_missing_are_named(document: Document, kind: str, mend: list[str]) -> None:
    name = document.originals.get().file if kind == "original" else document.pages.get().thumbnail
    default_storage.delete(name)
    out = StringIO()
    with pytest.raises(CommandError, match="backup"):
        call_command("check_archive", *mend, stdout=out)
    assert f"1 file that a document has is missing in the storage:\n  {name}\n" in out.getvalue()


@pytest.mark.parametrize(
    "place", ["", "originals/", "pages/ab/", "pages/ab/notes/", "thumbs/old/", "downloads/x/"]
)
def test_files_outside_of_the_folders_are_named_and_left_alone(document: Document, place: str) -> None:
    name = storage.save_bytes(b"a note", f"{place}note.txt")
    os.utime(default_storage.path(name), (0, 0))
    out = StringIO()
    with pytest.raises(CommandError, match="move away"):
        call_command("check_archive", "--mend", stdout=out)
    assert f"1 file lies in the storage where the site keeps none:\n  {name}\n" in out.getvalue()
    assert default_storage.exists(name)


def test_very_many_missing_files_are_counted(owner: User, collection: Collection) -> None:
    make_document(collection=collection, user=owner, texts=["one"] * 30)
    Page.objects.update(thumbnail=Concat(Value("pages/00/none-"), "number", output_field=TextField()))
    out = StringIO()
    with pytest.raises(CommandError, match="backup"):
        call_command("check_archive", stdout=out)
    lines = out.getvalue().splitlines()
    assert "30 files that documents have are missing in the storage:" in lines
    assert (lines[-2], len([line for line in lines if "none-" in line])) == ("  …", 20)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's index cannot be changed from outside")
def test_an_index_that_lost_a_page_is_told_and_mended(document: Document, owner: User) -> None:
    entry = SearchEntry.objects.get()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO documents_searchindex (documents_searchindex, rowid, title, body, loose, scope)"
            " VALUES ('delete', %s, %s, %s, %s, %s)",
            [entry.pk, entry.title, entry.body, entry.loose, entry.scope],
        )
    assert find(owner, "hello").documents == 0
    assert not catch_up.index_is_sound()
    assert "The index of the database is damaged.\n" in printed("check_archive", "--mend")
    assert find(owner, "hello").documents == 1


def test_reindexing_writes_every_page(document: Document, owner: User) -> None:
    SearchEntry.objects.update(body="other")
    SearchWord.objects.update(pages=999)
    SearchWord.objects.create(collection=document.collection, word="gone", pages=5)
    assert printed("reindex") == "1 page was indexed.\n"
    assert find(owner, "hello").documents == 1
    assert dict(SearchWord.objects.values_list("word", "pages")) == {"hello": 1, "world": 1}


def test_reindexing_goes_on_where_it_was_stopped(document: Document) -> None:
    place = Path(settings.OCRSITE_DATA_DIR) / "reindex.position"
    last = document.pages.get().pk
    place.write_text(f"{last}\n")
    assert printed("reindex") == "0 pages were indexed.\n"
    assert not place.exists()
    place.write_text(f"{last}\n")
    assert printed("reindex", "--restart") == "1 page was indexed.\n"
