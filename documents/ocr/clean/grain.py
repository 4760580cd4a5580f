"""Noise. Pure."""

import cv2
import numpy as np
from PIL import Image

from documents.ocr.clean.look import Look
from documents.ocr.clean.pixels import Pixels, grey
from documents.ocr.clean.prepared import Step
from documents.ocr.elements import Cure, Treatment

_SPECK = 3  # pixels: what is smaller than half of that is noise
# Standard deviation in shades of grey: that of 34 receipts is up to 1.7, of scans up to 4.
_NOISY = 5.0
_DUSTY = 0.025  # share of specks where there is least to see: up to 0.003 in small print, none in receipts
_SMALL = 10.0  # pixels: strokes of smaller letters are hardly broader than one or two
_SOFTER = 0.8  # pixels: what is left of the noise is spread, and letters are not yet


def without_noise(image: Image.Image, look: Look) -> Step | None:
    """In grey, where the paper itself is grainy: the channels of a sensor have noise each of their own.

    A photo half in the shade is read with a word F1 of 0.72 in colour as it is, 0.82 in grey, 0.995 once the
    middle one of nine pixels is taken, and 1.0 once that is softened.
    """
    if look.noise < _NOISY and look.dust < _DUSTY:
        return None
    plain = grey(np.asarray(image))
    calm = plain if _has_thin_strokes(look) else without_specks(plain)
    return Step(Image.fromarray(cv2.GaussianBlur(calm, (0, 0), _SOFTER)), Treatment(Cure.DENOISED))


def _has_thin_strokes(look: Look) -> bool:
    """Where the middle one of nine pixels would wipe them out, and no dust calls for that: print of 13 pixels
    with a noise of 20 is read with 0.64 of its words then, and with all of them if it is only softened."""
    return look.letter_height is not None and look.letter_height < _SMALL and look.dust < _DUSTY


def without_specks(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.medianBlur(pixels, _SPECK), np.uint8)
