"""The tables of the pages as CSV (RFC 4180): one below the other, with an empty row between."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from documents.ocr.formats.csv import BOM, harmless
from documents.ocr.formats.entry import PageEntry, utf8

NO_TABLE = "No table was found."


def write(pages: Iterable[PageEntry], _about: Mapping[str, object]) -> Iterator[bytes]:
    """A cell that spans columns stands in its first one; what a spreadsheet would run gets an apostrophe.

    Without any table, the only row says so.
    """
    yield utf8(BOM)
    empty = True
    for entry in pages:
        for table in entry.all_tables:
            yield utf8(_lines(table.texts if empty else [[], *table.texts]))
            empty = False
    if empty:
        yield utf8(_lines([[NO_TABLE]]))


def _lines(rows: Iterable[Sequence[str]]) -> str:
    out = StringIO(newline="")
    csv.writer(out).writerows([harmless(text) for text in row] for row in rows)
    return out.getvalue()
