"""Taking a document away in any form: what the file is called, of which type it is, and its bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from documents.errors import PasswordNeeded
from documents.models import Document
from documents.ocr.formats import FORMATS
from documents.services import export
from documents.services.export import Explain
from documents.services.filenames import safe_name, safe_stem
from documents.services.pdf import searchable_pdf

ORIGINAL, PDF = "original", "pdf"
NAMES = (*FORMATS, PDF, ORIGINAL)
"""Every form in which a document can be had."""

_PDF_TYPE = "application/pdf"


@dataclass(frozen=True, slots=True)
class TakenAway:
    """``file`` is open; without one, ``pieces`` are the bytes, written on the way."""

    name: str
    media_type: str
    file: IO[bytes] | None = None
    pieces: Iterable[bytes] = ()


def take_away(
    *,
    document: Document,
    form: str,
    explain: Explain,
    page: int | None = None,
    is_laid_out: bool = False,
    is_joined: bool = False,
) -> TakenAway:
    """``document`` in one of `NAMES`, or the one ``page`` of that number; at any time.

    ``is_laid_out``, ``is_joined`` and ``explain`` as in `export.write_document`. The original is always that
    of the whole document. Raises PasswordNeeded for a locked PDF that cannot be had so, PageMissing, NoTable,
    and what `searchable_pdf` and `export.original` do.
    """
    if form == ORIGINAL:
        original = export.original(document=document)
        return TakenAway(safe_name(original.name), original.media_type, original.file)
    if export.is_withheld(document, form):
        raise PasswordNeeded
    stem = safe_stem(document.title if page is None else f"{document.title} p{page}")
    if form == PDF:
        return TakenAway(f"{stem}.pdf", _PDF_TYPE, searchable_pdf(document=document, page=page))
    kind = export.form_for(document, form, page=page, is_laid_out=is_laid_out, is_joined=is_joined)
    pieces = export.write_document(
        document=document,
        format=form,
        explain=explain,
        page=page,
        is_laid_out=is_laid_out,
        is_joined=is_joined,
        needs_tables=True,
    )
    return TakenAway(f"{stem}.{kind.extension}", kind.media_type, pieces=pieces)


def media_types(form: str) -> list[str]:
    """Those that a document can be in that form; none for an original, which is of any."""
    if form == ORIGINAL:
        return []
    if form == PDF:
        return [_PDF_TYPE]
    kind = FORMATS[form]
    alone = [kind.alone.media_type] if kind.alone else []
    return [kind.media_type, *alone]
