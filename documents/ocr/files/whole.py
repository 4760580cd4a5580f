"""Whether all of a file is there, told from how its format ends, without decoding it.

A scanner or a network that pauses leaves a file that opens well and of which the lower part is missing.
"""

import json
import math
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from PIL import ExifTags, ImageFile, TiffImagePlugin

from documents.errors import DrawingKilled, PageDamaged, PageTooComplex
from documents.ocr.files import image_file
from documents.ocr.files.apart import environment, program, raise_told
from documents.ocr.files.filetypes import PDF, TIFF, read_type
from documents.ocr.options import Limits

# Not always the very last bytes: readers look for it in so many (PDF Reference 1.7, H.3, note 18).
_PDF_END, _PDF_TAIL = b"%%EOF", 1024
_PNG_SIGNATURE, _PNG_FRAME = 8, 12  # bytes before the first chunk, and of a chunk besides its data
_PNG_END = b"\0\0\0\0IEND\xae\x42\x60\x82"  # PNG, 11.2.5: without data, and its CRC
_START_OF_SCAN, _END_OF_IMAGE = b"\xff\xda", b"\xff\xd9"  # ITU-T T.81, table B.1
_FILL = b"\xff"  # ITU-T T.81, B.1.1.2: as many as one likes before a marker
_NETPBM = re.compile(rb"P([456])(?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)?")
_HEAD = 1024  # bytes; more comments than that are no picture
_AT_ONCE = 1 << 20  # bytes
_FILL_AT_ONCE = 1 << 16  # bytes; as a rule there are none
# Chunks, segments or boxes that are walked through. A gigabyte has room for 100 million: minutes.
_MOST_PARTS = 10_000
# Where a page of a TIFF has its pixels, and how many bytes they take (TIFF 6.0, pages 39, 40 and 67).
_PIXELS = (
    (ExifTags.Base.StripOffsets, ExifTags.Base.StripByteCounts),
    (ExifTags.Base.TileOffsets, ExifTags.Base.TileByteCounts),
)


def is_whole(path: Path, limits: Limits) -> bool:
    """Whether the image or PDF at ``path`` reaches as far as it says.

    Formats that do not say pass, and so does damage in the middle. Raises FileMissing, FileEmpty,
    UnknownType, OSError; of a TIFF also FileDamaged, TooManyPixels, TooManyPages.
    """
    file_type = read_type(path)
    if file_type == TIFF:
        return _tiff_is_whole(path, limits)
    with path.open("rb") as file:
        data = _Bytes(file)
        return _pdf_is_whole(data) if file_type == PDF else _ENDS[file_type.plugin](data)


class _Bytes:
    """Those of an open file, of which few are read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = file.seek(0, os.SEEK_END)

    def at(self, place: int, length: int) -> bytes:
        """As many as there are of them."""
        self._file.seek(place)
        return self._file.read(length)

    def number(self, place: int, length: int) -> int:
        """The most significant byte first."""
        return int.from_bytes(self.at(place, length), "big")

    def have(self, wanted: bytes, place: int) -> bool:
        """Whether ``wanted`` is found at ``place`` or behind it."""
        while piece := self.at(place, _AT_ONCE):
            if wanted in piece:
                return True
            place += max(1, len(piece) - len(wanted) + 1)
        return False

    def behind_fill(self, place: int) -> int:
        """The first place from ``place`` on where something else stands, or the end."""
        while piece := self.at(place, _FILL_AT_ONCE):
            rest = piece.lstrip(_FILL)
            place += len(piece) - len(rest)
            if rest:
                break
        return place


def require_readable(path: Path, limits: Limits) -> None:
    """Raises PageDamaged for an image file that is not whole, if its only page cannot be decoded for that.

    A PDF tells when it is opened. An image is decoded by a process of its own: one that crashes there is for
    the worker to tell of. Raises also what `is_whole` does.
    """
    if read_type(path) == PDF or is_whole(path, limits) or _pages(path, limits) > 1:
        return
    request = {"path": str(path.absolute()), "limits": asdict(limits)}
    try:
        done = subprocess.run(
            program("documents.ocr.files.whole_child"),
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=limits.timeout,
            env=environment(),
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return
    with suppress(DrawingKilled, PageTooComplex):
        raise_told(json.loads(done.stdout))


def _pages(path: Path, limits: Limits) -> int:
    with image_file.opened(path, read_type(path)) as image:
        return len(image_file.frames(image, limits))


def _tiff_is_whole(path: Path, limits: Limits) -> bool:
    size = path.stat().st_size
    with image_file.opened(path, TIFF) as image:
        for frame in image_file.frames(image, limits):
            try:
                with image_file.damage_as(PageDamaged):
                    image.seek(frame)
                    end = _end_of_pixels(image)
            except PageDamaged:
                return False
            if end > size:
                return False
    return True


def _end_of_pixels(image: ImageFile.ImageFile) -> int:
    """Bytes from the beginning of the file to behind the frame at which ``image`` stands."""
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return 0
    ends = [0]
    for where, how_many in _PIXELS:
        offsets, counts = image.tag_v2.get(where, ()), image.tag_v2.get(how_many, ())
        if isinstance(offsets, tuple) and isinstance(counts, tuple):
            ends += [offset + count for offset, count in zip(offsets, counts, strict=False)]
    return max(ends)


def _pdf_is_whole(data: _Bytes) -> bool:
    """One to which pages are added has all before them, with an end of its own: it opens though it is cut."""
    return _PDF_END in data.at(max(0, data.size - _PDF_TAIL), _PDF_TAIL)


def _png_is_whole(data: _Bytes) -> bool:
    place = _PNG_SIGNATURE
    for _chunk in range(_MOST_PARTS):
        if place >= data.size:
            return False
        length, kind = data.number(place, 4), data.at(place + 4, 4)
        place += _PNG_FRAME + length
        if kind == b"IEND":
            return place <= data.size
    return data.have(_PNG_END, place)


def _jpeg_is_whole(data: _Bytes) -> bool:
    """The end is looked for behind the beginning of the pixels, as a thumbnail before them has one, too.

    Among the pixels there is none; phones put a film or further pictures behind it.
    """
    place = 2
    for _segment in range(_MOST_PARTS):
        marker = data.at(place, 2)
        if marker[:1] != _FILL:
            return False
        if marker == _START_OF_SCAN:
            break
        if marker == 2 * _FILL:
            place = data.behind_fill(place) - 1
        else:
            place += 2 + data.number(place + 2, 2)
    return data.have(_END_OF_IMAGE, place)


def _gif_is_whole(data: _Bytes) -> bool:
    return data.at(data.size - 1, 1) == b";"


def _webp_is_whole(data: _Bytes) -> bool:
    return int.from_bytes(data.at(4, 4), "little") + 8 <= data.size


def _bmp_is_whole(data: _Bytes) -> bool:
    return int.from_bytes(data.at(2, 4), "little") <= data.size


def _jpeg2000_is_whole(data: _Bytes) -> bool:
    """A codestream ends like a JPEG; boxes may have more behind it."""
    if data.at(data.size - 2, 2) == _END_OF_IMAGE:
        return True
    return data.at(4, 4) == b"jP  " and _boxes_are_whole(data)


def _boxes_are_whole(data: _Bytes) -> bool:
    """None reaches beyond the end: of ISO base media files (ISO/IEC 14496-12, 4.2) and of JPEG 2000."""
    return all(end <= data.size for end in islice(_ends_of_boxes(data), _MOST_PARTS))


def _ends_of_boxes(data: _Bytes) -> Iterator[int]:
    place = 0
    while place < data.size:
        head, length = 8, data.number(place, 4)
        if length == 0:  # to the end of the file, wherever that is
            return
        if length == 1:  # too long for four bytes
            head, length = 16, data.number(place + 8, 8)
        place += max(head, length)
        yield place


def _netpbm_is_whole(data: _Bytes) -> bool:
    """Those that are written in digits (P1 to P3) do not say."""
    found = _NETPBM.match(data.at(0, _HEAD))
    if not found:
        return True
    kind, width, height = int(found[1]), int(found[2]), int(found[3])
    if kind == 4:  # a bit for a pixel, and no largest value
        return found.end(3) + 1 + math.ceil(width / 8) * height <= data.size
    samples = width * height * (3 if kind == 6 else 1)
    deep = 2 if int(found[4] or 0) > 255 else 1
    return found.end() + 1 + samples * deep <= data.size


# By Pillow's name of the format.
_ENDS: dict[str, Callable[[_Bytes], bool]] = {
    "PNG": _png_is_whole,
    "JPEG": _jpeg_is_whole,
    "GIF": _gif_is_whole,
    "WEBP": _webp_is_whole,
    "BMP": _bmp_is_whole,
    "JPEG2000": _jpeg2000_is_whole,
    "PPM": _netpbm_is_whole,
    "AVIF": _boxes_are_whole,
    "HEIF": _boxes_are_whole,
}
