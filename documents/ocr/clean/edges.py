"""The four edges of a sheet under a soft shadow, which darkens table and paper alike. Pure.

Where the paper in the shade is as dark as the table in the light, no bound on the whole picture parts them.
Each edge is looked for by itself: a straight line along which the inner side is lighter than the outer one
by some factor, however light both are.
"""

import math
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.ocr.clean.pixels import Pixels

Corners = NDArray[np.float64]
"""Shape (4, 2): from the top left one clockwise."""
_Floats = NDArray[np.float32]
_Line = tuple[float, float]
"""``start`` and ``slope``: x = start + slope * y is a left or right edge, y = start + slope * x another."""

_DARKER = 0.67  # of the light of the paper, at most, is the table's right beside it
_STEP = math.log(1 / _DARKER)
_REACH = 4  # pixels on either side of an edge that are compared
_NEAR = 2  # pixels: an edge is no straighter
_SLOPES = np.linspace(-0.4, 0.4, 33)
_LINES = 3  # candidates for each edge
_SEEN = 0.85  # share of an edge that is seen: fingers and glare hide some of it
_ENDS = 0.04  # of an edge at each end: corners are round
_POINTS = 200  # on an edge
_SHORTEST = 0.3  # of the picture's side that an edge runs along
_BLACK = 8.0  # shades: below there is no more than noise


def find_edges(light: Pixels) -> Corners | None:
    """Where the edges of a sheet meet on a small picture ``light``, of which letters are closed up; None
    where not all four are seen. They run along the sides of the picture, or lean by up to 20 degrees."""
    steps = _steps(np.asarray(cv2.medianBlur(light, 5), np.uint8))
    left, right = (_candidates(step) for step in (steps[0], -steps[0]))
    top, bottom = (_candidates(step.T) for step in (steps[1], -steps[1]))
    best, found = _SEEN, None
    for sides in product(left, top, right, bottom):
        corners = _corners(*sides)
        if _is_upright(corners, light.shape) and (seen := _least_seen(corners, steps)) >= best:
            best, found = seen, corners
    return found


def _steps(light: Pixels) -> tuple[_Floats, _Floats]:
    """By how much (natural logarithm) it is lighter on the right of each pixel than on the left, and below
    than above."""
    logs = np.log(np.maximum(light.astype(np.float32), _BLACK))
    kernel = np.repeat([-1.0, 0.0, 1.0], [_REACH, 1, _REACH])[np.newaxis].astype(np.float32) / _REACH
    across, down = (
        cv2.filter2D(logs, -1, way, borderType=cv2.BORDER_REPLICATE) for way in (kernel, kernel.T)
    )
    return np.asarray(across, np.float32), np.asarray(down, np.float32)


def _candidates(step: _Floats) -> list[_Line]:
    """The upright lines along which most is lighter on the right, those of most first."""
    highest = cv2.dilate(step, np.ones((1, 2 * _REACH + 1), np.uint8))
    y, x = np.nonzero((step >= _STEP) & (step == highest))
    height = step.shape[0]
    found: list[_Line] = []
    while len(found) < _LINES:
        starts = x[:, np.newaxis] - y[:, np.newaxis] * _SLOPES
        votes = [np.bincount(_bins(column, height), minlength=1) for column in starts.T]
        at = max(range(len(votes)), key=lambda number: votes[number].max())
        if votes[at].max() < _SHORTEST * height:
            break
        near = np.abs(_bins(starts[:, at], height) - int(votes[at].argmax())) <= 1
        slope, start = np.polyfit(y[near], x[near], 1)
        found.append((float(start), float(slope)))
        left = np.abs(x - start - slope * y) > _REACH
        y, x = y[left], x[left]
    return found


def _bins(starts: NDArray[np.float64], height: int) -> NDArray[np.int64]:
    """Lines that lean begin up to so far beside the picture."""
    return np.asarray((starts + height) // _NEAR, np.int64)


def _corners(left: _Line, top: _Line, right: _Line, bottom: _Line) -> Corners:
    meeting = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return np.array([_meet(upright, level) for upright, level in meeting])


def _meet(upright: _Line, level: _Line) -> tuple[float, float]:
    (x0, across), (y0, down) = upright, level
    x = (x0 + across * y0) / (1 - across * down)
    return x, y0 + down * x


def _is_upright(corners: Corners, size: tuple[int, ...]) -> bool:
    """Whether they are in their order, apart, and on the picture."""
    height, width = size
    sides = np.roll(corners, -1, axis=0) - corners
    across, down = _SHORTEST * width, _SHORTEST * height
    is_ordered = sides[0][0] > across and sides[1][1] > down and sides[2][0] < -across and sides[3][1] < -down
    return bool(is_ordered and (corners >= 0).all() and (corners < (width, height)).all())


def _least_seen(corners: Corners, steps: tuple[_Floats, _Floats]) -> float:
    """The share that is seen of the edge of which least is."""
    across, down = steps
    inwards = (down, -across, -down, across)
    return min(_seen(corners[place], corners[(place + 1) % 4], step) for place, step in enumerate(inwards))


def _seen(start: Corners, end: Corners, step: _Floats) -> float:
    share = np.linspace(_ENDS, 1 - _ENDS, _POINTS)[:, np.newaxis]
    x, y = np.rint(start + (end - start) * share).astype(int).T
    near = cv2.dilate(step, np.ones((2 * _NEAR + 1, 2 * _NEAR + 1), np.uint8))
    return float(np.mean(near[y, x] >= _STEP))
