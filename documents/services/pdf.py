"""The searchable PDF of a document: its pages as they came, with their current text upon them, unseen."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from threading import BoundedSemaphore
from typing import IO

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from documents import storage
from documents.errors import PageMissing, PasswordNeeded, PdfBusy, PdfTakesLong
from documents.models import Document, Page
from documents.ocr import pdf
from documents.ocr.languages import tags
from documents.ocr.pdf import About, PageSource
from documents.services.recognise import limits

MOST_PAGES_AT_ONCE = 150
"""Whose PDF is made while somebody waits (2 s); more are packed in the background."""

# In one process: each takes a processor, some hundred MB, and a thread that answers requests.
_at_once = BoundedSemaphore(2)
_WAIT = 3.0  # seconds

_ROWS_AT_ONCE = 100


def searchable_pdf(*, document: Document, page: int | None = None) -> IO[bytes]:
    """The PDF of ``document``, or of the one ``page`` of that number, as an open file that has no name.

    Pages that were not read yet are in it without text. Raises PasswordNeeded, PageMissing, PdfTakesLong,
    PdfBusy, PdfFailed, FileDamaged, and the children of StorageError.
    """
    if page is None and takes_long(document=document):
        raise PdfTakesLong
    with ExitStack() as on_error, _turn():
        file = on_error.enter_context(TemporaryFile(dir=settings.OCRSITE_TMP_DIR))
        write_pdf(document=document, file=file, page=page)
        on_error.pop_all()
    return file


def takes_long(*, document: Document) -> bool:
    """Whether nobody should wait until the PDF of all its pages is made."""
    return document.page_count > MOST_PAGES_AT_ONCE


@contextmanager
def _turn() -> Iterator[None]:
    if not _at_once.acquire(timeout=_WAIT):
        raise PdfBusy
    try:
        yield
    finally:
        _at_once.release()


def write_pdf(*, document: Document, file: IO[bytes], page: int | None = None) -> None:
    """Write it into ``file``, a real one, and go back to its start, however long it takes.

    Raises as `searchable_pdf` does, but for PdfTakesLong and PdfBusy.
    """
    if document.is_locked:
        raise PasswordNeeded
    pages = _pages(document, page)
    originals = list(document.originals.filter(pages__in=pages).distinct())
    with ExitStack() as opened, storage.full_disk_named():
        files = [
            opened.enter_context(storage.local_path(original.readable or original.file, once=True))
            for original in originals
        ]
        places = {original.pk: place for place, original in enumerate(originals)}
        folder = opened.enter_context(TemporaryDirectory(dir=settings.OCRSITE_TMP_DIR))
        pdf.write(
            file,
            about=_about(document),
            files=files,
            pages=(_source(row, places) for row in pages.iterator(_ROWS_AT_ONCE)),
            limits=limits(),
            folder=Path(folder),
            timeout=pdf.time_for(pages.count()),
        )


def _pages(document: Document, number: int | None) -> QuerySet[Page]:
    pages = document.pages.select_related("current").order_by("number")
    if number is None:
        return pages
    if not pages.filter(number=number).exists():
        raise PageMissing(number=number, pages=document.page_count)
    return pages.filter(number=number)


def _about(document: Document) -> About:
    now = timezone.localtime().isoformat(timespec="seconds")
    return About(document.title, next(iter(tags(document.languages)), ""), now)


def _source(page: Page, places: dict[int, int]) -> PageSource:
    packed = bytes(page.current.packed) if page.current else b""
    return PageSource(places[page.original_id], page.index, page.rotation, packed)
