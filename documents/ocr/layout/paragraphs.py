"""Lines of one column as paragraphs."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from documents.ocr.elements import Box
from documents.ocr.layout.view import Piece, usual_height

# Times as high: a heading before a text. Lines without g or p are a quarter lower than others.
_LARGER = 1.45
_INITIAL = 1.7  # times as high as the usual word: a large letter at the beginning of a text
_SPACED = 1.35  # usual steps from line to line: more is the white between paragraphs
_INDENT = (0.5, 5.0)  # heights of a line: less is chance, more is another column of a table
_RUNNING = 0.6  # of the width of the column, taken by most lines: where indents mean something


def in_paragraphs(rows: Sequence[Piece]) -> list[list[Piece]]:
    """The lines of each paragraph, told by white, by the height of letters and by indents."""
    if not rows:
        return []
    height, step = usual_height(rows), _usual_step(rows)
    indents = _indented(rows, height)
    result = [[rows[0]]]
    for at, (before, row) in enumerate(pairwise(rows), start=1):
        if indents[at] or _is_apart(before, row, step) or _is_other(before, row):
            result.append([])
        result[-1].append(row)
    return result


def _usual_step(rows: Sequence[Piece]) -> float:
    steps = sorted(after.box.middle_y - before.box.middle_y for before, after in pairwise(rows))
    return steps[len(steps) // 2] if steps else 0.0


def _is_apart(before: Piece, row: Piece, step: float) -> bool:
    return row.box.middle_y - before.box.middle_y > _SPACED * max(step, before.box.height, 1)


def _is_other(before: Piece, row: Piece) -> bool:
    small, large = sorted((_height(before), _height(row)))
    return large > _LARGER * small


def _height(row: Piece) -> int:
    """Of the line without a large initial."""
    usual = median(box.height for box in row.boxes)
    return Box.around([box for box in row.boxes if box.height <= _INITIAL * usual]).height


def _indented(rows: Sequence[Piece], height: float) -> list[bool]:
    """For each line whether it begins a paragraph by standing a little to the right of those around it."""
    left, right = min(row.box.x0 for row in rows), max(row.box.x1 for row in rows)
    wide = sum(row.box.width >= _RUNNING * (right - left) for row in rows)
    if 2 * wide < len(rows):
        return [False] * len(rows)
    starts = [row.box.x0 for row in rows]
    low, high = (share * height for share in _INDENT)
    return [
        0 < at < len(rows) - 1
        and all(low <= starts[at] - starts[other] <= high for other in (at - 1, at + 1))
        for at in range(len(rows))
    ]
