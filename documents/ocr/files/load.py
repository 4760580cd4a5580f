"""What is this file, and what does its page look like? The door through which every file comes in.

Files are opened under limits, as the type that their content has, and their pages are handed on
upright, in 8-bit grey or colour. PDFs are opened in child processes.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PIL import Image
from PIL.ImageFile import ImageFile

from documents.errors import PasswordNeeded, TooManyPages
from documents.ocr.elements import Box
from documents.ocr.files import image_file, pdf_file, png_end
from documents.ocr.files.canvas import Part
from documents.ocr.files.excerpts import Stored, excerpt
from documents.ocr.files.filetypes import PDF, TIFF, FileType, read_type
from documents.ocr.files.normalise import QUARTERS, lies_on_its_side, orientation
from documents.ocr.files.painter import draw, draw_part
from documents.ocr.options import Limits, fitting_size

# Pixels. What is larger is opened by a process of its own, in parts or made smaller: Pillow takes 4 bytes for
# a pixel in colour, and at times as much again.
_LARGE = 40_000_000

Closer = Callable[[Box, tuple[int, int]], Image.Image]


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

    ``size`` is its width and height in the file, in pixels: those of ``image`` unless it was made smaller.
    Then ``closer`` shows what a box of those pixels holds, as large as it is told (width, height; give or
    take a pixel), as long as the file is there; it raises PageDamaged, PageTooComplex, DrawingKilled.
    """

    image: Image.Image
    size: tuple[int, int]
    closer: Closer | None = None


def inspect(path: Path, *, limits: Limits, password: str | None = None) -> FileInfo:
    """Recognise a file from its content and count its pages; nothing is decoded.

    Raises FileMissing, FileEmpty, UnknownType, FileDamaged, TooManyPixels, TooManyPages, PasswordWrong and,
    of a PDF, DrawingKilled. A locked PDF without a password is no error but ``is_locked``.
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
    """The image of page ``index`` (from 0), with at most ``max_pixels`` pixels and, where that is told,
    sides of MAX_SIDE at most.

    Raises PageMissing, PageDamaged and, like `inspect`, FileMissing, FileEmpty, UnknownType,
    FileDamaged, TooManyPixels, TooManyPages; of a PDF PageTooComplex, DrawingKilled, and
    PasswordNeeded while it is locked (see `pdf_file.unlock`); of a large image
    PageTooComplex and DrawingKilled.
    """
    file_type = read_type(path)
    if file_type == PDF:
        return _drawn(path, index, limits, max_pixels)
    with image_file.opened(path, file_type) as opened:
        image_file.seek_page(opened, index, limits)
        stored = _stored(path, opened, file_type)
        if max_pixels and math.prod(stored.size) > max(_LARGE, max_pixels):
            if file_type.plugin == "PNG" and "exif" not in opened.info:
                stored = replace(stored, orientation=png_end.orientation(path))
            return _large(stored, opened.info.get("icc_profile", b""), limits, max_pixels)
        width, height = opened.size
        image = image_file.read(opened, max_pixels)
        if file_type.plugin == "PNG":  # now its end is known too
            stored = replace(stored, orientation=orientation(opened))
        size = (height, width) if lies_on_its_side(opened) else (width, height)
    is_whole = image.size == size or size != stored.upright_size
    return PageImage(image, size, None if is_whole else partial(excerpt, stored, timeout=limits.timeout))


def _drawn(path: Path, index: int, limits: Limits, max_pixels: int | None) -> PageImage:
    drawn = draw(path, index, limits=limits, max_pixels=max_pixels)

    def closer(box: Box, size: tuple[int, int]) -> Image.Image:
        return draw_part(path, index, Part(*box, width=size[0]), limits=limits)

    return PageImage(drawn.image, drawn.size, None if drawn.image.size == drawn.size else closer)


def _large(stored: Stored, profile: bytes, limits: Limits, max_pixels: int) -> PageImage:
    closer = partial(excerpt, stored, timeout=limits.timeout)
    width, height = stored.upright_size
    image = closer(Box(0, 0, width, height), fitting_size((width, height), max_pixels))
    image.info = image_file.fitting_profile(image.mode, profile)
    return PageImage(image, stored.upright_size, closer)


def _stored(path: Path, opened: ImageFile, file_type: FileType) -> Stored:
    """Pillow tells the upright size of a TIFF, and would decode a PNG to look for EXIF at its end."""
    is_told = file_type.plugin != "PNG" or "exif" in opened.info
    turn = orientation(opened) if is_told else 1
    width, height = opened.size
    if file_type == TIFF and turn in QUARTERS:
        width, height = height, width
    return Stored(path, file_type.plugin, opened.tell(), (width, height), turn)


def in_memory(image: Image.Image, max_pixels: int) -> PageImage:
    """``image`` (mode L or RGB) as an opened page, of which at most ``max_pixels``, and MAX_SIDE on each
    side, are looked at at once."""
    size = fitting_size(image.size, max_pixels)
    if size == image.size:
        return PageImage(image, size)
    return PageImage(part_of(image, Box(0, 0, *image.size), size), image.size, partial(part_of, image))


def part_of(image: Image.Image, box: Box, size: tuple[int, int]) -> Image.Image:
    """What ``box`` of ``image`` holds, with ``size`` pixels."""
    return image.resize(size, Image.Resampling.HAMMING, box)
