"""Blur. Pure."""

import cv2
import numpy as np
from PIL import Image

from documents.ocr.clean.look import Look
from documents.ocr.clean.pixels import Pixels
from documents.ocr.clean.prepared import Step
from documents.ocr.elements import Cure, Treatment

_SHARPER_BY, _BLUR = 1.5, 2.0  # share of what a blur of so many pixels takes away
# Standard deviation of the blur in heights of a letter: pages out of focus have 0.096 and more, receipts with
# large letters up to 0.07. At 0.15, a page is read with a word F1 of 0.785, and with 1.0 once it is sharpened
# so; a Wiener filter does no better.
_BLURRED = 0.085
_SOFT = 1.5  # pixels; less is what any lens or scanner does, and already a tenth of a small letter
_BY = 2.0


def in_focus(image: Image.Image, look: Look) -> Step | None:
    """Where edges are soft for the size of the letters; sharpened by the blur that they have."""
    if look.blur is None or look.letter_height is None:
        return None
    if look.blur < max(_SOFT, _BLURRED * look.letter_height):
        return None
    sharp = _with_more(np.asarray(image), by=_BY, blur=look.blur)
    return Step(Image.fromarray(sharp), Treatment(Cure.SHARPENED))


def sharper(pixels: Pixels) -> Pixels:
    """With more of what a blur takes away (an unsharp mask)."""
    return _with_more(pixels, by=_SHARPER_BY, blur=_BLUR)


def _with_more(pixels: Pixels, *, by: float, blur: float) -> Pixels:
    blurred = cv2.GaussianBlur(pixels, (0, 0), blur)
    return np.asarray(cv2.addWeighted(pixels, 1 + by, blurred, -by, 0), np.uint8)
