"""Where a page that is too large to be read at once is cut into tiles: where it is white, if it is. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.elements import Box
from documents.ocr.ink import reduced_ink

_Profile = NDArray[np.float64]

_EARLIEST = 0.5  # of the wanted length: a tile may be so much shorter, to end at white space
_GUTTER = 2.0  # heights of a letter: spaces between words are narrower, those between columns are not
_GAP = 0.3  # heights of a letter: the least space between two lines
# Heights of a letter that a tile shows of its neighbours, at its sides, above and below. What is cut through
# is seen whole by the tile that owns its middle, if it is no larger than twice so much: words of 20 letters
# in the usual type. For longer ones there is `seams`.
_BESIDE, _ABOVE = 8.0, 3.0
_SEEN = 800  # pixels: the picture on which one looks for where there is most to see has so long a side


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of a page (pixels): ``box`` is read, and what has its centre in ``own`` is kept. The ``own`` of
    all tiles fill the page and do not overlap. Its neighbours at its sides read ``shared`` pixels of ``box``,
    too."""

    own: Box
    box: Box
    shared: int

    def owns(self, box: Box) -> bool:
        return self.own.holds(box)


def tiles(
    picture: Image.Image, size: tuple[int, int], *, letter: float, widest: int, highest: int, most: int
) -> list[Tile]:
    """Tiles of an upright page of ``size``, column by column, each from its top to its bottom.

    ``picture`` shows the page at any size; letters are ``letter`` pixels of the page high. A tile is at most
    ``highest`` high with its margins, and without them ``widest`` wide and of ``most`` pixels. Those without
    ink are left out.
    """
    ink = reduced_ink(picture.convert("L"), 1) > 0
    step = size[0] / picture.width
    found = list[Tile]()
    columns = _cuts(ink.mean(axis=0), widest / step, _GUTTER * letter / step)
    for left, right in pairwise(columns):
        column = ink[:, left:right]
        tallest = min(highest - 2 * _ABOVE * letter, most / ((right - left) * step))
        rows = _cuts(column.mean(axis=1), tallest / step, _GAP * letter / step)
        found += [
            _tile((left, top, right, bottom), (picture.width, picture.height), size, letter)
            for top, bottom in pairwise(rows)
            if column[top:bottom].any()
        ]
    return found


def _cuts(profile: _Profile, longest: float, gap: float) -> list[int]:
    """Where to cut: 0, then so that no piece is longer than ``longest``, each in the middle of the emptiest
    ``gap`` in reach, and the end."""
    width = max(1, round(gap))
    around = np.convolve(profile, np.full(width, 1 / width), "same")
    cuts = [0]
    while len(profile) - cuts[-1] > longest:
        first = cuts[-1] + max(1, int(_EARLIEST * longest))
        last = max(first + 1, cuts[-1] + int(longest))
        cuts.append(first + _last_lowest(around[first:last]))
    return [*cuts, len(profile)]


def _last_lowest(values: _Profile) -> int:
    """The middle of the last run of (nearly) the lowest values: the fewer tiles, the better."""
    low = np.nonzero(values <= values.min() + 1e-9)[0]
    run = np.split(low, np.nonzero(np.diff(low) > 1)[0] + 1)[-1]
    return int(run[len(run) // 2])


def _tile(
    edges: tuple[int, int, int, int], picture: tuple[int, int], size: tuple[int, int], letter: float
) -> Tile:
    """With ``edges`` (left, top, right, bottom) on the ``picture``."""
    (width, height), beside, above = size, round(_BESIDE * letter), round(_ABOVE * letter)
    across, down = width / picture[0], height / picture[1]
    left, top, right, bottom = edges
    own = Box(round(left * across), round(top * down), round(right * across), round(bottom * down))
    x0, y0 = max(0, own.x0 - beside), max(0, own.y0 - above)
    box = Box(x0, y0, min(width, own.x1 + beside), min(height, own.y1 + above))
    return Tile(own, box, 2 * beside)


def busiest(picture: Image.Image, window: tuple[float, float], most: int) -> list[Box]:
    """The places (pixels of ``picture``) as large as ``window`` where there is most to see, at most ``most``
    that do not overlap: there, brightness changes most from point to point."""
    factor = max(1, max(picture.size) // _SEEN)
    grey = np.asarray(picture.convert("L").reduce(factor), np.float32)
    change = np.abs(cv2.Laplacian(grey, cv2.CV_32F))
    height, width = grey.shape
    width = max(1, min(round(window[0] / factor), width))
    height = max(1, min(round(window[1] / factor), height))
    corners = [(x * factor, y * factor) for x, y in _peaks(change, width, height, most)]
    return [
        Box(x, y, min(x + width * factor, picture.width), min(y + height * factor, picture.height))
        for x, y in corners
    ]


def _peaks(change: NDArray[np.float32], width: int, height: int, most: int) -> Iterator[tuple[int, int]]:
    """The corners of the windows with most change, each without what those before it hold."""
    for _number in range(most):
        sums = cv2.integral(change)
        strips = sums[height:] - sums[:-height]
        inside = strips[:, width:] - strips[:, :-width]
        y, x = np.unravel_index(int(np.argmax(inside)), inside.shape)
        if inside[y, x] <= 0:
            return
        yield int(x), int(y)
        change[y : y + height, x : x + width] = 0
