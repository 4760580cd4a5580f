"""What is this file, and what does its page look like? The door through which every file comes in.

Files are opened under limits, as the type that their content has, and their pages are handed on
upright, in 8-bit grey or colour. PDFs are opened in child processes.
"""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from documents.errors import PasswordNeeded, TooManyPages
from documents.ocr.files import image_file, pdf_file
from documents.ocr.files.filetypes import PDF, FileType, read_type
from documents.ocr.files.normalise import lies_on_its_side
from documents.ocr.files.painter import render
from documents.ocr.options import Limits


@dataclass(frozen=True, slots=True)
class FileInfo:
    """What a file is. ``extension`` has its dot; a locked PDF has ``page_count`` 0."""

    media_type: str
    extension: str
    page_count: int
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page in mode L or RGB, upright by EXIF.

    ``size`` is its width and height in the file, in pixels: those of ``image`` unless it was scaled down.
    """

    image: Image.Image
    size: tuple[int, int]


def inspect(path: Path, *, limits: Limits, password: str | None = None) -> FileInfo:
    """Recognise a file from its content and count its pages; nothing is decoded.

    Raises FileMissing, FileEmpty, UnknownType, FileDamaged, TooManyPixels, TooManyPages and
    PasswordWrong. A locked PDF without a password is no error but ``is_locked``.
    """
    file_type = read_type(path)
    if file_type != PDF:
        with image_file.opened(path, file_type) as image:
            return _info(file_type, len(image_file.frames(image, limits)))
    try:
        pages = pdf_file.page_count(path, password)
    except PasswordNeeded:
        return _info(file_type, 0, is_locked=True)
    if pages > limits.max_pages:
        raise TooManyPages(pages=pages, limit=limits.max_pages)
    return _info(file_type, pages)


def _info(file_type: FileType, pages: int, *, is_locked: bool = False) -> FileInfo:
    return FileInfo(file_type.media_type, file_type.extension, pages, is_locked)


def open_page(path: Path, index: int = 0, *, limits: Limits, max_pixels: int | None = None) -> PageImage:
    """The image of page ``index`` (from 0), with at most ``max_pixels`` pixels.

    Raises PageMissing, PageDamaged and, like `inspect`, FileMissing, FileEmpty, UnknownType,
    FileDamaged, TooManyPixels, TooManyPages; of a PDF PageTooComplex, DrawingKilled, and
    PasswordNeeded while it is locked (see `pdf_file.unlock`).
    """
    file_type = read_type(path)
    if file_type == PDF:
        drawn = render(path, index, limits=limits, max_pixels=max_pixels)
        return PageImage(drawn, drawn.size)
    with image_file.opened(path, file_type) as opened:
        image_file.seek_page(opened, index, limits)
        width, height = opened.size
        image = image_file.read(opened, max_pixels)
        size = (height, width) if lies_on_its_side(opened) else (width, height)
    return PageImage(image, size)
