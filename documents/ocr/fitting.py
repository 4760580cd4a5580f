"""A text that came along with an image, laid upon that image."""

import math
from dataclasses import replace

from documents.errors import TextMisfit
from documents.ocr.clean.turning import upright
from documents.ocr.correcting.typed import clipped, whole
from documents.ocr.elements import Box, PageText
from documents.ocr.reading import moved, scaled

# By how much the ratio of the sides may differ: sizes in millimetres are rounded, and scans lose a margin.
_TOLERANCE = 0.05


def fitted(page: PageText, size: tuple[int, int]) -> PageText:
    """``page`` with places in pixels of an image of ``size`` (width, height, before its rotation), inside it.

    A page that is 0 wide and high has the size of the image. Raises TextMisfit where the shapes differ.
    """
    width, height = upright(size, page.rotation)
    if not (page.width and page.height):
        page = replace(page, width=width, height=height)
    ratio = (page.width / page.height) / (width / height)
    if abs(math.log(ratio)) > _TOLERANCE:
        raise TextMisfit(width=page.width, height=page.height)
    return scaled(_within(page), size)


def _within(page: PageText) -> PageText:
    edges = whole(page)

    def clip(box: Box) -> Box:
        return clipped(box, edges)

    return replace(page, blocks=moved(page.blocks, clip))
