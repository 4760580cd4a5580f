"""Pages cut into pieces: the work of the child processes of `pieces`."""

import json
import math
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image

from documents.errors import OcrsiteError
from documents.ocr.clean import rotate
from documents.ocr.files.apart import limit_memory, told
from documents.ocr.files.load import open_page
from documents.ocr.files.pieces import SIDE, PageSource, levels, name_of, size_at
from documents.ocr.options import Limits

_QUALITY = 82
# Bytes of address space. 120 megapixels in colour take 0.4 GB, and twice that while they are turned.
_MEMORY = 3 << 30


def main() -> None:
    limit_memory(_MEMORY)
    request = json.load(sys.stdin)
    source = request["source"]
    page = PageSource(Path(source["path"]), source["index"], source["rotation"], tuple(source["size"]))
    answer: dict[str, object] = {}
    try:
        _cut(page, Path(request["target"]), request["picture"], Limits(**request["limits"]))
    except (OcrsiteError, OSError) as error:
        answer = told(error)
    json.dump(answer, sys.stdout)


def _cut(source: PageSource, target: Path, picture: int, limits: Limits) -> None:
    wanted = levels(source.size, picture=picture)
    image = _largest(source, wanted.start, limits)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as pieces:
        for level in wanted:
            if level > wanted.start:
                image = image.reduce(2)
            for name, jpeg in _pieces_of(image, level):
                pieces.writestr(name, jpeg)


def _largest(source: PageSource, level: int, limits: Limits) -> Image.Image:
    """The upright page at ``level``."""
    size = size_at(source.size, level)
    opened = open_page(source.path, source.index, limits=limits, max_pixels=math.prod(size))
    image = rotate(opened.image, source.rotation)
    # By a pixel, where a side is odd, or more, where a PDF is drawn smaller for others than for its worker.
    return image if image.size == size else image.resize(size, Image.Resampling.HAMMING)


def _pieces_of(image: Image.Image, level: int) -> Iterator[tuple[str, bytes]]:
    profile = image.info.get("icc_profile")
    for y, top in enumerate(range(0, image.height, SIDE)):
        for x, left in enumerate(range(0, image.width, SIDE)):
            corner = min(left + SIDE, image.width), min(top + SIDE, image.height)
            file = BytesIO()
            part = image.crop((left, top, *corner))
            part.save(file, "JPEG", quality=_QUALITY, icc_profile=profile)
            yield name_of(level, x, y), file.getvalue()


if __name__ == "__main__":
    main()
