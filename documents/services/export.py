"""Taking a document away: its text in a format, or its original as it came."""

import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, cast

from django.conf import settings

from documents import models, selectors, storage
from documents.entities import Entity, Kind
from documents.models import Document, Page, PageJob
from documents.ocr.formats import FORMATS, PageEntry, PageError

Explain = Callable[[str, Mapping[str, str | float]], str]


@dataclass(frozen=True, slots=True)
class Original:
    """An open file, what it should be called, and its media type."""

    file: IO[bytes]
    name: str
    media_type: str


def write_document(*, document: Document, format: str, explain: Explain) -> Iterator[bytes]:  # noqa: A002
    """The current text of ``document`` in one of ``ocr.formats.FORMATS``, piece by piece; at any time.

    ``explain`` turns the code and the params of a stored error into a sentence.
    """
    pages = (_entry(page, explain) for page in selectors.readings_of(document))
    return (piece.encode() for piece in FORMATS[format].write(pages, about(document)))


def _entry(page: Page, explain: Explain) -> PageEntry:
    text = page.current.page_text if page.current else None
    if page.job is None:
        return PageEntry(page.number, text, PageJob.State.QUEUED, entities=_entities(page))
    return PageEntry(page.number, text, page.job.state, _error(page.job, explain), _entities(page))


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
