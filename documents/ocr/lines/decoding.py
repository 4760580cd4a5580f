"""From what a recogniser saw in each column of a line to letters."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from documents.ocr.lines.alphabets import Weights

BLANK = 0  # the place of “no letter” among the classes


class Letter(NamedTuple):
    """``confidence``: 0 to 1. ``column``: the one in which the letter was seen, from 0."""

    text: str
    confidence: float
    column: int


def decode(chances: NDArray[np.float32], characters: Sequence[str], weights: Weights) -> list[Letter]:
    """The letters of one line, each column of which has the ``chances`` (columns by classes) of each of the
    ``characters``, the first of which means “no letter”.

    The likeliest class of each column, by its chance times its weight; of columns in a row with the same
    class, the first counts, and blanks are left out (connectionist temporal classification, A. Graves et al.,
    2006, “best path decoding”). A letter is as sure as in its surest column.
    """
    weighted = chances * weights
    classes = weighted.argmax(axis=1)
    sure = chances[np.arange(len(classes)), classes]
    starts = np.flatnonzero(np.diff(classes, prepend=-1))
    return [
        Letter(characters[classes[start]], float(run.max()), int(start))
        for start, run in zip(starts, np.split(sure, starts[1:]), strict=True)
        if classes[start] != BLANK
    ]
