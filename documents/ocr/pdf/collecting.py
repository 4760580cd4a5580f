"""Pages of many files as one PDF that reads what it is made of from the disk, when it is saved."""

from collections.abc import Iterable
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

from pikepdf import Page, Pdf

from documents.errors import PageMissing
from documents.ocr.files.filetypes import PDF, read_type
from documents.ocr.pdf import images
from documents.ocr.pdf.request import PageSource, Request

_PART = 32_000_000  # bytes of images that are held in memory until they go to the disk together


def collect(request: Request, folder: Path, opened: ExitStack) -> Pdf:
    """The pages that ``request`` names. Their parts lie in ``folder`` and stay ``opened``.

    One PDF with all its pages is that PDF, with what it has besides pages. Raises PageMissing, FileDamaged,
    TooManyPixels, TooManyPages, OSError, and what pikepdf raises.
    """
    if len(request.files) == 1 and read_type(request.files[0]) == PDF:
        pdf = opened.enter_context(Pdf.open(request.files[0]))
        if [source.index for source in request.pages] == list(range(len(pdf.pages))):
            return pdf
    collected = _Collected(folder, opened)
    for number, sources in groupby(request.pages, lambda source: source.file):
        path = request.files[number]
        if read_type(path) == PDF:
            collected.add_pages(path, sources)
        else:
            collected.add_images(path, sources, request)
    return collected.finished()


class _Collected:
    def __init__(self, folder: Path, opened: ExitStack) -> None:
        self._folder = folder
        self._opened = opened
        self._pdf = opened.enter_context(Pdf.new())
        self._part = Pdf.new()
        self._weight = 0

    def add_pages(self, path: Path, sources: Iterable[PageSource]) -> None:
        self._put_away()
        file = self._opened.enter_context(Pdf.open(path))
        self._pdf.pages.extend(_page(file, source.index) for source in sources)

    def add_images(self, path: Path, sources: Iterable[PageSource], request: Request) -> None:
        for source in sources:
            self._weight += images.add_page(
                self._part, path, source.index, rotation=source.rotation, limits=request.limits
            )
            if self._weight > _PART:
                self._put_away()

    def finished(self) -> Pdf:
        self._put_away()
        return self._pdf

    def _put_away(self) -> None:
        """Let the pages in memory lie on the disk from now on."""
        if not self._part.pages:
            return
        file = self._folder / f"{len(self._pdf.pages)}.pdf"
        self._part.save(file)
        self._part = Pdf.new()
        self._weight = 0
        self._pdf.pages.extend(self._opened.enter_context(Pdf.open(file)).pages)


def _page(file: Pdf, index: int) -> Page:
    if index >= len(file.pages):
        raise PageMissing(number=index + 1, pages=len(file.pages))
    return file.pages[index]
