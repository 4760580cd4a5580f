"""A part of a page, read by itself. Pure."""

import math
from dataclasses import dataclass, replace

from PIL import Image

from documents.ocr.clean import paper, rotate
from documents.ocr.clean.turning import upright
from documents.ocr.elements import Box, PageText
from documents.ocr.files.closeup import at_scale, close_up
from documents.ocr.files.load import PageImage
from documents.ocr.options import Options
from documents.ocr.reading import moved, read_page
from documents.ocr.shown import Watch

# Letters that touch the edge of an image are taken for dirt: Tesseract's own advice is a border of 10 pixels.
_BORDER = 10
_MOST_PIXELS = 16_000_000  # of a part


@dataclass(frozen=True, slots=True)
class Cut:
    """``image`` is what stands in ``part`` of an upright page, so many pixels of which are one of its own.

    The page has the ``size`` (width, height) once it is turned by ``rotation`` degrees clockwise.
    """

    image: Image.Image
    part: Box
    across: float
    down: float
    size: tuple[int, int]
    rotation: int


def cut_out(opened: PageImage, rotation: int, part: Box) -> Cut:
    """``part``, in pixels of the page turned by ``rotation`` degrees clockwise, out of its opened image, or
    closer where that was made smaller. Raises PageDamaged, PageTooComplex."""
    size = width, height = upright(opened.size, rotation)
    if opened.closer:
        scale = min(1.0, math.sqrt(_MOST_PIXELS / (part.width * part.height)))
        image = close_up(opened, rotation, part, at_scale(part, scale))
        return Cut(image, part, part.width / image.width, part.height / image.height, size, rotation)
    turned = rotate(opened.image, rotation)
    across, down = width / turned.width, height / turned.height
    x0, y0 = min(int(part.x0 / across), turned.width - 1), min(int(part.y0 / down), turned.height - 1)
    x1, y1 = max(x0 + 1, round(part.x1 / across)), max(y0 + 1, round(part.y1 / down))
    return Cut(turned.crop((x0, y0, x1, y1)), part, across, down, size, rotation)


def read_part(cut: Cut, options: Options, watch: Watch | None = None) -> PageText:
    """The page as if nothing stood on it but what is in the part, beyond which no box goes. ``watch`` is told
    what was seen of the part, with the border that it is read with. Raises as `read_page`."""
    ground = Image.new(cut.image.mode, _with_border(cut.image.size), paper(cut.image))
    ground.paste(cut.image, (_BORDER, _BORDER))
    read = read_page(ground, replace(options, orient=False), watch)

    def place(box: Box) -> Box:
        x, y, end = cut.part.x0, cut.part.y0, cut.part
        x0 = min(end.x1 - 1, max(x, x + int((box.x0 - _BORDER) * cut.across)))
        y0 = min(end.y1 - 1, max(y, y + int((box.y0 - _BORDER) * cut.down)))
        x1 = min(end.x1, x + round((box.x1 - _BORDER) * cut.across))
        y1 = min(end.y1, y + round((box.y1 - _BORDER) * cut.down))
        return Box(x0, y0, max(x0 + 1, x1), max(y0 + 1, y1))

    width, height = cut.size
    return replace(read, width=width, height=height, rotation=cut.rotation, blocks=moved(read.blocks, place))


def _with_border(size: tuple[int, int]) -> tuple[int, int]:
    return size[0] + 2 * _BORDER, size[1] + 2 * _BORDER
