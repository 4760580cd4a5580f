"""A line of text on a page that may lean: cutting it out, and the way back for what stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.ocr.elements import Box

# Heights of its breadth from which a line is read from the side. A detector draws its outline around a lone
# “1” up to 1.9 times as high as wide; below each other stand letters from twice their breadth on.
_UPRIGHT = 2.0

Pixels = NDArray[np.uint8]
Points = NDArray[np.float32]
Span = tuple[float, float]  # from, to; shares (0 to 1)


@dataclass(frozen=True, slots=True)
class Quad:
    """``corners``: 4 by 2, pixels of the page: top left, top right, bottom right, bottom left of a line."""

    corners: Points

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the line, of its longer edges; at least one pixel."""
        top_left, top_right, bottom_right, bottom_left = self.corners
        width = max(_distance(top_left, top_right), _distance(bottom_left, bottom_right))
        height = max(_distance(top_left, bottom_left), _distance(top_right, bottom_right))
        return max(1, int(width)), max(1, int(height))

    @property
    def is_vertical(self) -> bool:
        """Whether its letters stand below each other, or it runs up the page."""
        width, height = self.size
        return height >= _UPRIGHT * width

    def cut(self, page: Pixels) -> Pixels:
        """What is inside, as a level image; what is vertical is turned by 90 degrees counter-clockwise."""
        width, height = self.size
        target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        matrix = cv2.getPerspectiveTransform(self.corners, target)
        flat = cv2.warpPerspective(
            page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        return np.ascontiguousarray(np.rot90(flat)) if self.is_vertical else np.asarray(flat, np.uint8)

    def part(self, along: Span, across: Span = (0.0, 1.0)) -> Box:
        """The box on the page around a part of the line as it is cut out: from where to where in its length,
        and in its height from the top. It has a pixel at least, and none beyond the corners (rounded up)."""
        return _box([self._at(x, y) for x in along for y in across], np.ceil(self.corners.max(axis=0)))

    def _at(self, along: float, across: float) -> Points:
        x, y = (1 - across, along) if self.is_vertical else (along, across)
        top_left, top_right, bottom_right, bottom_left = self.corners
        top, bottom = top_left + (top_right - top_left) * x, bottom_left + (bottom_right - bottom_left) * x
        return np.asarray(top + (bottom - top) * y, np.float32)


def ink_rows(line: Pixels) -> Span:
    """From where to where in its height a line of text as it was cut out (height, width, 3) has ink.

    Ink differs from the paper, which is most of the line, at least half as much as anything in it does.
    """
    grey = cv2.cvtColor(line, cv2.COLOR_BGR2GRAY).astype(np.int16)
    difference = np.abs(grey - np.median(grey))
    rows = np.flatnonzero(difference.max(axis=1) > difference.max() / 2)
    return (float(rows[0] / len(grey)), float((rows[-1] + 1) / len(grey))) if len(rows) else (0.0, 1.0)


def _box(points: Sequence[Points], end: Points) -> Box:
    """Around the points, and before the column and the row ``end``."""
    first = np.maximum(0, np.minimum(np.floor(np.min(points, axis=0)), end - 1))
    last = np.maximum(first + 1, np.minimum(np.ceil(np.max(points, axis=0)), end))
    return Box(int(first[0]), int(first[1]), int(last[0]), int(last[1]))


def _distance(a: Points, b: Points) -> float:
    return float(np.linalg.norm(a - b))
