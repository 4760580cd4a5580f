"""Letters that follow each other: lines of text, found by their boxes alone. Pure."""

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float64]
"""Shape (n, 4): x, y, width, height."""

_GAP = 2.5  # heights of a letter: the next one of its line is no farther
_ALIKE = 0.45  # share of its height that the next letter has in common with it
_LETTERS = 12  # of the shortest line that tells anything
# Letters in between, from left to right over the whole height of the page: a heading beside 300 lines in
# small print has up to 14 of each. Only dust and grain have more.
_FARTHEST = 5000
_LOW = 0.6  # of the middle height: what is lower is a dot, or an accent


def find_lines(letters: NDArray[np.int32], *, shortest: int = _LETTERS) -> list[Boxes]:
    """The letters of each line of at least ``shortest``, from left to right; ``letters`` as in `Look`."""
    tall = letters[letters[:, 3] >= _LOW * np.median(letters[:, 3])] if len(letters) else letters
    boxes = tall[np.argsort(tall[:, 0])].astype(np.float64)
    follows = _next_letters(boxes)
    first = sorted(set(range(len(boxes))) - set(follows.values()))
    chains = (_chain(start, follows) for start in first)
    return [boxes[chain] for chain in chains if len(chain) >= shortest]


def _next_letters(boxes: Boxes) -> dict[int, int]:
    """The nearest letter to the right in the same line, by number; each is the next of one only."""
    ends = boxes[:, 0] + boxes[:, 2]
    others = _letters_beside(boxes, np.searchsorted(boxes[:, 0], ends + _GAP * boxes[:, 3]))
    numbers = np.flatnonzero(others >= 0)
    gaps = boxes[others[numbers], 0] - ends[numbers]
    nearest_last = numbers[np.argsort(-gaps)]
    before = dict(zip(others[nearest_last].tolist(), nearest_last.tolist(), strict=True))
    return {number: other for other, number in before.items()}


def _letters_beside(boxes: Boxes, stops: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each box the first one in its line among those behind it and before its stop; -1 without any."""
    tops, heights = boxes[:, 1], boxes[:, 3]
    found, here = np.full(len(boxes), -1), np.arange(len(boxes))
    for step in range(1, _FARTHEST + 1):
        here = here[here + step < stops[here]]
        if not len(here):
            break
        other = here + step
        common = np.minimum((tops + heights)[here], (tops + heights)[other]) - np.maximum(
            tops[here], tops[other]
        )
        is_beside = common > _ALIKE * np.maximum(heights[here], heights[other])
        found[here[is_beside]] = other[is_beside]
        here = here[~is_beside]
    return found


def _chain(start: int, follows: dict[int, int]) -> list[int]:
    chain = [start]
    while chain[-1] in follows:
        chain.append(follows[chain[-1]])
    return chain
