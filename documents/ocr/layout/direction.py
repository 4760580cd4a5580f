"""Which way text runs, told from its letters and the shape of its lines."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from documents.ocr.elements import RIGHT_TO_LEFT, Line, is_unspaced

Direction = Literal["ltr", "rtl", "ttb"]
"""From left to right, from right to left, or from top to bottom in columns from right to left."""

# A line of two square letters is twice as high as it is wide where it runs down.
_UPRIGHT = 1.5
_FIRST_FROM_RIGHT = "\u0590"  # where the Hebrew block begins: no letter before it runs from right to left


def direction_of(line: Line) -> Direction:
    if line.box.height > _UPRIGHT * line.box.width and _can_run_down(line.text):
        return "ttb"
    return direction_of_text("".join(word.text for word in line.words))


def _can_run_down(text: str) -> bool:
    return len(text) > 1 and is_unspaced(text[0])


def direction_of_text(text: str) -> Direction:
    """Of letters whose places are not known."""
    if max(text, default="") < _FIRST_FROM_RIGHT:
        return "ltr"
    classes = Counter(map(unicodedata.bidirectional, text))
    return "rtl" if sum(classes[name] for name in RIGHT_TO_LEFT) > classes["L"] else "ltr"


def main_direction(lines: Iterable[Line]) -> Direction:
    """That of most of ``lines``; left to right where there are none."""
    return most_common(map(direction_of, lines))


def most_common(directions: Iterable[Direction]) -> Direction:
    """Left to right where there are none."""
    counted = Counter(directions)
    return counted.most_common(1)[0][0] if counted else "ltr"
