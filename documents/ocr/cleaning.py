"""Ways to clean a page image before it is read; none of them moves or scales anything. Pure."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.options import Cleaning

_Pixels = NDArray[np.uint8]

_SIDE = 800  # pixels: light is looked at on a picture so wide or high, on which letters are hardly there
_STROKE = 15  # pixels of it: wider than any letter's stroke, narrower than a shadow
_SPECK = 3  # pixels: what is smaller than half of that is noise
_SHARPER_BY, _BLUR = 1.5, 2.0  # share of what a blur of so many pixels takes away
# J. Sauvola, M. Pietikäinen, “Adaptive document image binarization”, 2000: a pixel is ink where it is darker
# than mean · (1 + k · (deviation / R - 1)) of its window. They have k = 0.5; thin print wants less.
_K, _R = 0.2, 128.0
_WINDOW = 1 / 40  # of the shorter side: a line or two
_SMALLEST_WINDOW = 15
_ROWS = 1024  # looked at together: the sums of 60 megapixels would take a gigabyte


def cleaned(image: Image.Image, cleaning: Cleaning) -> Image.Image:
    """``image`` (mode ``L`` or ``RGB``), cleaned; of the same size. Black and white comes as ``L``."""
    clean = _CLEANERS.get(cleaning)
    if clean is None:
        return image
    result = Image.fromarray(clean(np.asarray(image)))
    result.info.update(image.info)
    return result


def _even(pixels: _Pixels) -> _Pixels:
    """As if the light had fallen on all parts alike: each pixel as a share of the paper around it."""
    height, width = pixels.shape[:2]
    factor = min(1.0, _SIDE / max(height, width))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((_STROKE, _STROKE), np.uint8)), 2 * _STROKE + 1)
    light = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(pixels, light, scale=255), np.uint8)


def _black_and_white(pixels: _Pixels) -> _Pixels:
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8) if pixels.ndim == 3 else pixels
    reach = max(_SMALLEST_WINDOW, round(min(grey.shape) * _WINDOW)) // 2
    parts = [_sauvola(grey, top, reach) for top in range(0, grey.shape[0], _ROWS)]
    return np.concatenate(parts)


def _sauvola(grey: _Pixels, top: int, reach: int) -> _Pixels:
    """The rows from ``top`` on, each pixel by the window that reaches so far around it."""
    first, rows = max(0, top - reach), grey[top : top + _ROWS]
    around = grey[first : top + _ROWS + reach].astype(np.float32)
    window = (2 * reach + 1, 2 * reach + 1)
    mean = cv2.blur(around, window)
    deviation = np.sqrt(np.maximum(cv2.blur(around * around, window) - mean * mean, 0))
    bound = mean * (1 + _K * (deviation / _R - 1))
    return np.where(rows > bound[top - first : top - first + len(rows)], 255, 0).astype(np.uint8)


def _without_specks(pixels: _Pixels) -> _Pixels:
    return np.asarray(cv2.medianBlur(pixels, _SPECK), np.uint8)


def _sharper(pixels: _Pixels) -> _Pixels:
    """With more of what a blur takes away (an unsharp mask)."""
    blurred = cv2.GaussianBlur(pixels, (0, 0), _BLUR)
    return np.asarray(cv2.addWeighted(pixels, 1 + _SHARPER_BY, blurred, -_SHARPER_BY, 0), np.uint8)


def _inverted(pixels: _Pixels) -> _Pixels:
    return np.asarray(cv2.bitwise_not(pixels), np.uint8)


_CLEANERS: dict[Cleaning, Callable[[_Pixels], _Pixels]] = {
    Cleaning.EVEN: _even,
    Cleaning.BLACK_AND_WHITE: _black_and_white,
    Cleaning.DENOISE: _without_specks,
    Cleaning.SHARPEN: _sharper,
    Cleaning.INVERT: _inverted,
}
