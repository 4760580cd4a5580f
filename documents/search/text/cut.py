"""The strip of a page's image around a hit, as it stands beside a snippet. Pure."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from statistics import median_low
from typing import IO

from PIL import Image, ImageChops, ImageDraw

from documents.ocr.elements import Box, PageText, Word
from documents.search.text.places import Span, boxes_of, spans_within, word_spans

WIDTH_TO_HEIGHT = 5
# In heights of the line: the line itself, and enough of those around it to see where one is.
_HEIGHT = 2.8
_WIDEST = 960  # pixels: twice as many as it is shown with
_TINT = (255, 226, 120)
_EDGE = (178, 116, 0)

# Hits that are tinted on a strip: one line holds no more.
MOST_RANGES = 8

Range = tuple[int, int]


def cut(file: IO[bytes], page: PageText, ranges: Sequence[Range]) -> bytes | None:
    """A JPEG of what surrounds the first of ``ranges`` of the text, all of them tinted.

    ``file`` is a picture of the upright page at any scale. None where no word lies in the first range.
    """
    spans = list(word_spans(page))
    hit = spans_within(spans, *ranges[0])
    if not hit:
        return None
    window = window_around(hit, boxes_of(spans, *ranges[0])[0], page.width, page.height, usual(page.words))
    boxes = [box for start, end in ranges for box in boxes_of(spans, start, end)]
    with Image.open(file) as picture:
        scale = picture.width / page.width
        strip = picture.crop(_scaled(window, scale, Box(0, 0, 0, 0)))
        profile = picture.info.get("icc_profile")
    strip = _tinted(strip.convert("RGB"), [_scaled(box, scale, window) for box in boxes])
    strip.thumbnail((_WIDEST, _WIDEST))
    written = BytesIO()
    strip.save(written, "JPEG", quality=80, icc_profile=profile)
    return written.getvalue()


def usual(words: Iterable[Word]) -> int:
    """How tall most of ``words`` are, at least one: in pixels, across the line, whichever way that runs."""
    return median_low(min(word.box.width, word.box.height) for word in words)


def window_around(hit: Sequence[Span], box: Box, width: int, height: int, least: int = 0) -> Box:
    """The part of a page of ``width`` × ``height`` pixels that shows ``box``, where ``hit`` stands.

    It is so large that letters that are ``least`` pixels tall would not be larger on it than others: of a
    dash alone one would not know what it is.
    """
    # Short letters make a low word, and a line that runs down the page is no measure of its letters.
    letter = max(least, *(min(span.line.box.height, 3 * span.word.box.height) for span in hit))
    tall = max(_HEIGHT * letter, 1.1 * box.width / WIDTH_TO_HEIGHT)
    wide = min(width, round(tall * WIDTH_TO_HEIGHT))
    tall = min(height, round(max(wide / WIDTH_TO_HEIGHT, 1.3 * letter)))
    x0 = _within((box.x0 + box.x1 - wide) // 2, width - wide)
    y0 = _within((box.y0 + box.y1 - tall) // 2, height - tall)
    return Box(x0, y0, x0 + wide, y0 + tall)


def _within(value: int, last: int) -> int:
    return min(max(value, 0), last)


def _scaled(box: Box, scale: float, origin: Box) -> Box:
    """``box`` seen from the corner of ``origin``, at least a pixel wide and high."""
    x0, y0 = round((box.x0 - origin.x0) * scale), round((box.y0 - origin.y0) * scale)
    return Box(x0, y0, x0 + max(1, round(box.width * scale)), y0 + max(1, round(box.height * scale)))


def _tinted(strip: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    """As with a marker on paper; the line below is what shows on a dark page."""
    marker = Image.new("RGB", strip.size, "white")
    draw = ImageDraw.Draw(marker)
    for box in boxes:
        draw.rectangle((box.x0 - 2, box.y0 - 2, box.x1 + 1, box.y1 + 1), fill=_TINT)
    strip = ImageChops.multiply(strip, marker)
    draw = ImageDraw.Draw(strip)
    for box in boxes:
        draw.line((box.x0 - 2, box.y1 + 2, box.x1 + 1, box.y1 + 2), fill=_EDGE, width=2)
    return strip
