"""One page of a PDF as an image. The drawing is done apart, see `painter`."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.options import Limits
from documents.ocr.painter import drawn


def render(
    path: Path, index: int, *, limits: Limits, max_pixels: int | None = None
) -> tuple[Image.Image, float]:
    """Page ``index`` (from 0) as it would be printed, with its notes and filled-in fields; and its dpi.

    The image has mode L where the page has no colour, else RGB. It is drawn at 300 dpi, or at its own
    resolution where it is a coarser scan, and at less where that would be too many pixels: a page is
    never refused for its size, though it is for that of an image on it. Raises TooManyPixels,
    FileMissing, FileDamaged, PasswordNeeded, PageMissing, PageDamaged, PageTooComplex.
    """
    most = min(limits.max_pixels, max_pixels or limits.max_pixels)
    with drawn(path, index, most=most, limits=limits) as page:
        return _image(page.pixels), page.dpi


def _image(pixels: NDArray[np.uint8]) -> Image.Image:
    """Grey where all pixels are: finding out takes less time than copying three channels would."""
    if _is_grey(pixels[::16, ::16]) and _is_grey(pixels):
        return Image.fromarray(cv2.extractChannel(pixels, 0))
    height, width, _channels = pixels.shape
    return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGR", 0, 1)


def _is_grey(pixels: NDArray[np.uint8]) -> bool:
    blue, green, red = cv2.split(pixels)
    return np.array_equal(blue, green) and np.array_equal(green, red)
