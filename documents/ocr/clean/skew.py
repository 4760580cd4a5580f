"""How crooked a page is. Pure."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.clean.pixels import Pixels

_STEEPEST = 15.0  # degrees
_COARSE, _FINE = 0.5, 0.05  # steps of the search, degrees
_SMALLEST = 0.3  # degrees; below, resampling a page costs more words than straightening it wins
_SMALLEST_RISE = 3.0  # pixels over the breadth of the ink: a single word may well lean by two
_SIDE = 1000  # pixels: the page is looked at as if it were this wide and high
_POINTS = 60_000  # of ink; more make the estimate slower and no better
_FEWEST_POINTS = 200
# The row profile of text is sharper at its angle than at the middle one of all angles by 5 (a worn receipt)
# to 130 times; that of pictures, noise and round shapes by less than 2.
EVIDENCE = 4.0
_UPRIGHT = 3  # times as high as wide, leaning by 15 degrees ...
_THIN = 15  # ... and so many times as high as its stroke is broad: a rule, where an “l” is 8


def skew(image: Image.Image, evidence: float = EVIDENCE) -> float:
    """By how many degrees clockwise the lines of ``image`` are turned, within ±15 and to a twentieth.

    0.0 where they lie within 0.3 degrees, or where there is no clear evidence of lines. The angle is
    that at which the ink, summed along rows, changes most sharply from row to row (W. Postl, 1986), by
    ``evidence`` times as much as at the middle one of all angles.
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
    if max(finest) < evidence * float(np.median(sharpness)):
        return 0.0
    angle = float(fine[int(np.argmax(finest))])
    rise = math.tan(math.radians(abs(angle))) * float(np.ptp(x))
    return round(angle, 2) if abs(angle) >= _SMALLEST and rise >= _SMALLEST_RISE else 0.0


def _ink(image: Image.Image) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Rows and columns of (some of) the dark pixels of ``image``, made small; not those of upright rules,
    which tell nothing of lines: where many stand close, they beat with the rows at angles of their own."""
    factor = max(1, round(math.sqrt(image.width * image.height) / _SIDE))
    grey = np.asarray(image.reduce(factor).convert("L"))
    # Darker by 15 than the mean of its neighbourhood: shadows and dark tables are not ink.
    dark = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    y, x = np.nonzero(_without_upright_rules(np.asarray(dark, np.uint8)))
    step = 1 + len(y) // _POINTS
    return y[::step].astype(np.float32), x[::step].astype(np.float32)


def _without_upright_rules(dark: Pixels) -> NDArray[np.bool_]:
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    _, _, width, height, area = stats.T.astype(np.int64)
    is_kept = (height <= _UPRIGHT * width) | (height**2 <= _THIN * area)
    is_kept[0] = False  # the paper
    return np.asarray(is_kept[labels], np.bool_)


def _sharpness(y: NDArray[np.float32], x: NDArray[np.float32], angle: float) -> float:
    """Of the row profile, after turning the ink back by ``angle``: the sum of squared steps."""
    turn = math.radians(angle)
    rows = y * math.cos(turn) - x * math.sin(turn)
    profile = np.bincount((rows - rows.min()).astype(np.intp))
    return float(np.square(np.diff(profile)).sum())
