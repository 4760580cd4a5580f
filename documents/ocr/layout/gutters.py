"""The white strips between columns of text: tall empty rectangles with running text on either side.

After T. Breuel, “Two geometric algorithms for layout analysis” (2002): columns are found from the white
between them. What is told apart here is the white within a table or a receipt, which is read across.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from documents.ocr.elements import Box
from documents.ocr.layout.entries import are_entries, is_index
from documents.ocr.layout.letters import large_ones
from documents.ocr.layout.view import Piece

Boxes = NDArray[np.int64]

# In heights of a line:
_NARROWEST = 0.4  # what detectors leave of the gutter of a magazine is 0.6
_STEP = 0.2  # from one place where a gutter is looked for to the next
_LOWEST = 2.5  # of three lines
_NEXT, _PITCH = 1.0, 1.3  # so far up or down reaches the next line, and the one behind it
_LINE = 6.0  # running text is at least so wide: about 14 letters
_EDGE = 1.0  # lines that begin as near together begin at one edge
_MOST_PLACES = 1000  # across a page; wider ones are looked at in wider steps
_MOST_STRIPS = 100  # the tallest of them; a page of prose has some ten
_FEWEST_LINES = 3
# Of the lines of running text ...
_FULL = 0.6  # as much of the width is taken ...
_MOST = 0.5  # ... by as many, and as many begin at one edge
_FIGURES = 0.3  # of all letters: where more are digits, it is a column of figures

_COLONS = (":", "：")


@dataclass(frozen=True, slots=True)
class Gutter:
    """``is_text`` says whether lines of a text stand on either side; else there are entries of a list."""

    box: Box
    left: list[Piece]
    right: list[Piece]
    is_text: bool


def find_gutter(pieces: Sequence[Piece], height: float) -> Gutter | None:
    """The tallest white strip between columns of running text; None where there is one column.

    ``height`` is that of a usual line in pixels.
    """
    if len(pieces) < 2 * _FEWEST_LINES:
        return None
    found = sorted(_strips(pieces, height), key=lambda box: (-round(box.height / height), -box.width))
    middles = np.array([(piece.box.middle_x, piece.box.middle_y) for piece in pieces])
    strips = [(box, *_sides(middles, box)) for box in found[:_MOST_STRIPS]]
    strips.sort(key=lambda strip: -round(_reach(middles, *strip) / height))
    for box, lefts, rights in strips:
        left, right = ([pieces[at] for at in side] for side in (lefts, rights))
        if min(len(left), len(right)) < _FEWEST_LINES:
            continue
        columns = _nearest(left, -1, height), _nearest(right, 1, height)
        is_text = all(_is_running(column, height) or _is_running(_own(column), height) for column in columns)
        may_be_list = not is_text or all(map(is_index, columns))  # an index looks like text, too
        if may_be_list and are_entries(left, right, columns, height):
            return Gutter(box, left, right, is_text=False)
        if is_text and not _are_labels(columns[0]):
            return Gutter(box, left, right, is_text=True)
    return None


def cut_at_white(pieces: Sequence[Piece], gap: float, height: float) -> list[Piece]:
    """The pieces, cut where there is more than ``gap`` pixels between two words and this white goes on
    through lines above and below: between the words of a narrow justified line it does not."""
    boxes = np.array([box for piece in pieces for box in piece.boxes], np.int64)
    result: list[Piece] = []
    for piece in pieces:
        pairs = enumerate(pairwise(piece.boxes), start=1)
        wide = ((at, one, other) for at, (one, other) in pairs if other.x0 - one.x1 > gap)
        result += piece.cut([at for at, one, other in wide if _goes_on(boxes, one, other, height)])
    return result


def _goes_on(boxes: Boxes, before: Box, after: Box, height: float) -> bool:
    """Whether the white between two words is a strip of four lines, of which theirs is one, or of as many as
    there are. ``boxes`` are those of all words."""
    highest, lowest = boxes[:, 1].min(), boxes[:, 3].max()
    beside = boxes[(boxes[:, 0] < after.x0) & (boxes[:, 2] > before.x1)]
    steps = 0.0, *(height * (_NEXT + _PITCH * lines) for lines in range(_FEWEST_LINES))
    for up, down in zip(steps, reversed(steps), strict=True):
        top, bottom = min(before.y0, after.y0) - up, max(before.y1, after.y1) + down
        is_within = highest <= top and bottom <= lowest
        is_all = top <= highest and lowest <= bottom
        is_white = _breadth(beside, before.x1, after.x0, top, bottom) >= _NARROWEST * height
        if is_white and (is_within or is_all):
            return True
    return False


def _breadth(boxes: Boxes, x0: int, x1: int, top: float, bottom: float) -> int:
    """Of the widest strip between ``x0`` and ``x1`` that no box covers from ``top`` to ``bottom``."""
    inside = boxes[(boxes[:, 1] < bottom) & (boxes[:, 3] > top)]
    inside = inside[np.argsort(inside[:, 0])]
    begins = np.append(inside[:, 0], x1)
    ends = np.append(x0, np.maximum.accumulate(inside[:, 2]))
    return int((begins - ends).max())


def _strips(pieces: Sequence[Piece], height: float) -> Iterator[Box]:
    """Empty strips, each as tall and wide as it can be between the same neighbours above and below."""
    boxes = np.array(sorted((piece.box for piece in pieces), key=lambda box: box.y0), np.int64)
    left, right = boxes[:, 0].min(), boxes[:, 2].max()
    breadth, step = _NARROWEST * height, max(_STEP * height, (right - left) / _MOST_PLACES)
    found = [
        (top, bottom, x)
        for places in _alike(boxes, np.arange(left, right - breadth, step), breadth)
        for top, bottom in _white(boxes, places[0], places[0] + breadth)
        if bottom - top >= _LOWEST * height
        for x in places
    ]
    for (top, bottom), places in groupby(sorted(found), key=lambda strip: strip[:2]):
        for first, last in _runs([x for *_ends, x in places], step):
            yield Box(int(first), int(top), int(last + breadth), int(bottom))


def _alike(boxes: Boxes, places: NDArray[np.float64], breadth: float) -> list[list[float]]:
    """Ascending ``places``; those that follow each other together where strips of ``breadth`` meet the same
    boxes."""
    begun = np.searchsorted(np.sort(boxes[:, 0]), places + breadth)
    ended = np.searchsorted(np.sort(boxes[:, 2]), places, side="right")
    changes = np.flatnonzero((np.diff(begun) > 0) | (np.diff(ended) > 0)) + 1
    return [some.tolist() for some in np.split(places, changes) if len(some)]


def _white(boxes: Boxes, x0: float, x1: float) -> Iterator[tuple[int, int]]:
    """Top and bottom of what no box covers between ``x0`` and ``x1``. The boxes are sorted by their tops."""
    inside = boxes[(boxes[:, 0] < x1) & (boxes[:, 2] > x0)]
    tops = [*inside[:, 1].tolist(), int(boxes[:, 3].max())]
    bottoms = [int(boxes[:, 1].min()), *np.maximum.accumulate(inside[:, 3]).tolist()]
    return ((top, bottom) for top, bottom in zip(bottoms, tops, strict=True) if bottom > top)


def _runs(places: Sequence[float], step: float) -> Iterator[tuple[float, float]]:
    """First and last of places that follow each other in steps."""
    first = before = places[0]
    for place in places[1:]:
        if place - before > 1.5 * step:
            yield first, before
            first = place
        before = place
    yield first, before


def _sides(middles: NDArray[np.float64], strip: Box) -> tuple[list[int], list[int]]:
    """The numbers of the ``middles`` (n × 2: x, y) that are left and right of a strip."""
    x, y = middles.T
    is_beside, is_left = (strip.y0 <= y) & (y <= strip.y1), x < strip.middle_x
    return np.flatnonzero(is_beside & is_left).tolist(), np.flatnonzero(is_beside & ~is_left).tolist()


def _reach(middles: NDArray[np.float64], strip: Box, left: Sequence[int], right: Sequence[int]) -> float:
    """How tall a strip counts: what has text on one side alone counts half.

    ``left`` and ``right`` are the numbers of the ``middles`` beside it.
    """
    if not left or not right:
        return 0.0
    one, other = middles[left, 1], middles[right, 1]
    beside = float(min(one.max(), other.max()) - max(one.min(), other.min()))
    return (strip.height + max(beside, 0.0)) / 2


def _are_labels(column: Sequence[Piece]) -> bool:
    """Whether most lines end with a colon: what they name stands beside them."""
    return 2 * sum(piece.letters.endswith(_COLONS) for piece in column) > len(column)


def _nearest(pieces: Sequence[Piece], side: int, height: float) -> list[Piece]:
    """Those that nothing parts from a strip to their right (``side`` -1) or left (1)."""
    boxes = np.array([piece.box for piece in pieces], np.int64)
    away = side * (boxes[:, 0] + boxes[:, 2])
    rows = (boxes[:, 1::2] - boxes[:, 1].min()) // max(int(_STEP * height), 1)
    nearest = np.full(rows.max() + 1, np.iinfo(np.int64).max)
    for (top, bottom), distance in zip(rows.tolist(), away.tolist(), strict=True):
        np.minimum(nearest[top : bottom + 1], distance, out=nearest[top : bottom + 1])
    is_nearest = away <= nearest[rows.sum(axis=1) // 2]
    return [pieces[at] for at in np.flatnonzero(is_nearest).tolist()]


def _own(column: Sequence[Piece]) -> list[Piece]:
    """Without headlines, which may reach over the next columns, and without lines of these that stand where
    the column is empty."""
    headlines = set(map(id, large_ones(column)))
    edge, end = median(piece.box.x0 for piece in column), median(piece.box.x1 for piece in column)
    own = (piece for piece in column if piece.box.x0 < end and piece.box.x1 > edge)
    return [piece for piece in own if id(piece) not in headlines]


def _is_running(column: Sequence[Piece], height: float) -> bool:
    """Whether the lines are those of a text: long, as wide as their column, beginning at one edge."""
    if len(column) < _FEWEST_LINES:
        return False
    edge, end = median(piece.box.x0 for piece in column), max(piece.box.x1 for piece in column)
    width = max(median(piece.box.width for piece in column), 1)
    at_edge = sum(abs(piece.box.x0 - edge) <= _EDGE * height for piece in column)
    full = sum(piece.box.width >= _FULL * (end - edge) for piece in column)
    text = "".join(piece.letters for piece in column)
    return (
        width >= _LINE * height
        and min(at_edge, full) >= _MOST * len(column)
        and sum(letter.isdigit() for letter in text) < _FIGURES * len(text)
    )
