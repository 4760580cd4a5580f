"""What a caller may ask of a reading, and the limits under which files are opened."""

import math
from dataclasses import dataclass
from enum import StrEnum
from operator import index

from documents.errors import TooManyPixels

# Pixels of a page image that is read at once. Tesseract takes 32,767, but of columns 240 and 600 pixels wide
# and 24,000 high it lost 14 to 98 % of the words four times of seven; none of those that were 16,000 high.
MAX_SIDE = 16_000
LONGEST = 86_400  # seconds: a day, after which nobody waits for a page any more


def shrink_factor(size: tuple[int, int], max_pixels: int | None) -> float:
    """By how much both sides are to be divided; 1.0 where the image is small enough, and no side too long."""
    if not max_pixels:
        return 1.0
    return max(1.0, math.sqrt(size[0] * size[1] / max_pixels), max(size) / MAX_SIDE)


def fitting_size(size: tuple[int, int], max_pixels: int | None) -> tuple[int, int]:
    """``size`` (width, height), or the like with at most ``max_pixels``, and MAX_SIDE on each side; ``size``
    where ``max_pixels`` is None."""
    factor = shrink_factor(size, max_pixels)
    if factor == 1.0 or max_pixels is None:
        return size
    width = min(max(1, int(size[0] / factor)), max_pixels)
    return width, max(1, min(int(size[1] / factor), max_pixels // width))


@dataclass(frozen=True, slots=True)
class Limits:
    """Refuse a file beyond these, before it is decoded."""

    max_pixels: int = 300_000_000  # of one page
    max_pages: int = 2_000
    timeout: float = 120.0  # seconds that the drawing of one page of a PDF may take

    def check_pixels(self, size: tuple[int, int]) -> None:
        """Raises TooManyPixels for an image of ``size`` (width, height) beyond the limit."""
        pixels = size[0] * size[1]
        if pixels > self.max_pixels:
            raise TooManyPixels(megapixels=_mega(pixels), limit=_mega(self.max_pixels))


def _mega(pixels: int) -> float:
    """Rounded up: to tenths below 10, else to whole ones."""
    if pixels < 10_000_000:
        return math.ceil(pixels / 100_000) / 10
    return math.ceil(pixels / 1_000_000)


class Cleaning(StrEnum):
    """What is done to a page image before it is read (`documents.ocr.clean`)."""

    AUTO = "auto"  # what the image calls for
    NONE = "none"
    EVEN = "even"  # light: shadows and yellow paper go
    BLACK_AND_WHITE = "black-white"
    DENOISE = "denoise"
    SHARPEN = "sharpen"  # a blurred photo
    INVERT = "invert"  # light letters on dark ground


class Layout(StrEnum):
    """How the text stands on an image. `BY_ITSELF` are those that a reading tries by itself."""

    AUTO = "auto"  # whatever the engine finds: columns, blocks, lines
    LINE = "line"
    COLUMN = "column"
    TABLE = "table"  # rows that are read across
    SPARSE = "sparse"  # single words here and there
    PLAIN = "plain"  # nothing but lines, one below the other, however faint
    ROW = "row"  # one line and nothing else: there is nothing to look for but its letters


BY_ITSELF = frozenset((Layout.PLAIN, Layout.ROW))


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a page. ``languages`` empty means: find them on the page itself."""

    languages: tuple[str, ...] = ()
    engine: str = "best"
    # Larger pages are read on a smaller copy, or in parts where their letters are too small for that. A page
    # of A3 at 300 dpi has 17 million; Tesseract takes 300 MB to read 20 million in colour.
    max_pixels: int = 20_000_000
    orient: bool = True  # turn a page that lies on its side or stands on its head
    deskew: bool = True  # straighten a crooked page
    cleaning: Cleaning = Cleaning.AUTO
    layout: Layout = Layout.AUTO
    suggest: bool = True  # look for better languages than those it was read in, with more runs of the engine
    timeout: float = 120.0  # seconds, for one page, or for each part of a large one (see `tiled.time_for`)

    def __post_init__(self) -> None:
        if index(self.max_pixels) < 1 or not 0 < self.timeout <= LONGEST:
            raise ValueError(f"max_pixels and timeout must be more than 0, and timeout {LONGEST} at most")
