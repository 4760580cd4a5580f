"""The text of a page as the part of a content stream that nobody sees.

Each word is written by itself, so that a reader marks just its box: horizontal scaling says how long it is,
and the font how far it reaches above and below the baseline. The words of a line share a size and stand
near one baseline, by which readers tell that they belong together. Lines follow in reading order.

A PDF holds letters in the order in which the eye meets them from left to right, and what takes text out of it
turns right-to-left words round; so these are written backwards, but for the numbers in them.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from documents.ocr.elements import RIGHT_TO_LEFT, Box, Line, PageText, Word
from documents.ocr.pdf.glyphless import ASPECT, EM, GlyphlessFonts
from documents.ocr.pdf.lines import Place, Span, parts, places
from documents.ocr.pdf.places import Matrix

# The size of a line is divided into steps, to say how far a word reaches from its baseline: the fewer, the
# fewer fonts. Half a step is 1.5 points at most, and 2 in lines of 128 points.
_STEPS, _STEPS_OF_LARGE = 8, 32
_LARGE = 24.0  # points

_MOST = 1.0  # points by which the baseline of a word may lie below it, so that it stays in its line

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
        x, y = word.box.middle_x, page.height - word.box.middle_y
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


class _Writer:
    """``pixel`` is the height of one in points."""

    def __init__(self, fonts: GlyphlessFonts, page_height: int, *, pixel: float) -> None:
        self.used: set[bytes] = set()
        self._fonts = fonts
        self._page_height = page_height
        self._pixel = pixel

    def line(self, line: Line, words: Sequence[Word]) -> Iterator[bytes]:
        """A piece for each of ``words``, some of those of ``line``, and for each space between them."""
        if not words:
            return
        is_down = _runs_down(line)
        spans = [self._span(word.box, is_down=is_down) for word in words]
        size = max(1, *(round(span.high - span.low) for span in spans))
        base = 0.0
        for word, place in zip(words, places(words, spans, size=size, most=_MOST / self._pixel), strict=True):
            if place.space:
                yield self._text(" ", place.space, base, size, is_down=is_down)
            base = place.base
            text = word.text if is_down else visual_order(word.text)
            font = self._font(place, size)
            yield b"%s %d Tf %s" % (font, size, self._text(text, place.span[:2], base, size, is_down=is_down))

    def _span(self, box: Box, *, is_down: bool) -> Span:
        if is_down:
            return Span(box.y0, box.y1, box.x0, box.x1)
        return Span(box.x0, box.x1, self._page_height - box.y1, self._page_height - box.y0)

    def _font(self, place: Place, size: int) -> bytes:
        span, base = place.span, place.base
        font = self._fonts.reaching(self._em(span.high - base, size), self._em(base - span.low, size))
        self.used.add(font)
        return font

    def _text(self, text: str, ends: tuple[float, float], base: float, size: int, *, is_down: bool) -> bytes:
        """``text`` from one of ``ends`` to the other, in the font that was chosen last."""
        start, end = ends
        # Downwards: turned clockwise, so that the column to the right is the line above.
        down = b"0 -1 1 0 %.2f %.2f" % (base, self._page_height - start)
        place = down if is_down else b"1 0 0 1 %.2f %.2f" % (start, base)
        shown = [
            b"%.3f Tz %s Tj" % (100 * breadth / ASPECT, self._fonts.encode(part))
            for part, breadth in parts(text, max(1, end - start) / size)
        ]
        return b"%s Tm %s" % (place, b" ".join(shown))

    def _em(self, pixels: float, size: int) -> int:
        steps = _STEPS if size * self._pixel < _LARGE else _STEPS_OF_LARGE
        return round(pixels * steps / size) * EM // steps


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
