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
_DUSTY = 0.04  # share of the pixels that are specks where there is least to see: up to 0.018 in receipts
_SOFTER = 0.8  # pixels: what is left of the noise is spread, and letters are not yet


def without_noise(image: Image.Image, look: Look) -> Step | None:
    """In grey, where the paper itself is grainy: the channels of a sensor have noise each of their own.

    A photo half in the shade is read with a word F1 of 0.72 in colour as it is, 0.82 in grey, 0.995 once the
    middle one of nine pixels is taken, and 1.0 once that is softened.
    """
    if look.noise < _NOISY and look.dust < _DUSTY:
        return None
    calm = cv2.GaussianBlur(without_specks(grey(np.asarray(image))), (0, 0), _SOFTER)
    return Step(Image.fromarray(calm), Treatment(Cure.DENOISED))


def without_specks(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.medianBlur(pixels, _SPECK), np.uint8)
