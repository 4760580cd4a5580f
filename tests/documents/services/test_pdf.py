"""The searchable PDF of a document."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO

import pikepdf
import pypdfium2 as pdfium
import pytest
from django.utils import timezone

from accounts.models import User
from documents import storage
from documents.errors import (
    OriginalMissing,
    PageMissing,
    PasswordNeeded,
    PdfBusy,
    PdfFailed,
    PdfTakesLong,
    UnknownType,
)
from documents.models import Collection, Document
from documents.services import pdf
from tests.factories import make_document, picture
from tests.files import save_pdf, says


@pytest.fixture
def book(collection: Collection, owner: User, tmp_path: Path) -> Document:
    """Three pages, each a picture; the second has not been read."""
    document = make_document(collection=collection, user=owner, texts=["one", "lost", "three"], title="Том 1")
    white = picture(tmp_path / "white.png").read_bytes()
    for page in document.pages.all():
        original = document.originals.create(
            position=page.number,
            file=storage.save_bytes(white, storage.original_name(document.pk, page.number, ".png")),
            name="white.png",
            media_type="image/png",
            sha256="0" * 64,
            byte_size=len(white),
            page_count=1,
        )
        document.pages.filter(pk=page.pk).update(original=original, index=0)
    document.pages.filter(number=2).update(current=None)
    return document


def texts(file: IO[bytes]) -> list[str]:
    """Of each page."""
    with file, pdfium.PdfDocument(file.read()) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_each_page_has_its_current_text(book: Document) -> None:
    assert texts(pdf.searchable_pdf(document=book)) == ["one", "", "three"]


def test_one_page_comes_alone(book: Document) -> None:
    assert texts(pdf.searchable_pdf(document=book, page=3)) == ["three"]


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_page_that_is_not_there_is_told(book: Document, number: int) -> None:
    with pytest.raises(PageMissing):
        pdf.searchable_pdf(document=book, page=number)


def test_it_is_called_as_the_document_is(book: Document) -> None:
    with pdf.searchable_pdf(document=book) as file, pikepdf.open(file) as made:
        assert [str(made.docinfo["/Title"]), str(made.Root.Lang)] == ["Том 1", "en"]


def test_it_says_when_it_was_made(book: Document) -> None:
    """Which is not when the document came."""
    Document.objects.update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
    book.refresh_from_db()
    before = timezone.now().replace(microsecond=0)
    with pdf.searchable_pdf(document=book) as file, pikepdf.open(file) as made, made.open_metadata() as about:
        assert before <= datetime.fromisoformat(about["xmp:ModifyDate"]) <= timezone.now()


def test_a_long_document_is_not_made_while_somebody_waits(book: Document) -> None:
    book.page_count = pdf.MOST_PAGES_AT_ONCE + 1
    with pytest.raises(PdfTakesLong):
        pdf.searchable_pdf(document=book)
    assert texts(pdf.searchable_pdf(document=book, page=3)) == ["three"]


def test_in_the_background_it_is(book: Document, tmp_path: Path) -> None:
    book.page_count = pdf.MOST_PAGES_AT_ONCE + 1
    with (tmp_path / "book.pdf").open("w+b") as file:
        pdf.write_pdf(document=book, file=file)
        assert texts(BytesIO(file.read())) == ["one", "", "three"]


def test_a_page_has_the_time_of_one_however_long_the_document(
    book: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What hangs must not hold its place for hours."""
    monkeypatch.setattr("documents.ocr.pdf._SHORTEST", 0.0)
    monkeypatch.setattr("documents.ocr.pdf._EACH_PAGE", 0.001)
    book.page_count = 1_000_000
    with pytest.raises(PdfFailed):
        pdf.searchable_pdf(document=book, page=1)


def test_pages_that_were_read_again_have_the_newer_text(
    book: Document, collection: Collection, owner: User
) -> None:
    other = make_document(collection=collection, user=owner, texts=["better"])
    book.pages.filter(number=1).update(current=other.pages.get().current)
    assert texts(pdf.searchable_pdf(document=book, page=1)) == ["better"]


def test_an_unlocked_copy_stands_for_a_locked_original(book: Document, tmp_path: Path) -> None:
    path = save_pdf(tmp_path / "page.pdf", says("Secret"))
    readable = storage.save_bytes(path.read_bytes(), storage.original_name(book.pk, 9, ".pdf"))
    book.originals.update(readable=readable)
    assert "Secret" in texts(pdf.searchable_pdf(document=book, page=2))[0]


def test_a_locked_document_asks_for_its_password(book: Document) -> None:
    book.is_locked = True
    with pytest.raises(PasswordNeeded):
        pdf.searchable_pdf(document=book)


def test_a_lost_original_is_told(book: Document) -> None:
    storage.delete([book.pages.get(number=2).original.file])
    with pytest.raises(OriginalMissing):
        pdf.searchable_pdf(document=book)


def test_an_original_that_became_something_else_is_told(document: Document) -> None:
    with pytest.raises(UnknownType):
        pdf.searchable_pdf(document=document)


def test_it_can_be_written_into_a_file(book: Document, tmp_path: Path) -> None:
    with (tmp_path / "book.pdf").open("w+b") as file:
        pdf.write_pdf(document=book, file=file)
        assert texts(BytesIO(file.read())) == ["one", "", "three"]


def test_nothing_is_left_behind(book: Document, tmp_path: Path, settings) -> None:
    settings.OCRSITE_TMP_DIR = tmp_path / "tmp"
    settings.OCRSITE_TMP_DIR.mkdir()
    pdf.searchable_pdf(document=book).close()
    assert list(settings.OCRSITE_TMP_DIR.iterdir()) == []


def test_those_who_come_when_too_many_are_being_made_are_told(
    book: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = BoundedSemaphore(1)
    full.acquire()
    monkeypatch.setattr(pdf, "_at_once", full)
    monkeypatch.setattr(pdf, "_WAIT", 0.01)
    with pytest.raises(PdfBusy):
        pdf.searchable_pdf(document=book)
