"""The bands of a page of text that runs from top to bottom: columns, one storey of them above the other, and
level text, such as a heading, above, below and between them. Pure.

Tesseract reads a page downwards as one block of columns: a level heading breaks them, and of two storeys it
loses columns. Of drawn pages of Japanese with a heading of 17 letters it read a tenth.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.detection.sample import Bar, find_bars
from documents.ocr.ink import find_ink

_SPECK = 3  # pixels of the reduced copy: what is no higher and no wider is dust
# In breadths of a column of letters:
_GAP = 0.6  # white above and below a level line, more than between letters that stand below each other
_HIGHEST = 3.0  # a level line: a heading has letters of twice the size
_LOWEST = 0.3
_STOREY = 1.1  # white between two storeys ...
_LONE = 1.6  # ... one of which has a lone column, in which the white may be that of a space
_APART = 1.0  # from one column of a storey to the next
_STROKE = 1.2  # more than the breadth of a stroke
_PICTURE = 3.0  # the sides of a picture, at least
_STEPS = 4  # in each, in which the columns of a page are counted
_THROUGH = 0.3  # of the columns above and below the white that run through it, at most ...
_FEWEST = 2  # ... and so many end there
# In heights of a level line:
_ROUND = 0.55  # the breadth of most of its letters; in columns there are several in a height
_BETWEEN = 0.15  # parts of one letter are nearer
_LEADING = 1.2  # white between lines of a paragraph ...
_LARGER = 1.5  # ... which are alike
_COARSE = 10  # pixels of a letter of the copy on which pictures are looked for
_DARKER, _PAPER = 0.8, 90  # times the light of the paper, which is that of a tenth of the page, is a picture


class Band(NamedTuple):
    """Rows of pixels of a page, ``end`` excluded, with level text or columns."""

    start: int
    end: int
    is_level: bool


class _Run(NamedTuple):
    """Rows or columns of pixels, ``end`` excluded."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows with ink, and whether they hold level text, a column, several beside each other, or nothing so
    clear."""

    run: _Run
    is_level: bool
    is_storey: bool
    has_several: bool
    has_picture: bool


def bands(image: Image.Image) -> list[Band]:
    """Those of a straight page of vertical text (``L`` or ``RGB``) from top to bottom, each with half of the
    white around it. Without columns the page is one."""
    whole = [Band(0, image.height, is_level=False)]
    upright = find_bars(image, level=False)
    if not upright:
        return whole
    letter = _breadth(upright)
    found = list(_rows(image, letter, upright))
    if not _are_columns(found):
        return whole
    parts = _parts(found, letter)
    cuts = [(one[-1].run.end + other[0].run.start) // 2 for one, other in pairwise(parts)]
    ends = pairwise((0, *cuts, image.height))
    return [
        Band(start, end, is_level=not _are_columns(part))
        for part, (start, end) in zip(parts, ends, strict=True)
    ]


def has_storeys(image: Image.Image) -> bool:
    """Whether a page of vertical text (``L`` or ``RGB``) has storeys of columns, though one may run
    through them, such as that of a heading."""
    upright = find_bars(image, level=False)
    if not upright:
        return False
    step = _breadth(upright) / _STEPS
    ends = np.array([(bar.y - bar.width / 2, bar.y + bar.width / 2) for bar in upright])
    places = np.arange(ends.min(), ends.max(), step)[:, np.newaxis]
    count = ((ends[:, 0] <= places) & (places < ends[:, 1])).sum(axis=1)
    most = np.minimum(np.maximum.accumulate(count), np.maximum.accumulate(count[::-1])[::-1])
    is_white = (count <= _THROUGH * most) & (count <= most - _FEWEST)
    return any(run.length * step >= _STOREY * _breadth(upright) for run in _runs(is_white, 1))


def _breadth(upright: Sequence[Bar]) -> float:
    """The middle one of columns of letters, in pixels."""
    return float(np.median([bar.height for bar in upright]))


def _rows(image: Image.Image, letter: float, upright: Sequence[Bar]) -> Iterator[_Rows]:
    """What stands on the page, from top to bottom, with ``letter`` for the breadth of a column in pixels."""
    ink, factor = find_ink(image.convert("L"))
    is_ink = _without_specks(ink)
    level = find_bars(image)
    pictures = _pictures(image, letter)
    for run in _runs(np.any(is_ink, axis=1), _GAP * letter / factor):
        of_page = _Run(run.start * factor, run.end * factor)
        across = sum(bar.width for bar in level if of_page.start <= bar.y < of_page.end)
        down = [(length, bar.x) for bar in upright if (length := _shared(bar, of_page)) > letter]
        places = [x for _length, x in down]
        is_storey = sum(length for length, _x in down) > across
        is_level = not is_storey and (across > 0 or _is_line(is_ink[run.start : run.end], letter / factor))
        has_several = is_storey and max(places) - min(places) > _APART * letter
        has_picture = any(of_page.start < other.end and other.start < of_page.end for other in pictures)
        yield _Rows(of_page, is_level, is_storey, has_several, has_picture)


def _pictures(image: Image.Image, letter: float) -> list[_Run]:
    """The rows of what is dark over several letters, where strokes are closed up."""
    factor = max(1, int(letter / _COARSE))
    small = np.asarray(image.convert("L").reduce(factor))
    side = max(1, round(_STROKE * letter / factor))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    dark = (closed < _DARKER * np.percentile(closed, _PAPER)).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark)
    return [
        _Run(int(y) * factor, int(y + height) * factor)
        for _x, y, width, height, _area in stats[1:]
        if min(width, height) * factor >= _PICTURE * letter
    ]


def _shared(bar: Bar, run: _Run) -> float:
    """The length of an upright bar that lies in some rows."""
    return max(0.0, min(bar.y + bar.width / 2, run.end) - max(bar.y - bar.width / 2, run.start))


def _parts(found: Sequence[_Rows], letter: float) -> list[list[_Rows]]:
    """The rows of each band."""
    parts: list[list[_Rows]] = []
    for rows in found:
        if parts and not _begins(rows, parts[-1], letter):
            parts[-1].append(rows)
        else:
            parts.append([rows])
    return parts


def _begins(rows: _Rows, above: Sequence[_Rows], letter: float) -> bool:
    """Whether rows below those of a band begin another one. What is not clear belongs to the columns above or
    below it."""
    last, is_storey = above[-1], _are_columns(above)
    white = rows.run.start - last.run.end
    if rows.is_level:
        return is_storey or (last.is_level and not _are_paragraph(last, rows, white))
    if not is_storey:
        return any(each.is_level for each in above)
    if not (rows.is_storey and last.is_storey) or rows.has_picture or last.has_picture:
        return False  # beside a picture: of one block of columns it would be one
    return white >= (_STOREY if rows.has_several and last.has_several else _LONE) * letter


def _are_columns(part: Sequence[_Rows]) -> bool:
    return any(rows.is_storey for rows in part)


def _are_paragraph(upper: _Rows, lower: _Rows, white: int) -> bool:
    lowest, highest = sorted((upper.run.length, lower.run.length))
    return white <= _LEADING * lowest and highest <= _LARGER * lowest


def _without_specks(ink: NDArray[np.uint8]) -> NDArray[np.bool_]:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    is_kept = sides.max(axis=1) > _SPECK
    is_kept[0] = False  # the paper
    return np.asarray(is_kept[labels], np.bool_)


def _is_line(band: NDArray[np.bool_], letter: float) -> bool:
    """Whether one level line stands on a band."""
    height = band.shape[0]
    letters = _runs(np.any(band, axis=0), max(1.0, _BETWEEN * height))
    breadth = float(np.median([each.length for each in letters]))
    return bool(_LOWEST * letter <= height <= _HIGHEST * letter and breadth >= _ROUND * height)


def _runs(is_taken: NDArray[np.bool_], gap: float) -> Iterator[_Run]:
    """Those of what is taken, together where they are nearer than ``gap``."""
    places = np.flatnonzero(is_taken)
    if not len(places):
        return
    breaks = np.flatnonzero(np.diff(places) > gap)
    starts, ends = [0, *(breaks + 1)], [*breaks, len(places) - 1]
    for start, end in zip(starts, ends, strict=True):
        yield _Run(int(places[start]), int(places[end]) + 1)
