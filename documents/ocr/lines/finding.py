"""Finding the lines of a page with a network that tells for each pixel how likely it is inside a line.

That is one of the kind "DB" (Liao et al., Real-time Scene Text Detection with Differentiable Binarization,
2020), which draws a line thinner than it is. The network itself is passed in.
"""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.ocr.lines.quads import Pixels, Points, Quad

Floats = NDArray[np.float32]
_Values = NDArray[np.integer[Any] | np.floating[Any]]  # what OpenCV says that it takes and gives
# From pixels (1, 3, height, width; -1 to 1; blue, green, red) to chances (height, width; 0 to 1).
Network = Callable[[Floats], Floats]

# Sizes and thresholds are those that the package rapidocr uses with its models.
_STEP = 32  # pixels: the sides of what the network takes are multiples
_LONGEST, _SHORTEST = 2000, 736  # pixels of a page as the network sees it; the latter goes first
_MOST = 6_000_000  # pixels of that; only a page 11 times as high as wide would have more
_FLAT, _ROOM, _LOW = 8, 4, 30  # a strip so many times as wide as high gets room; so does one of few pixels
_LIKELY = 0.3  # chance of a pixel from which on it belongs to a line
_SURE = 0.5  # mean chance inside a line
_THIN = 3  # pixels: what is thinner is no line
_GROWTH = 1.6  # times its area over its circumference: so far does a line reach beyond what is drawn of it
# The network takes 130 to 300 bytes for each pixel that it sees at once: 1 GB for a large page. In bands it
# takes no longer, as more of a band stays in the processor's cache.
_BAND = 1_000_000  # pixels; with 700,000, lines of a small blurred photo are missed
_OVERLAP = 64  # pixels that it sees beyond the band


def find(page: Pixels, network: Network) -> list[Quad]:
    """The lines of a ``page`` (height, width, 3), in no order."""
    above, roomy = _with_room(page)
    seen = _resized(roomy)
    grown = np.array(roomy.shape[1::-1]) / seen.shape[1::-1]
    corners = [found * grown - (0, above) for found in outlines(chances(seen, network))]
    return [Quad(np.clip(four, 0, page.shape[1::-1]).astype(np.float32)) for four in corners]


def chances(page: Pixels, network: Network) -> Floats:
    """Of each pixel of a ``page`` of a size that the network takes, seen in bands one below the other."""
    return np.concatenate(
        [
            network(_input(page[start:end]))[first - start : last - start]
            for start, first, last, end in _bands(*page.shape[:2])
        ]
    )


def outlines(inside: Floats) -> list[Points]:
    """Of what stands out from the chances: 4 corners each, clockwise from the top left one."""
    likely = cv2.dilate((inside > _LIKELY).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _tree = cv2.findContours(likely, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = (_outline(contour, inside) for contour in map(np.asarray, contours))
    return [_clockwise(corners) for corners in found if corners is not None]


def _with_room(page: Pixels) -> tuple[int, Pixels]:
    """The page, with paper above and below where it is a mere strip; and pixels of that above."""
    height, width = page.shape[:2]
    if height > _LOW and width <= _FLAT * height:
        return 0, page
    room = max(0, max(2 * _LOW, width // _ROOM) - height) // 2
    paper = np.median(page, axis=(0, 1)).tolist()
    roomy = cv2.copyMakeBorder(page, room, room, 0, 0, cv2.BORDER_CONSTANT, value=paper)
    return room, np.asarray(roomy, np.uint8)


def _resized(page: Pixels) -> Pixels:
    height, width = page.shape[:2]
    scale = max(_SHORTEST / min(height, width), min(1.0, _LONGEST / max(height, width)))
    scale = min(scale, math.sqrt(_MOST / (height * width)))
    size = [max(_STEP, round(side * scale / _STEP) * _STEP) for side in (width, height)]
    return np.asarray(cv2.resize(page, size), np.uint8)


def _bands(height: int, width: int) -> list[tuple[int, int, int, int]]:
    """From where the network sees, from where to where it is believed, to where it sees; rows of a page."""
    count = math.ceil(height * width / _BAND)
    cuts = [round(height * number / count / _STEP) * _STEP for number in range(count + 1)]
    return [(max(0, a - _OVERLAP), a, b, min(height, b + _OVERLAP)) for a, b in pairwise(cuts) if a < b]


def _input(page: Pixels) -> Floats:
    return np.ascontiguousarray(page.transpose(2, 0, 1)[np.newaxis], np.float32) / 127.5 - 1


def _outline(contour: _Values, inside: Floats) -> _Values | None:
    """The rectangle around the line that shows as ``contour``; None if it is none."""
    centre, (width, height), angle = cv2.minAreaRect(contour)
    if min(width, height) < _THIN or _mean(cv2.boxPoints((centre, (width, height), angle)), inside) < _SURE:
        return None
    growth = width * height * _GROWTH / (2 * (width + height))
    return cv2.boxPoints((centre, (width + 2 * growth, height + 2 * growth), angle))


def _mean(corners: _Values, values: Floats) -> float:
    """Of the ``values`` inside the rectangle."""
    limits = np.array(values.shape[::-1]) - 1
    x0, y0 = np.clip(np.floor(corners.min(axis=0)), 0, limits).astype(int)
    x1, y1 = np.clip(np.ceil(corners.max(axis=0)), 0, limits).astype(int)
    mask = np.zeros((y1 - y0 + 1, x1 - x0 + 1), np.uint8)
    cv2.fillPoly(mask, [(corners - (x0, y0)).astype(np.int32)], 1)
    return cv2.mean(values[y0 : y1 + 1, x0 : x1 + 1], mask)[0]


def _clockwise(corners: _Values) -> Points:
    """From the top left one: the upper of the two on the left, then the upper and the lower on the right."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    (top_left, bottom_left), (top_right, bottom_right) = (
        pair[np.argsort(pair[:, 1], kind="stable")] for pair in (by_x[:2], by_x[2:])
    )
    return np.array([top_left, top_right, bottom_right, bottom_left], np.float32)
