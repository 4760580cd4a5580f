"""The order of an engine's own blocks, mended where it is certainly wrong and left alone elsewhere."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

import numpy as np
from numpy.typing import NDArray

from documents.ocr.elements import Block, Box, Line, lines_of
from documents.ocr.layout.arranging import arrange
from documents.ocr.layout.columns import in_columns
from documents.ocr.layout.furniture import is_page_number
from documents.ocr.layout.grids import find_grids
from documents.ocr.layout.gutters import cut_at_white
from documents.ocr.layout.margins import without_notes
from documents.ocr.layout.view import Piece, View, usual_height

_SHARED = 0.3  # of the narrower one's width: blocks of one column, or one that spans it
_SUNK = 0.5  # of the lower line's height that may reach into the block below
_INITIAL = 1.7  # times as high as the usual word of its line: a large letter at the beginning of a text
_HEADING = 1.1  # times as high as the usual line
_HEADING_LINES = 3
_SMALLER = 0.85  # times as high as most words: those of a note below the text
_FEWEST_WORDS = 4  # of such a note: the letters of less may all be low ones
_APART = 0.8  # heights of its lines that are free above it
_NEAR = 3.0  # heights of the upper heading between two that belong together
_GAP = 1.2  # heights of a line: wider than a space between words
_MISPLACED = 0.1  # of the words: so many belong to another column or row
_MANY = 200  # blocks: what has more is no page in columns with a note below them
_MOST = 2_000  # blocks, or lines of a column: what has more is left as it is

Before = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands in the view, without large initials, how high its lines and most of its words are,
    and whether it is the number of a page."""

    box: Box
    height: float
    lines: int
    words: int
    letters: float
    is_number: bool


def ordered(blocks: Sequence[Block], size: tuple[int, int]) -> tuple[Block, ...]:
    """``blocks`` of a page of ``size`` (width, height; pixels) in reading order.

    Where the engine read on across a gutter, tore the rows of a table or took the margin for text, the page
    is arranged anew. Elsewhere its order is kept but where something comes before what stands above it: the
    line of a drop cap comes before its paragraph, a headline before its column, a heading below two columns
    behind both of them, and headings one below the other together.
    """
    if not blocks or len(blocks) > _MOST:
        return tuple(blocks)
    view = View.of(list(lines_of(blocks)), size)
    pieces = [Piece.of(line, view) for line in lines_of(blocks)]
    height = usual_height(pieces)
    parts = cut_at_white(pieces, _GAP * height, height)
    if _is_muddled(pieces, parts, height):
        return arrange([Line.of(part.words) for part in parts], size)
    places = [_place(block, view) for block in blocks]
    before = _before(places) | _below_columns(places)
    order = _sorted(before, [place.lines for place in places])
    order = _with_headings_together(order, places, before)
    return tuple(blocks[at] for at in order)


def downwards(blocks: Sequence[Block], size: tuple[int, int]) -> tuple[Block, ...]:
    """``blocks`` of one column, on a page of ``size`` (width, height; pixels), line by line downwards.

    The engine's order is kept but where a line comes before one that stands above it, such as that of a drop
    cap, which is left to the end. A block is parted where such a line comes into it.
    """
    lines = list(lines_of(blocks))
    if not lines or len(lines) > _MOST:
        return tuple(blocks)
    view = View.of(lines, size)
    order = _sorted(_before([_place(Block.of([line]), view) for line in lines]), [1] * len(lines))
    if order == sorted(order):
        return tuple(blocks)
    of_block = [at for at, block in enumerate(blocks) for _line in block.lines]
    runs = groupby(order, key=of_block.__getitem__)
    return tuple(Block.of([lines[at] for at in run]) for _block, run in runs)


def _is_muddled(pieces: Sequence[Piece], parts: Sequence[Piece], height: float) -> bool:
    """Whether the engine, whose lines are ``pieces``, leaves a column, or a row of a table, and comes back to
    it, or takes notes in the margin for text. ``parts`` are its lines cut at columns."""
    main, notes = without_notes(parts, height)
    if notes:
        return True
    read = [id(word) for piece in pieces for word in piece.words]
    columns = in_columns(main)
    grids = [grid for column in columns for grid in find_grids(column, height)]
    tables = [[[cell.piece for cell in row] for row in grid.rows] for grid in grids]
    return any(_is_out_of_order(read, rows) for rows in (columns, *tables))


def _is_out_of_order(read: Sequence[int], rows: Sequence[Sequence[Piece]]) -> bool:
    """Whether words of ``rows`` that follow each other are ``read``, by their ids, in another order."""
    place = {id(word): at for at, row in enumerate(rows) for piece in row for word in piece.words}
    places = [place[word] for word in read if word in place]
    return len(places) - _longest_rise(places) > _MISPLACED * len(places)


def _longest_rise(numbers: Sequence[int]) -> int:
    """How many there are, at most, from first to last, of which none is less than the one before."""
    ends: list[int] = []
    for number in numbers:
        at = bisect_right(ends, number)
        ends[at : at + 1] = [number]
    return len(ends)


def _place(block: Block, view: View) -> _Place:
    words = [[view.box(word.box) for word in line.words] for line in block.lines]
    usual = [median([box.height for box in boxes]) for boxes in words]
    lines = [_line_box(*line) for line in zip(words, usual, strict=True)]
    height, letters = median([box.height for box in lines]), median(usual)
    is_number = len(lines) == 1 and is_page_number(block.text)
    return _Place(Box.around(lines), height, len(lines), sum(map(len, words)), letters, is_number)


def _line_box(words: Sequence[Box], usual: float) -> Box:
    return Box.around([box for box in words if box.height <= _INITIAL * usual])


def _before(places: Sequence[_Place]) -> Before:
    """Whether the block of each row stands above that of each column and shares a part of its width."""
    boxes = np.array([place.box for place in places], np.int64)
    heights = np.array([place.height for place in places])
    x0, y0, x1, y1 = (boxes[:, side] for side in range(4))
    shared = np.minimum(x1[:, None], x1) - np.maximum(x0[:, None], x0)
    narrower = np.minimum((x1 - x0)[:, None], x1 - x0)
    sunk = y1[:, None] - y0
    is_above = (
        (sunk <= _SUNK * np.minimum(heights[:, None], heights)) & (y0[:, None] < y0) & (y1[:, None] < y1)
    )
    return np.asarray(is_above & (shared >= _SHARED * narrower))


def _below_columns(places: Sequence[_Place]) -> Before:
    """Whether the block of each row stands above one that is below two columns, and that of each column is
    this one or stands lower.

    Beside such a block there is nothing. It reaches into both columns; or is a heading, and columns follow;
    or a note in smaller letters or the number of the page, and none follow.
    """
    boxes = np.array([place.box for place in places], np.int64)
    sunk = _SUNK * np.array([place.height for place in places])
    usual = median([place.letters for place in places for _line in range(place.lines)])
    line = _usual_height(places)
    y0, y1 = boxes[:, 1], boxes[:, 3]
    result = np.zeros((len(places), len(places)), np.bool_)
    if len(places) > _MANY or not _are_beside(boxes):
        return result
    for place in places:
        is_above, is_lower = y1 <= place.box.y0 + sunk, y0 >= place.box.y1 - sunk
        if (is_above | is_lower).sum() < len(places) - 1:
            continue
        above, rest = boxes[is_above], boxes[~is_above]
        parts = _is_heading(place, above, line) if _are_beside(rest) else _is_foot(place, above, usual)
        if parts or _is_across(place, above):
            result |= is_above[:, None] & ~is_above & (y0[:, None] < y0) & (y1[:, None] < y1)
    return result


def _is_across(place: _Place, above: NDArray[np.int64]) -> bool:
    """Whether it reaches into two columns of those ``above`` it."""
    reach = np.minimum(above[:, 2], place.box.x1) - np.maximum(above[:, 0], place.box.x0)
    return _are_beside(above[reach >= place.height])


def _is_foot(place: _Place, above: NDArray[np.int64], usual: float) -> bool:
    """Whether it is a note, or a number, below columns; ``usual`` is the height of most words of the page."""
    if not _are_beside(above):
        return False
    is_apart = place.box.y0 - above[:, 3].max() >= _APART * place.height
    is_small = place.words >= _FEWEST_WORDS and place.letters <= _SMALLER * usual
    return is_apart and (place.is_number or is_small)


def _is_heading(place: _Place, above: NDArray[np.int64], usual: float) -> bool:
    """Whether it is the heading of a section, with columns ``above``; ``usual`` is the height of a line."""
    is_apart = len(above) > 0 and place.box.y0 - above[:, 3].max() >= _APART * usual
    return (
        is_apart and _are_beside(above) and place.height >= _HEADING * usual and place.lines <= _HEADING_LINES
    )


def _are_beside(boxes: NDArray[np.int64]) -> bool:
    """Whether any two of them are two columns."""
    x0, y0, x1, y1 = boxes.T
    is_left = x1[:, None] <= x0
    return bool((is_left & (y0[:, None] < y1) & (y0 < y1[:, None])).any())


def _sorted(before: Before, lines: Sequence[int]) -> list[int]:
    """The numbers of all blocks, each behind those that are to be before it, else in their order; ``lines``
    are how many each has.

    The smaller part gives way: a block waits for what is to be before it, unless that is less than itself,
    such as the headline of a column, and is brought forward.

    As tops and bottoms of blocks above each other both grow, nothing is before itself over others.
    """
    weights = np.array(lines)
    owed, is_left = weights @ before, np.full(len(lines), fill_value=True)
    order: list[int] = []
    while is_left.any():
        able = np.flatnonzero(is_left & (owed < weights)).tolist()
        found = next(some for at in able if (some := _with_earlier(at, before, is_left, weights)))
        order += found
        is_left[found] = False
        owed -= weights[found] @ before[found]
    return order


def _with_earlier(
    at: int, before: Before, is_left: NDArray[np.bool_], weights: NDArray[np.int64]
) -> list[int]:
    """The block behind all that is left and to be before it, directly or over others; [] where that is not
    less."""
    found: dict[int, None] = {}
    waiting = [at]
    while waiting:
        earlier = np.flatnonzero(before[:, waiting[-1]] & is_left).tolist()
        nearer = [one for one in earlier if one not in found]
        if weights[[*found, *nearer]].sum() >= weights[at]:
            return []
        if nearer:
            waiting += nearer[::-1]
        else:
            found[waiting.pop()] = None
    return [*found]


def _with_headings_together(order: Sequence[int], places: Sequence[_Place], before: Before) -> list[int]:
    """A heading right above another one comes right before it, if nothing else stands below it."""
    usual = _usual_height(places)
    headings = [
        at for at in order if places[at].height >= _HEADING * usual and places[at].lines <= _HEADING_LINES
    ]
    result = list(order)
    for at in headings:
        lower = next((other for other in headings if _is_right_below(places[at], places[other])), None)
        if lower is None:
            continue
        start, end = result.index(at), result.index(lower)
        if start < end and not before[at, result[start + 1 : end]].any():
            result[start:end] = [*result[start + 1 : end], at]
    return result


def _usual_height(places: Iterable[_Place]) -> float:
    return median([place.height for place in places for _line in range(place.lines)])


def _is_right_below(upper: _Place, lower: _Place) -> bool:
    shared = min(upper.box.x1, lower.box.x1) - max(upper.box.x0, lower.box.x0)
    white = lower.box.y0 - upper.box.y1
    return shared >= _SHARED * min(upper.box.width, lower.box.width) and 0 < white <= _NEAR * upper.height
