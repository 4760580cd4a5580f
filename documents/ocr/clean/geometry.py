"""Where the points of a changed image lie on the one it was made of. Pure.

A step that moves pixels tells its `Way`; ways follow each other along a `Route`, and boxes come back as the
smallest box around the corners that were mapped. Points are pairs of pixels (x, y) with the origin at the
top left corner of the image, so that the middle of its first pixel is (0.5, 0.5).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from documents.ocr.elements import Box

Points = NDArray[np.float64]
"""Shape (n, 2)."""
Matrix = NDArray[np.float64]
"""Shape (3, 3), for homogeneous coordinates."""
Size = tuple[int, int]
"""Width and height in pixels."""

_ALMOST = 1e-6  # of a pixel: 1e-13 beside a whole number is that number


class Way(Protocol):
    def back(self, points: Points) -> Points:
        """The points of the source at which ``points`` of the result lie."""

    def forth(self, points: Points) -> Points:
        """The points of the result at which ``points`` of the source lie."""


@dataclass(frozen=True, slots=True, eq=False)
class Projective:
    """Turning, scaling, cutting and perspective: ``matrix`` takes points of the result to the source."""

    matrix: Matrix

    def back(self, points: Points) -> Points:
        return _mapped(self.matrix, points)

    def forth(self, points: Points) -> Points:
        return _mapped(np.asarray(np.linalg.inv(self.matrix), np.float64), points)


@dataclass(frozen=True, slots=True)
class Route:
    """One way after the other, in the order in which the steps were done; without any, nothing moved."""

    ways: tuple[Way, ...] = ()

    def back(self, points: Points) -> Points:
        for way in reversed(self.ways):
            points = way.back(points)
        return points

    def forth(self, points: Points) -> Points:
        for way in self.ways:
            points = way.forth(points)
        return points

    def then(self, *ways: Way) -> "Route":
        return Route((*self.ways, *ways))


def _mapped(matrix: Matrix, points: Points) -> Points:
    mapped = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(mapped[:, :2] / mapped[:, 2:], np.float64)


def turned_size(degrees: float, size: Size) -> Size:
    """How large an image of ``size`` is once it is turned about its centre and nothing of it is cut off."""
    cosine, sine = abs(math.cos(math.radians(degrees))), abs(math.sin(math.radians(degrees)))
    width, height = size
    return _ceil(width * cosine + height * sine), _ceil(width * sine + height * cosine)


def turn(degrees: float, size: Size) -> Projective:
    """A turn by ``degrees`` clockwise of an image of ``size`` about its centre, to its `turned_size`."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    (width, height), (wide, high) = size, turned_size(degrees, size)
    left = width / 2 - wide / 2 * cosine - high / 2 * sine
    top = height / 2 + wide / 2 * sine - high / 2 * cosine
    return Projective(np.array([[cosine, sine, left], [-sine, cosine, top], [0, 0, 1]]))


def way_of_upright(rotation: int, size: Size) -> Route:
    """From the upright page of ``size`` to the image that was turned by ``rotation`` degrees clockwise to be
    that page."""
    return Route((turn(-rotation, size),)) if rotation else Route()


def scale(before: Size, after: Size) -> Projective:
    return Projective(np.diag([before[0] / after[0], before[1] / after[1], 1.0]))


def cut(left: float, top: float) -> Projective:
    """What begins at that point of its source."""
    return Projective(np.array([[1, 0, left], [0, 1, top], [0, 0, 1]], np.float64))


def box_back(way: Way, box: Box, size: Size) -> Box:
    """The smallest box that holds ``box`` of the result on its source of ``size``.

    It is clipped to the source, and at least one pixel wide and high.
    """
    return boxes_back(way, [box], size)[0]


def boxes_back(way: Way, boxes: Sequence[Box], size: Size) -> list[Box]:
    """As `box_back`, of all in one go."""
    if not boxes:
        return []
    x0, y0, x1, y1 = np.asarray(boxes, np.float64).T
    corners = np.stack([np.stack([x, y], 1) for x in (x0, x1) for y in (y0, y1)], 1)
    mapped = way.back(corners.reshape(-1, 2)).reshape(-1, 4, 2)
    return [_around(corners, size) for corners in mapped]


def _around(corners: Points, size: Size) -> Box:
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    x0, y0 = min(max(0, _floor(left)), size[0] - 1), min(max(0, _floor(top)), size[1] - 1)
    return Box(x0, y0, max(x0 + 1, min(size[0], _ceil(right))), max(y0 + 1, min(size[1], _ceil(bottom))))


def _floor(value: float) -> int:
    return math.floor(value + _ALMOST)


def _ceil(value: float) -> int:
    return math.ceil(value - _ALMOST)
