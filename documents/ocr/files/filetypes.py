"""What kind of file this is, told from its first bytes and never from its name."""

import re
from pathlib import Path
from typing import NamedTuple

from documents.errors import FileEmpty, FileMissing, UnknownType


class FileType(NamedTuple):
    media_type: str
    extension: str  # with its dot
    plugin: str  # Pillow's name of the format; empty for PDF


PDF = FileType("application/pdf", ".pdf", "")
TIFF = FileType("image/tiff", ".tif", "TIFF")
_AVIF = FileType("image/avif", ".avif", "AVIF")
_HEIC = FileType("image/heic", ".heic", "HEIF")

_SIGNATURES = tuple(
    (re.compile(pattern, re.DOTALL), file_type)
    for pattern, file_type in (
        (rb"\x89PNG\r\n\x1a\n", FileType("image/png", ".png", "PNG")),
        (rb"\xff\xd8\xff", FileType("image/jpeg", ".jpg", "JPEG")),
        (rb"GIF8[79]a", FileType("image/gif", ".gif", "GIF")),
        (rb"II[*+]\0|MM\0[*+]", TIFF),  # + is BigTIFF
        (rb"RIFF.{4}WEBP", FileType("image/webp", ".webp", "WEBP")),
        # “BM” alone also begins many a text; the length of the second header tells a bitmap.
        (rb"BM.{12}[\x0c\x10\x28\x34\x38\x40\x6c\x7c]\0\0\0", FileType("image/bmp", ".bmp", "BMP")),
        (rb"\0\0\0\x0cjP  \r\n\x87\n", FileType("image/jp2", ".jp2", "JPEG2000")),
        (rb"\xff\x4f\xff\x51", FileType("image/j2c", ".j2k", "JPEG2000")),
        (rb"P[14]\s+[\d#]", FileType("image/x-portable-bitmap", ".pbm", "PPM")),
        (rb"P[25]\s+[\d#]", FileType("image/x-portable-graymap", ".pgm", "PPM")),
        (rb"P[36]\s+[\d#]", FileType("image/x-portable-pixmap", ".ppm", "PPM")),
    )
)
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}

# PDF 1.7, annex H, note 13: readers accept the header anywhere in the first 1,024 bytes.
_HEAD_LENGTH = 1024


def read_type(path: Path) -> FileType:
    """The type of the file at ``path``. Raises FileMissing, FileEmpty, UnknownType, OSError."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_LENGTH)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise FileMissing(name=path.name) from error
    if not head:
        raise FileEmpty
    if file_type := type_of(head):
        return file_type
    raise UnknownType


def type_of(head: bytes) -> FileType | None:
    """The type of a file that begins with ``head`` (1,024 bytes are enough)."""
    for signature, file_type in _SIGNATURES:
        if signature.match(head):
            return file_type
    if head[4:8] == b"ftyp":
        return _type_of_brands(head)
    return PDF if b"%PDF-" in head else None


def _type_of_brands(head: bytes) -> FileType | None:
    """AVIF and HEIF share one container; the brands of its first box tell them apart."""
    box = head[8 : int.from_bytes(head[:4], "big")]
    brands = {box[start : start + 4] for start in range(0, len(box), 4)}
    if brands & _AVIF_BRANDS:
        return _AVIF
    return _HEIC if brands & _HEIF_BRANDS else None
