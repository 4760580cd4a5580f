"""Uneven light, shadows and coloured paper. Pure."""

import cv2
import numpy as np
from PIL import Image

from documents.ocr.clean.look import Look
from documents.ocr.clean.pixels import Pixels
from documents.ocr.clean.prepared import Step
from documents.ocr.elements import Cure, Treatment

_SIDE = 800  # pixels: light is looked at on a picture so wide or high, on which letters are hardly there
_STROKE = 15  # pixels of it: wider than any letter's stroke, narrower than a shadow
_DARKEST = 0.15  # share of the lightest paper: what is darker, as a black edge, is no paper in the shade
# The darkest paper has so much less light than the lightest: scans have 0.9 and more, worn receipts 0.8. One
# threshold for the whole page, as engines set it, tells ink from paper down to about 0.6.
_UNEVEN = 0.7
_DARK = 0.5  # of the light that a sensor can tell: below, ink and paper are a few shades apart
# Share of its light that paper lacks in one channel: 0.02 in 34 receipts. On orange, a page
# in Arabic is read with a word F1 of 0.64, and with 0.87 once its paper is white.
_COLOURED = 0.4
_EDGE = 0.02  # of the page: the very edges are a lid or a table
_SPREAD = (4, 96)  # percentiles


def in_even_light(image: Image.Image, look: Look) -> Step | None:
    """Where the paper is much darker here than there, or all of it is dark, or coloured."""
    paper = _without_edges(look.paper)
    lightest = float(np.percentile(paper, _SPREAD[1]))
    if not lightest:
        return None  # black: light brings out nothing
    darkest = float(np.percentile(paper[paper > _DARKEST * lightest], _SPREAD[0]))
    is_white = lightest >= _DARK * 255 and _colour(look) < _COLOURED
    if is_white and darkest >= _UNEVEN * lightest:
        return None
    return Step(Image.fromarray(even(np.asarray(image))), Treatment(Cure.EVENED))


def _colour(look: Look) -> float:
    """Share of the light that the darkest channel of the paper lacks: 0 is grey."""
    channels = np.median(look.coarse.reshape(-1, look.coarse.shape[2]), axis=0)
    return float(1 - channels.min() / max(1.0, channels.max()))


def even(pixels: Pixels) -> Pixels:
    """As if the light had fallen on all parts alike: each pixel as a share of the paper around it."""
    height, width = pixels.shape[:2]
    factor = min(1.0, _SIDE / max(height, width))
    size = max(1, round(width * factor)), max(1, round(height * factor))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    # Closing takes letters away, and leaves the edge of a shadow where it is.
    paper = cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, np.ones((_STROKE, _STROKE), np.uint8))
    paper = cv2.blur(paper, (_STROKE, _STROKE))
    paper = np.maximum(paper, np.uint8(_DARKEST * np.percentile(paper, _SPREAD[1])))
    light = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(pixels, light, scale=255), np.uint8)


def _without_edges(paper: Pixels) -> Pixels:
    down, across = (round(_EDGE * side) for side in paper.shape)
    return paper[down : paper.shape[0] - down, across : paper.shape[1] - across]
