"""From a file or an image to text: the library's front door."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image

from documents.ocr.elements import PageText
from documents.ocr.engines import get_engine
from documents.ocr.engines.base import checked
from documents.ocr.files.load import in_memory, inspect, open_page
from documents.ocr.files.normalise import normalise
from documents.ocr.options import Limits, Options
from documents.ocr.strips import read_opened

Source = str | os.PathLike[str] | Image.Image
Languages = str | Iterable[str] | None

_DEFAULT = Options()


def recognise(
    source: Source,
    languages: Languages = None,
    *,
    page: int = 1,
    engine: str = _DEFAULT.engine,
    max_pixels: int | None = None,
    orient: bool = _DEFAULT.orient,
    deskew: bool = _DEFAULT.deskew,
    timeout: float = _DEFAULT.timeout,
) -> PageText:
    """Read one page of an image file or PDF, or a Pillow image.

    ``languages`` are codes such as ``["eng", "rus"]`` or ``"eng+rus"``; without any they are found on the
    page. ``page`` counts from 1. An image of more than ``max_pixels`` is scaled down before it is read, or
    read in parts where its letters are small; boxes are pixels of the original all the same. ``timeout``
    is in seconds, for each part; all of them have the time that `strips.time_for` tells. Raises
    OcrsiteError's children.
    """
    options = _options(languages, engine, max_pixels, orient=orient, deskew=deskew, timeout=timeout)
    if isinstance(source, Image.Image):
        return read_opened(in_memory(normalise(source), options.max_pixels), options)
    return read_file_page(Path(source), page - 1, options)


def recognise_pages(
    path: str | os.PathLike[str],
    languages: Languages = None,
    *,
    engine: str = _DEFAULT.engine,
    max_pixels: int | None = None,
    orient: bool = _DEFAULT.orient,
    deskew: bool = _DEFAULT.deskew,
    timeout: float = _DEFAULT.timeout,
) -> Iterator[PageText]:
    """Read all pages of a file, one at a time, as `recognise` does; ``timeout`` is for each."""
    options = _options(languages, engine, max_pixels, orient=orient, deskew=deskew, timeout=timeout)
    for index in range(max(1, inspect(Path(path), limits=Limits()).page_count)):
        yield read_file_page(Path(path), index, options)


def _options(
    languages: Languages, engine: str, max_pixels: int | None, *, orient: bool, deskew: bool, timeout: float
) -> Options:
    return Options(
        languages=checked(languages, get_engine(engine)),
        engine=engine,
        max_pixels=_DEFAULT.max_pixels if max_pixels is None else max_pixels,
        orient=orient,
        deskew=deskew,
        timeout=timeout,
    )


def read_file_page(path: Path, index: int, options: Options) -> PageText:
    """Page ``index`` (from 0) of a file. Boxes are pixels of the file's image, even if it was scaled down."""
    opened = open_page(path, index, limits=Limits(timeout=options.timeout), max_pixels=options.max_pixels)
    return read_opened(opened, options)
