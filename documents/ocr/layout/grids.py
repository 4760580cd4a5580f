"""Rows and columns of cells: what makes a table or a receipt different from a text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from statistics import median
from typing import NamedTuple

import numpy as np

from documents.ocr.elements import Box
from documents.ocr.layout.entries import are_in_alphabetical_order
from documents.ocr.layout.margins import all_fragments
from documents.ocr.layout.rows import boxes_of, chained, in_one_row
from documents.ocr.layout.view import Piece

# In heights of a line:
_GAP = 0.9  # between two cells of a row; a space between words is a third
_BREAK = 3.0  # from the middle of a row to that of the next: with more, the table is over, ...
_WIDEST = 5.0  # ... or with so much where all rows are far apart
_WHITE = 0.4  # between two columns, through all rows
_EDGE = 0.6  # cells that begin or end as near together are set to one edge
# Of the rows:
_CROSSING = 0.15  # a strip is white though so many cross it: heads and totals that span columns
_FILLED = 0.5  # of all cells have a text
_ALIGNED = 0.6  # of the cells of a column stand at one edge
_SINGLE = 2  # rows with one cell only, between two with more
_FEWEST_ROWS = 3
_WIDER = 1.35  # times the usual step from row to row
_MOST_LETTERS = 60  # in a usual cell: more is a text in columns
_FULL = 0.6  # as many cells as the fullest quarter has
# A bullet; or 1. or b) or (iv)
_MARKER = re.compile(r"[\W_]*|\(?\w{1,3}[.):]+")


class Placed(NamedTuple):
    """A cell: its text, the number of its first column (from 0), and over how many columns it reaches."""

    piece: Piece
    column: int
    span: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows from top to bottom, each from left to right; ``columns`` are left and right edges."""

    rows: tuple[tuple[Placed, ...], ...]
    columns: tuple[tuple[int, int], ...]


def find_grids(pieces: Sequence[Piece], height: float) -> list[Grid]:
    """Those in one column, from top to bottom. ``height`` is that of a usual line in pixels."""
    rows = _rows(all_fragments(pieces, _GAP * height))
    runs = _runs(rows, _longest_step(rows, height))
    return [grid for run in runs if (grid := _grid(run, height))]


def has_rows(pieces: Sequence[Piece], height: float) -> bool:
    """Whether anything stands beside something else: a page where nothing does has no grid."""
    if any(white > _GAP * height for piece in pieces for white in piece.gaps):
        return True
    downwards = sorted((piece.box for piece in pieces), key=lambda box: box.y0)
    return any((one < other).any() for one, other in in_one_row(boxes_of(downwards)))


_Rows = list[list[Piece]]


def _rows(pieces: Sequence[Piece]) -> _Rows:
    return sorted(chained(pieces), key=lambda row: row[0].box.middle_y)


def _longest_step(rows: _Rows, height: float) -> float:
    """From the middle of a row to that of the next one of its table: forms and price lists have wide ones."""
    steps = [_step(before, row) for before, row in pairwise(rows) if min(len(before), len(row)) > 1]
    usual = median(steps) if len(steps) >= _FEWEST_ROWS else 0.0
    return max(_BREAK * height, min(_WIDER * usual, _WIDEST * height))


def _runs(rows: _Rows, longest: float) -> Iterator[_Rows]:
    """Rows of several cells that follow each other, with a few of one cell in between."""
    run: _Rows = []
    for row in rows:
        if run and (_step(run[-1], row) > longest or _singles(run) > _SINGLE):
            yield _trimmed(run)
            run = []
        if run or len(row) > 1:
            run.append(row)
    yield _trimmed(run)


def _step(before: Sequence[Piece], row: Sequence[Piece]) -> float:
    return row[0].box.middle_y - before[0].box.middle_y


def _singles(run: _Rows) -> int:
    """How many rows of one cell the run ends with."""
    return next((at for at, row in enumerate(reversed(run)) if len(row) > 1), len(run))


def _trimmed(run: _Rows) -> _Rows:
    return run[: len(run) - _singles(run)]


def _grid(rows: _Rows, height: float) -> Grid | None:
    columns = _columns(rows, height) if len(rows) >= _FEWEST_ROWS else []
    if len(columns) < 2:
        return None
    grid = _under_heads(_placed(rows, columns), rows)
    return grid if len(grid.columns) > 1 and _is_regular(grid, height) else None


def _placed(rows: _Rows, columns: Sequence[tuple[int, int]]) -> Grid:
    return Grid(tuple(_cells(row, columns) for row in rows), tuple(columns))


def _columns(rows: _Rows, height: float) -> list[tuple[int, int]]:
    """Left and right edge of each column: what lies between strips that are white in nearly all rows."""
    left = min(piece.box.x0 for row in rows for piece in row)
    right = max(piece.box.x1 for row in rows for piece in row)
    telling = _telling(rows)
    # By how many more rows each place is covered than the one before it.
    steps = [0] * (right - left + 1)
    for row in telling:
        end = left
        for start, stop in sorted((piece.box.x0, piece.box.x1) for piece in row):
            if stop > end:
                steps[max(start, end) - left] += 1
                steps[stop - left] -= 1
                end = stop
    full = np.flatnonzero(np.cumsum(steps) > int(_CROSSING * len(telling)))
    if not len(full):
        return []
    cuts = np.flatnonzero(np.diff(full) > _WHITE * height)
    starts, ends = [full[0], *full[cuts + 1]], [*full[cuts], full[-1]]
    return [(int(start) + left, int(end) + left + 1) for start, end in zip(starts, ends, strict=True)]


def _under_heads(grid: Grid, rows: _Rows) -> Grid:
    """The grid of ``rows``, each column that has nothing but a head as one with that beside it that has none.

    Such a head stands in the middle, the figures below it at one edge, the same in all columns.
    """
    heads, below = (_reached(some) for some in (grid.rows[:1], grid.rows[1:]))
    lone, headless = heads - below, below - heads
    if not lone or not headless:
        return grid
    columns = list(grid.columns)
    at_right = [at for at in lone if at + 1 in headless]
    at_left = [at - 1 for at in lone if at - 1 in headless]
    firsts = min(at_right, at_left, key=lambda pairs: (-len(pairs), sum(_white(columns, at) for at in pairs)))
    for at in sorted(firsts, reverse=True):
        columns[at : at + 2] = [(columns[at][0], columns[at + 1][1])]
    return _placed(rows, columns)


def _white(columns: Sequence[tuple[int, int]], at: int) -> int:
    """Pixels between a column and the next."""
    return columns[at + 1][0] - columns[at][1]


def _reached(rows: Sequence[Sequence[Placed]]) -> set[int]:
    """The numbers of the columns that have a cell."""
    places = {(cell.column, cell.span) for row in rows for cell in row}
    return {at for first, span in places for at in range(first, first + span)}


def _telling(rows: _Rows) -> _Rows:
    """Those with about as many cells as most: no heads and totals that span columns."""
    counts = sorted(map(len, rows))
    return [row for row in rows if len(row) >= _FULL * counts[-1 - len(counts) // 4]]


def _cells(row: Sequence[Piece], columns: Sequence[tuple[int, int]]) -> tuple[Placed, ...]:
    """The pieces of a row with their places; those that share one are one cell."""
    cells: list[Placed] = []
    for piece in row:
        at, span = _place(piece.box, columns)
        if cells and at < cells[-1].column + cells[-1].span:
            before = cells.pop()
            width = max(before.span, at + span - before.column)
            cells.append(Placed(_both(before.piece, piece), before.column, width))
        else:
            cells.append(Placed(piece, at, span))
    return tuple(cells)


def _place(box: Box, columns: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """First column and number of columns; the nearest column where it touches none."""
    first = bisect_right(columns, box.x0, key=itemgetter(1))
    end = bisect_left(columns, box.x1, key=itemgetter(0))
    if first < end:
        return first, end - first
    middle = box.x0 + box.x1
    return min(range(len(columns)), key=lambda at: abs(sum(columns[at]) - middle)), 1


def _both(one: Piece, other: Piece) -> Piece:
    return Piece((*one.words, *other.words), (*one.boxes, *other.boxes), Box.around([one.box, other.box]))


def _is_regular(grid: Grid, height: float) -> bool:
    columns: list[list[Piece]] = [[] for _column in grid.columns]
    for cell in (cell for row in grid.rows for cell in row if cell.span == 1):
        columns[cell.column].append(cell.piece)
    letters = [len(piece.letters) for pieces in columns for piece in pieces]
    return (
        sum(map(len, grid.rows)) >= _FILLED * len(grid.rows) * len(columns)
        and bool(letters)
        and median(letters) <= _MOST_LETTERS
        and sum(_is_aligned(pieces, height) for pieces in columns) >= 2
        and not _is_list(columns)
        and not are_in_alphabetical_order(columns)
    )


def _is_aligned(pieces: Sequence[Piece], height: float) -> bool:
    """Whether most begin, end or are centred at one place."""
    if len(pieces) < 2:
        return False
    boxes = [piece.box for piece in pieces]
    edges = ([box.x0 for box in boxes], [box.x1 for box in boxes], [(box.x0 + box.x1) // 2 for box in boxes])
    return any(_share_at_one(places, _EDGE * height) >= _ALIGNED for places in edges)


def _share_at_one(places: Sequence[int], tolerance: float) -> float:
    middle = median(places)
    return sum(abs(place - middle) <= tolerance for place in places) / len(places)


def _is_list(columns: Sequence[Sequence[Piece]]) -> bool:
    """Whether it is bullets or numbers with an entry each."""
    return len(columns) == 2 and all(_MARKER.fullmatch(piece.letters) for piece in columns[0])
