"""Our text upon the pages of a PDF."""

import logging
from contextlib import ExitStack

import numpy as np
from pikepdf import Name, Object, Page, Pdf, PikepdfError

from documents.ocr.files.filetypes import PDF, read_type
from documents.ocr.files.pdf_child import opened as opened_by_pdfium
from documents.ocr.packing import unpack
from documents.ocr.pdf.glyphless import GlyphlessFonts
from documents.ocr.pdf.layer import Layer, Wanted, text_layer
from documents.ocr.pdf.old_text import Remover, SeenText
from documents.ocr.pdf.places import Box, upright_to_page
from documents.ocr.pdf.request import PageSource, Request

logger = logging.getLogger(__name__)

_LETTER = Box(0, 0, 612, 792)  # what PDFium takes for a page that does not say how large it is

# What pikepdf raises where a page is not as the standard has it.
_ODD = (
    PikepdfError,
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    NotImplementedError,
    ArithmeticError,
)


def write_text(pdf: Pdf, request: Request, opened: ExitStack) -> None:
    """Write the text of the pages of ``request`` on those of ``pdf``. One that is too odd stays without.

    The files stay ``opened``. Raises FileDamaged, PasswordNeeded.
    """
    fonts = GlyphlessFonts(pdf)
    old_pages = _OldPages(request, opened)
    for page, source in zip(pdf.pages, request.pages, strict=True):
        try:
            wanted = old_pages.prepare(page, source)
            to_page = upright_to_page(shown_box(page), page.rotation)
        except _ODD as error:
            _warn(source, error)
            continue
        if not source.packed:
            continue
        layer = text_layer(unpack(source.packed), fonts, to_page, wanted)
        try:
            _put(page, layer, fonts)
        except _ODD as error:
            _warn(source, error)
    fonts.finish()


def _warn(source: PageSource, error: Exception) -> None:
    logger.warning("Page %s stays without text: %r", source.index + 1, error)


def _put(page: Page, layer: Layer, fonts: GlyphlessFonts) -> None:
    for name in layer.fonts:
        page.add_resource(fonts.object(name), Name.Font, Name(name.decode()))
    # Before what the page draws, which may leave its coordinates turned or scaled.
    page.contents_add(layer.content, prepend=True)


class _OldPages:
    """Pages that come from PDFs, and may have text already."""

    def __init__(self, request: Request, opened: ExitStack) -> None:
        self._remover = Remover()
        self._seen = {
            number: SeenText(opened.enter_context(opened_by_pdfium(path)))
            for number, path in enumerate(request.files)
            if read_type(path) == PDF
        }

    def prepare(self, page: Page, source: PageSource) -> Wanted:
        """Turn an old page upright and take its unseen text out. Says what of ours is to stand on it: words
        that can be marked on it already are not."""
        if source.file not in self._seen:
            return _anywhere
        if source.rotation:
            page.obj.Rotate = (page.rotation + source.rotation) % 360
        found = self._remover.clean(page)
        if not found.seen or not source.packed:
            return _anywhere
        boxes = self._seen[source.file].boxes(source.index, beside_unseen=found.unseen)
        left, bottom, right, top = boxes.T

        def is_free(x: float, y: float) -> bool:
            return not np.any((left <= x) & (x <= right) & (bottom <= y) & (y <= top))

        return is_free


def _anywhere(_x: float, _y: float) -> bool:
    return True


def shown_box(page: Page) -> Box:
    """What readers show of a page, in its own points: its crop box, where that lies on it."""
    whole = _box(page.mediabox) or _LETTER
    crop = _box(page.cropbox) or whole
    shown = Box(
        max(whole.left, crop.left),
        max(whole.bottom, crop.bottom),
        min(whole.right, crop.right),
        min(whole.top, crop.top),
    )
    return shown if shown.left < shown.right and shown.bottom < shown.top else whole


def _box(numbers: Object) -> Box | None:
    """The corners may be given in any order (ISO 32000-1, 7.9.5). None where nothing lies between them."""
    x0, y0, x1, y1 = map(float, numbers.as_list())
    box = Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if box.left < box.right and box.bottom < box.top else None
