"""What images are while they are cleaned."""

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Shape (height, width) in grey, (height, width, 3) in colour: red, green, blue."""


_SPECK = 50  # shades by which a pixel is nothing like the eight around it, and they are like each other
_RING = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], np.uint8)


def grey(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8) if pixels.ndim == 3 else pixels


def lone_specks(pixels: Pixels) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Of grey pixels, which ones have even surroundings, and which of these are nothing like them. Strokes
    that are a pixel wide are no specks, as they go on."""
    lightest, darkest = cv2.dilate(pixels, _RING), cv2.erode(pixels, _RING)
    is_even = cv2.subtract(lightest, darkest) < _SPECK
    is_off = cv2.max(cv2.subtract(pixels, lightest), cv2.subtract(darkest, pixels)) > _SPECK
    return np.asarray(is_even, np.bool_), np.asarray(is_even & is_off, np.bool_)
