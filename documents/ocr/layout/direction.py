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


def direction_of(line: Line) -> Direction:
    text = line.text
    if line.box.height > _UPRIGHT * line.box.width and len(text) > 1 and is_unspaced(text[0]):
        return "ttb"
    return direction_of_text(text)


def direction_of_text(text: str) -> Direction:
    """Of letters whose places are not known."""
    classes = Counter(map(unicodedata.bidirectional, text))
    return "rtl" if sum(classes[name] for name in RIGHT_TO_LEFT) > classes["L"] else "ltr"


def main_direction(lines: Iterable[Line]) -> Direction:
    """That of most of ``lines``; left to right where there are none."""
    counted = Counter(map(direction_of, lines))
    return counted.most_common(1)[0][0] if counted else "ltr"
