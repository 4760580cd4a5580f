"""What a PNG says behind its pixels, without decoding them: some programs write its EXIF there."""

import struct
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from documents.ocr.files import normalise

_SIGNATURE = 8  # bytes before the first chunk (PNG specification, 5.2)
_HEAD = struct.Struct(">I4s")  # of a chunk: how long its data is, and what it is (5.3)
_CHECKSUM = 4  # bytes behind the data
# 300 megapixels in colour in chunks of 8 KB, as libpng writes them, are 110,000: more is no picture.
_MOST_CHUNKS = 500_000
_LONGEST = 1 << 20  # bytes; EXIF has 64 KB at most in a JPEG


def orientation(path: Path) -> int:
    """That of the last eXIf chunk of the PNG at ``path``, as EXIF counts it from 1 (upright) to 8."""
    image = Image.new("1", (1, 1))
    with path.open("rb") as file:
        for kind, length in islice(_chunks(file), _MOST_CHUNKS):
            if kind == b"eXIf" and length <= _LONGEST:
                image.info["exif"] = b"Exif\0\0" + file.read(length)
    return normalise.orientation(image)


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """What each chunk is and how many bytes it has, ``file`` standing before them."""
    place = _SIGNATURE
    while len(head := _read_at(file, place)) == _HEAD.size:
        length, kind = _HEAD.unpack(head)
        yield kind, length
        place += _HEAD.size + length + _CHECKSUM


def _read_at(file: BinaryIO, place: int) -> bytes:
    file.seek(place)
    return file.read(_HEAD.size)
