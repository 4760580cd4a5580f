"""Pages prepared as for an engine, and cut into pieces: the work of the child processes of `seen`."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
from PIL import Image

from documents.ocr.clean import rotate, sheets, tidied
from documents.ocr.clean.on_page import on_page
from documents.ocr.clean.prepared import Prepared
from documents.ocr.detection.vertical import are_vertical
from documents.ocr.elements import Cure
from documents.ocr.files.apart import answer
from documents.ocr.files.cutting import MEMORY, pieces_of
from documents.ocr.files.load import open_page
from documents.ocr.files.pieces import PageSource, size_at
from documents.ocr.files.seen import ABOUT, Seen
from documents.ocr.options import Cleaning, Limits, Options


def main() -> None:
    answer(_see_as_asked, memory=MEMORY)


def _see_as_asked(request: dict[str, Any]) -> None:
    source = PageSource.of_plain(request["source"])
    options = Options(tuple(request["languages"]), cleaning=Cleaning(request["cleaning"]))
    try:
        see(source, Path(request["target"]), options, Limits(**request["limits"]))
    except cv2.error as error:
        if error.code != cv2.Error.StsNoMem:
            raise
        raise MemoryError from error


def see(source: PageSource, target: Path, options: Options, limits: Limits) -> None:
    """Write the pieces of the page, as it is prepared with ``options``, to ``target``."""
    seen, image = _seen(source, options, limits)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as pieces:
        pieces.writestr(ABOUT, seen.packed())
        for level in seen.levels:
            for name, jpeg in pieces_of(_at(image, level), level, 0):
                pieces.writestr(name, jpeg)


def _seen(source: PageSource, options: Options, limits: Limits) -> tuple[Seen, Image.Image]:
    """What is known of the prepared page, and what it looks like on the page."""
    page, prepared, is_smaller = _prepared(source, options, limits)
    image = on_page(page, source.rotation, prepared)
    treatments = dict.fromkeys(treatment for sheet in prepared for treatment in sheet.treatments)
    return Seen(image.size, is_smaller, _degrees(prepared), tuple(treatments)), image


def _prepared(
    source: PageSource, options: Options, limits: Limits
) -> tuple[Image.Image, Sequence[Prepared], bool]:
    """The page turned upright, what an engine sees of it, and whether both are smaller than the page is.

    The page as it lies in its file goes with this frame: a large one would be held twice, turned and not.
    """
    opened = open_page(source.path, source.index, limits=limits, max_pixels=options.max_pixels)
    tidy, downwards = tidied(opened.image, options), are_vertical(options.languages)
    prepared = sheets(tidy, source.rotation, options, downwards=downwards)
    return rotate(opened.image, source.rotation), prepared, opened.image.size != opened.size


def _degrees(prepared: Sequence[Prepared]) -> float:
    """By how many the whole page was straightened; facing pages are, each by itself."""
    if len(prepared) != 1:
        return 0.0
    return sum((amount for cure, amount in prepared[0].treatments if cure == Cure.STRAIGHTENED), 0.0)


def _at(image: Image.Image, level: int) -> Image.Image:
    size = size_at(image.size, level)
    return image if level == 0 else image.resize(size, Image.Resampling.HAMMING, reducing_gap=2.0)


if __name__ == "__main__":
    main()
