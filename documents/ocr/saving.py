"""Readings as files, in every format; searchable PDFs too."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, BinaryIO

from documents.entities import find_entities
from documents.errors import PageMissing, PasswordNeeded
from documents.ocr import pdf
from documents.ocr.elements import PageText
from documents.ocr.files.given import File, readable
from documents.ocr.files.load import inspect
from documents.ocr.formats import FORMATS, PageEntry, form_of
from documents.ocr.languages import tags
from documents.ocr.options import Limits
from documents.ocr.packing import pack
from documents.ocr.pdf import About, PageSource

PathName = str | os.PathLike[str]


def save(pages: PageText | Iterable[PageText], path: PathName, form: str, *, source: str = "") -> None:
    """Write one page, or a document of several, into the file ``path``, in UTF-8 where it is text.

    ``form`` is one of `FORMATS`; ``source`` the name of the file that was read, which some of them tell.
    Pages are written as they come, so that a book need not fit into memory. What there was at ``path`` stays
    until all is written. Raises ValueError for another ``form``, OSError, and what reading ``pages`` does.
    """
    if form not in FORMATS:
        raise ValueError(f"There is no format “{form}”. Choose one of: {', '.join(FORMATS)}.")
    is_alone = isinstance(pages, PageText)
    entries = _entries([pages] if isinstance(pages, PageText) else pages, source)
    with _whole(Path(path)) as target:
        for piece in form_of(form, is_alone=is_alone).write(entries, {"file": source}):
            target.write(piece)


def save_pdf(
    source: File, pages: PageText | Iterable[PageText], path: PathName, *, password: str | None = None
) -> None:
    """Write a PDF into the file ``path``: the first pages of ``source`` as they look, with the text of
    ``pages`` upon them, unseen but found and copied.

    Raises PdfFailed, PasswordNeeded, PasswordWrong, PageMissing, OSError, and what `inspect` does.
    """
    read = [pages] if isinstance(pages, PageText) else list(pages)
    with readable(source, password) as original, _whole(Path(path)) as target:
        _require_pages(original, len(read))
        write_pdf(target, original, list(enumerate(read)), title=Path(path).stem)


def write_pdf(
    target: IO[bytes], original: Path, pages: Sequence[tuple[int, PageText | None]], *, title: str
) -> None:
    """The same into an open, real file: ``pages`` of ``original`` by their numbers from 0, each with its
    text, or None where it has none. Goes back to the start of ``target``."""
    read = [page for _index, page in pages if page]
    language = next(iter(tags(code for page in read for code in page.languages)), "")
    made_at = datetime.now().astimezone().isoformat(timespec="seconds")
    with TemporaryDirectory(prefix="pdf-") as folder:
        pdf.write(
            target,
            about=About(title, language, made_at),
            files=[original],
            pages=[_page_source(index, page) for index, page in pages],
            limits=Limits(),
            folder=Path(folder),
            timeout=pdf.time_for(len(pages)),
        )


def _page_source(index: int, page: PageText | None) -> PageSource:
    return PageSource(0, index, page.rotation, pack(page)) if page else PageSource(0, index, 0, b"")


def _entries(pages: Iterable[PageText], source: str) -> Iterator[PageEntry]:
    for number, page in enumerate(pages, start=1):
        entities = find_entities(page.text, page.languages)
        yield PageEntry(number, page, entities=entities, source=source)


def _require_pages(path: Path, wanted: int) -> None:
    """Raises PageMissing for the first that the file does not have, PasswordNeeded for a locked one."""
    info = inspect(path, limits=Limits())
    if info.is_locked:
        raise PasswordNeeded
    if wanted > info.page_count:
        raise PageMissing(number=info.page_count + 1, pages=info.page_count)


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """A file that is called ``path`` once it is written, and gone where that fails."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w+b") as target:
            yield target
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
