"""Images as pages: each as it came where a PDF can hold that, else without loss.

JPEG, JPEG 2000 and most PNGs go in byte for byte. What else has no loss (TIFF, GIF, BMP, …) stays so, in
CCITT Group 4 or Flate. Photos in formats that a PDF does not know (HEIC, AVIF, WebP) become JPEGs of high
quality.
"""

import logging
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import img2pdf
from pikepdf import Dictionary, Pdf, Stream
from PIL import Image, ImageFile

from documents.errors import FileDamaged, PageDamaged, PageMissing
from documents.ocr.files import image_file
from documents.ocr.files.filetypes import FileType, read_type
from documents.ocr.files.normalise import orientation
from documents.ocr.options import Limits
from documents.ocr.pdf.places import Matrix, page_size, turned_square

logging.getLogger("img2pdf").setLevel(logging.ERROR)  # it warns of every transparent image

_A4 = (595.28, 841.89)  # points
_AS_THEY_CAME = frozenset((".jpg", ".png", ".jp2"))
_PHOTOS = frozenset(("HEIF", "AVIF", "WEBP"))
_KEPT_MODES = frozenset(("1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"))
_IN_TIFF = frozenset(("1", "CMYK"))  # of the one, Group 4 is made; the other has no place in a PNG
_JPEG_QUALITY = 95
_PNG_LEVEL = 2  # a page of 300 dpi takes a third of the time of level 6, and a tenth more room


class _Picture(NamedTuple):
    """``content`` is a file that img2pdf takes; ``orientation`` as in EXIF."""

    content: bytes
    size: tuple[int, int]
    orientation: int = 1


def add_page(pdf: Pdf, path: Path, index: int, *, rotation: int, limits: Limits) -> int:
    """Put page ``index`` (from 0) of the image file ``path`` at the end of ``pdf``, turned by ``rotation``
    degrees clockwise to be upright. Returns the bytes that it takes.

    An empty page stands for one that is damaged. Raises TooManyPixels, TooManyPages, OSError.
    """
    file_type = read_type(path)
    try:
        with image_file.opened(path, file_type) as image:
            image_file.seek_page(image, index, limits)
            dpi = _dpi(image)
            picture, holder = _held(path, file_type, image)
    except (FileDamaged, PageDamaged, PageMissing):
        pdf.add_blank_page(page_size=_A4)
        return 0
    turn = turned_square(rotation, picture.orientation)
    _draw(pdf, holder, turn, _turned_size(page_size(picture.size, dpi), turn))
    return len(picture.content)


def _dpi(image: Image.Image) -> tuple[float, float] | None:
    across, down = image.info.get("dpi", (0, 0))
    return (float(across), float(down)) if across and down else None


def _held(path: Path, file_type: FileType, image: ImageFile.ImageFile) -> tuple[_Picture, Pdf]:
    """The picture, and a PDF that holds it. Raises PageDamaged, OSError."""
    if file_type.extension in _AS_THEY_CAME:
        picture = _as_it_came(path, image)
        try:
            return picture, _converted(picture)
        except Exception:  # noqa: BLE001 - this very class is what img2pdf raises on what it cannot embed
            picture = _without_loss(image_file.read(image, None))
    else:
        picture = _decoded(file_type, image)
    return picture, _converted(picture)


def _as_it_came(path: Path, image: ImageFile.ImageFile) -> _Picture:
    content = path.read_bytes()
    # Pillow decodes a whole PNG to look whether EXIF follows the pixels.
    has_exif = image.format != "PNG" or b"eXIf" in content or b"Raw profile type exif" in content
    return _Picture(content, image.size, orientation(image) if has_exif else 1)


def _decoded(file_type: FileType, image: ImageFile.ImageFile) -> _Picture:
    """The frame at which ``image`` stands. Raises PageDamaged."""
    if file_type.plugin in _PHOTOS:
        return _photo(image_file.read(image, None))
    with image_file.damage_as(PageDamaged):
        image.load()
    if image.mode not in _KEPT_MODES:
        return _without_loss(image_file.read(image, None))
    return _without_loss(image)._replace(orientation=orientation(image))


def _photo(image: Image.Image) -> _Picture:
    file = BytesIO()
    profile = image.info.get("icc_profile")
    image.save(file, "JPEG", quality=_JPEG_QUALITY, subsampling="4:4:4", icc_profile=profile)
    return _Picture(file.getvalue(), image.size)


def _without_loss(image: Image.Image) -> _Picture:
    file = BytesIO()
    profile = image.info.get("icc_profile")
    if image.mode in _IN_TIFF:
        # A copy is without the tags of the TIFF that it may come from.
        image.copy().save(file, "TIFF", compression="raw", icc_profile=profile)
    else:
        image.save(file, "PNG", compress_level=_PNG_LEVEL, icc_profile=profile)
    return _Picture(file.getvalue(), image.size)


def _converted(picture: _Picture) -> Pdf:
    pdf = img2pdf.convert(
        picture.content,
        layout_fun=_any_page,
        rotation=img2pdf.Rotation.none,
        first_frame_only=True,
        nodate=True,
    )
    return Pdf.open(BytesIO(pdf))


def _any_page(*_size: object) -> tuple[float, float, float, float]:
    """For img2pdf, which wants to make a page: ours is another one."""
    return (*_A4, *_A4)


def _turned_size(size: tuple[float, float], turn: Matrix) -> tuple[float, float]:
    return size if turn.a else size[::-1]


def _draw(pdf: Pdf, holder: Pdf, turn: Matrix, size: tuple[float, float]) -> None:
    page = pdf.add_blank_page(page_size=size)
    [image] = holder.pages[0].resources.XObject.as_dict().values()
    page.obj.Resources = Dictionary(XObject=Dictionary(Image=pdf.copy_foreign(image)))
    place = turn.then(Matrix(size[0], 0, 0, size[1]))
    page.obj.Contents = Stream(pdf, b"q %s cm /Image Do Q" % place.operands())
