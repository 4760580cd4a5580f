"""The pictures of a page that a browser shows: a readable one and a thumbnail."""

from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from documents import storage
from documents.models import Page, Pictured
from documents.ocr.clean import rotate
from documents.ocr.files.load import PageImage

READABLE = 2000
"""Pixels of the longer side: sharp at full width on most screens; a page of 300 dpi loses a third."""

_THUMBNAIL = 400


@dataclass(frozen=True, slots=True)
class Pictures:
    """The fields of ``models.Pictured``."""

    width: int
    height: int
    rotation: int
    image: str
    thumbnail: str


def pictures_on(row: Pictured) -> Pictures:
    """Those that ``row`` has."""
    return Pictures(row.width, row.height, row.rotation, row.image, row.thumbnail)


def pictures_of(*, page: Page, opened: PageImage, rotation: int, undo: ExitStack) -> Pictures:
    """Pictures of the page turned by ``rotation`` degrees clockwise; ``undo`` learns how to remove new ones.

    A page that has them keeps its own. Raises StorageDown, StorageFull.
    """
    if page.image and page.rotation == rotation:
        return pictures_on(page)
    width, height = opened.size
    readable = rotate(_smaller(opened.image, READABLE), rotation)
    profile = opened.image.info.get("icc_profile")

    def save(image: Image.Image, kind: str, quality: int) -> str:
        file = BytesIO()
        image.save(file, "JPEG", quality=quality, icc_profile=profile)
        name = storage.save_bytes(file.getvalue(), storage.picture_name(page.document_id, page.number, kind))
        undo.callback(storage.delete, [name])
        return name

    return Pictures(
        width=height if rotation in (90, 270) else width,
        height=width if rotation in (90, 270) else height,
        rotation=rotation,
        image=save(readable, "image", 80),
        thumbnail=save(_smaller(readable, _THUMBNAIL), "thumbnail", 75),
    )


def _smaller(image: Image.Image, side: int) -> Image.Image:
    """``image`` with its longer side at most ``side`` pixels."""
    factor = side / max(image.size)
    if factor >= 1:
        return image
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    # The gap averages whole pixels first, which is much faster than the filter over all of them; this
    # filter is as sharp as BICUBIC on the way down, in 0.6 of its time.
    return image.resize(size, Image.Resampling.HAMMING, reducing_gap=1.5)
