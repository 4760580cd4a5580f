"""What was done to a page before it was read, and by which engine it was, as the reader is told."""

from dataclasses import replace

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Collection, Document, OcrRun, Transcription
from documents.ocr.elements import Cure, PageText, Treatment
from documents.ocr.packing import pack
from documents.services import recognise
from tests.documents.views.conftest import Browse, html_of
from tests.factories import make_document, make_reading

SHADED = (Treatment(Cure.EVENED), Treatment(Cure.STRAIGHTENED, 3.24))


@pytest.fixture
def person(browse: Browse, viewer: User) -> Client:
    return browse(viewer)


@pytest.fixture
def book(collection: Collection, owner: User) -> Document:
    return make_document(collection=collection, user=owner, texts=["one", "two"])


def keep(text: Transcription, **changes: object) -> None:
    """Let the reading be another one."""
    read: PageText = replace(text.page_text, **changes)
    Transcription.objects.filter(pk=text.pk).update(packed=pack(read))


def html_of_row(person: Client, document: Document, number: int) -> str:
    return html_of(person.get(f"/documents/{document.pk}/pages/{number}/"))


def test_what_was_done_before_reading_is_told_of_that_page_alone(person: Client, book: Document) -> None:
    keep(book.pages.get(number=2).current, treatments=SHADED)
    assert "before reading: shadow evened, straightened by 3.2°" in html_of_row(person, book, 2)
    assert "before reading" not in html_of_row(person, book, 1)
    assert html_of(person.get(f"/documents/{book.pk}/")).count("before reading") == 1


def test_that_a_page_was_turned_is_told_with_what_else_was_done(person: Client, book: Document) -> None:
    keep(book.pages.get(number=2).current, treatments=SHADED[1:], rotation=90)
    told = "before reading: turned by 90° to the right, straightened by 3.2°"
    assert told in html_of_row(person, book, 2)


def test_the_document_says_which_engine_read_all_of_it(person: Client, book: Document) -> None:
    assert html_of(person.get(f"/documents/{book.pk}/")).count("read by Tesseract") == 1
    assert "read by" not in html_of_row(person, book, 1)


def test_pages_say_it_where_they_were_read_by_several(person: Client, book: Document, owner: User) -> None:
    run = make_reading(document=book, texts={2: "deux"})
    OcrRun.objects.filter(pk=run.pk).update(engine="rapidocr")
    keep(run.transcriptions.get(), engine="rapidocr")
    recognise.make_current(run=run, user=owner)
    html = html_of(person.get(f"/documents/{book.pk}/"))
    assert (html.count("read by Tesseract"), html.count("read by RapidOCR")) == (1, 1)
    assert "read by RapidOCR" in html_of_row(person, book, 2)


def test_pages_say_it_where_one_engine_asked_another_now_and_then(person: Client, book: Document) -> None:
    both = "tesseract 5.3.0 + rapidocr 3.9.2"
    book.runs.update(engine="best", engine_version=both)
    keep(book.pages.get(number=1).current, engine="best", engine_version="tesseract 5.3.0")
    keep(book.pages.get(number=2).current, engine="best", engine_version=both)
    html = html_of(person.get(f"/documents/{book.pk}/"))
    assert html.count("read by Tesseract and RapidOCR") == 2  # the document, and its second page
    assert "read by Tesseract<" in html_of_row(person, book, 1)
    assert "Tesseract 5.3.0 and RapidOCR 3.9.2" in html_of(person.get(f"/documents/{book.pk}/runs/"))


def test_a_text_that_came_along_was_read_by_no_engine(person: Client, document: Document) -> None:
    document.runs.update(engine=OcrRun.IMPORT)
    assert "read by" not in html_of(person.get(f"/documents/{document.pk}/"))
