"""Words that an engine left out beside those that it read, such as the figures of a table without rules.

Where few short words stand one below the other, far from the next column, Tesseract's layout analysis passes
over them, or takes them for one word that stands upright. Read as rows, one below the other, they are there.
Pure but for the reading.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from documents.ocr.clean.look import Look
from documents.ocr.elements import Block, Box, Line, Word, confidence_of, lines_of
from documents.ocr.second_look.lost import letters_outside
from documents.ocr.second_look.weaving import woven

ReadRows = Callable[[], Sequence[Block]]
"""The whole page, read as rows one below the other."""

_ROWS = 3  # lines beside which letters stand that were not read: fewer are as often a part of a picture
_UPRIGHT = 2.5  # heights of a letter: what is higher, and higher than wide, stands upright
_LOW, _HIGH = 0.5, 1.6  # heights of a letter that may be one
_WORD, _TEXT = 50.0, 75.0  # confidence of a word, and the mean of all, which are text

_Letters = NDArray[np.int32]  # left, top, width and height of each, shape (n, 4)


def with_lost_words(blocks: tuple[Block, ...], look: Look, read_rows: ReadRows) -> tuple[Block, ...]:
    """``blocks``, as read of the image that ``look`` was taken of, with the words that were left out beside
    them: those that follow each other are a block of their own, at the end. The very same where there are
    none. Raises what ``read_rows`` raises."""
    if not len(look.letters):
        return blocks
    letter = look.letter_height or float(np.median(look.letters[:, 3])) * look.factor
    lines = list(lines_of(blocks))
    upright = {line for line in lines if _stands_upright(line.box, letter)}
    level = [line for line in lines if line not in upright]
    read = [word.box for line in level for word in line.words]
    letters = _of_a_size(letters_outside(look, read), letter / look.factor) * look.factor
    if _rows_beside(level, letters) < _ROWS:
        return blocks
    runs = _runs_of_lost(lines_of(read_rows()), read, letters)
    words = [word for run in runs for word in run]
    if (confidence_of(words) or 0.0) < _TEXT:
        return blocks
    figures = (line for line in upright if any(line.box.holds(word.box) for word in words))
    return woven(blocks, [*((line.words, ()) for line in figures), *(((), run) for run in runs)])


def _stands_upright(box: Box, letter: float) -> bool:
    return box.height > _UPRIGHT * letter and box.height > box.width


def _of_a_size(letters: _Letters, letter: float) -> _Letters:
    heights = letters[:, 3]
    return np.asarray(letters[(heights >= _LOW * letter) & (heights <= _HIGH * letter)], np.int32)


def _rows_beside(lines: Iterable[Line], letters: _Letters) -> int:
    """How many lines have letters beside them."""
    middles = np.sort(letters[:, 1] + letters[:, 3] / 2)
    between = (np.searchsorted(middles, (line.box.y0, line.box.y1)) for line in lines)
    return sum(bool(first < last) for first, last in between)


def _runs_of_lost(rows: Iterable[Line], read: Sequence[Box], letters: _Letters) -> list[list[Word]]:
    """The words that lie on ``letters`` and on nothing that was ``read``, each with those that follow it."""
    across, down = letters[:, 0] + letters[:, 2] / 2, letters[:, 1] + letters[:, 3] / 2
    runs = list[list[Word]]()
    for row in rows:
        run = list[Word]()
        for word in row.words:
            box = word.box
            is_lost = np.any((across >= box.x0) & (across < box.x1) & (down >= box.y0) & (down < box.y1))
            if is_lost and word.confidence >= _WORD and not any(_lie_on_each_other(box, it) for it in read):
                run.append(word)
            elif run:
                runs.append(run)
                run = []
        runs += [run] if run else []
    return runs


def _lie_on_each_other(one: Box, other: Box) -> bool:
    return one.holds(other) or other.holds(one)
