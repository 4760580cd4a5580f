"""Taking a document away: its text in a format, or its original as it came."""

import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from tempfile import TemporaryFile
from typing import IO, cast

from django.conf import settings

from documents import models, selectors, storage
from documents.entities import Entity, Kind
from documents.errors import NoTable, PageMissing
from documents.models import Document, Page, PageJob
from documents.ocr.formats import TABLES, Format, PageEntry, PageError, form_of

Explain = Callable[[str, Mapping[str, str | float]], str]


@dataclass(frozen=True, slots=True)
class Original:
    """An open file, what it should be called, and its media type."""

    file: IO[bytes]
    name: str
    media_type: str


def write_document(
    *,
    document: Document,
    format: str,  # noqa: A002
    explain: Explain,
    page: int | None = None,
    is_laid_out: bool = False,
    is_joined: bool = False,
    needs_tables: bool = False,
) -> Iterator[bytes]:
    """The current text of ``document`` in one of ``ocr.formats.FORMATS``, piece by piece; at any time.

    ``page`` asks for that page alone, ``is_laid_out`` for text that keeps its place, ``is_joined`` for words
    whole that the ends of lines divide, ``needs_tables`` for none of the formats of tables where there is no
    table. ``explain`` turns the code and the params of a stored error into a sentence. Raises PageMissing,
    NoTable.
    """
    if page is not None and not 1 <= page <= document.page_count:
        raise PageMissing(number=page, pages=document.page_count)
    form = form_for(document, format, page=page, is_laid_out=is_laid_out, is_joined=is_joined)
    entries = _entries(document, page, explain)
    if needs_tables and format in TABLES:
        entries = _from_first_table(entries)
    return form.write(entries, about(document))


def _from_first_table(entries: Iterator[PageEntry]) -> Iterator[PageEntry]:
    """Without the pages before, of which formats of tables write nothing. Raises NoTable."""
    for entry in entries:
        if entry.all_tables:
            return chain([entry], entries)
    raise NoTable


def is_withheld(document: Document, format: str) -> bool:  # noqa: A002
    """Whether a locked PDF cannot be had so: of the formats, the JSON alone says itself that it is locked."""
    return document.is_locked and format != "json"


def form_for(
    document: Document,
    name: str,
    *,
    page: int | None = None,
    is_laid_out: bool = False,
    is_joined: bool = False,
) -> Format:
    """The form that `write_document` writes. A document of one page is that page alone."""
    is_alone = page is not None or document.page_count == 1
    return form_of(name, is_alone=is_alone, is_laid_out=is_laid_out, is_joined=is_joined)


def _entries(document: Document, only: int | None, explain: Explain) -> Iterator[PageEntry]:
    sources = dict(document.originals.values_list("pk", "name"))
    for page in selectors.readings_of(document, only=only):
        yield _entry(page, sources[page.original_id], explain)


def _entry(page: Page, source: str, explain: Explain) -> PageEntry:
    text, tables = page.current.text_with_noted_tables if page.current else (None, None)
    return PageEntry(
        number=page.number,
        page=text,
        state=page.job.state if page.job else PageJob.State.QUEUED,
        error=_error(page.job, explain) if page.job else None,
        entities=_entities(page),
        source=source,
        tables=tables,
    )


def _entities(page: Page) -> list[Entity]:
    """What was found in the text of a page of ``selectors.readings_of``."""
    return [
        Entity(cast("Kind", row.kind), row.text, row.value, row.start, row.end, row.number, row.currency)
        for row in page.entities.all()
    ]


def _error(job: PageJob, explain: Explain) -> PageError | None:
    if job.state != PageJob.State.FAILED:
        return None
    return PageError(job.error_code, explain(job.error_code, job.error_params))


def about(document: Document) -> dict[str, object]:
    """What the JSON says of a document besides its pages."""
    return {
        "id": str(document.pk),
        "title": document.title,
        "state": document.state,
        "locked": document.is_locked,
        "page_count": document.page_count,
        "pages_done": document.pages_done,
        "mean_confidence": document.mean_confidence and round(document.mean_confidence, 1),
        "languages": document.languages,
        "sha256": document.sha256,
    }


def original(*, document: Document) -> Original:
    """The file as it was uploaded; several come as a zip. Raises StorageError."""
    originals = list(document.originals.all())
    if len(originals) == 1:
        only = originals[0]
        return Original(storage.open_file(only.file), only.name, only.media_type)
    with ExitStack() as on_error:
        packed = on_error.enter_context(TemporaryFile(dir=settings.OCRSITE_TMP_DIR))
        with storage.full_disk_named():
            _pack(originals, packed)
        on_error.pop_all()
    return Original(packed, f"{document.title}.zip", "application/zip")


def _pack(originals: Iterable[models.Original], packed: IO[bytes]) -> None:
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for row in originals:
            name = f"{row.position + 1:03d} {row.name}"
            with storage.open_file(row.file) as source, archive.open(name, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target)
    packed.seek(0)
