"""Print of the other side that shines through the paper. Pure.

It is told from pale print of this side by three things at once: its strokes are so much lighter than the ink
that hardly any lie between; the paper has softened their edges; and they pay no heed to the ink, so that
they stand right beside it as often as anywhere, on most of the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.clean.look import Look
from documents.ocr.clean.pixels import Pixels, grey
from documents.ocr.clean.prepared import Step
from documents.ocr.elements import Cure, Treatment

_Floats = NDArray[np.float32]
_Mask = NDArray[np.bool_]

_CALM = 0.7  # pixels by which a page is softened before its strokes are looked at
_FAINTEST, _NOISE = 0.08, 3.0  # share of the paper's light that a stroke lacks at least, or times the noise
_DARK = 40  # shades: a part whose paper is darker tells nothing
_LONG = 6  # pixels: what is less high and less wide is a dot
_LEVELS = 50  # of darkness
_FEWEST = 12  # strokes of the other side
_SMALLEST = 0.03  # share of what all strokes cover
# Share of the variance between pale and dark strokes: 0.92 to 1.0 on nearly all pages where the other side
# shines through, 0.4 to 0.8 on nearly all others, 0.98 where some lines are pale.
_APART = 0.9
_SOFTER = 0.85  # how steep the edges of pale strokes are against those of ink: 0.45 to 0.85; pale print has 1
_BESIDE, _NEAR = 4, 10  # pixels from the ink: closer is its own edge
# How often there are pale strokes near the ink against anywhere else: by chance, 1. Lines that were
# filled in with a pale ribbon have 0.0, as they keep clear of the printed ones.
_HEEDLESS = 0.5
_FEW = 200  # pixels near the ink in a part, that tell nothing
_ABOVE = 0.1  # share of the paper's light: by no more are strokes of the other side darker than most of them
_REACH = 2  # pixels around ink that are its edges


@dataclass(frozen=True, slots=True, eq=False)
class _Strokes:
    """An item for each. ``depths`` are the shares of the paper's light that they lack where they are darkest,
    ``edges`` by how much of that they rise from one pixel to the next at most."""

    areas: NDArray[np.float64]
    depths: NDArray[np.float64]
    edges: NDArray[np.float64]


def without_other_side(image: Image.Image, look: Look) -> Step | None:
    """In grey, with nothing but paper around the ink, where the other side shines through on most of the
    page."""
    depth = ink_depth(look)
    return None if depth is None else Step(_ink_alone(image, look, depth), Treatment(Cure.BLEED))


def ink_depth(look: Look) -> float | None:
    """The share of the paper's light that ink lacks at least, and print of the other side does not; None
    where that does not shine through."""
    parts = [part for patch in look.patches if (part := _darkness(patch)) is not None]
    faintest = max(_FAINTEST, _NOISE * look.noise / 255)
    strokes = _strokes(parts, [part > faintest for part in parts])
    if len(strokes.areas) < _FEWEST:
        return None
    bound, apart = _divided(strokes)
    if apart < _APART:
        return None
    # Most of it touches ink somewhere: it is cut off there.
    pale = [(part > faintest) & (_from_ink(part, bound) >= _BESIDE - 1) for part in parts]
    other, ink = _strokes(parts, pale), strokes.depths >= bound
    if len(other.areas) < _FEWEST or other.areas.sum() < _SMALLEST * strokes.areas.sum():
        return None
    if np.median(other.edges) > _SOFTER * np.median(strokes.edges[ink]):
        return None
    depth = min(bound, float(np.median(other.depths)) + _ABOVE)
    return depth if _heedlessness(parts, faintest, depth) >= _HEEDLESS else None


def _darkness(patch: Pixels) -> _Floats | None:
    """Of each pixel, the share of the paper's light that it lacks."""
    calm = cv2.GaussianBlur(patch.astype(np.float32), (0, 0), _CALM)
    light = float(np.percentile(calm, 95))
    return np.asarray(1 - calm / light, np.float32) if light >= _DARK else None


def _strokes(parts: Sequence[_Floats], masks: Sequence[_Mask]) -> _Strokes:
    found = [_strokes_of(part, mask) for part, mask in zip(parts, masks, strict=True)]
    return _Strokes(*np.concatenate([np.empty((0, 3)), *found]).T)


def _strokes_of(part: _Floats, mask: _Mask) -> NDArray[np.float64]:
    """Area, depth and edge of each; shape (n, 3)."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    slope = np.hypot(cv2.Sobel(part, -1, 1, 0, scale=1 / 8), cv2.Sobel(part, -1, 0, 1, scale=1 / 8))
    depths, slopes = np.zeros(count), np.zeros(count)
    numbers = np.asarray(labels[mask], np.intp)
    np.maximum.at(depths, numbers, part[mask])
    np.maximum.at(slopes, numbers, slope[mask])
    is_stroke = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) >= _LONG
    is_stroke[0] = False
    areas, depths, slopes = stats[is_stroke, cv2.CC_STAT_AREA], depths[is_stroke], slopes[is_stroke]
    return np.column_stack([areas, depths, slopes / depths])


def _divided(strokes: _Strokes) -> tuple[float, float]:
    """The depth that best parts pale strokes from dark ones, and the share of the variance that lies between
    both: N. Otsu, “A threshold selection method from gray-level histograms”, 1979."""
    weights = strokes.areas / strokes.areas.sum()
    shares, bounds = np.histogram(strokes.depths, _LEVELS, (0, 1), weights=weights)
    middles = (bounds[1:] + bounds[:-1]) / 2
    mean = float((shares * middles).sum())
    below, sums = np.cumsum(shares)[:-1], np.cumsum(shares * middles)[:-1]
    between = (mean * below - sums) ** 2 / np.maximum(below * (1 - below), 1e-9)
    best = int(np.argmax(between))
    variance = float((shares * (middles - mean) ** 2).sum())
    return float(bounds[best + 1]), float(between[best]) / max(variance, 1e-9)


def _from_ink(part: _Floats, depth: float) -> _Floats:
    """How many pixels each one is away from what is so dark."""
    is_paler = np.asarray(part < depth, np.uint8)
    if is_paler.all():
        return np.full(part.shape, np.inf, np.float32)
    return np.asarray(cv2.distanceTransform(is_paler, cv2.DIST_L2, 3), np.float32)


def _heedlessness(parts: Sequence[_Floats], faintest: float, depth: float) -> float:
    """How often pixels near the ink are pale, in the middle one of the parts that have ink, against how often
    pixels of all parts are."""
    near, all_pale, number = list[float](), 0, 0
    for part in parts:
        away, is_pale = _from_ink(part, depth), part > faintest
        is_near, is_clear = (away >= _BESIDE) & (away < _NEAR), away >= _BESIDE
        if np.count_nonzero(is_near) >= _FEW:
            near.append(float(is_pale[is_near].mean()))
        all_pale += int(np.count_nonzero(is_pale & is_clear))
        number += int(np.count_nonzero(is_clear))
    return float(np.median(near)) * number / all_pale if near and all_pale else 0.0


def _ink_alone(image: Image.Image, look: Look, depth: float) -> Image.Image:
    plain = grey(np.asarray(image))
    paper = cv2.resize(look.paper, image.size, interpolation=cv2.INTER_LINEAR)
    darker = cv2.convertScaleAbs(paper, alpha=1 - depth)
    is_ink = cv2.compare(cv2.GaussianBlur(plain, (0, 0), _CALM), darker, cv2.CMP_LT)
    around = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * _REACH + 1, 2 * _REACH + 1))
    return Image.fromarray(np.where(cv2.dilate(is_ink, around), plain, paper))
