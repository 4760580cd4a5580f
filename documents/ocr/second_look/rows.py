"""Lines of a page, found by their ink. Pure."""

from collections import defaultdict
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from documents.ocr.clean.pixels import Pixels
from documents.ocr.elements import Box

# All lengths but the last are in heights of a letter.
_WINDOW = 3.0  # ink is darker than what is so near: a line with the space around it
_LEAST, _MOST = 0.45, 2.6  # what may be a letter, from a small “e” to a heading; not a comma or a frame
_WIDEST = 6.0  # letters that touch; rules are wider
_THINNEST = 0.08  # of a letter's height squared: the ink of a letter, more than that of a scratch
_GAP = 1.0  # between letters of a word, and words of a line
_WIDE_GAP = 2.0  # between parts of a line that are still read together: item and price are not
_NARROWEST = 0.3  # of a row: a lone “1”
_HIGHEST = 4.0  # of a row: what is higher are lines that touch, or a picture
_SAME_ROW = 0.5  # share of the height of the lower of two parts that must be level with the other
_SAME_SIZE = 1.8  # heights of the lower part of a row that the higher may have
_CONTRAST = 12  # shades by which ink is darker than its surroundings


def find_rows(grey: Pixels, letter: float) -> list[Box]:
    """Boxes of the lines, or of their parts where wide gaps run through them, of a straight page.

    ``letter`` is the height of its letters in pixels. From top to bottom.
    """
    letters = _letters(grey, letter)
    boxes = [Box.around(row) for row in _joined(_parts(letters, grey.shape[:2], letter), letter)]
    fits = [box for box in boxes if box.width >= _NARROWEST * letter and box.height <= _HIGHEST * letter]
    return sorted(fits, key=lambda box: box.y0)


def _letters(grey: Pixels, letter: float) -> NDArray[np.int32]:
    """Left, top, width and height of each patch of ink that may be a letter; shape (n, 4)."""
    window = int(min(_WINDOW * letter, max(grey.shape))) | 1  # OpenCV keeps so many rows, twice
    ink = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, max(3, window), _CONTRAST
    )
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    _, _, width, height, area = stats.T
    fits = (height >= _LEAST * letter) & (height <= _MOST * letter) & (width <= _WIDEST * letter)
    fits &= area >= _THINNEST * letter * letter
    fits[0] = False  # the paper
    return np.asarray(stats[fits, :4], np.int32)


def _parts(letters: NDArray[np.int32], shape: Sequence[int], letter: float) -> list[Box]:
    """Letters that stand beside each other.

    Only their middle halves are smeared, so that a tail does not touch the line below.
    """
    smear = np.zeros(shape, np.uint8)
    for x, y, width, height in letters:
        smear[y + height // 4 : y + height - height // 4, x : x + width] = 255
    smear = np.asarray(cv2.dilate(smear, np.ones((1, int(_GAP * letter) | 1), np.uint8)), np.uint8)
    _, labels = cv2.connectedComponents(smear)
    x, y, width, height = letters.T
    label = labels[y + height // 2, x + width // 2]
    order = np.argsort(label, kind="stable")
    ends = np.flatnonzero(np.diff(label[order])) + 1
    return [_around(letters[part]) for part in np.split(order, ends) if len(part)]


def _around(letters: NDArray[np.int32]) -> Box:
    left, top = letters[:, :2].min(axis=0)
    right, bottom = (letters[:, :2] + letters[:, 2:]).max(axis=0)
    return Box(int(left), int(top), int(right), int(bottom))


def _joined(parts: Sequence[Box], letter: float) -> list[list[Box]]:
    """The parts of each row, from left to right; of several rows that a part goes on, it joins the oldest.

    The page is told apart in bands as high as a letter. Each knows the rows that end in it within reach of
    the next part, so that the work grows with the number of parts, on a page of many thousand dots, too.
    """
    rows = list[list[Box]]()
    ends = defaultdict[int, set[int]](set)
    for part in sorted(parts):
        bands = range(int(part.y0 / letter), int(part.y1 / letter) + 1)
        for band in bands:
            ends[band] = {number for number in ends[band] if _is_near(rows[number][-1], part, letter)}
        candidates = sorted(set[int]().union(*(ends[band] for band in bands)))
        number = next((each for each in candidates if _goes_on(rows[each][-1], part, letter)), len(rows))
        if number == len(rows):
            rows.append([])
        rows[number].append(part)
        for band in bands:
            ends[band].add(number)
    return rows


def _is_near(before: Box, part: Box, letter: float) -> bool:
    return part.x0 - before.x1 < _WIDE_GAP * letter


def _goes_on(before: Box, part: Box, letter: float) -> bool:
    """Whether ``part`` stands in the row that so far ends with ``before``."""
    lower, higher = sorted((before.height, part.height))
    level = min(before.y1, part.y1) - max(before.y0, part.y0)
    is_alike = higher < _SAME_SIZE * lower
    return is_alike and _is_near(before, part, letter) and level > _SAME_ROW * lower
