"""How large letters are for the engine. Pure."""

from PIL import Image

from documents.ocr.clean.geometry import scale
from documents.ocr.clean.look import Look
from documents.ocr.clean.prepared import Step
from documents.ocr.elements import Cure, Treatment
from documents.ocr.options import MAX_SIDE

_SMALL, _LARGE = 9.0, 70.0  # pixels; the engine scales every line to 36, and sees dots and hooks from 15 on
_BEST = 20.0
_MOST = 3.0
_MOST_PIXELS = 40_000_000


def resized(image: Image.Image, look: Look) -> Step | None:
    """With letters of a good size, where they are very small or large, whatever the file claims."""
    height = look.letter_height
    if height is None or _SMALL <= height <= _LARGE:
        return None
    factor = min(_MOST, _BEST / height) if height < _SMALL else 2 * _BEST / height
    size = round(image.width * factor), round(image.height * factor)
    is_too_large = size[0] * size[1] > max(_MOST_PIXELS, image.width * image.height) or max(size) > MAX_SIDE
    if is_too_large or min(size) < 1:
        return None
    filtered = image.resize(size, Image.Resampling.BICUBIC if factor > 1 else Image.Resampling.LANCZOS)
    return Step(filtered, Treatment(Cure.SCALED, round(factor, 2)), scale(image.size, size))
