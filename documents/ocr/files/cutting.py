"""Pages cut into pieces: the work of the child processes of `pieces`."""

import math
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from PIL import Image

from documents.ocr.clean.turning import rotate, upright
from documents.ocr.elements import Box
from documents.ocr.files.apart import answer
from documents.ocr.files.closeup import close_up
from documents.ocr.files.load import PageImage, open_page
from documents.ocr.files.pieces import SIDE, PageSource, levels, name_of, size_at
from documents.ocr.options import Limits, fitting_size

_QUALITY = 82
MEMORY = 3 << 30  # bytes of address space
_WHOLE = 40_000_000  # pixels of a level that is cut as a whole; larger ones are cut in bands ...
_BAND = 20_000_000  # ... of so many, 80 MB in colour


def main() -> None:
    answer(_cut_as_asked, memory=MEMORY)


def _cut_as_asked(request: dict[str, Any]) -> None:
    source = PageSource.of_plain(request["source"])
    _cut(source, Path(request["target"]), request["picture"], Limits(**request["limits"]))


def _cut(source: PageSource, target: Path, picture: int, limits: Limits) -> None:
    wanted = levels(source.size, picture=picture)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as pieces:
        for level, rows, image in _bands(source, wanted, limits):
            for name, jpeg in pieces_of(image, level, rows):
                pieces.writestr(name, jpeg)


def _bands(source: PageSource, wanted: range, limits: Limits) -> Iterator[tuple[int, int, Image.Image]]:
    """What the pieces of each level are cut of: the level, how many rows of pieces are above, the image."""
    sizes = ((level, size_at(source.size, level)) for level in count(wanted.start))
    first = next(level for level, size in sizes if fitting_size(size, _WHOLE) == size)
    most = math.prod(size_at(source.size, first))
    opened = open_page(source.path, source.index, limits=limits, max_pixels=most)
    for level in range(wanted.start, first if opened.closer else wanted.start):
        yield from _closely(source, opened, level)
    image = rotate(opened.image, source.rotation)
    for level in range(first if opened.closer else wanted.start, wanted.stop):
        size = size_at(source.size, level)
        # By a pixel, where a side is odd, or more, where a PDF is drawn smaller here than for its worker.
        if image.size != size:
            image = image.resize(size, Image.Resampling.HAMMING, reducing_gap=2.0)
        yield level, 0, image


def _closely(source: PageSource, opened: PageImage, level: int) -> Iterator[tuple[int, int, Image.Image]]:
    """A level that is too large to be held at once, in bands as wide as the page."""
    (width, height), whole = size_at(source.size, level), upright(opened.size, source.rotation)
    rows = max(1, _BAND // (width * SIDE)) * SIDE
    down = whole[1] / height
    for top in range(0, height, rows):
        bottom = min(height, top + rows)
        part = Box(0, round(top * down), whole[0], round(bottom * down))
        yield level, top // SIDE, close_up(opened, source.rotation, part, (width, bottom - top))


def pieces_of(image: Image.Image, level: int, above: int) -> Iterator[tuple[str, bytes]]:
    """Their names and what is in them; ``above`` are the rows of pieces over ``image``."""
    profile = image.info.get("icc_profile")
    for y, top in enumerate(range(0, image.height, SIDE), start=above):
        for x, left in enumerate(range(0, image.width, SIDE)):
            corner = min(left + SIDE, image.width), min(top + SIDE, image.height)
            file = BytesIO()
            part = image.crop((left, top, *corner))
            part.save(file, "JPEG", quality=_QUALITY, icc_profile=profile)
            yield name_of(level, x, y), file.getvalue()


if __name__ == "__main__":
    main()
