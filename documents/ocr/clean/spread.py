"""Two facing pages on one image. Pure."""

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from documents.ocr.clean.look import Look
from documents.ocr.clean.skew import skew

_BROAD = 1.15  # width over height: two pages of a book are broader than high
_MIDDLE = (0.35, 0.65)  # share of the width between which the fold lies
_GUTTER = 2.5  # heights of a letter: the least breadth without any
_LETTERS = 100  # on each page
_FOLD = 12  # shades by which the fold is darker or lighter than the paper beside it
_ASIDE = 1.0  # degrees by which one page lies more crooked than the other


def fold(look: Look) -> int | None:
    """The column of the image at which two facing pages meet; None where there is one page only.

    A gap between two columns of text is no fold: that is seen, or the pages lie crooked to each other.
    """
    height, width = look.small.shape
    if width < _BROAD * height:
        return None
    gap = _gap(look)
    if gap is None:
        return None
    seen = _seen(look, gap)
    if seen is not None:
        return seen * look.factor
    middle = (gap.start + gap.stop) // 2
    return middle * look.factor if _lie_apart(look, middle) else None


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
    """The column of the copy in which a fold runs down the gap."""
    columns = np.median(look.small[:, gap], axis=0)
    off = np.abs(columns - np.median(columns))
    place = int(np.argmax(cv2.blur(off.reshape(1, -1), (3, 1))))
    return gap.start + place if off[place] >= _FOLD else None


def _lie_apart(look: Look, middle: int) -> bool:
    left, right = (skew(Image.fromarray(half)) for half in (look.small[:, :middle], look.small[:, middle:]))
    return abs(left - right) >= _ASIDE
