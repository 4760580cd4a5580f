"""Image files through Pillow: headers under limits, pages, pixels."""

import ctypes
import errno
import io
import math
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pillow_heif
from PIL import ExifTags, Image, ImageFile, TiffImagePlugin, _imaging

from documents.errors import FileDamaged, FileTooLarge, InputError, PageDamaged, PageMissing, TooManyPages
from documents.ocr.files.filetypes import FileType
from documents.ocr.files.normalise import normalise
from documents.ocr.options import Limits, fitting_size, shrink_factor

pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

# Pillow's own limit is one for the whole process, only warns up to twice its value, and is lower than
# the limits that callers may give. `Limits.check_pixels` refuses before a pixel is decoded instead.
Image.MAX_IMAGE_PIXELS = None

# What is the matter with a damaged file is said by our own errors. Pillow's warnings and libtiff's complaints
# would reach the log of a worker, without the name of the file; libtiff is found through what links it.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
_libtiff = ctypes.CDLL(_imaging.__file__)
if hasattr(_libtiff, "TIFFSetErrorHandler"):  # it is hidden where Pillow was built with its own copy inside
    _libtiff.TIFFSetErrorHandler(None)
    _libtiff.TIFFSetWarningHandler(None)

# What Pillow and the libraries below it raise on damaged data, found by feeding it damaged data.
_DECODER_ERRORS = (
    SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, AssertionError, EOFError, RuntimeError,
    struct.error, zlib.error,
)  # fmt: skip

_REDUCED_OR_MASK = 0b101  # bits of NewSubfileType (TIFF 6.0, page 36): a smaller copy, a transparency mask
_COPIES = 10  # frames that one page of a TIFF may have: itself, its smaller copies and its mask
_PROFILE_SPACES = {"L": b"GRAY", "RGB": b"RGB "}  # bytes 16 to 19 of an ICC profile (ICC.1, 7.2.6)
_BAND = 256  # rows

# The libraries for these take the whole file into memory, twice, to read its header. No photo is so large.
_READ_WHOLE = frozenset(("WEBP", "AVIF", "HEIF"))
_LARGEST_READ_WHOLE = 50_000_000  # bytes


@contextmanager
def damage_as(damaged: type[InputError]) -> Iterator[None]:
    """Turn what a decoder raises on damaged data into ``damaged``; errors of the disk stay what they are."""
    try:
        yield
    except OSError as error:
        # Pillow's own OSErrors carry no number; EINVAL comes of an offset that a file made up.
        if error.errno not in (None, errno.EINVAL):
            raise
        raise damaged from error
    except _DECODER_ERRORS as error:
        raise damaged from error


@contextmanager
def opened(path: Path, file_type: FileType) -> Iterator[ImageFile.ImageFile]:
    """The image at ``path``, its header read and nothing decoded.

    Raises FileTooLarge, FileDamaged, OSError.
    """
    if file_type.plugin in _READ_WHOLE and path.stat().st_size > _LARGEST_READ_WHOLE:
        raise FileTooLarge(limit_mb=_LARGEST_READ_WHOLE // 1_000_000)
    with _HonestFile(io.FileIO(path)) as file:
        with damage_as(FileDamaged):
            image = Image.open(file, formats=[file_type.plugin])
        yield image


class _HonestFile(io.BufferedReader):
    """Reads no more than there is: a chunk that claims 2 GB would make Python reserve them first."""

    def __init__(self, raw: io.FileIO) -> None:
        super().__init__(raw)
        self._length = self.seek(0, io.SEEK_END)
        self.seek(0)

    def read(self, size: int | None = -1) -> bytes:
        left = max(0, self._length - self.tell())
        return super().read(left if size is None or size < 0 else min(size, left))


def frames(image: ImageFile.ImageFile, limits: Limits, *, until: int | None = None) -> list[int]:
    """The frames of ``image`` that are pages, each within ``limits``; the search ends with page ``until``.

    Only TIFF has pages; of an animation, a burst or a pair of stereo pictures the first is the page.
    A frame whose header cannot be read counts: opening that page says what is wrong with it.
    Raises TooManyPixels, TooManyPages.
    """
    limits.check_pixels(image.size)
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return [image.tell()]
    every: list[int] = []
    pages: list[int] = []
    for number in _walk(image):
        every.append(number)
        if not _is_copy(image):
            limits.check_pixels(image.size)
            pages.append(number)
        if max(len(pages), len(every) // _COPIES) > limits.max_pages:
            raise TooManyPages(pages=f"{limits.max_pages}+", limit=limits.max_pages)
        # One further: a damaged header is told by going back to it, not by standing there.
        if until is not None and len(pages) > until + 1:
            break
    return pages or every


def seek_page(image: ImageFile.ImageFile, index: int, limits: Limits) -> None:
    """Go to the frame that is page ``index`` (from 0).

    Raises PageMissing, PageDamaged, TooManyPixels, TooManyPages.
    """
    pages = frames(image, limits, until=index)
    if not 0 <= index < len(pages):
        raise PageMissing(number=index + 1, pages=len(pages))
    with damage_as(PageDamaged):
        image.seek(pages[index])


def _walk(image: TiffImagePlugin.TiffImageFile) -> Iterator[int]:
    """The frames of a TIFF, ``image`` standing at the one just given."""
    for number in count():
        try:
            with damage_as(PageDamaged):
                image.seek(number)
        except PageDamaged as error:
            if isinstance(error.__cause__, EOFError):
                return
            yield number
            if image.tell() != number:  # not even its link to the next frame could be read
                return
        else:
            yield number


def _is_copy(image: TiffImagePlugin.TiffImageFile) -> bool:
    kind = image.tag_v2.get(ExifTags.Base.NewSubfileType)
    return isinstance(kind, int) and bool(kind & _REDUCED_OR_MASK)


def read(image: ImageFile.ImageFile, max_pixels: int | None) -> Image.Image:
    """Decode the frame at which ``image`` stands; normalised, and of its `fitting_size`.

    Of what the file says about itself only a colour profile stays, where it fits the result.
    Raises PageDamaged.
    """
    with damage_as(PageDamaged):
        factor = shrink_factor(image.size, max_pixels)
        if factor > 1:
            # JPEG leaves out what will not be seen: a quarter of the time and memory, or less.
            image.draft(None, (math.ceil(image.width / factor), math.ceil(image.height / factor)))
        image.load()
        profile = image.info.get("icc_profile", b"")
        picture = normalise(_reduced(image, max_pixels))
        picture = _fitted(_reduced(picture, max_pixels), max_pixels)
        picture.info = fitting_profile(picture.mode, profile)
        return picture


def fitting_profile(mode: str, profile: bytes) -> dict[str | tuple[int, int], Any]:
    """What to note with a picture of ``mode`` L or RGB: its colour ``profile``, if it fits."""
    return {"icc_profile": profile} if profile[16:20] == _PROFILE_SPACES[mode] else {}


def _reduced(image: Image.Image, max_pixels: int | None) -> Image.Image:
    """Average whole blocks of pixels: quick, and before `normalise` because that takes memory."""
    factor = int(shrink_factor(image.size, max_pixels))
    if factor == 1 or image.mode not in ("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr"):
        return image
    return image.reduce(factor)


def _fitted(image: Image.Image, max_pixels: int | None) -> Image.Image:
    size = fitting_size(image.size, max_pixels)
    return image if size == image.size else _resized(image, *size)


def _resized(image: Image.Image, width: int, height: int) -> Image.Image:
    """In bands, without a seam: the whole at once would need a third more memory."""
    resized = Image.new(image.mode, (width, height))
    ratio = image.height / height
    for top in range(0, height, _BAND):
        bottom = min(top + _BAND, height)
        band = (0, top * ratio, image.width, min(bottom * ratio, image.height))
        resized.paste(image.resize((width, bottom - top), Image.Resampling.HAMMING, band), (0, top))
    return resized
