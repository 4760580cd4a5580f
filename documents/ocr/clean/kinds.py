"""The ways of cleaning a page image that people choose by hand; none of them moves anything. Pure."""

from collections.abc import Callable

import numpy as np
from PIL import Image

from documents.ocr.clean.binary import black_and_white
from documents.ocr.clean.grain import without_specks
from documents.ocr.clean.light import even
from documents.ocr.clean.pixels import Pixels
from documents.ocr.clean.polarity import inverted
from documents.ocr.clean.sharpness import sharper
from documents.ocr.options import Cleaning

_KINDS: dict[Cleaning, Callable[[Pixels], Pixels]] = {
    Cleaning.EVEN: even,
    Cleaning.BLACK_AND_WHITE: black_and_white,
    Cleaning.DENOISE: without_specks,
    Cleaning.SHARPEN: sharper,
    Cleaning.INVERT: inverted,
}


def cleaned(image: Image.Image, cleaning: Cleaning) -> Image.Image:
    """``image`` (mode ``L`` or ``RGB``), cleaned; of the same size. Black and white comes as ``L``."""
    kind = _KINDS.get(cleaning)
    return changed(image, kind) if kind else image


def changed(image: Image.Image, change: Callable[[Pixels], Pixels]) -> Image.Image:
    """``image`` with its pixels changed, and its colour profile kept."""
    result = Image.fromarray(change(np.asarray(image)))
    result.info.update(image.info)
    return result
