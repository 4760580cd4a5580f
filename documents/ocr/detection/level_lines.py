"""Level lines above and below text that runs from top to bottom, such as its heading. Pure.

Tesseract reads a page downwards as one block of columns: a level heading breaks them. Of drawn pages of
Japanese with a heading of 17 letters it read a tenth.
"""

from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.ink import find_ink

_SPECK = 3  # pixels of the reduced copy: what is no higher and no wider is dust
_THIN = 0.2  # of the ink of a full column of letters: a column of pixels with less has that of a level line
# In breadths of a column of letters:
_GAP = 0.6  # white above and below a level line, more than between letters that stand below each other
_HIGHEST = 3.0  # a level line: a heading has letters of twice the size
_LOWEST = 0.3
_ROUND = 0.55  # of its height is the breadth of most of its letters; in columns there are several in a height
_BETWEEN = 0.15  # of the height: parts of one letter are nearer


class Run(NamedTuple):
    """Rows or columns of pixels, ``end`` excluded."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


def level_lines(image: Image.Image) -> tuple[list[Run], list[Run]]:
    """The rows of a straight page of vertical text (``L`` or ``RGB``) on which a level line stands: those
    above the columns and those below them, each with half of the white around it."""
    ink, factor = find_ink(image.convert("L"))
    is_ink = _without_specks(ink)
    if not is_ink.any():
        return [], []
    letter = _breadth_of_columns(is_ink)
    bands = list(_runs(np.any(is_ink, axis=1), _GAP * letter))
    tallest = max(range(len(bands)), key=lambda place: bands[place].length)
    if 2 * bands[tallest].length < sum(band.length for band in bands):
        return [], []  # level lines, one below the other
    levels = [_is_level(is_ink[band.start : band.end], letter) for band in bands]
    first = sum(1 for _ in takewhile(bool, levels[:tallest]))
    last = len(bands) - sum(1 for _ in takewhile(bool, reversed(levels[tallest + 1 :])))
    cuts = [(one.end + other.start) // 2 * factor for one, other in pairwise(bands)]
    rows = [Run(*ends) for ends in pairwise((0, *cuts, image.height))]
    return rows[:first], rows[last:]


def _without_specks(ink: NDArray[np.uint8]) -> NDArray[np.bool_]:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    is_kept = sides.max(axis=1) > _SPECK
    is_kept[0] = False  # the paper
    return np.asarray(is_kept[labels], np.bool_)


def _breadth_of_columns(is_ink: NDArray[np.bool_]) -> float:
    """The middle one of the columns of letters, in pixels."""
    full = is_ink.sum(axis=0)
    columns = _runs(full > _THIN * np.percentile(full[full > 0], 90), 1)
    return float(np.median([column.length for column in columns]))


def _is_level(band: NDArray[np.bool_], letter: float) -> bool:
    """Whether one line stands on a band."""
    height = band.shape[0]
    letters = _runs(np.any(band, axis=0), max(1.0, _BETWEEN * height))
    breadth = float(np.median([each.length for each in letters]))
    return bool(_LOWEST * letter <= height <= _HIGHEST * letter and breadth >= _ROUND * height)


def _runs(is_taken: NDArray[np.bool_], gap: float) -> Iterator[Run]:
    """Those of what is taken, together where they are nearer than ``gap``."""
    places = np.flatnonzero(is_taken)
    breaks = np.flatnonzero(np.diff(places) > gap)
    starts, ends = [0, *(breaks + 1)], [*breaks, len(places) - 1]
    return (Run(int(places[start]), int(places[end]) + 1) for start, end in zip(starts, ends, strict=True))
