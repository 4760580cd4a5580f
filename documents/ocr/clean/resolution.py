"""How large letters are for the engine. Pure."""

import math

from PIL import Image

from documents.ocr.clean.geometry import Size, scale
from documents.ocr.clean.look import Look
from documents.ocr.clean.prepared import Step
from documents.ocr.elements import Cure, Treatment
from documents.ocr.options import MAX_SIDE

_SMALL, _LARGE = 9.0, 70.0  # pixels; the engine scales every line to 36, and sees dots and hooks from 15 on
_BEST = 20.0
_MOST = 3.0
_MOST_PIXELS = 40_000_000
_MORE = 1.6  # times as many pixels: a page that is turned by 15 degrees has up to 1.53


def resized(image: Image.Image, look: Look) -> Step | None:
    """With letters of a good size, where they are very small or large, whatever the file claims."""
    height = look.letter_height
    if height is None or _SMALL <= height <= _LARGE:
        return None
    factor = min(_MOST, _BEST / height) if height < _SMALL else 2 * _BEST / height
    size = round(image.width * factor), round(image.height * factor)
    if is_too_large(size, image.size) or min(size) < 1:
        return None
    filtered = image.resize(size, Image.Resampling.BICUBIC if factor > 1 else Image.Resampling.LANCZOS)
    return Step(filtered, Treatment(Cure.SCALED, round(factor, 2)), scale(image.size, size))


def is_too_large(size: Size, before: Size) -> bool:
    """For an engine, or for the memory that a page may take, once one of the size ``before`` was cured: a
    long strip that leans would become many times as large."""
    return max(size) > MAX_SIDE or math.prod(size) > max(_MOST_PIXELS, _MORE * math.prod(before))
