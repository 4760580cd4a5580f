"""From a file or an image to text: the library's front door."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from operator import index
from pathlib import Path
from typing import Any, TypedDict, TypeVar, Unpack

from PIL import Image

from documents.errors import PageDamaged, PageMissing, PasswordNeeded
from documents.ocr.clean import rotate
from documents.ocr.elements import PageText
from documents.ocr.engines import get_engine
from documents.ocr.engines.base import checked
from documents.ocr.files.given import File, readable
from documents.ocr.files.load import in_memory, inspect, open_page
from documents.ocr.files.normalise import normalise
from documents.ocr.options import Cleaning, Layout, Limits, Options
from documents.ocr.tiled import read_opened

Source = File | Image.Image
Languages = str | Iterable[str] | None
Progress = Callable[[int, int], object]

_Choice = TypeVar("_Choice", bound=StrEnum)


class How(TypedDict, total=False):
    """How to read. What is left out, or None, is as `Options` has it.

    ``engine``: one of `engines.ENGINES`. ``max_pixels``: an image of more is scaled down before it is read,
    or read in parts where its letters are small; boxes are pixels of the original all the same. ``orient``:
    turn a page that lies on its side; ``deskew``: straighten a crooked one. ``cleaning``, ``layout``: of
    `Cleaning` and `Layout`, or their names. ``timeout``: seconds for a page, or for each part of a large one;
    all of its parts have the time that `tiled.time_for` tells.
    """

    engine: str | None
    max_pixels: int | None
    orient: bool | None
    deskew: bool | None
    cleaning: str | None
    layout: str | None
    timeout: float | None


def recognise(
    source: Source,
    languages: Languages = None,
    *,
    page: int = 1,
    password: str | None = None,
    **how: Unpack[How],
) -> PageText:
    """Read one page of an image file or PDF, named or open, or a Pillow image.

    ``languages`` are codes such as ``["eng", "rus"]`` or ``"eng+rus"``; without any they are found on the
    page. ``page`` counts from 1; ``password`` opens a locked PDF; `How` tells the rest. Raises OcrsiteError's
    children, ValueError and TypeError for an option or a source that cannot be, OSError where the system does
    not let a file be read.
    """
    options = _options(languages, how)
    if isinstance(source, Image.Image):
        return read_opened(in_memory(_only_page(source, page), options.max_pixels), options)
    with readable(source, password) as path:
        return read_file_page(path, index(page) - 1, options)


def recognise_pages(
    source: File,
    languages: Languages = None,
    *,
    password: str | None = None,
    progress: Progress | None = None,
    **how: Unpack[How],
) -> Iterator[PageText]:
    """Read all pages of a file, one at a time as they are asked for, as `recognise` does.

    ``progress`` is called with the number of pages that were read, and that of all: at the beginning with 0,
    then after each page, before it is handed on.
    """
    return _read_pages(source, password, progress or _untold, _options(languages, how))


def _read_pages(source: File, password: str | None, tell: Progress, options: Options) -> Iterator[PageText]:
    with readable(source, password) as path:
        total = max(1, inspect(path, limits=Limits()).page_count)  # a locked one is refused as it is read
        tell(0, total)
        for index in range(total):
            read = read_file_page(path, index, options)
            tell(index + 1, total)
            yield read


def page_count(source: File, *, password: str | None = None) -> int:
    """How many pages a file has; nothing is read. Raises PasswordNeeded, PasswordWrong and what `inspect`
    does."""
    with readable(source, password) as path:
        info = inspect(path, limits=Limits())
    if info.is_locked:
        raise PasswordNeeded
    return info.page_count


def page_image(
    source: Source, page: int = 1, *, rotation: int = 0, password: str | None = None
) -> Image.Image:
    """The image that the boxes of a reading lie on, in full size and mode L or RGB: ``rotation`` is the
    reading's. Raises as `recognise` does, but for engines and languages."""
    if isinstance(source, Image.Image):
        return rotate(_only_page(source, page), rotation)
    with readable(source, password) as path:
        return rotate(open_page(path, index(page) - 1, limits=Limits()).image, rotation)


def read_file_page(path: Path, index: int, options: Options) -> PageText:
    """Page ``index`` (from 0) of a file. Boxes are pixels of the file's image, even if it was scaled down."""
    opened = open_page(path, index, limits=Limits(timeout=options.timeout), max_pixels=options.max_pixels)
    return read_opened(opened, options)


def _untold(_done: int, _total: int) -> None:
    """For who wants to know of no progress."""


def _only_page(image: Image.Image, page: int) -> Image.Image:
    if index(page) != 1:
        raise PageMissing(number=page, pages=1)
    if 0 in image.size:
        raise ValueError("There is nothing to read in an image without width or height.")
    try:
        image.load()  # Pillow has only looked at the head of a file that it opened
    except OSError as error:
        raise PageDamaged from error
    return normalise(image)


def _options(languages: Languages, how: How) -> Options:
    wanted: dict[str, Any] = {name: value for name, value in how.items() if value is not None}
    for name, kind in (("cleaning", Cleaning), ("layout", Layout)):
        if name in wanted:
            wanted[name] = _chosen(name, wanted[name], kind)
    options = Options(**wanted)
    return Options(languages=checked(languages, get_engine(options.engine)), **wanted)


def _chosen(what: str, name: str, kind: type[_Choice]) -> _Choice:
    if name not in list(kind):
        raise ValueError(f"There is no {what} “{name}”. Choose one of: {', '.join(kind)}.")
    return kind(name)
