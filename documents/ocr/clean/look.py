"""One look at a page image, on a reduced grey copy: all that the cures measure, they measure here. Pure."""

import math
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.clean.chains import Boxes, find_lines
from documents.ocr.clean.pixels import Pixels, grey, lone_specks

# Pixels of the longer side of the copy, up to half as many more: letters of an A4 page are then 8 to 12 high.
_SIDE = 1200
_COARSE = 4  # pixels of the copy for one of the map of light
_STROKE = 11  # pixels of that map: wider than the strokes of a heading, narrower than a shadow
_INK = 0.12  # share of the paper's light by which ink is darker at least: grain and folds are by less
_CLEAR, _NOISE = 4.0, 2.5  # shades by which it is darker still, and how many times the noise
_LETTER = 3  # pixels of the copy: what is less high is dust
_FEW = 400  # pixels of the longer side of the picture in which sheets are looked for, up to twice as many
_PATCH = 128  # pixels of the image itself: noise cannot be seen on the copy
_PATCHES = 5  # in each direction
# J. Immerkær, “Fast noise variance estimation”, 1996: this mask leaves six times the noise of a picture.
_MASK = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
_GAIN = 6.0
_EDGE = 60  # shades: what rises by less tells nothing of the blur
# What half and a quarter of a normal distribution deviate by at most, in standard deviations.
_DEVIATIONS = ((50, 0.6745), (25, 0.3186))


@dataclass(frozen=True)
class Look:
    """``small`` is the image in grey, reduced by ``factor``; ``coarse`` is a much smaller one in
    colour; ``patches`` are parts of the image as they are."""

    small: Pixels
    factor: int
    coarse: Pixels
    patches: tuple[Pixels, ...]

    @classmethod
    def at(cls, image: Image.Image) -> "Look":
        factor = max(1, round(max(image.size) / _SIDE))
        reduced = image.reduce(factor) if factor > 1 else image
        coarse = reduced.reduce(max(1, max(reduced.size) // _FEW)).convert("RGB")
        patches = tuple(_patches(image))
        return cls(np.asarray(reduced.convert("L")), factor, np.asarray(coarse), patches)

    @cached_property
    def paper(self) -> Pixels:
        """How light the paper is, on a map a fourth as wide and high as ``small``."""
        height, width = self.small.shape
        size = max(1, width // _COARSE), max(1, height // _COARSE)
        coarse = cv2.resize(self.small, size, interpolation=cv2.INTER_AREA)
        lightest = cv2.dilate(coarse, np.ones((_STROKE, _STROKE), np.uint8))
        return np.asarray(cv2.medianBlur(lightest, 2 * _STROKE - 1), np.uint8)

    @cached_property
    def share(self) -> NDArray[np.float32]:
        """Of the paper's light, what each pixel of ``small`` has: 1 is paper, 0 is black."""
        height, width = self.small.shape
        light = cv2.resize(self.paper, (width, height), interpolation=cv2.INTER_LINEAR)
        return np.asarray(self.small / np.maximum(light, 1).astype(np.float32), np.float32)

    @cached_property
    def noise(self) -> float:
        """Its standard deviation in shades of grey, where there is most of it: a quarter of the patches."""
        left = [_noise(patch) for patch in self.patches if min(patch.shape) > 2]
        return float(np.percentile(left, 75)) if left else 0.0

    @cached_property
    def dust(self) -> float:
        """Share of lone specks among the pixels with even surroundings, where there is least of it."""
        return float(np.percentile([_dust(patch) for patch in self.patches], 25))

    @cached_property
    def negative(self) -> "Look":
        """The same, with light and dark exchanged."""
        patches = tuple(_inverted(patch) for patch in self.patches)
        return Look(_inverted(self.small), self.factor, _inverted(self.coarse), patches)

    @cached_property
    def blur(self) -> float | None:
        """The standard deviation (pixels of the image) of the blur on sharp edges; None without any."""
        found = [blur for patch in self.patches if (blur := _blur(patch)) is not None]
        return float(np.percentile(found, 25)) if found else None

    @cached_property
    def lines(self) -> list[Boxes]:
        """The letters of each long level line, from left to right."""
        return find_lines(self.letters)

    @cached_property
    def letter_height(self) -> float | None:
        """The median height (pixels of the image) of letters in lines, as specks are in none; or None."""
        heights = [line[:, 3] for line in self.lines]
        return float(np.median(np.concatenate(heights))) * self.factor if heights else None

    @cached_property
    def letters(self) -> NDArray[np.int32]:
        """Boxes (x, y, width, height) of what may be letters, in pixels of ``small``; shape (n, 4)."""
        blur = cv2.blur(self.small, (31, 31))
        clear = _CLEAR + _NOISE * self.noise / self.factor
        is_ink = self.small.astype(np.float32) < blur.astype(np.float32) * (1 - _INK) - clear
        _, _, stats, _ = cv2.connectedComponentsWithStats(is_ink.astype(np.uint8))
        heights = stats[:, cv2.CC_STAT_HEIGHT]
        wide = stats[:, cv2.CC_STAT_WIDTH]
        is_letter = (heights >= _LETTER) & (heights <= 60) & (wide <= 8 * heights)
        is_letter[0] = False
        return np.asarray(stats[is_letter][:, :4], np.int32)


def _inverted(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.bitwise_not(pixels), np.uint8)


def _noise(patch: Pixels) -> float:
    """Half and a quarter of its pixels say the same of noise; where small print fills the patch, half of them
    are edges, but the quarter is paper."""
    left = np.abs(cv2.filter2D(patch.astype(np.float32), -1, _MASK)) / _GAIN
    return min(float(np.percentile(left, share)) / normal for share, normal in _DEVIATIONS)


def _dust(patch: Pixels) -> float:
    is_even, is_speck = lone_specks(patch)
    return int(np.count_nonzero(is_speck)) / max(1, int(np.count_nonzero(is_even)))


def _blur(patch: Pixels) -> float | None:
    """From the steepest edges: one of height h that is blurred by σ rises by h / (σ·√2π) in a pixel."""
    calm = cv2.GaussianBlur(patch.astype(np.float32), (0, 0), 1)
    height = float(np.ptp(calm))
    if height < _EDGE:
        return None
    slope = np.hypot(cv2.Sobel(calm, -1, 1, 0, scale=1 / 8), cv2.Sobel(calm, -1, 0, 1, scale=1 / 8))
    sigma = height / math.sqrt(2 * math.pi) / max(1.0, float(np.percentile(slope, 99.5)))
    return math.sqrt(max(0.0, sigma**2 - 1))  # but for the pixel by which it was calmed


def _patches(image: Image.Image) -> list[Pixels]:
    """Cut before they are turned to arrays: all of a page in colour takes as long as the rest of the look."""
    places = (np.arange(_PATCHES) + 0.5) / _PATCHES
    lefts, tops = ((places * max(0, side - _PATCH)).astype(int).tolist() for side in image.size)
    breadth, height = (min(_PATCH, side) for side in image.size)
    boxes = [(left, top, left + breadth, top + height) for top in tops for left in lefts]
    return [grey(np.asarray(image.crop(box))) for box in boxes]
