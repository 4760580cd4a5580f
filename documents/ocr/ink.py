"""Where an image has ink, and how large its letters are."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Ink = NDArray[np.uint8]

# Ink is looked for on a copy of this many pixels on its longer side, up to twice as many: closely
# set 10-point lines of an A4 page are then still apart.
_SIDE = 1200
_DUST = 6  # pixels of that copy: what is less high is dust, or part of a letter


def find_ink(grey: Image.Image, *, letter: float | None = None) -> tuple[Ink, int]:
    """A reduced copy of an image of mode ``L``, and by how much it was reduced: 255 where a pixel is clearly
    darker than its surroundings (on a dark page: lighter), else 0.

    With ``letter``, letters of more than twice that height (pixels of the copy) are reduced to it.
    """
    factor = max(1, max(grey.size) // _SIDE)
    ink = _reduced_ink(grey, factor)
    if letter and (height := _median_height(ink)) > 2 * letter:
        factor *= int(height / letter)
        ink = _reduced_ink(grey, factor)
    return ink, factor


def letter_height(grey: Image.Image) -> float | None:
    """The median height of the letters (pixels) of an image of mode ``L``; None without any."""
    ink, factor = find_ink(grey)
    return _median_height(ink) * factor or None


def _reduced_ink(grey: Image.Image, factor: int) -> Ink:
    pixels = np.asarray(grey.reduce(factor) if factor > 1 else grey)
    if np.median(pixels[::4, ::4]) < 100:
        pixels = 255 - pixels
    ink = cv2.adaptiveThreshold(pixels, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 15)
    return np.asarray(ink, np.uint8)


def _median_height(ink: Ink) -> float:
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    heights = heights[heights >= _DUST]
    return float(np.median(heights)) if len(heights) else 0.0
