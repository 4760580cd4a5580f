"""The text of a page as the part of a content stream that nobody sees.

Each word is written by itself, so that a reader marks just its box: horizontal scaling says how long it is,
and the font how far it reaches above and below the baseline. The words of a line share a baseline and a size,
by which readers tell that they belong together. Lines follow in reading order.

A PDF holds letters in the order in which the eye meets them from left to right, and what takes text out of it
turns right-to-left words round; so these are written backwards, but for the numbers in them.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import NamedTuple

from documents.ocr.elements import RIGHT_TO_LEFT, Box, Line, PageText, Word, separator
from documents.ocr.pdf.glyphless import ASPECT, EM, GlyphlessFonts
from documents.ocr.pdf.places import Matrix

# The size of a line is divided into steps, to say how far a word reaches from its baseline: the fewer, the
# fewer fonts. Half a step is 1.5 points at most, and 2 in lines of 128 points.
_STEPS, _STEPS_OF_LARGE = 8, 32
_LARGE = 24.0  # points

# By so much of the size of a line may the baseline rise or fall from word to word, as in a line that leans or
# before a dash: with 0.2, PDFium takes the word for one of another line.
_STEP = 0.15
_FARTHEST = 4  # steps

_LEFT_TO_RIGHT = ("L", "EN", "AN")  # bidirectional classes
_KEEPS_ITS_ORDER = re.compile("l(?:n*l)*")

# Whether a word is to stand around this point of the page.
Wanted = Callable[[float, float], bool]


@dataclass(frozen=True, slots=True)
class Layer:
    """A part of a content stream, and the names of the fonts that it uses; empty where there are no words."""

    content: bytes
    fonts: frozenset[bytes]


def text_layer(page: PageText, fonts: GlyphlessFonts, to_page: Matrix, wanted: Wanted) -> Layer:
    """The ``wanted`` words of ``page``; ``to_page`` as `places.upright_to_page`."""
    to_points = Matrix(1 / page.width, 0, 0, 1 / page.height).then(to_page)

    def is_wanted(word: Word) -> bool:
        x, y = (word.box.x0 + word.box.x1) / 2, page.height - (word.box.y0 + word.box.y1) / 2
        return bool(word.text) and wanted(*to_points.point(x, y))

    writer = _Writer(fonts, page.height, pixel=math.hypot(to_points.c, to_points.d))
    pieces = [
        piece for line in page.lines for piece in writer.line(line, list(filter(is_wanted, line.words)))
    ]
    if not pieces:
        return Layer(b"", frozenset())
    # 3 Tr: neither filled nor stroked (ISO 32000-1, 9.3.6).
    content = b"\n".join((b"q %s cm BT 3 Tr" % to_points.operands(), *pieces, b"ET Q\n"))
    return Layer(content, frozenset(writer.used))


class _Span(NamedTuple):
    """A box as its line runs: where it begins and ends, from the left or the top of the page; how low and how
    high it reaches, from its bottom or left."""

    start: int
    end: int
    low: int
    high: int


class _Writer:
    """``pixel`` is the height of one in points."""

    def __init__(self, fonts: GlyphlessFonts, page_height: int, *, pixel: float) -> None:
        self.used: set[bytes] = set()
        self._fonts = fonts
        self._page_height = page_height
        self._pixel = pixel

    def line(self, line: Line, words: Sequence[Word]) -> Iterator[bytes]:
        """A piece for each of ``words``, some of those of ``line``."""
        if not words:
            return
        is_down = _runs_down(line)
        spans = [self._span(word.box, is_down=is_down) for word in words]
        size = max(1, *(span.high - span.low for span in spans))
        _join(words, spans, widest=size)
        before = None
        for word, span, base in zip(words, spans, _bases(spans, step=int(size * _STEP)), strict=True):
            if separator(before, word):
                yield b"%s Tj" % self._fonts.encode(" ")
            text = word.text if is_down else visual_order(word.text)
            yield self._word(text, span, base, size, is_down=is_down)
            before = word

    def _span(self, box: Box, *, is_down: bool) -> _Span:
        if is_down:
            return _Span(box.y0, box.y1, box.x0, box.x1)
        return _Span(box.x0, box.x1, self._page_height - box.y1, self._page_height - box.y0)

    def _word(self, text: str, span: _Span, base: int, size: int, *, is_down: bool) -> bytes:
        font = self._fonts.reaching(self._em(span.high - base, size), self._em(base - span.low, size))
        self.used.add(font)
        stretch = 100 * max(1, span.end - span.start) / (len(text) * size * ASPECT)
        # Downwards: turned clockwise, so that the column to the right is the line above.
        down = b"0 -1 1 0 %d %d" % (base, self._page_height - span.start)
        place = down if is_down else b"1 0 0 1 %d %d" % (span.start, base)
        return b"%s %d Tf %.3f Tz %s Tm %s Tj" % (font, size, stretch, place, self._fonts.encode(text))

    def _em(self, pixels: int, size: int) -> int:
        steps = _STEPS if size * self._pixel < _LARGE else _STEPS_OF_LARGE
        return round(pixels * steps / size) * EM // steps


def _bases(spans: Sequence[_Span], *, step: int) -> Iterator[int]:
    """Where the baseline is for each word: that of the line where the word stands on it, else the bottom of
    the word, as far as one ``step`` from the word before leads.

    So a dash is marked down to there. What is farther away than a dash can be, such as the line beside an
    initial, is left where it is.
    """
    baseline = before = median_low(span.low for span in spans)
    for span in spans:
        base = baseline if span.low <= baseline < span.high else span.low
        if abs(base - before) <= _FARTHEST * step:
            base = min(max(base, before - step), before + step)
        yield base
        before = base


def _join(words: Sequence[Word], spans: list[_Span], *, widest: int) -> None:
    """Where no space stands between two words, let their spans meet in the middle of the gap between their
    boxes, in which readers would see one; unless that is at least ``widest``."""
    for after in range(1, len(words)):
        one, other = spans[after - 1], spans[after]
        gap = other.start - one.end
        if 0 < gap < widest and not separator(words[after - 1], words[after]):
            middle = one.end + gap // 2
            spans[after - 1 : after + 1] = [one._replace(end=middle), other._replace(start=middle)]


def _runs_down(line: Line) -> bool:
    """Whether letters stand one below the other, as in Chinese columns."""
    letters = sum(len(word.text) for word in line.words)
    return letters > 2 and line.box.height > 2 * line.box.width


def visual_order(text: str) -> str:
    """The letters of a word from left to right; as they are where none runs right to left."""
    if text.isascii():
        return text
    classes = [unicodedata.bidirectional(letter) for letter in text]
    if not any(kind in RIGHT_TO_LEFT for kind in classes):
        return text
    kinds = "".join(_kind(kind) for kind in classes)
    pieces, end = [], 0
    for kept in _KEEPS_ITS_ORDER.finditer(kinds):
        pieces += [text[end : kept.start()][::-1], text[kept.start() : kept.end()]]
        end = kept.end()
    return "".join(reversed([*pieces, text[end:][::-1]]))


def _kind(bidirectional: str) -> str:
    if bidirectional in _LEFT_TO_RIGHT:
        return "l"
    return "r" if bidirectional in RIGHT_TO_LEFT else "n"
