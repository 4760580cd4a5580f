"""PDFs for these tests, images to make them of, and pages of text to put on them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageDraw

from documents.ocr.elements import Block, Box, Line, PageText, Word, is_unspaced
from documents.ocr.options import Limits
from documents.ocr.packing import pack
from documents.ocr.pdf import About, PageSource
from documents.ocr.pdf.binding import bind
from documents.ocr.pdf.request import Request

ABOUT = About("A letter", "en", "2026-11-20T12:00:00+00:00")
LETTER = 30, 50  # pixels, width and height
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def sketch(mode: str = "RGB", size: tuple[int, int] = (300, 400)) -> Image.Image:
    """Something that looks different whichever way it is turned."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, 150, 60), fill="black")
    draw.rectangle((20, 20, 50, 200), fill="red")
    return image.convert(mode)


def saved(path: Path, image: Image.Image, **options: Any) -> Path:
    image.save(path, **options)
    return path


def page_of(
    *lines: Sequence[str], size: tuple[int, int] = (2480, 3508), is_right_to_left: bool = False
) -> PageText:
    """A page of lines of words, 300 pixels from where lines begin."""
    rows = [
        _line(words, 300 + 100 * number, size[0], is_right_to_left=is_right_to_left)
        for number, words in enumerate(lines)
    ]
    return PageText(*size, (Block.of(rows),), ("eng",))


def _line(texts: Sequence[str], top: int, page_width: int, *, is_right_to_left: bool) -> Line:
    words: list[Word] = []
    start = 300
    for text in texts:
        end = start + LETTER[0] * len(text)
        left, right = (page_width - end, page_width - start) if is_right_to_left else (start, end)
        words.append(Word(text, 90.0, Box(left, top, right, top + LETTER[1])))
        start = end + (0 if is_unspaced(text[-1]) else 25)
    return Line.of(words)


def make_pdf(
    folder: Path,
    *files: Path,
    pages: Sequence[PageText | None] = (),
    sources: Sequence[PageSource] = (),
    about: About = ABOUT,
) -> Path:
    """``sources``, or else the first page of each of ``files`` with the text in ``pages``.

    In this very process, which is quicker.
    """
    named = sources or [source(page, file=number) for number, page in enumerate(pages or [None] * len(files))]
    made = folder / "made.pdf"
    with made.open("w+b") as target:
        bind(Request(about, list(files), list(named), Limits()), target, folder)
    return made


def source(page: PageText | None, *, file: int = 0, index: int = 0, rotation: int = 0) -> PageSource:
    return PageSource(file, index, rotation, b"" if page is None else pack(page))
