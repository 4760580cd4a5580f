"""Taking a document away."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from documents import storage
from documents.errors import NoTable, OriginalMissing, PageMissing
from documents.models import Collection, Document, PageJob, Transcription
from documents.ocr.formats import FORMATS
from documents.ocr.layout.grids import has_rows
from documents.ocr.packing import pack
from documents.services import export
from documents.services.receive import receive_upload
from documents.words import explain
from tests.documents.ocr.formats.pages import sheet
from tests.factories import incoming, make_document, picture


@pytest.fixture
def book(collection: Collection, owner: User) -> Document:
    """Three pages; the second has not been read."""
    document = make_document(
        collection=collection, user=owner, texts=["Привет мир", "lost", "fin"], title="Том 1"
    )
    document.pages.filter(number=2).update(current=None)
    return document


def written(document: Document, format_name: str, **options: object) -> str:
    pieces = export.write_document(document=document, format=format_name, explain=explain, **options)
    return b"".join(pieces).decode()


def test_text_has_a_form_feed_between_pages(book: Document) -> None:
    assert written(book, "txt") == "Привет мир\n\f\ffin\n"


def test_json_says_what_is_known_of_each_page(book: Document) -> None:
    result = json.loads(written(book, "json"))
    assert (result["title"], result["state"], result["page_count"]) == ("Том 1", "done", 3)
    assert [page["text"] for page in result["pages"]] == ["Привет мир", "", "fin"]
    assert result["pages"][0]["words"][1] == {
        "text": "мир", "confidence": 90.0, "x0": 12, "y0": 0, "x1": 22, "y1": 10,
    }  # fmt: skip
    assert result["pages"][1]["mean_confidence"] is None


@pytest.mark.parametrize("state", [state for state in PageJob.State if state != PageJob.State.FAILED])
def test_json_says_how_far_each_page_is(book: Document, state: PageJob.State) -> None:
    PageJob.objects.filter(page__document=book, page__number=2).update(state=state)
    pages = json.loads(written(book, "json"))["pages"]
    assert [page["state"] for page in pages] == ["done", state, "done"]
    assert [page["error"] for page in pages] == [None, None, None]


def test_json_says_why_a_page_failed(book: Document) -> None:
    PageJob.objects.filter(page__document=book, page__number=2).update(
        state=PageJob.State.FAILED, error_code="engine-timeout", error_params={"seconds": 120}
    )
    failed = json.loads(written(book, "json"))["pages"][1]
    assert (failed["state"], failed["text"], failed["error"]["code"]) == ("failed", "", "engine-timeout")
    assert failed["error"]["message"].startswith("Reading this page took longer than 120 seconds")


def test_only_what_failed_is_explained(book: Document) -> None:
    PageJob.objects.filter(page__document=book, page__number=2).update(state=PageJob.State.FAILED)
    explained: list[str] = []

    def explain_once(code: str, _params: object) -> str:
        explained.append(code)
        return "because"

    pieces = export.write_document(document=book, format="json", explain=explain_once)
    assert [page["error"] and page["error"]["message"] for page in json.loads(b"".join(pieces))["pages"]] == [
        None, "because", None,
    ]  # fmt: skip
    assert len(explained) == 1


def test_a_book_is_written_a_few_pages_at_a_time(
    collection: Collection, owner: User, django_assert_max_num_queries
) -> None:
    texts = [f"Page {number}" for number in range(1, 62)]
    book = make_document(collection=collection, user=owner, texts=texts)
    with django_assert_max_num_queries(7):
        assert written(book, "txt") == "\n\f".join(texts) + "\n"


def test_one_page_alone_is_what_its_number_says(book: Document) -> None:
    assert written(book, "txt", page=3) == "fin\n"
    assert [page["number"] for page in json.loads(written(book, "json", page=3))["pages"]] == [3]


@pytest.mark.parametrize("page", [0, 4, 999_999])
def test_a_page_that_is_not_there_is_told_before_anything_is_written(book: Document, page: int) -> None:
    with pytest.raises(PageMissing):
        export.write_document(document=book, format="txt", explain=explain, page=page)


def test_one_page_is_read_from_the_database_and_not_the_book(
    collection: Collection, owner: User, django_assert_max_num_queries
) -> None:
    book = make_document(collection=collection, user=owner, texts=["text"] * 61)
    with django_assert_max_num_queries(4):
        assert written(book, "txt", page=61) == "text\n"


def test_a_book_is_gone_through_once_for_its_tables(
    collection: Collection, owner: User, django_assert_max_num_queries
) -> None:
    """The only table stands on the last page."""
    book = make_document(collection=collection, user=owner, texts=["text"] * 61)
    table = sheet("Bread         1.50\nMilk          2.00\nHoney         7.80")
    Transcription.objects.filter(page__number=61).update(packed=pack(table), text=table.text)
    with django_assert_max_num_queries(7):
        assert "Honey,7.80" in written(book, "tables", needs_tables=True)


@pytest.mark.parametrize("format_name", FORMATS)
def test_tables_are_looked_for_once_in_the_formats_that_have_them_and_not_in_others(
    document: Document, monkeypatch: pytest.MonkeyPatch, format_name: str
) -> None:
    """In a text from before they were noted with it."""
    table = sheet("Bread         1.50\nMilk          2.00\nHoney         7.80")
    Transcription.objects.update(packed=pack(table), text=table.text)
    looks = list[object]()

    def look(*args: Any) -> bool:
        looks.append(args)
        return has_rows(*args)

    monkeypatch.setattr("documents.ocr.layout.tables.has_rows", look)
    pieces = export.write_document(document=document, format=format_name, explain=explain, needs_tables=True)
    assert b"".join(pieces)
    assert len(looks) == (format_name not in ("txt", "csv"))


@pytest.mark.parametrize("format_name", ["tables", "xlsx"])
def test_no_table_is_told_before_anything_is_written(book: Document, format_name: str) -> None:
    with pytest.raises(NoTable):
        export.write_document(document=book, format=format_name, explain=explain, needs_tables=True)
    assert "Привет" in written(book, "txt", needs_tables=True)


def test_text_can_keep_its_place(book: Document) -> None:
    assert written(book, "txt", is_laid_out=True) == "Привет мир\n\f\ffin\n"


def test_each_page_names_the_file_it_came_in(book: Document) -> None:
    assert 'imageFilename="letter.png"' in written(book, "page", page=1)


def test_page_files_come_as_a_zip_where_there_are_several(book: Document, document: Document) -> None:
    assert export.form_for(book, "page").extension == "page.zip"
    assert export.form_for(book, "page", page=1).extension == "page.xml"
    assert export.form_for(document, "page").extension == "page.xml"


def test_json_answers_for_a_document_without_pages(book: Document) -> None:
    book.pages.all().delete()
    assert json.loads(written(book, "json"))["pages"] == []


def test_the_original_comes_as_it_went_in(owner: User, tmp_path: Path, echo: object) -> None:
    path = picture(tmp_path / "Счёт.png")
    document = receive_upload(user=owner, files=[incoming(path)], languages=(), title="May")
    original = export.original(document=document)
    with original.file as file:
        assert file.read() == path.read_bytes()
    assert (original.name, original.media_type) == ("Счёт.png", "image/png")


def test_several_originals_come_as_a_zip_in_their_order(owner: User, tmp_path: Path, echo: object) -> None:
    paths = [picture(tmp_path / "b.png", colour="red"), picture(tmp_path / "a.png")]
    document = receive_upload(
        user=owner, files=[incoming(path) for path in paths], languages=(), title="Both"
    )
    original = export.original(document=document)
    assert original.name == "Both.zip"
    with original.file as file, zipfile.ZipFile(file) as archive:
        assert archive.namelist() == ["001 b.png", "002 a.png"]
        assert archive.read("001 b.png") == paths[0].read_bytes()


def test_a_lost_original_is_told(book: Document) -> None:
    storage.delete([book.originals.get().file])
    with pytest.raises(OriginalMissing):
        export.original(document=book)
