"""Plain text that keeps its place: columns line up in a monospaced font, as on the page."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from statistics import median, quantiles
from typing import NamedTuple

from documents.ocr.elements import Box, Line, PageText, Word, join_words
from documents.ocr.formats.entry import PageEntry
from documents.ocr.formats.txt import joined
from documents.ocr.layout.direction import main_direction

# A line of text has about 100 letters; what asks for more columns than this is no text.
_MOST_COLUMNS = 400
_MOST_EMPTY_LINES = 2


class Piece(NamedTuple):
    """Words of a line that stand together. ``box`` is as high as their line."""

    text: str
    box: Box


def write(pages: Iterable[PageEntry], _about: Mapping[str, object]) -> Iterator[bytes]:
    """Pages as in ``txt``."""
    return joined(laid_out(entry.page) if entry.page else "" for entry in pages)


def laid_out(page: PageText) -> str:
    """The text in rows and columns; vertical writing, which has no rows, as plain text.

    A page that runs from right to left is laid out from its right edge: that is where programs put the
    beginning of its lines.
    """
    pieces = [piece for line in page.lines for piece in pieces_of(line)]
    match main_direction(page.lines):
        case "ttb":
            return page.text
        case "rtl":
            pieces = [Piece(text, _mirrored(box, page.width)) for text, box in pieces]
    rows = list(_rows(pieces))
    if not rows:
        return ""
    left = min(piece.box.x0 for piece in pieces)
    cell = _cell(rows, page.width)
    lines = [_row_text(row, left, cell) for row in rows]
    return "".join(chain.from_iterable(zip(_breaks(rows), lines, strict=True)))


def pieces_of(line: Line) -> list[Piece]:
    """The line, cut where a gap is wider than it is high: no space between words is."""
    parts: list[list[Word]] = [list(line.words[:1])]
    for before, word in pairwise(line.words):
        if _gap(before.box, word.box) > line.box.height:
            parts.append([])
        parts[-1].append(word)
    return [_piece(words, line.box) for words in parts if words]


def _gap(one: Box, other: Box) -> int:
    """Pixels between two boxes beside each other, whichever is the left one."""
    return max(one.x0, other.x0) - min(one.x1, other.x1)


def _piece(words: Sequence[Word], line: Box) -> Piece:
    box = Box.around([word.box for word in words])
    return Piece(join_words(words), Box(box.x0, line.y0, box.x1, line.y1))


def _mirrored(box: Box, width: int) -> Box:
    return Box(width - box.x1, box.y0, width - box.x0, box.y1)


def _rows(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """From top to bottom, each from left to right. Two are in one row if each sees the other's middle."""
    row: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.middle_y):
        if row and not _beside(row[-1].box, piece.box):
            yield _from_left(row)
            row = []
        row.append(piece)
    if row:
        yield _from_left(row)


def _from_left(row: Iterable[Piece]) -> list[Piece]:
    return sorted(row, key=lambda piece: piece.box.x0)


def _beside(one: Box, other: Box) -> bool:
    return one.y0 <= other.middle_y <= one.y1 and other.y0 <= one.middle_y <= other.y1


def _cell(rows: Sequence[Sequence[Piece]], page_width: int) -> float:
    """How many pixels a column is wide: a letter, or less where pieces beside each other need it.

    One in twenty of those may still push its neighbour aside, so that a single one does not spread the page.
    """
    pieces = [piece for row in rows for piece in row]
    letter = median(piece.box.width / max(cells(piece.text), 1) for piece in pieces)
    room = [
        (after.box.x0 - before.box.x0) / (cells(before.text) + 1)
        for row in rows
        for before, after in pairwise(row)
    ]
    if room:
        letter = min(letter, quantiles([*room, max(room)], n=20, method="inclusive")[0])
    return max(letter, page_width / _MOST_COLUMNS, 1)


def _row_text(row: Iterable[Piece], left: int, cell: float) -> str:
    text, end = "", 0
    for piece in row:
        column = max(round((piece.box.x0 - left) / cell), end + bool(end))
        text += " " * (column - end) + piece.text
        end = column + cells(piece.text)
    return text


def cells(text: str) -> int:
    """How many columns ``text`` takes in a monospaced font (https://www.unicode.org/reports/tr11/)."""
    return sum(_cells(letter) for letter in text)


def _cells(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _breaks(rows: Sequence[Sequence[Piece]]) -> Iterator[str]:
    """What stands before each row: line breaks, more of them where more is free."""
    steps = [after[0].box.middle_y - before[0].box.middle_y for before, after in pairwise(rows)]
    usual = _pitch(steps, [row[0].box.height for row in rows])
    yield ""
    for step in steps:
        yield "\n" * (1 + min(max(round(step / usual) - 1, 0), _MOST_EMPTY_LINES))


def _pitch(steps: Sequence[float], heights: Sequence[int]) -> float:
    """From one row to the next: a quarter of the steps are narrower; never more than double spacing."""
    usual = sorted(steps)[len(steps) // 4] if steps else 1
    return max(min(usual, 2 * median(heights)), 1)
