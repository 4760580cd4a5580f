"""What is this file, and what does its page look like? The door through which every file comes in.

Files are opened under limits, as the type that their content has, and their pages are handed on
upright, in 8-bit grey or colour. ``inspect_apart`` and ``unlock_apart`` are the forms for a web
process: they leave a PDF to a child process.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from documents.errors import PageDamaged, PageMissing, PasswordNeeded, TooManyPages
from documents.ocr import pictures, raster
from documents.ocr.filetypes import PDF, FileType, read_type
from documents.ocr.normalise import normalise
from documents.ocr.options import Limits
from documents.ocr.pdf_file import page_count, page_count_apart, unlock, unlock_apart

__all__ = [
    "FileInfo",
    "PageImage",
    "inspect",
    "inspect_apart",
    "normalise",
    "open_page",
    "unlock",
    "unlock_apart",
]


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

    ``scale`` is the number of file pixels per image pixel: 1.0 unless it was scaled down.
    """

    image: Image.Image
    scale: float = 1.0


def inspect(path: Path, *, limits: Limits, password: str | None = None) -> FileInfo:
    """Recognise a file from its content and count its pages; nothing is decoded.

    Raises FileMissing, FileEmpty, UnknownType, FileDamaged, TooManyPixels, TooManyPages and
    PasswordWrong. A locked PDF without a password is no error but ``is_locked``.
    """
    return _inspect(path, limits, lambda: page_count(path, password))


def inspect_apart(
    path: Path, *, limits: Limits, password: str | None = None, timeout: float = 60.0
) -> FileInfo:
    """``inspect`` for a web process: a PDF is opened in a child process, for ``timeout`` seconds at most."""
    return _inspect(path, limits, lambda: page_count_apart(path, password, timeout=timeout))


def _inspect(path: Path, limits: Limits, count_pdf_pages: Callable[[], int]) -> FileInfo:
    file_type = read_type(path)
    if file_type != PDF:
        with pictures.opened(path, file_type) as image:
            return _info(file_type, len(pictures.frames(image, limits)))
    try:
        pages = count_pdf_pages()
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
    FileDamaged, TooManyPixels, TooManyPages; of a PDF PageTooComplex, and PasswordNeeded while it is
    locked (see `unlock`).
    """
    file_type = read_type(path)
    if file_type == PDF:
        image, _dpi = raster.render(path, index, limits=limits, max_pixels=max_pixels)
        return PageImage(image)
    with pictures.opened(path, file_type) as image_file:
        frames = pictures.frames(image_file, limits, until=index)
        if not 0 <= index < len(frames):
            raise PageMissing(number=index + 1, pages=len(frames))
        with pictures.damage_as(PageDamaged):
            image_file.seek(frames[index])
        file_side = max(image_file.size)
        image = pictures.read(image_file, max_pixels)
    return PageImage(image, file_side / max(image.size))
