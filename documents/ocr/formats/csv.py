"""CSV (RFC 4180): a row for each word, for spreadsheets."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from documents.ocr.elements import PageText
from documents.ocr.formats.entry import PageEntry, utf8

_COLUMNS = ("page", "paragraph", "line", "word", "text", "confidence", "x0", "y0", "x1", "y1")
BOM = "\ufeff"  # Excel takes a file without it for the Windows code page of its country
# What a spreadsheet works out instead of showing it (https://owasp.org/www-community/attacks/CSV_Injection),
# with the wide forms that it takes for the same in East Asian countries. A mere number stays one.
_FORMULA = re.compile(r"[=@＝＠\t\r]|[+\-＋－](?![\d.,]*%?\Z)")


def write(pages: Iterable[PageEntry], _about: Mapping[str, object]) -> Iterator[bytes]:
    """Paragraphs are counted on the page, lines in the paragraph, words in the line, all from 1.

    A word that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    yield utf8(BOM + _lines([_COLUMNS]))
    for entry in pages:
        if entry.page:
            yield utf8(_lines(_rows(entry.number, entry.page)))


def _rows(number: int, page: PageText) -> Iterator[tuple[object, ...]]:
    for paragraph, block in enumerate(page.blocks, start=1):
        for at, line in enumerate(block.lines, start=1):
            for place, word in enumerate(line.words, start=1):
                confidence = round(word.confidence, 1)
                yield number, paragraph, at, place, harmless(word.text), confidence, *word.box


def harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _lines(rows: Iterable[tuple[object, ...]]) -> str:
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()
