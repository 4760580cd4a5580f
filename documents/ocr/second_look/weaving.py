"""New readings of rows put into the blocks of the first. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from documents.ocr.elements import Block, Box, Line, Word

Change = tuple[Sequence[Word], Sequence[Word]]
"""The words of a row as they were read first, and as they are to be."""
_CELL = 64  # pixels: a page is told apart in squares, about as high as a line, so that few rows share one


def by_row(words: Sequence[Word], rows: Sequence[Box]) -> list[list[Word]]:
    """For each row (box): the words whose middle lies in it, and nearest to its own; in their order."""
    found: list[list[Word]] = [[] for _ in rows]
    cells = _by_cell(rows)
    for word in words:
        cell = int(word.box.middle_y) // _CELL, (word.box.x0 + word.box.x1) // 2 // _CELL
        around = [place for place in cells.get(cell, ()) if rows[place].holds(word.box)]
        if around:
            nearest = min(around, key=lambda place: abs(rows[place].middle_y - word.box.middle_y))
            found[nearest].append(word)
    return found


def woven(blocks: Sequence[Block], rows: Sequence[Change]) -> tuple[Block, ...]:
    """``blocks`` with the words of each row changed where the first of them stood; a row that had none is a
    block of its own, at the end."""
    changed: dict[Word, Sequence[Word]] = {}
    for before, after in rows:
        changed |= dict.fromkeys(before, ())
        changed |= dict.fromkeys(before[:1], after)
    new = [Block.of([Line.of(after)]) for before, after in rows if after and not before]
    return (*_changed_blocks(blocks, changed), *new)


def _changed_blocks(blocks: Sequence[Block], changed: Mapping[Word, Sequence[Word]]) -> Iterator[Block]:
    for block in blocks:
        lines = [[new for word in line.words for new in changed.get(word, (word,))] for line in block.lines]
        if any(lines):
            yield Block.of([Line.of(words) for words in lines if words])


def _by_cell(rows: Sequence[Box]) -> dict[tuple[int, int], list[int]]:
    """The numbers of the rows in each square of the page (down, across) that has any, in their order."""
    cells = defaultdict[tuple[int, int], list[int]](list)
    for place, row in enumerate(rows):
        for down in range(row.y0 // _CELL, (row.y1 - 1) // _CELL + 1):
            for across in range(row.x0 // _CELL, (row.x1 - 1) // _CELL + 1):
                cells[down, across].append(place)
    return cells
