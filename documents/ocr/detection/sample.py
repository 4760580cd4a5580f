"""A few lines of a page, gathered on one small sheet, so that script, language and orientation can
be found for a fraction of the cost of reading the page."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageOps

from documents.ocr.ink import Ink, find_ink
from documents.ocr.stacking import tops

# Pixels of the copy on which lines are looked for: letters and words nearer than this are smeared into
# one line. To tell which way lines run, the gap must be less than that between lines.
_GAP, _SMALL_GAP = 25, 16
_LETTER = 14  # pixels of that copy: the height of a letter
_SHORTEST = 3  # width over height of a line; a letter or two tell nothing
_COLUMN = 5  # ... of one from top to bottom beside level ones, of which letters stand below each other, too
_TILT = 20.0  # degrees; a bar that leans more is no line
# Lines are taken from all over the page, so that a second language is met: from so many bands, and within
# each from the left, the middle and the right.
_BANDS, _COLUMNS = 10, 3
LETTERS = 480  # on a sheet; with 160, each fourth page in two languages showed one only
FEW_LETTERS = 160  # are enough to tell which way is up
_STRIDE = (math.sqrt(5) - 1) / 2  # places at multiples of it, less the whole ones, lie spread out evenly
_ASPECT = 20  # width over height at which a line is cut off, to have room for the beginnings of more lines
_PAD = 0.3  # of the height of a line: accents and tails are not part of the bar
_MARK = 0.6  # of the height of a line, less than which a bar of nothing but its accents has
_HEIGHT = 48  # pixels; the engine scales every line to 36, more is only work
_MARGIN = 24


class Bar(NamedTuple):
    """A line of text as a tilted bar; ``angle`` is in degrees clockwise from level, lengths in pixels."""

    x: float  # of the centre
    y: float
    width: float
    height: float
    angle: float


@dataclass(frozen=True, slots=True)
class Sample:
    """Lines cut out of a page, each level and dark on white."""

    strips: tuple[Image.Image, ...]

    def sheet(self) -> Image.Image:
        """The strips, one below the other."""
        width = max(strip.width for strip in self.strips) + 2 * _MARGIN
        sheet = Image.new("L", (width, self.tops[-1]), 255)
        for strip, top in zip(self.strips, self.tops, strict=False):
            sheet.paste(strip, (_MARGIN, top))
        return sheet

    @property
    def letters(self) -> float:
        """About how many there are: a letter is about a third as wide as its strip is high."""
        return sum(3 * strip.width / strip.height for strip in self.strips)

    def only(self, places: Sequence[int]) -> "Sample":
        return Sample(tuple(self.strips[place] for place in places))

    @property
    def tops(self) -> list[int]:
        """As `stacking.tops`."""
        return tops((strip.height for strip in self.strips), _MARGIN)


def take_sample(image: Image.Image, letters: int = LETTERS) -> Sample | None:
    """Level lines of a page image (mode ``L`` or ``RGB``) with about so many letters; None when there is
    nothing like a line."""
    grey = image.convert("L")
    ink, factor = find_ink(grey, letter=_LETTER)
    lines = _choose(_bars(ink, _GAP), (ink.shape[0], ink.shape[1]), letters) or _lone_line(ink)
    return Sample(tuple(_strip(grey, line, factor) for line in lines)) if lines else None


def lies_sideways(image: Image.Image) -> bool:
    """Whether the lines clearly run from top to bottom: the page was turned by a quarter (to either side)."""
    # Wide-set receipts, in which all gaps are alike, reach 1.8; pages on their side 8.
    return _upright_share(image) > 3


def may_run_down(image: Image.Image) -> bool:
    """Whether some lines may run from top to bottom, below or above others that are level."""
    # Level pages of Chinese, Japanese and Korean, damaged in 14 ways, reach 0.06; some in narrow columns,
    # small and close, 0.48; those of columns between level paragraphs have 1.1 and more.
    return _upright_share(image, _COLUMN) > 0.3


def _upright_share(image: Image.Image, shortest: float = _SHORTEST) -> float:
    """Of the length of what looks like lines: upright ones, of at least so many times their breadth, to level
    ones."""
    ink, _ = find_ink(image.convert("L"), letter=_LETTER)  # stems of large letters look like lines
    level = sum(bar.width for bar in _bars(ink, _SMALL_GAP))
    upright = (bar for bar in _bars(ink, _SMALL_GAP, level=False) if bar.width >= shortest * bar.height)
    return sum(bar.width for bar in upright) / max(level, 1.0)


def find_bars(image: Image.Image, *, level: bool = True) -> list[Bar]:
    """What looks like lines of text, level or upright, in pixels of an image (``L`` or ``RGB``)."""
    ink, factor = find_ink(image.convert("L"), letter=_LETTER)
    bars = _bars(ink, _SMALL_GAP, level=level)
    return [_enlarged(bar, factor) for bar in bars]


def _enlarged(bar: Bar, factor: int) -> Bar:
    return Bar(factor * bar.x, factor * bar.y, factor * bar.width, factor * bar.height, bar.angle)


def _bars(ink: Ink, gap: int, *, level: bool = True) -> list[Bar]:
    """What looks like lines of text, level or upright: letters smeared along the line into long low bars."""
    kernel = np.ones((1, gap) if level else (gap, 1), np.uint8)
    smeared = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel)
    contours, hierarchy = cv2.findContours(smeared, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    # Outer contours only, but those within a frame, too: a hole has a parent.
    parents = hierarchy[0, :, 3] if contours else ()
    outer = (contour for contour, parent in zip(contours, parents, strict=True) if parent < 0)
    large = (contour for contour in outer if max(cv2.boundingRect(contour)[2:]) >= 20)
    bars = ((_bar(contour, level=level), cv2.contourArea(contour)) for contour in large)
    return [bar for bar, area in bars if _is_line(bar, area)]


def _bar(contour: cv2.typing.MatLike, *, level: bool) -> Bar:
    (x, y), (width, height), angle = cv2.minAreaRect(contour)
    if width < height:
        width, height, angle = height, width, angle + 90
    if not level:
        angle += 90
    return Bar(x, y, width, height, (angle + 90) % 180 - 90)


def _is_line(bar: Bar, area: float) -> bool:
    return (
        abs(bar.angle) <= _TILT
        and 7 <= bar.height <= 120
        and bar.width >= _SHORTEST * bar.height
        and area >= 0.4 * bar.width * bar.height
    )


def _are_marks_of(bar: Bar, line: Bar) -> bool:
    """Whether a bar is a row of accents above or below the letters of a line, such as Czech has."""
    across, along = bar.y - line.y, abs(bar.x - line.x)
    reach = (0.5 + _PAD) * line.height + 0.5 * bar.height
    return bar.height < _MARK * line.height and abs(across) <= reach and along <= line.width / 2


def _choose(lines: Sequence[Bar], size: tuple[int, int], letters: int) -> list[Bar]:
    """The beginnings of the longest lines of each part of the page in turn, until there are that many
    ``letters``; where they are too few, what follows the beginnings, too.

    ``size`` is the height and width of the copy on which lines were looked for.
    """
    cut = [_pieces(line) for line in sorted(lines, key=lambda line: line.width, reverse=True)]
    beginnings = [pieces[0] for pieces in cut]
    rests = [piece for pieces in cut for piece in pieces[1:]]
    chosen: list[Bar] = []
    found = 0.0
    for piece in chain(_all_over(beginnings, size), _all_over(rests, size)):
        if found >= letters:
            break
        if any(_are_marks_of(piece, line) for line in lines):
            continue
        chosen.append(piece)
        found += 2 * piece.width / piece.height  # a letter is half as wide as its line is high
    return sorted(chosen, key=lambda piece: piece.y)


def _pieces(line: Bar) -> list[Bar]:
    """A line, cut where it becomes too long; without what remains at its end if that is no word."""
    longest = _ASPECT * line.height
    starts = [start * longest for start in range(math.ceil(line.width / longest))]
    widths = [min(longest, line.width - start) for start in starts]
    middles = [start + (width - line.width) / 2 for start, width in zip(starts, widths, strict=True)]
    cos, sin = math.cos(math.radians(line.angle)), math.sin(math.radians(line.angle))
    return [
        line._replace(x=line.x + middle * cos, y=line.y + middle * sin, width=width)
        for middle, width in zip(middles, widths, strict=True)
        if width >= _SHORTEST * line.height
    ]


def _all_over(bars: Sequence[Bar], size: tuple[int, int]) -> Iterator[Bar]:
    """Bars of each part of the page in turn, those of a part in their order."""
    height, width = size
    parts: dict[tuple[int, int], list[Bar]] = {}
    for bar in bars:
        parts.setdefault((int(_BANDS * bar.y / height), int(_COLUMNS * bar.x / width)), []).append(bar)
    return _in_turn(_spread([parts[part] for part in sorted(parts)]))


def _spread(parts: Sequence[list[Bar]]) -> list[list[Bar]]:
    """In an order of which each beginning is spread over all of them."""
    places = sorted(range(len(parts)), key=lambda place: place * _STRIDE % 1)
    return [parts[place] for place in places]


def _in_turn(parts: Sequence[Sequence[Bar]]) -> Iterator[Bar]:
    for rank in range(max(map(len, parts), default=0)):
        yield from (part[rank] for part in parts if rank < len(part))


def _lone_line(ink: Ink) -> list[Bar]:
    """All there is, when that is no more than a line: too short, or too widely spaced, to look like one."""
    x, y, width, height = cv2.boundingRect(ink)
    line = Bar(x + width / 2, y + height / 2, width, height, 0.0)
    return (_pieces(line) or [line]) if 7 <= height <= min(300, 3 * width) else []


def _strip(grey: Image.Image, line: Bar, factor: int) -> Image.Image:
    """A line, or a piece of one, cut out of the full image."""
    pad = _PAD * line.height
    width, height = line.width + 2 * pad, line.height + 2 * pad
    step = max(1.0, line.height * factor / _HEIGHT)  # pixels of the page for a pixel of the strip
    cos, sin = math.cos(math.radians(line.angle)), math.sin(math.radians(line.angle))
    left, top = -line.width / 2 - pad, -height / 2
    x, y = line.x + left * cos - top * sin, line.y + left * sin + top * cos
    strip = grey.transform(
        (max(1, round(width * factor / step)), max(1, round(height * factor / step))),
        Image.Transform.AFFINE,
        (step * cos, -step * sin, x * factor, step * sin, step * cos, y * factor),
        resample=Image.Resampling.BILINEAR,
        fillcolor=int(np.median(np.asarray(grey.reduce(8)))) if min(grey.size) >= 8 else 255,
    )
    return _dark_on_white(strip)


def _dark_on_white(strip: Image.Image) -> Image.Image:
    if np.median(np.asarray(strip)) < 100:
        strip = ImageOps.invert(strip)
    return ImageOps.autocontrast(strip, cutoff=(1, 30))
