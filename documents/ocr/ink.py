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
_TALL = 8  # heights of a letter: what is higher is a rule, a frame or a picture
_SLIM = 15  # times as high as wide: what is slimmer is a rule
_FEWEST_PIXELS = 100  # of ink, in which to look for columns
_GUTTER = 1.2  # heights of a letter: the least breadth of the space between columns
_EMPTY = 0.2  # see `has_columns`
_LARGE = 2_000_000  # pixels: a page of more is measured on bands of it ...
_ENOUGH = 60  # ... if there are so many letters


def find_ink(grey: Image.Image, *, letter: float | None = None) -> tuple[Ink, int]:
    """A reduced copy of an image of mode ``L``, and by how much it was reduced: 255 where a pixel is clearly
    darker than its surroundings (on a dark page: lighter), else 0.

    With ``letter``, letters of more than twice that height (pixels of the copy) are reduced to it.
    """
    factor = max(1, max(grey.size) // _SIDE)
    ink = reduced_ink(grey, factor)
    if letter and (height := _median_height(ink)) > 2 * letter:
        factor *= int(height / letter)
        ink = reduced_ink(grey, factor)
    return ink, factor


def letter_height(image: Image.Image) -> float | None:
    """The median height of the letters (pixels) of an image of mode ``L`` or ``RGB``; None without any.

    A large page is measured on a third of it, in 8 ms, unless that has too few letters.
    """
    parts = (_bands(image), image) if image.width * image.height > _LARGE else (image,)
    height = 0.0
    for part in parts:
        ink, factor = find_ink(part.convert("L"))
        heights = _heights(ink)
        height = _median(heights) * factor
        if len(heights) >= _ENOUGH:
            break
    return height or None


def has_columns(image: Image.Image) -> bool:
    """Whether a gutter runs between columns of text in the middle of an upright image (``L`` or ``RGB``).

    In a lone column the emptiest strip of a gutter's breadth has half as much ink as others; between two
    columns it has none, or that of a heading.
    """
    ink, _ = find_ink(image.convert("L"))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    heights = stats[:, cv2.CC_STAT_HEIGHT]
    letter = _median_height(ink)
    is_letter = (heights >= _DUST) & (heights <= _TALL * letter)  # rules between columns are not
    is_letter[0] = False
    rows, columns = np.nonzero(is_letter[labels])
    if len(rows) < _FEWEST_PIXELS:
        return False
    share = np.bincount(columns - columns.min()) / len(np.unique(rows))
    strip = int(_GUTTER * letter)
    shares = np.convolve(share, np.full(strip, 1 / strip), "valid")
    middle = shares[len(shares) // 5 : -(len(shares) // 5)]
    return bool(middle.size and middle.min() < _EMPTY * np.median(share))


def _bands(image: Image.Image) -> Image.Image:
    """Every third of nine level bands, one below the other."""
    width, height = image.width, image.height // 9
    sheet = Image.new(image.mode, (width, 3 * height))
    for place in range(3):
        top = (3 * place + 1) * height
        sheet.paste(image.crop((0, top, width, top + height)), (0, place * height))
    return sheet


def reduced_ink(grey: Image.Image, factor: int) -> Ink:
    """The ink of `find_ink`, on a copy that is ``factor`` times smaller."""
    pixels = np.asarray(grey.reduce(factor) if factor > 1 else grey)
    if np.median(pixels[::4, ::4]) < 100:
        pixels = 255 - pixels
    ink = cv2.adaptiveThreshold(pixels, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 15)
    return np.asarray(ink, np.uint8)


def _median_height(ink: Ink) -> float:
    return _median(_heights(ink))


def _heights(ink: Ink) -> NDArray[np.int32]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    widths, heights = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    return np.asarray(heights[(heights >= _DUST) & (heights <= _SLIM * widths)], np.int32)


def _median(heights: NDArray[np.int32]) -> float:
    return float(np.median(heights)) if len(heights) else 0.0
