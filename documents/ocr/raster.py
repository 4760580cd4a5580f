"""One page of a PDF as an image.

The document is opened anew for every page: that costs half a millisecond (500 pages, 1.6 GB), and
what PDFium keeps in memory cannot grow over a book.
"""

import math
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray
from PIL import Image

from documents.errors import PageDamaged, PageMissing
from documents.ocr.options import Limits
from documents.ocr.pdf_file import opened
from documents.ocr.pictures import check_pixels

# Measured on a magazine page scanned at 100 to 600 dpi. Drawn at 400 dpi it takes a third more of the
# engine's time than at 300 for 0.1 % more words; a scan of 200 dpi is read as well at 200 as at 300, in
# four fifths of the time; one of 100 or 150 is read best at 200.
_DPI = 300
_COARSE_DPI = 200
_ENOUGH_PIXELS = 4_000_000  # an A4 page of 200 dpi
_MAX_PIXELS = 50_000_000
_MAX_SIDE = 32_000  # pixels; Tesseract takes no more than 32,767
_POINTS_PER_INCH = 72
_WHOLE_PAGE = 0.8  # the share of a page that its scan covers at least: margins may be left out


def render(
    path: Path, index: int, *, limits: Limits, max_pixels: int | None = None
) -> tuple[Image.Image, float]:
    """Page ``index`` (from 0) as it would be printed, with its notes and filled-in fields; and its dpi.

    The image has mode L where the page has no colour, else RGB. It is drawn at 300 dpi, or at its own
    resolution where it is a coarser scan, and at less where that would be too many pixels: a page is
    never refused for its size, though it is for that of an image on it. Raises TooManyPixels,
    FileMissing, FileDamaged, PasswordNeeded, PageMissing, PageDamaged.
    """
    most = min(_MAX_PIXELS, limits.max_pixels, max_pixels or _MAX_PIXELS)
    with opened(path) as document:
        if not 0 <= index < len(document):
            raise PageMissing(number=index + 1, pages=len(document))
        try:
            return _rendered(document, index, most, limits)
        except pdfium.PdfiumError as error:
            raise PageDamaged from error


def _rendered(
    document: pdfium.PdfDocument, index: int, most: int, limits: Limits
) -> tuple[Image.Image, float]:
    document.init_forms()
    page = document[index]
    try:
        _check_images(page, limits)
        dpi = _fitting(_scan_dpi(page) or _DPI, page.get_size(), most)
        bitmap = page.render(scale=_scale(dpi))
    finally:
        page.close()
    return _image(bitmap), dpi


def _check_images(page: pdfium.PdfPage, limits: Limits) -> None:
    """PDFium decodes each image of a page as a whole, however small it is drawn. Raises TooManyPixels."""
    for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE]):
        check_pixels(image.get_px_size(), limits)


def _scan_dpi(page: pdfium.PdfPage) -> float | None:
    """The dpi at which to draw a page that is one scan, whole or in strips, with or without the invisible
    text of an earlier recognition. None where there is anything else to see."""
    try:
        covered, pixels, finest = _scans(page)
    except pdfium.PdfiumError:
        return None  # of a broken image PDFium draws what it can
    if covered < _WHOLE_PAGE or not pixels:
        return None
    # Photos are often put on a page of a pixel per point, many feet wide: they are large enough already.
    enlarged = min(_COARSE_DPI / finest, math.sqrt(_ENOUGH_PIXELS / pixels))
    return min(_DPI, finest * max(1.0, enlarged))


def _scans(page: pdfium.PdfPage) -> tuple[float, int, float]:
    """Of the images on ``page``: the share of it that they cover, their pixels, the dpi of the finest.

    Nothing, where anything but images can be seen.
    """
    page_area = math.prod(page.get_size())
    covered, pixels, finest = 0.0, 0, 0.0
    for thing in page.get_objects(max_depth=1):
        if isinstance(thing, pdfium.PdfImage):
            left, bottom, right, top = thing.get_bounds()
            area, size = (right - left) * (top - bottom), math.prod(thing.get_px_size())
            if area > 0:
                covered += area / page_area
                pixels += size
                finest = max(finest, math.sqrt(size / area) * _POINTS_PER_INCH)
        elif not _is_invisible(thing):
            return 0.0, 0, 0.0
    return covered, pixels, finest


def _is_invisible(thing: pdfium.PdfObject) -> bool:
    if thing.type != pdfium_c.FPDF_PAGEOBJ_TEXT:
        return False
    return bool(pdfium_c.FPDFTextObj_GetTextRenderMode(thing) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE)


def _fitting(dpi: float, size: tuple[float, float], most: int) -> float:
    """``dpi``, or as much of it as keeps a page of ``size`` (points) within ``most`` pixels."""
    width, height = size
    inches = max(size) / _POINTS_PER_INCH
    dpi = min(dpi, _MAX_SIDE / inches, _POINTS_PER_INCH * math.sqrt(most / (width * height)))
    while math.ceil(width * _scale(dpi)) * math.ceil(height * _scale(dpi)) > most:
        dpi *= 0.99  # sides are rounded up
    return dpi


def _scale(dpi: float) -> float:
    """Pixels per point; a trifle less, or 900.0000000001 pixels would be rounded up to 901."""
    return dpi / _POINTS_PER_INCH * (1 - 1e-6)


def _image(bitmap: pdfium.PdfBitmap) -> Image.Image:
    """Grey where all pixels are: finding out takes less time than copying three channels would."""
    pixels = bitmap.to_numpy()
    if _is_grey(pixels[::16, ::16]) and _is_grey(pixels):
        return Image.fromarray(cv2.extractChannel(pixels, 0))
    image: Image.Image = bitmap.to_pil()
    return image


def _is_grey(pixels: NDArray[np.uint8]) -> bool:
    blue, green, red = cv2.split(pixels)
    return np.array_equal(blue, green) and np.array_equal(green, red)
