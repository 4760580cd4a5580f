"""Pages as they would be read: typed with a letter of 10 × 20 pixels, lines 30 pixels apart."""

import re
from collections.abc import Iterable, Iterator, Sequence

from documents.ocr.elements import Block, Box, Line, PageText, Word
from documents.ocr.formats import FORMATS, Format, PageEntry
from documents.ocr.formats.layout import cells

CELL, HEIGHT, PITCH, WIDTH = 10, 20, 30, 1000
# A page in each script; the languages are the codes of the packs.
SCRIPTS = {
    "Latin": ("Straße & Œuvre <näher>", ("deu", "fra")),
    "Cyrillic": ("Съешь ещё булок", ("rus",)),
    "Arabic": ("مرحبا بالعالم 123", ("ara",)),
    "Devanagari": ("नमस्ते दुनिया", ("hin",)),
    "Chinese": ("今天 天气 很好", ("chi_sim",)),
    "Japanese": ("吾輩は 猫で ある。", ("jpn",)),
    "any": ("a\x00b \x1f ]]> '\"\\ \ud800 e\u0301 \U0001f600", ()),
}

INVOICE = """\
Item                  Ordered       Price       Total
Table lamp, brass          12       48.50      582.00
Window blind                2      112.00      224.00
Letter box                  1       65.00
Delivery                                        35.00"""


def sheet(text: str, languages: Sequence[str] = ("eng",), *, from_right: bool = False) -> PageText:
    """``text`` as it stands, with blank lines between paragraphs and a blank between any two words."""
    return PageText(
        WIDTH, PITCH * 40, tuple(_blocks(text, from_right)), tuple(languages), 90, "tesseract", "5.3.0"
    )


def _blocks(text: str, from_right: bool) -> Iterator[Block]:
    paragraph: list[Line] = []
    for row, line in enumerate([*text.split("\n"), ""]):
        if line.strip():
            paragraph.append(_line(line, row * PITCH, from_right))
        elif paragraph:
            yield Block.of(paragraph)
            paragraph = []


def _line(text: str, y: int, from_right: bool) -> Line:
    words = []
    for found in re.finditer(r"[^ ]+", text):
        start = cells(text[: found.start()]) * CELL
        end = start + max(cells(found[0]), 1) * CELL
        x0, x1 = (WIDTH - end, WIDTH - start) if from_right else (start, end)
        words.append(Word(found[0], 87.5, Box(x0, y, x1, y + HEIGHT)))
    return Line.of(words)


def column(letters: str, x: int) -> Line:
    """Words of a letter each, one below the other."""
    return Line.of(
        [
            Word(letter, 90.0, Box(x, PITCH * row, x + HEIGHT, PITCH * row + HEIGHT))
            for row, letter in enumerate(letters)
        ]
    )


def vertical(*columns: str) -> PageText:
    """Japanese in columns, the first one on the right."""
    lines = [column(letters, WIDTH - 50 * number) for number, letters in enumerate(columns, start=1)]
    return PageText(WIDTH, 1000, (Block.of(lines),), ("jpn_vert",), 0, "tesseract")


def entries(*pages: PageText | None) -> list[PageEntry]:
    """The pages of “scan.png”; None is one that waits."""
    return [
        PageEntry(number, page, "done" if page else "queued", source="scan.png")
        for number, page in enumerate(pages, start=1)
    ]


def written(form: str | Format, *pages: PageText | None, title: str = "A letter") -> bytes:
    return of_entries(form, entries(*pages), title=title)


def of_entries(form: str | Format, pages: Iterable[PageEntry], title: str = "A letter") -> bytes:
    written = FORMATS[form] if isinstance(form, str) else form
    return b"".join(written.write(iter(pages), {"title": title}))
