"""The pictures of a page that a browser shows: a readable one and a thumbnail."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from documents import storage
from documents.models import Page, Pictured

# Sharp at full width on most screens; a page of 300 dpi loses a third of its resolution.
_READABLE = 2000
_THUMBNAIL = 400
_TURNS = {
    90: Image.Transpose.ROTATE_270,  # Pillow counts against the clock
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


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


def pictures_of(*, page: Page, image: Image.Image, rotation: int) -> Pictures:
    """Pictures of ``image`` turned by ``rotation`` degrees clockwise. A page that has them keeps its own."""
    if page.image and page.rotation == rotation:
        return pictures_on(page)
    width, height = image.size if rotation in (0, 180) else image.size[::-1]
    readable = _smaller(image, _READABLE)
    if rotation:
        readable = readable.transpose(_TURNS[rotation])
    return Pictures(
        width=width,
        height=height,
        rotation=rotation,
        image=_save(page, readable, "image", quality=80),
        thumbnail=_save(page, _smaller(readable, _THUMBNAIL), "thumbnail", quality=75),
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


def _save(page: Page, image: Image.Image, kind: str, *, quality: int) -> str:
    file = BytesIO()
    image.save(file, "JPEG", quality=quality)
    return storage.save_bytes(file.getvalue(), storage.picture_name(page.document_id, page.number, kind))
