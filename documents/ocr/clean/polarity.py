"""Light letters on dark ground. Pure."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.clean.look import Look
from documents.ocr.clean.pixels import Pixels
from documents.ocr.clean.prepared import Step
from documents.ocr.elements import Cure, Treatment

_HALF = 2  # the copy is halved once more: ground is no matter of detail
_WINDOW = 15  # pixels of that: the middle one of so many is the ground, not a letter
_EDGE = 4  # pixels of it within which the paper around a panel shows
_CLEAR = 30  # shades by which a letter differs from its ground
_MORE = 4  # times as much light as dark ink: letters are light
_GROUND = 128  # darker than that is dark ground
_DARK_PART = 0.5  # share of the paper's light below which a part is dark ground
_SIDE = 14  # pixels: a part is at least so wide and high, a line of small letters
_FULL = 0.8  # share of its box that a part fills: a bar or a panel, no picture
_INK = (0.015, 0.45)  # share of a part that its letters cover


def with_dark_letters(image: Image.Image, look: Look) -> Step | None:
    """The whole image, or panels of it, with light and dark exchanged where letters are light."""
    height, width = (max(1, side // _HALF) for side in look.small.shape)
    small = cv2.resize(look.small, (width, height), interpolation=cv2.INTER_AREA)
    ground = np.asarray(cv2.medianBlur(small, _WINDOW), np.uint8)
    over = cv2.subtract(small, ground, dtype=cv2.CV_16S)
    light, dark = over > _CLEAR, over < -_CLEAR
    if np.median(small[::4, ::4]) < _GROUND and np.count_nonzero(light) > _MORE * np.count_nonzero(dark):
        return Step(Image.fromarray(inverted(np.asarray(image))), Treatment(Cure.INVERTED))
    panels = _panels(ground, light, dark)
    return _with_panels(image, panels, _HALF * look.factor) if panels else None


def inverted(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.bitwise_not(pixels), np.uint8)


def _panels(ground: Pixels, light: NDArray[np.bool_], dark: NDArray[np.bool_]) -> list[tuple[slice, slice]]:
    """Rows and columns of dark boxes with light letters."""
    is_dark = (ground < _DARK_PART * np.percentile(ground[::4, ::4], 90)).astype(np.uint8)
    if not is_dark.any():
        return []
    _, _, stats, _ = cv2.connectedComponentsWithStats(is_dark)
    found = []
    for x, y, width, height, area in stats[1:]:
        if min(width, height) >= _SIDE and area >= _FULL * width * height:
            inside = slice(y + _EDGE, y + height - _EDGE), slice(x + _EDGE, x + width - _EDGE)
            share = light[inside].mean() if light[inside].size else 0.0
            if _INK[0] <= share <= _INK[1] and share > _MORE * dark[inside].mean():
                found.append((slice(y, y + height), slice(x, x + width)))
    return found


def _with_panels(image: Image.Image, panels: list[tuple[slice, slice]], factor: int) -> Step:
    """Each pixel is inverted once, though panels may lie within each other."""
    pixels = np.array(image)
    is_panel = np.zeros(pixels.shape[:2], np.uint8)
    for rows, columns in panels:
        is_panel[rows.start * factor : rows.stop * factor, columns.start * factor : columns.stop * factor] = 1
    cv2.bitwise_not(pixels, pixels, mask=is_panel)
    return Step(Image.fromarray(pixels), Treatment(Cure.PANELS))
