"""Tables, told from where words stand. Pure: nothing is stored, so that a corrected word counts at once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from documents.ocr.elements import Box, PageText, Word, join_words
from documents.ocr.layout.columns import in_columns
from documents.ocr.layout.direction import Direction
from documents.ocr.layout.grids import Grid, Placed, find_grids, has_rows
from documents.ocr.layout.margins import without_notes
from documents.ocr.layout.view import Piece, View, usual_height

_FIGURES = 0.5  # of the letters of a cell are digits: it is a figure
_Row = Sequence[Placed]


class Cell(NamedTuple):
    """``column`` counts from 0; ``span`` is over how many columns the cell reaches."""

    words: tuple[Word, ...]
    column: int
    span: int = 1

    @property
    def text(self) -> str:
        return join_words(self.words)


class Place(NamedTuple):
    """What stands in ``span`` columns of a row, or nothing."""

    text: str
    span: int
    is_head: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of each row in reading order, without empty ones. ``head`` rows at the top are the head.

    ``direction`` is which way the columns count: the first of a Hebrew table is its rightmost.
    """

    rows: tuple[tuple[Cell, ...], ...]
    columns: int
    head: int
    direction: Direction

    @property
    def box(self) -> Box:
        return Box.around([word.box for word in self.words])

    @property
    def words(self) -> Iterator[Word]:
        return (word for row in self.rows for cell in row for word in cell.words)

    @property
    def texts(self) -> list[list[str]]:
        """The text of each place in each row, empty where there is none; that of a wide cell in its first."""
        grid = [[""] * self.columns for _row in self.rows]
        for texts, row in zip(grid, self.rows, strict=True):
            for cell in row:
                texts[cell.column] = cell.text
        return grid

    @property
    def places(self) -> list[list[Place]]:
        """Each row with its empty places, as HTML and Word want it."""
        return [list(_places(row, self.columns, is_head=at < self.head)) for at, row in enumerate(self.rows)]


def _places(row: Sequence[Cell], columns: int, *, is_head: bool) -> Iterator[Place]:
    reached = 0
    for cell in row:
        yield from [Place("", 1, is_head)] * (cell.column - reached)
        yield Place(cell.text, cell.span, is_head)
        reached = cell.column + cell.span
    yield from [Place("", 1, is_head)] * (columns - reached)


def find_tables(page: PageText) -> tuple[Table, ...]:
    """The tables of a page in reading order; text in columns is none, a receipt may be one."""
    lines = [line for line in page.lines if line.words]
    view = View.of(lines, (page.width, page.height))
    if view.direction == "ttb":
        return ()
    pieces = [Piece.of(line, view) for line in lines]
    height = usual_height(pieces)
    if not has_rows(pieces, height):
        return ()
    main, _notes = without_notes(pieces, height)
    tables = (
        _table(grid, view.direction) for column in in_columns(main) for grid in find_grids(column, height)
    )
    return tuple(tables)


def _table(grid: Grid, direction: Direction) -> Table:
    head = _head(grid.rows)
    above = max(head - 1, 0)  # the last row of the head names single columns
    columns = _extents(grid, above)
    rows = (*(_spread(row, columns) for row in grid.rows[:above]), *grid.rows[above:])
    cells = tuple(tuple(Cell(cell.piece.words, cell.column, cell.span) for cell in row) for row in rows)
    return Table(cells, len(grid.columns), head, direction)


def _head(rows: Sequence[_Row]) -> int:
    """How many rows at the top have no figures, where most of one column below them has."""
    figures = [[cell.column for cell in row if _is_figure(cell)] for row in rows]
    head = next((at for at, columns in enumerate(figures) if columns), 0)
    below = Counter(chain.from_iterable(figures))
    return head if any(count > (len(rows) - head) / 2 for count in below.values()) else 0


def _is_figure(cell: Placed) -> bool:
    letters = cell.piece.letters
    return sum(map(str.isdigit, letters)) >= _FIGURES * len(letters)


def _extents(grid: Grid, first: int) -> list[tuple[int, int]]:
    """From where to where the cells of each column reach, from the row ``first`` on."""
    reach = list(grid.columns)
    for cell in (cell for row in grid.rows[first:] for cell in row if cell.span == 1):
        left, right = reach[cell.column]
        reach[cell.column] = min(left, cell.piece.box.x0), max(right, cell.piece.box.x1)
    return reach


def _spread(row: _Row, columns: Sequence[tuple[int, int]]) -> list[Placed]:
    """The cells of a head above a head, each over the empty columns around it whose middle is its own."""
    result: list[Placed] = []
    free = 0
    for cell, end in zip(row, [*(cell.column for cell in row[1:]), len(columns)], strict=True):
        starts, stops = range(free, cell.column + 1), range(cell.column + cell.span, end + 1)
        reach = [(start, stop) for start in starts for stop in stops]
        start, free = min(reach, key=lambda ends: _off_centre(cell.piece.box, columns[ends[0] : ends[1]]))
        result.append(cell._replace(column=start, span=free - start))
    return result


def _off_centre(box: Box, columns: Sequence[tuple[int, int]]) -> int:
    return abs(columns[0][0] + columns[-1][1] - box.x0 - box.x1)
