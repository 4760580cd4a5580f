"""Straightening a page: how crooked it is, turning it, and the way back for the boxes."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.elements import Box

_STEEPEST = 15.0  # degrees
_COARSE, _FINE = 0.5, 0.05  # steps of the search, degrees
_SMALLEST = 0.3  # degrees; below, resampling a page costs more words than straightening it wins
_SMALLEST_RISE = 3.0  # pixels over the breadth of the ink: a single word may well lean by two
_SIDE = 1000  # pixels: the page is looked at as if it were this wide and high
_POINTS = 60_000  # of ink; more make the estimate slower and no better
_FEWEST_POINTS = 200
# The row profile of text is sharper at its angle than at the middle one of all angles by 5 (a worn receipt)
# to 130 times; that of pictures, noise and round shapes by less than 2.
_EVIDENCE = 4.0

_QUARTERS: dict[float, Image.Transpose] = {
    90: Image.Transpose.ROTATE_270,  # Pillow counts counter-clockwise
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def skew(image: Image.Image) -> float:
    """By how many degrees clockwise the lines of ``image`` are turned, within ±15 and to a twentieth.

    0.0 where they lie within 0.3 degrees, or where there is no clear evidence of lines. The angle is
    that at which the ink, summed along rows, changes most sharply from row to row (W. Postl, 1986).
    """
    y, x = _ink(image)
    if len(y) < _FEWEST_POINTS:
        return 0.0
    coarse = np.arange(-_STEEPEST - _COARSE, _STEEPEST + 2 * _COARSE, _COARSE)
    sharpness = [_sharpness(y, x, angle) for angle in coarse]
    best = int(np.argmax(sharpness))
    if best in (0, len(coarse) - 1):  # it goes on rising beyond what is looked at
        return 0.0
    fine = coarse[best] + np.arange(-_COARSE, _COARSE + _FINE, _FINE)
    finest = [_sharpness(y, x, angle) for angle in fine]
    if max(finest) < _EVIDENCE * float(np.median(sharpness)):
        return 0.0
    angle = float(fine[int(np.argmax(finest))])
    rise = math.tan(math.radians(abs(angle))) * float(np.ptp(x))
    return round(angle, 2) if abs(angle) >= _SMALLEST and rise >= _SMALLEST_RISE else 0.0


def _ink(image: Image.Image) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Rows and columns of (some of) the dark pixels of ``image``, made small."""
    factor = max(1, round(math.sqrt(image.width * image.height) / _SIDE))
    grey = np.asarray(image.reduce(factor).convert("L"))
    # Darker by 15 than the mean of its neighbourhood: shadows and dark tables are not ink.
    dark = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    y, x = np.nonzero(dark)
    step = 1 + len(y) // _POINTS
    return y[::step].astype(np.float32), x[::step].astype(np.float32)


def _sharpness(y: NDArray[np.float32], x: NDArray[np.float32], angle: float) -> float:
    """Of the row profile, after turning the ink back by ``angle``: the sum of squared steps."""
    turn = math.radians(angle)
    rows = y * math.cos(turn) - x * math.sin(turn)
    profile = np.bincount((rows - rows.min()).astype(np.intp))
    return float(np.square(np.diff(profile)).sum())


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn by ``degrees`` clockwise of an image of ``size`` (width, height) about its centre.

    The turned image is as large as it must be for nothing to be cut off.
    """

    degrees: float
    size: tuple[int, int]

    @property
    def turned_size(self) -> tuple[int, int]:
        cosine, sine = (abs(value) for value in self._direction)
        width, height = self.size
        return _ceil(width * cosine + height * sine), _ceil(width * sine + height * cosine)

    def back(self, box: Box) -> Box:
        """The smallest box of the image before the turn that holds ``box`` of the turned one.

        It is clipped to that image, and at least one pixel wide and high.
        """
        cosine, sine = self._direction
        (width, height), (turned_width, turned_height) = self.size, self.turned_size
        corners = [
            (x - turned_width / 2, y - turned_height / 2) for x in (box.x0, box.x1) for y in (box.y0, box.y1)
        ]
        xs = [x * cosine + y * sine + width / 2 for x, y in corners]
        ys = [y * cosine - x * sine + height / 2 for x, y in corners]
        x0, y0 = min(max(0, _floor(min(xs))), width - 1), min(max(0, _floor(min(ys))), height - 1)
        return Box(x0, y0, max(x0 + 1, min(width, _ceil(max(xs)))), max(y0 + 1, min(height, _ceil(max(ys)))))

    @property
    def _direction(self) -> tuple[float, float]:
        turn = math.radians(self.degrees)
        return math.cos(turn), math.sin(turn)


def rotate(image: Image.Image, degrees: float) -> Image.Image:
    """``image`` (mode L or RGB) turned clockwise; corners that come into being get the colour of its paper.

    90, 180 and 270 degrees are exact. `Turn` maps boxes of the result back to ``image``.
    """
    if degrees % 360 == 0:
        return image
    if method := _QUARTERS.get(degrees % 360):
        return image.transpose(method)
    pixels = np.asarray(image)
    size = Turn(degrees, image.size).turned_size
    centre = ((image.width - 1) / 2, (image.height - 1) / 2)
    matrix = cv2.getRotationMatrix2D(centre, -degrees, 1.0)
    matrix[0, 2] += (size[0] - image.width) / 2
    matrix[1, 2] += (size[1] - image.height) / 2
    turned = cv2.warpAffine(pixels, matrix, size, flags=cv2.INTER_CUBIC, borderValue=paper(image))
    return Image.fromarray(turned)


def paper(image: Image.Image) -> int | tuple[int, ...]:
    """The colour of the paper at the edges of ``image`` (mode L or RGB): the middle one of their pixels."""
    pixels = np.asarray(image)
    edges = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    middle = np.median(edges, axis=0)
    return tuple(int(value) for value in middle) if image.mode == "RGB" else int(middle)


def _floor(value: float) -> int:
    return math.floor(round(value, 6))  # 1e-13 beside a whole number is that number


def _ceil(value: float) -> int:
    return math.ceil(round(value, 6))
