"""Bullets that were read as a letter or a sign, told by their ink. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from PIL import Image

from documents.ocr.clean.pixels import Pixels, grey
from documents.ocr.elements import Block, Box, Line, lines_of

BULLET = "•"
_FEWEST = 2  # lines with one at the same left edge: one alone may be a speck
_EDGE = 0.5  # heights of a line by which these edges may differ
_GAP = 0.2  # heights of the line between a bullet and its text
_SIZE = (0.2, 0.8)  # heights of the line: a full stop is smaller, a capital larger
_WIDTH = (0.7, 1.4)  # times the height: round or square
_FULL = 0.7  # share of its box that a disc (0.79) or a square fills; of e, o, * and ¢ it is 0.6 at most
_ALL = 0.9  # of the ink where the word stands: a letter may have more than one part
_LOW = 0.25  # heights of the line: the middle of what stands on it or hangs from it is no nearer to an edge
_SHADES = 40  # between ink and paper


def with_bullets(blocks: Sequence[Block], image: Image.Image) -> tuple[Block, ...]:
    """``blocks``, as read of ``image`` (``L`` or ``RGB``), where words of one sign at the beginning of lines
    that have the ink of a bullet are one."""
    may_be = [line for line in lines_of(blocks) if _may_begin(line)]
    if len(may_be) < _FEWEST:
        return tuple(blocks)
    pixels = grey(np.asarray(image))
    found = [line for line in may_be if _is_bullet(pixels, line)]
    meant = {id(line) for line in _in_lists(found)}
    return tuple(
        replace(block, lines=tuple(_begun(line) if id(line) in meant else line for line in block.lines))
        for block in blocks
    )


def _may_begin(line: Line) -> bool:
    return len(line.words) > 1 and len(line.words[0].text) == 1 and line.words[0].text != BULLET


def _begun(line: Line) -> Line:
    first, *rest = line.words
    return replace(line, words=(replace(first, text=BULLET), *rest))


def _in_lists(lines: Sequence[Line]) -> Iterator[Line]:
    """Those that begin where another one does."""
    for line in lines:
        near = [each for each in lines if abs(each.box.x0 - line.box.x0) <= _EDGE * line.box.height]
        if len(near) >= _FEWEST:
            yield line


def _is_bullet(pixels: Pixels, line: Line) -> bool:
    first, second = (word.box for word in line.words[:2])
    if first.x0 >= second.x0:
        return False
    ink = _ink(pixels, Box(first.x0 - 1, line.box.y0, min(first.x1 + 1, second.x0), line.box.y1))
    if ink is None:
        return False
    x, y, width, height = ink
    size = line.box.height
    return (
        _SIZE[0] * size <= height <= _SIZE[1] * size
        and _WIDTH[0] * height <= width <= _WIDTH[1] * height
        and _LOW * size <= y + height / 2 <= (1 - _LOW) * size
        and second.x0 - (first.x0 - 1 + x + width) >= _GAP * size
    )


def _ink(pixels: Pixels, place: Box) -> tuple[int, int, int, int] | None:
    """Left, top, width and height, within ``place``, of its one patch of ink, if it fills that; else None."""
    part = pixels[max(0, place.y0) : place.y1, max(0, place.x0) : place.x1]
    if not part.size or int(part.max()) - int(part.min()) < _SHADES:
        return None
    _, ink = cv2.threshold(part, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(ink, np.uint8))
    if len(stats) < 2:
        return None
    x, y, width, height, area = max(stats[1:].tolist(), key=lambda patch: patch[cv2.CC_STAT_AREA])
    is_full = area >= _FULL * width * height and area >= _ALL * np.count_nonzero(ink)
    return (x, y, width, height) if is_full else None
