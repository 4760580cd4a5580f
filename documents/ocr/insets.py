"""Tables in the text around them: one that takes whole lines, row after row, can be shown in their place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple, Self

from documents.ocr.elements import Block, Line, PageText, Word
from documents.ocr.layout.direction import Direction
from documents.ocr.layout.tables import Table, find_tables


class InsetCell(NamedTuple):
    """``column`` counts from 0; it reaches over ``span`` columns and has ``size`` words."""

    column: int
    span: int
    size: int


@dataclass(frozen=True, slots=True)
class Inset:
    """A table whose words follow each other in the text: those of a cell, cell after cell, row after row.

    ``first`` is the number of its first word on the page, from 0. Each row takes one line or more. ``head``
    rows at the top are the head; ``direction`` is which way the columns count.
    """

    first: int
    direction: Direction
    head: int
    columns: int
    rows: tuple[tuple[InsetCell, ...], ...]

    @property
    def end(self) -> int:
        """The number of the first word behind it."""
        return self.first + sum(cell.size for row in self.rows for cell in row)

    @property
    def plain(self) -> list[object]:
        """As JSON has it: in the database, and for the script of the reader (docs/viewer.md)."""
        return [self.first, self.direction, self.head, self.columns, self.rows]

    @classmethod
    def of_plain(cls, plain: Sequence[Any]) -> Self:
        first, direction, head, columns, rows = plain
        return cls(
            first, direction, head, columns, tuple(tuple(InsetCell(*cell) for cell in row) for row in rows)
        )


class Segment(NamedTuple):
    """The words ``start`` to ``end`` of a line, which are those of one cell."""

    line: Line
    start: int
    end: int

    @property
    def words(self) -> tuple[Word, ...]:
        return self.line.words[self.start : self.end]


class Part(NamedTuple):
    """A paragraph, or what of one is in the table ``inset``, or beside it; ``is_last`` of the paragraph."""

    block: Block
    inset: Inset | None
    is_last: bool


def insets(page: PageText, tables: Iterable[Table] | None = None) -> tuple[Inset, ...]:
    """The tables of a page that stand so in its text, in their order; ``tables`` are all of it, where they
    were found before.

    One whose words are read in another order, or share lines with what is beside it, is left as lines.
    """
    if not all(line.words for line in page.lines):
        return ()
    order = {id(word): at for at, word in enumerate(page.words)}
    begins = set(accumulate((len(line.words) for line in page.lines), initial=0))
    found = (_inset(table, order, begins) for table in (find_tables(page) if tables is None else tables))
    return tuple(sorted((inset for inset in found if inset), key=lambda inset: inset.first))


def _inset(table: Table, order: Mapping[int, int], begins: set[int]) -> Inset | None:
    places = [order[id(word)] for word in table.words]
    rows = [sum(len(cell.words) for cell in row) for row in table.rows]
    ends = accumulate(rows, initial=places[0])
    if places != [*range(places[0], places[0] + len(places))] or not begins.issuperset(ends):
        return None
    cells = (tuple(InsetCell(cell.column, cell.span, len(cell.words)) for cell in row) for row in table.rows)
    return Inset(places[0], table.direction, table.head, table.columns, tuple(cells))


def parts(page: PageText, tables: Iterable[Inset]) -> Iterator[Part]:
    """The paragraphs of a page, cut where its ``tables`` begin and end."""
    ends = [(table.first, table.end, table) for table in tables]
    if not ends:
        yield from (Part(block, None, is_last=True) for block in page.blocks)
        return
    at = 0
    for block in page.blocks:
        lines: list[Line] = []
        around: Inset | None = None
        for line in block.lines:
            inset = next((table for first, end, table in ends if first <= at < end), None)
            if lines and inset is not around:
                yield Part(Block.of(lines), around, is_last=False)
                lines = []
            lines.append(line)
            around = inset
            at += len(line.words)
        yield Part(block if len(lines) == len(block.lines) else Block.of(lines), around, is_last=True)


def rows_of(table: Inset, lines: Iterable[Line]) -> Iterator[list[tuple[InsetCell, list[Segment]]]]:
    """Each row of a table that takes all of ``lines``: its cells, and where the words of each stand.

    A cell whose words stand in two lines has two segments, and a line is the segments from one that starts
    at 0 to the next.
    """
    rest = iter(lines)
    line, at = next(rest), 0
    for row in table.rows:
        cells = []
        for cell in row:
            segments = []
            left = cell.size
            while left:
                if at == len(line.words):
                    line, at = next(rest), 0
                end = min(at + left, len(line.words))
                segments.append(Segment(line, at, end))
                left -= end - at
                at = end
            cells.append((cell, segments))
        yield cells
