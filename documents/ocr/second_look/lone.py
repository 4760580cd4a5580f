"""Numbers that stand alone, as that of a page or a chapter, and that an engine left out. Pure but for the
reading.

One to five letters are as often a part of a picture. What is told from that here stands alone on its rows of
the page, in the middle or at an edge of the text, in letters of its size, and is surely read as a number.
"""

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from documents.ocr.clean.look import Look
from documents.ocr.elements import Block, Box, Line, Word, confidence_of, join_words, lines_of
from documents.ocr.second_look.lost import letters_outside

ReadLine = Callable[[Box], Sequence[Word]]
"""The words of the line of text in a box of a page, as they lie on the page."""

_Letters = NDArray[np.int32]  # left, top, width and height of each, shape (n, 4)

_MOST = 6  # of a page: where more are left out, or so many letters, it is a picture
_MOST_LETTERS = 100
_LETTERS = 5
_BESIDE = 1.0  # heights of a letter between letters of one number
_LOWEST, _HIGHEST = 0.8, 2.2  # heights of a letter of the text
_WHITE = 0.5  # heights of a letter above and below
_OFF = 1.0  # heights of a letter from the middle, or an edge, of the text
_FEWEST_LINES = 3  # less text has no edges
_SURE = 85.0
# One Roman letter is as often a cross or an arc, unless a full stop or a bracket follows.
_ROMAN = r"(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_NUMBER = re.compile(
    r"[-–—(\[]?\s?(?:\d{1,4}\s?[-–—.)\]:]?"
    rf"|(?=\w\w){_ROMAN}[.)]?|(?=\w\w)(?:x{{0,3}})(?:ix|iv|v?i{{0,3}})[.)]?|(?=\w){_ROMAN}[.)])"
)


def with_lone_numbers(blocks: tuple[Block, ...], look: Look, read_line: ReadLine) -> tuple[Block, ...]:
    """``blocks``, as read of the image that ``look`` was taken of, with the numbers that were left out: each
    a block of its own, at the end. The very same where there are none. Raises what ``read_line`` raises."""
    height, lines = look.letter_height, list(lines_of(blocks))
    if height is None or len(lines) < _FEWEST_LINES:
        return blocks
    places = list(_lone(look, lines, height / look.factor))
    if len(places) > _MOST:
        return blocks
    read = (read_line(_box(place, look.factor)) for place in places)
    found = [Block.of([Line.of(words)]) for words in read if _is_sure(words)]
    return (*blocks, *found) if found else blocks


def _lone(look: Look, lines: Sequence[Line], height: float) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, right and bottom, on the small copy, of what may be a number."""
    lost = letters_outside(look, [word.box for line in lines for word in line.words])
    if not 0 < len(lost) <= _MOST_LETTERS:
        return
    left = min(line.box.x0 for line in lines) / look.factor
    right = max(line.box.x1 for line in lines) / look.factor
    tops, bottoms = look.letters[:, 1], look.letters[:, 1] + look.letters[:, 3]
    for group in _groups(lost, height):
        x0, y0 = group[:, :2].min(axis=0).tolist()
        x1, y1 = (group[:, :2] + group[:, 2:]).max(axis=0).tolist()
        white = _WHITE * height
        is_level = (tops < y1 + white) & (bottoms > y0 - white)
        off = min(abs(x0 + x1 - left - right) / 2, abs(x0 - left), abs(x1 - right))
        is_alone = np.count_nonzero(is_level) == len(group)
        is_high = _LOWEST * height <= y1 - y0 <= _HIGHEST * height
        if is_alone and is_high and off <= _OFF * height and len(group) <= _LETTERS:
            yield x0, y0, x1, y1


def _groups(letters: _Letters, height: float) -> Iterator[_Letters]:
    """Letters that follow each other in one line."""
    for row in _split(letters, letters[:, 1] + letters[:, 3], 0 * letters[:, 3], height):
        yield from _split(row, row[:, 0], row[:, 2], _BESIDE * height)


def _split(letters: _Letters, starts: _Letters, lengths: _Letters, gap: float) -> list[_Letters]:
    """Where there is more than a ``gap`` from the end of one to the start of the next."""
    order = np.argsort(starts)
    ends = np.maximum.accumulate((starts + lengths)[order])
    return np.split(letters[order], np.flatnonzero(starts[order][1:] - ends[:-1] > gap) + 1)


def _box(place: tuple[int, int, int, int], factor: int) -> Box:
    x0, y0, x1, y1 = place
    aside, across = y1 - y0, 0.7 * (y1 - y0)
    edges = x0 - aside, y0 - across, x1 + aside, y1 + across
    return Box(*(max(0, int(edge * factor)) for edge in edges))


def _is_sure(words: Sequence[Word]) -> bool:
    return (confidence_of(words) or 0.0) >= _SURE and is_number(join_words(words))


def is_number(text: str) -> bool:
    """In digits, or in Roman ones: capitals up to 99, small letters up to 39; with marks around it or not."""
    return bool(_NUMBER.fullmatch(text))
