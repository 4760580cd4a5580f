"""Rows of a page, cut out and stacked on a sheet that an engine reads in one run. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image

from documents.ocr.clean.pixels import Pixels
from documents.ocr.elements import Block, Box, Word, words_of
from documents.ocr.options import MAX_SIDE
from documents.ocr.stacking import strip_at, tops

_PAD = 0.3  # heights of a letter around a row: commas, accents and tails
_LARGEST = 4.0  # times: what is enlarged more shows nothing new
_MOST_PIXELS = 20_000_000  # of a sheet: two A4 pages at 300 dpi; rows beyond stay as they are
_PAPER = (1, 70)  # percentiles of the shades of a row: its ink, its paper
_FEWEST_SHADES = 20  # between them; a row with less contrast is empty


class Rendering(NamedTuple):
    """How rows are shown to an engine, in pixels of the sheet: the height of their letters, and the blur (the
    deviation of a Gaussian)."""

    letter: float
    blur: float = 0.0


@dataclass(frozen=True, slots=True)
class Strip:
    """A row cut out of the page at ``box``, ``factor`` times as large, dark on white."""

    box: Box
    factor: float
    pixels: Pixels


@dataclass(frozen=True, slots=True)
class Sheet:
    strips: tuple[Strip, ...]
    margin: int

    @classmethod
    def of(cls, grey: Pixels, rows: Sequence[Box], letter: float, rendering: Rendering) -> "Sheet":
        """As many of the ``rows`` of a page with letters of that height (pixels) as there is room for."""
        pad, margin = math.ceil(_PAD * letter), math.ceil(rendering.letter)
        boxes = [_padded(row, pad, grey.shape) for row in rows]
        widest = max(box.width for box in boxes)
        factor = min(_LARGEST, rendering.letter / letter, (MAX_SIDE - 3 * margin) / widest)
        heights = margin + np.cumsum([math.ceil(box.height * factor) + margin for box in boxes])
        most = min(MAX_SIDE, _MOST_PIXELS / (widest * factor + 2 * margin))
        count = int(np.searchsorted(heights, most, "right"))
        return cls(tuple(_strip(grey, box, factor, rendering.blur) for box in boxes[:count]), margin)

    @property
    def tops(self) -> list[int]:
        """As `stacking.tops`."""
        return tops((strip.pixels.shape[0] for strip in self.strips), self.margin)

    def image(self) -> Image.Image:
        """The strips, one below the other, with white between them."""
        width = max(strip.pixels.shape[1] for strip in self.strips) + 2 * self.margin
        sheet = np.full((self.tops[-1], width), 255, np.uint8)
        for strip, top in zip(self.strips, self.tops, strict=False):
            height, width = strip.pixels.shape
            sheet[top : top + height, self.margin : self.margin + width] = strip.pixels
        return Image.fromarray(sheet)

    def words(self, blocks: Sequence[Block]) -> list[list[Word]]:
        """What was read of each strip, with boxes on the page."""
        words: list[list[Word]] = [[] for _ in self.strips]
        begins = self.tops
        for word in words_of(blocks):
            place = strip_at((word.box.y0 + word.box.y1) // 2, begins)
            box = _back(word.box, self.strips[place], (self.margin, begins[place]))
            words[place].append(replace(word, box=box))
        return words


def _padded(row: Box, pad: int, shape: tuple[int, ...]) -> Box:
    height, width = shape[:2]
    return Box(
        max(0, row.x0 - pad), max(0, row.y0 - pad), min(width, row.x1 + pad), min(height, row.y1 + pad)
    )


def _strip(grey: Pixels, box: Box, factor: float, blur: float) -> Strip:
    cut = grey[box.y0 : box.y1, box.x0 : box.x1]
    size = (max(1, round(box.width * factor)), max(1, round(box.height * factor)))
    pixels = cv2.resize(cut, size, interpolation=cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA)
    if blur:
        pixels = cv2.GaussianBlur(pixels, (0, 0), blur)
    return Strip(box, factor, _stretched(np.asarray(pixels, np.uint8)))


def _stretched(pixels: Pixels) -> Pixels:
    """Its ink black and its paper white."""
    ink, paper = np.percentile(pixels, _PAPER)
    if paper - ink < _FEWEST_SHADES:
        return np.full_like(pixels, 255)
    return np.asarray(np.clip((pixels - ink) * (255 / (paper - ink)), 0, 255), np.uint8)


def _back(box: Box, strip: Strip, corner: tuple[int, int]) -> Box:
    """A box of the sheet as it lies on the page, within the strip and at least a pixel wide and high."""
    left, top = corner
    around = strip.box
    x0 = min(max(around.x0, around.x0 + math.floor((box.x0 - left) / strip.factor)), around.x1 - 1)
    y0 = min(max(around.y0, around.y0 + math.floor((box.y0 - top) / strip.factor)), around.y1 - 1)
    x1 = min(around.x1, around.x0 + math.ceil((box.x1 - left) / strip.factor))
    y1 = min(around.y1, around.y0 + math.ceil((box.y1 - top) / strip.factor))
    return Box(x0, y0, max(x0 + 1, x1), max(y0 + 1, y1))
