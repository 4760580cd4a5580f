"""Two facing pages on one image. Pure."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.clean.chains import Boxes, find_lines
from documents.ocr.clean.look import Look
from documents.ocr.clean.pixels import Pixels
from documents.ocr.clean.skew import skew

_BROAD = 1.15  # width over height: two pages of a book are broader than high
_MIDDLE = (0.35, 0.65)  # share of the width between which the fold lies
_GUTTER = 2.5  # heights of a letter: the least breadth without any
_LETTERS = 100  # on each page
_FOLD = 12  # shades by which the fold is darker or lighter than the paper beside it
_BROADEST_RULE = 4  # pixels of the copy, about a millimetre of a spread: a fold is softer
_ALONG = 0.9  # share of the rows from the first line to the last in which it is seen
_ALIKE = 2.0  # times as broad as another rule, or less: a fold is like none beside it
_WORDS, _SPACE = 4, 1.5  # letters of a heading; heights of one between two of its words
_ASIDE = 1.0  # degrees by which one page lies more crooked than the other


def fold(look: Look) -> int | None:
    """The column of the image at which two facing pages meet; None where there is one page only.

    A gap between two columns of text is no fold: that is seen, or the pages lie crooked to each other. No
    words run across it.
    """
    height, width = look.small.shape
    if width < _BROAD * height:
        return None
    gap = _gap(look)
    if gap is None:
        return None
    column = _seen(look, gap)
    if column is None:
        column = (gap.start + gap.stop) // 2
        if not _lie_apart(look, column):
            return None
    return None if _is_crossed(look, column) else column * look.factor


def _gap(look: Look) -> slice | None:
    """The broadest band of columns about the middle without letters."""
    width = look.small.shape[1]
    x, breadth = look.letters[:, 0], look.letters[:, 2]
    sides = x + breadth < _MIDDLE[0] * width, x > _MIDDLE[1] * width
    if min(side.sum() for side in sides) < _LETTERS:
        return None
    change = np.bincount(x, minlength=width + 1) - np.bincount(x + breadth, minlength=width + 1)[: width + 1]
    covered = np.cumsum(change)[:width] > _few(look)
    first, last = (round(share * width) for share in _MIDDLE)
    found = _longest(~covered[first:last])
    enough = _GUTTER * float(np.median(look.letters[:, 3]))
    return slice(first + found.start, first + found.stop) if found.stop - found.start >= enough else None


def _few(look: Look) -> float:
    """So many letters in a column of pixels may be specks in the fold."""
    return 0.002 * len(look.letters)


def _longest(is_free: NDArray[np.bool_]) -> slice:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], is_free.astype(np.int8), [0]])))
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        return slice(0, 0)
    place = int(np.argmax(ends - starts))
    return slice(int(starts[place]), int(ends[place]))


def _seen(look: Look, gap: slice) -> int | None:
    """The column of the copy in which a fold runs down the gap, as high as the text, and no rule."""
    columns = np.median(look.small[:, gap], axis=0)
    off = np.abs(columns - np.median(columns))
    place = int(np.argmax(cv2.blur(off.reshape(1, -1), (3, 1))))
    breadth = _breadth(off >= _FOLD, place)
    if breadth <= _BROADEST_RULE or _share_along(look, gap, place) < _ALONG:
        return None
    return None if _has_rule_like_it(look, gap, breadth) else gap.start + place


def _breadth(is_off: NDArray[np.bool_], place: int) -> int:
    """How many columns around ``place`` are off without a break."""
    if not is_off[place]:
        return 0
    others = np.flatnonzero(~is_off)
    return int(min(others[others > place], default=len(is_off)) - max(others[others < place], default=-1) - 1)


def _share_along(look: Look, gap: slice, place: int) -> float:
    """In how many of the rows with text the fold differs from the gap by half of what it does in all."""
    strip = _rows_with_text(look)[:, gap].astype(np.float32)
    return float(np.mean(np.abs(strip[:, place] - np.median(strip, axis=1)) >= _FOLD / 2))


def _rows_with_text(look: Look) -> Pixels:
    """From the first line to the last, without a few specks."""
    top, bottom = np.percentile(look.letters[:, 1], (1, 99)).astype(int)
    return look.small[top : bottom + 1]


def _has_rule_like_it(look: Look, gap: slice, breadth: int) -> bool:
    """Whether a rule that is as high and about as broad runs elsewhere through the text: of a table."""
    rows = _rows_with_text(look)
    light = cv2.blur(rows, (4 * breadth + 1, 1)).astype(np.float32)
    is_rule = np.mean(light - rows >= _FOLD / 2, axis=0) >= _ALONG
    is_rule[gap] = False
    is_rule[: look.letters[:, 0].min()] = is_rule[(look.letters[:, 0] + look.letters[:, 2]).max() :] = False
    edges = np.flatnonzero(np.diff(np.concatenate([[0], is_rule.astype(np.int8), [0]])))
    return bool(np.any(_ALIKE * (edges[1::2] - edges[::2]) >= breadth))


def _is_crossed(look: Look, column: int) -> bool:
    return any(_crosses(line, column) for line in find_lines(look.letters, shortest=_WORDS))


def _crosses(line: Boxes, column: int) -> bool:
    """Whether letters of a line follow each other across the column."""
    is_left = line[:, 0] < column
    if is_left.all() or not is_left.any():
        return False
    ends = line[is_left, 0] + line[is_left, 2]
    return bool(line[~is_left, 0].min() - ends.max() < _SPACE * np.median(line[:, 3]))


def _lie_apart(look: Look, middle: int) -> bool:
    left, right = (skew(Image.fromarray(half)) for half in (look.small[:, :middle], look.small[:, middle:]))
    return abs(left - right) >= _ASIDE
