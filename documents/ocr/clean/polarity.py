"""Light letters on dark ground. Pure."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.clean.look import Look
from documents.ocr.clean.pixels import Pixels, grey
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

_Panel = tuple[slice, slice]
"""Rows and columns."""


def with_dark_letters(image: Image.Image, look: Look) -> Step | None:
    """The whole image, or panels of it, with light and dark exchanged where letters are light."""
    height, width = (max(1, side // _HALF) for side in look.small.shape)
    small = np.asarray(cv2.resize(look.small, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    ground = np.asarray(cv2.medianBlur(small, _WINDOW), np.uint8)
    over = cv2.subtract(small, ground, dtype=cv2.CV_16S)
    light, dark = over > _CLEAR, over < -_CLEAR
    if np.median(small[::4, ::4]) < _GROUND and np.count_nonzero(light) > _MORE * np.count_nonzero(dark):
        return Step(Image.fromarray(inverted(np.asarray(image))), Treatment(Cure.INVERTED))
    panels = _without_codes(_panels(ground, light, dark), look.small)
    return _with_panels(image, panels, small, _HALF * look.factor) if panels else None


def inverted(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.bitwise_not(pixels), np.uint8)


def _panels(ground: Pixels, light: NDArray[np.bool_], dark: NDArray[np.bool_]) -> list[_Panel]:
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


def _without_codes(panels: list[_Panel], small: Pixels) -> list[_Panel]:
    """The panels but those that are squares of a QR code, which nobody can read with one of them inverted."""
    found, codes = cv2.QRCodeDetector().detectMulti(small) if panels else (False, ())
    if not found:
        return panels
    boxes = [cv2.boundingRect(corners) for corners in np.asarray(codes, np.float32)]
    return [panel for panel in panels if not any(_lies_in(panel, box) for box in boxes)]


def _lies_in(panel: _Panel, box: Sequence[int]) -> bool:
    """Whether the middle of a panel is in a box (left, top, width, height) of the larger copy."""
    y, x = (_HALF * (side.start + side.stop) / 2 for side in panel)
    left, top, width, height = box
    return bool(left <= x < left + width and top <= y < top + height)


def _with_panels(image: Image.Image, panels: list[_Panel], small: Pixels, factor: int) -> Step:
    """Each pixel is exchanged once, though panels may lie within each other.

    In grey: white letters on dark blue would become black ones on pastel, which Tesseract passes over.
    """
    pixels = np.array(image)
    is_panel = np.zeros(pixels.shape[:2], np.bool_)
    negative = inverted(grey(pixels))
    for panel in panels:
        place = _enlarged(panel, factor)
        is_panel[place] = True
        negative[place] = _on_white(grey(pixels[place]), small[panel])
    for channel in np.moveaxis(np.atleast_3d(pixels), 2, 0):
        np.copyto(channel, negative, where=is_panel)
    return Step(Image.fromarray(pixels), Treatment(Cure.PANELS))


def _enlarged(panel: _Panel, factor: int) -> _Panel:
    rows, columns = (slice(side.start * factor, side.stop * factor) for side in panel)
    return rows, columns


def _on_white(panel: Pixels, small: Pixels) -> Pixels:
    """A panel with light and dark exchanged, and its ground, as seen on a ``small`` copy, white: on grey,
    engines with one threshold for all of a page lose words, there or elsewhere.

    Large patches of light, as broad letters, are no ground.
    """
    ground = cv2.morphologyEx(small, cv2.MORPH_OPEN, np.ones((_WINDOW, _WINDOW), np.uint8))
    is_dark = ground < _GROUND
    level = np.where(is_dark, ground, np.median(ground[is_dark]) if is_dark.any() else 0)
    light = cv2.resize(inverted(level.astype(np.uint8)), panel.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(inverted(panel), light, scale=255), np.uint8)
