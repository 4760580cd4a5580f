"""Parts of a page that was made smaller when it was opened, out of its file."""

from functools import partial

from PIL import Image

from documents.ocr.clean.turning import rotate, upright
from documents.ocr.elements import Box
from documents.ocr.files.excerpts import lying
from documents.ocr.files.load import PageImage, part_of

_EXIF = {0: 1, 90: 6, 180: 3, 270: 8}  # how EXIF calls turns clockwise


def close_up(opened: PageImage, rotation: int, part: Box, wanted: tuple[int, int]) -> Image.Image:
    """What ``part`` holds, in pixels of the page turned by ``rotation`` degrees clockwise; upright, and with
    ``wanted`` pixels (width, height).

    Raises PageDamaged, PageTooComplex.
    """
    closer = opened.closer or partial(part_of, opened.image)
    box = lying(part, _EXIF[rotation], opened.size)
    image = rotate(closer(box, upright(wanted, rotation)), rotation)
    return image if image.size == wanted else image.resize(wanted, Image.Resampling.HAMMING)


def at_scale(part: Box, scale: float) -> tuple[int, int]:
    """The width and height of ``part``, ``scale`` times as large."""
    return max(1, round(part.width * scale)), max(1, round(part.height * scale))
