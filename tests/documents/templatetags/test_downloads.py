"""Tables are offered where a current text has one."""

from pathlib import Path

import pytest
from django.db import transaction
from PIL import Image

from accounts.models import User
from documents.models import Collection, Document, OcrRun, Page, PageJob, Transcription
from documents.services import correct, texts
from documents.services.receive import receive_upload
from documents.services.recognise import make_current, recognise_page, start_run
from documents.templatetags.downloads import may_have_tables, page_with_tables
from tests.documents.ocr.formats.pages import sheet
from tests.doubles import EchoEngine
from tests.factories import incoming, make_document

TABLE = "Bread         1.50\nMilk          2.00\nHoney         7.80"


@pytest.fixture
def page(document: Document) -> Page:
    return document.pages.get()


def write(user: User, page: Page, text: str) -> None:
    """Let ``page`` show ``text`` by somebody."""
    page.refresh_from_db()
    written = texts.draft(page=page, base=page.current, page_text=sheet(text))
    with transaction.atomic():
        texts.save(user=user, page=page, written=written)
    page.refresh_from_db()


def test_a_text_from_before_it_was_noted_may_have_some(document: Document) -> None:
    assert may_have_tables(document)


def test_a_page_without_a_text_has_none(document: Document, page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(current=None)
    assert not may_have_tables(document)


def test_it_is_as_the_text_of_now_says(document: Document, page: Page, editor: User) -> None:
    write(editor, page, "Thank you")
    assert not may_have_tables(document)
    write(editor, page, TABLE)
    assert may_have_tables(document)
    correct.undo(user=editor, page=page, current_id=page.current_id)
    assert not may_have_tables(document)
    page.refresh_from_db()
    correct.redo(user=editor, page=page, current_id=page.current_id)
    assert may_have_tables(document)


def test_a_text_that_is_shown_again_says_what_it_said(document: Document, page: Page, editor: User) -> None:
    write(editor, page, TABLE)
    table = page.current
    write(editor, page, "Thank you")
    correct.restore(user=editor, page=page, current_id=page.current_id, earlier=table)
    assert may_have_tables(document)


def test_a_reading_says_so_however_often_it_is_chosen(owner: User, echo: EchoEngine, tmp_path: Path) -> None:
    page_text = sheet(TABLE)
    Image.new("L", (page_text.width, page_text.height)).save(tmp_path / "receipt.png")
    files = [incoming(tmp_path / "receipt.png")]
    document = receive_upload(user=owner, files=files, languages=["eng"])
    echo.reads = lambda _image: page_text.blocks
    read(first := document.runs.get())
    assert may_have_tables(document)
    echo.reads = lambda _image: sheet("Thank you").blocks
    read(again := start_run(document=document, user=owner))
    assert not may_have_tables(document)
    make_current(run=first, user=owner)
    assert may_have_tables(document)
    make_current(run=again, user=owner)
    assert not may_have_tables(document)


def read(run: OcrRun) -> None:
    for job in PageJob.objects.filter(run=run):
        recognise_page(job_id=job.pk)


def test_it_takes_one_question(document: Document, django_assert_num_queries) -> None:
    Transcription.objects.update(has_tables=False)
    with django_assert_num_queries(1):
        may_have_tables(document)


def test_those_from_a_page_on_are_looked_at_first(collection: Collection, owner: User) -> None:
    book = make_document(collection=collection, user=owner, texts=["one", "two", "three", "four"])
    for number, has_tables in enumerate((True, False, None, False), start=1):
        book.pages.filter(number=number).update(has_tables=has_tables)
    assert [page_with_tables(book, number) for number in (1, 2, 3, 4)] == [1, 3, 3, 3]
    book.pages.update(has_tables=False)
    assert page_with_tables(book, 1) is None
