"""What a reading can be written as. A format is one file and one line here.

A writer takes the pages of a document in order, and facts about the document; it gives the file piece
by piece, so that a book need not fit into memory.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from documents.ocr.formats import alto, csv, docx, hocr, json, layout, page, tables, txt, xlsx
from documents.ocr.formats.entry import PageEntry, PageError

__all__ = ["FORMATS", "TABLES", "Format", "PageEntry", "PageError", "form_of"]

Writer = Callable[[Iterable[PageEntry], Mapping[str, object]], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """``extension`` is without its dot.

    ``alone`` is how a single page is written, where that is another kind of file; ``laid_out`` how text is
    that keeps its place on the page, ``joined`` with words whole that the ends of lines divide.
    """

    extension: str
    media_type: str
    write: Writer
    alone: "Format | None" = None
    laid_out: "Format | None" = None
    joined: "Format | None" = None


_TEXT = "text/plain; charset=utf-8"
_XML = "application/xml"
_CSV = "text/csv; charset=utf-8"

FORMATS = {
    "txt": Format(
        "txt",
        _TEXT,
        txt.write,
        laid_out=Format("txt", _TEXT, layout.write),
        joined=Format("txt", _TEXT, txt.write_joined),
    ),
    "json": Format("json", "application/json", json.write),
    "hocr": Format("hocr", "text/vnd.hocr+html", hocr.write),
    "alto": Format("alto.xml", _XML, alto.write),
    "page": Format("page.zip", "application/zip", page.write, Format("page.xml", _XML, page.write_alone)),
    "docx": Format("docx", docx.MEDIA_TYPE, docx.write),
    "csv": Format("csv", _CSV, csv.write),
    "tables": Format("tables.csv", _CSV, tables.write),
    "xlsx": Format("xlsx", xlsx.MEDIA_TYPE, xlsx.write),
}

TABLES = ("tables", "xlsx")
"""The formats that have nothing but the tables of a page."""


def form_of(
    name: str, *, is_alone: bool = False, is_laid_out: bool = False, is_joined: bool = False
) -> Format:
    """The format called ``name``, for a document or for one page of it. Raises KeyError.

    What has no such form is written in its usual one.
    """
    usual = FORMATS[name]
    return (
        (is_alone and usual.alone)
        or (is_laid_out and usual.laid_out)
        or (is_joined and usual.joined)
        or usual
    )
