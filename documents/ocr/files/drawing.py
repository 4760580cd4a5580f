"""Pages of PDFs, drawn by PDFium: the work of the child processes of `painter`.

A hostile page can crash PDFium, hang it or make it eat memory, so this runs in a process of its own. It
imports neither Pillow nor OpenCV, and takes 20 MB before its first page.

The document is opened anew for every page: that costs half a millisecond (500 pages, 1.6 GB), and
what PDFium keeps in memory cannot grow over a book.
"""

import ctypes
import json
import math
import mmap
import os
import select
import signal
import socket
import sys
import threading
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from documents.errors import InputError, PageDamaged, PageMissing
from documents.ocr.files.apart import LONGEST_MESSAGE, limit_memory, told
from documents.ocr.files.canvas import Part, Request
from documents.ocr.files.pdf_child import opened
from documents.ocr.options import MAX_SIDE, Limits

# Measured on a magazine page scanned at 100 to 600 dpi. Drawn at 400 dpi it takes a third more of the
# engine's time than at 300 for 0.1 % more words; a scan of 200 dpi is read as well at 200 as at 300, in
# four fifths of the time; one of 100 or 150 is read best at 200.
_DPI = 300
_COARSE_DPI = 200
_ENOUGH_PIXELS = 4_000_000  # an A4 page of 200 dpi
_POINTS_PER_INCH = 72
_NO_CROP = (0.0, 0.0, 0.0, 0.0)
_WHOLE_PAGE = 0.8  # the share of a page that its scan covers at least: margins may be left out

_Canvas = ctypes.Array[ctypes.c_ubyte]


def main(connection: int, canvas: int, memory: int) -> None:
    """Draw what is asked for through the socket ``connection`` into the file ``canvas`` (both descriptors),
    within ``memory`` bytes of address space, until the other end is closed."""
    limit_memory(memory)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C in a terminal reaches children too
    shared = mmap.mmap(canvas, 0)
    pixels = (ctypes.c_ubyte * len(shared)).from_buffer(shared)
    with socket.socket(fileno=connection) as parent:
        threading.Thread(target=_end_with, args=[parent], daemon=True).start()
        while request := parent.recv(LONGEST_MESSAGE):
            answer = _answer(_request(json.loads(request)), pixels)
            parent.send(json.dumps(answer).encode())


def _end_with(parent: socket.socket) -> None:
    """End this process once the parent is gone, in the middle of a page too."""
    poll = select.poll()
    poll.register(parent, 0)  # no event but the end of the connection, which is always told
    poll.poll()
    os._exit(0)


def _request(values: dict[str, Any]) -> Request:
    part = values.pop("part")
    return Request(**values, part=Part(*part) if part else None)


def _answer(request: Request, canvas: _Canvas) -> dict[str, object]:
    try:
        with opened(Path(request.path)) as document:
            return _draw(document, request, canvas)
    except InputError as error:
        return told(error)


def _draw(document: pdfium.PdfDocument, request: Request, canvas: _Canvas) -> dict[str, object]:
    """``width`` and ``height`` of the drawing, and ``size`` of the page at its full resolution.

    Raises PageMissing, PageDamaged, TooManyPixels.
    """
    if not 0 <= request.index < len(document):
        raise PageMissing(number=request.index + 1, pages=len(document))
    try:
        document.init_forms()
        page = document[request.index]
        try:
            return _draw_page(page, request, canvas)
        finally:
            page.close()
    except pdfium.PdfiumError as error:
        raise PageDamaged from error


def _draw_page(page: pdfium.PdfPage, request: Request, canvas: _Canvas) -> dict[str, object]:
    _check_images(page, Limits(max_pixels=request.most_of_page))
    if not all(page.get_size()):  # the crop box lies beside the page; an empty one counts for none
        page.set_cropbox(0, 0, 0, 0)
    size = page.get_size()
    full = _fitting(_scan_dpi(page) or _DPI, size, request.most_of_page)
    if request.part:
        dpi = full * request.part.width / (request.part.x1 - request.part.x0)
        crop = _crop(request.part, _pixels(size, full), full)
    else:
        dpi = _fitting(min(full, MAX_SIDE / (max(size) / _POINTS_PER_INCH)), size, request.most)
        crop = _NO_CROP
    on_canvas = partial(pdfium.PdfBitmap.new_native, buffer=canvas)
    bitmap = page.render(scale=_scale(dpi), crop=crop, bitmap_maker=on_canvas)
    return {"width": bitmap.width, "height": bitmap.height, "size": _pixels(size, full)}


def _crop(part: Part, size: tuple[int, int], dpi: float) -> tuple[float, float, float, float]:
    """Points that are cut off at the left, bottom, right and top of a page of ``size`` pixels."""
    edges = (part.x0, size[1] - part.y1, size[0] - part.x1, part.y0)
    # A trifle less, as PDFium's wrapper rounds up what it cuts off.
    left, bottom, right, top = (max(0.0, edge - 1e-3) / _scale(dpi) for edge in edges)
    return left, bottom, right, top


def _pixels(size: tuple[float, float], dpi: float) -> tuple[int, int]:
    """Of a page of ``size`` points."""
    return math.ceil(size[0] * _scale(dpi)), math.ceil(size[1] * _scale(dpi))


def _check_images(page: pdfium.PdfPage, limits: Limits) -> None:
    """PDFium decodes each image of a page as a whole, however small it is drawn. Raises TooManyPixels."""
    for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE]):
        limits.check_pixels(image.get_px_size())


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
    dpi = min(dpi, _POINTS_PER_INCH * math.sqrt(most / (width * height)))
    while math.prod(_pixels(size, dpi)) > most:
        dpi *= 0.99  # sides are rounded up
    return dpi


def _scale(dpi: float) -> float:
    """Pixels per point; a trifle less, or 900.0000000001 pixels would be rounded up to 901."""
    return dpi / _POINTS_PER_INCH * (1 - 1e-6)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
