"""Taking a document away in any form: what the file is called, of which type it is, and its bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from documents import selectors
from documents.errors import NoTable, OcrsiteError, PasswordNeeded, PdfTakesLong
from documents.models import Document
from documents.ocr.formats import FORMATS, TABLES
from documents.services import export
from documents.services.export import Explain
from documents.services.filenames import safe_name, safe_stem
from documents.services.pdf import searchable_pdf, takes_long

ORIGINAL, PDF = "original", "pdf"
NAMES = (*FORMATS, PDF, ORIGINAL)
"""Every form in which a document can be had."""

_PDF_TYPE, _ZIP_TYPE = "application/pdf", "application/zip"


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


@dataclass(frozen=True, slots=True)
class Offer:
    """A form of a document, its media type (of several originals that of the zip that they come in), and why
    it cannot be had at once."""

    form: str
    media_type: str
    refusal: type[OcrsiteError] | None = None


def offers(*, document: Document) -> list[Offer]:
    """All forms of the whole document, in one order."""
    return [Offer(form, _media_type(document, form), _refusal(document, form)) for form in NAMES]


def _media_type(document: Document, form: str) -> str:
    if form == ORIGINAL:
        kinds = document.originals.values_list("media_type", flat=True)
        return kinds[0] if len(kinds) == 1 else _ZIP_TYPE
    return _PDF_TYPE if form == PDF else export.form_for(document, form).media_type


def _refusal(document: Document, form: str) -> type[OcrsiteError] | None:
    if form == ORIGINAL:
        return None
    if export.is_withheld(document, form):
        return PasswordNeeded
    if form in TABLES and not selectors.may_have_tables(document):
        return NoTable
    return PdfTakesLong if form == PDF and takes_long(document=document) else None


def media_types(form: str) -> list[str]:
    """Those that a document can be in that form; none for an original, which is of any."""
    if form == ORIGINAL:
        return []
    if form == PDF:
        return [_PDF_TYPE]
    kind = FORMATS[form]
    alone = [kind.alone.media_type] if kind.alone else []
    return [kind.media_type, *alone]
