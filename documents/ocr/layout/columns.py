"""A page cut into parts that each have one column, in reading order."""

from collections.abc import Container, Sequence
from statistics import median

from documents.ocr.elements import Box
from documents.ocr.layout.gutters import Gutter, find_gutter
from documents.ocr.layout.letters import large_ones
from documents.ocr.layout.view import Piece, usual_height

_MOST_CUTS = 100  # no page has more columns; nobody shall keep us busy with one that claims to
_LARGER = 1.1  # usual heights: letters of a heading
_HEADING_LINES = 3
_BAND = 2.5  # heights of a line: white that parts sections without a heading ...
_SECTION_LINES = 3  # ... of so many lines at least, on either side
_ACROSS = 1.5  # widths of a usual line: it reaches over more than its column
_APART = 0.8  # heights of a line that are free above it
_SMALLER = 0.85  # times as high as most words: those of a note
_NOTE_WORDS = 4  # at least: the letters of less may all be low ones
_LEVEL = 0.5  # heights of a line: so near to each other do columns below it begin
# A line that runs on across a gutter was two: there is a gap in it ...
_WIDE = 1.4  # ... wider than those between its words,
_NEAR = 1.0  # ... and the halves end and begin, within so many heights, where the columns do,
_ALIKE = (0.6, 1.5)  # ... and it is about as high as the lines of the columns.


def in_columns(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The ``pieces`` of each column, or part of one, in the order in which these are read."""
    height = usual_height(pieces)
    waiting, done = [list(pieces)], []
    cuts = 0
    while waiting:
        part = waiting.pop()
        gutter = find_gutter(part, height) if cuts < _MOST_CUTS else None
        if gutter is None:
            done.append(part)
            continue
        cuts += 1
        parted = _parted(part, gutter, height)
        if len(parted) > len(part):
            part, gutter = parted, find_gutter(parted, height) or gutter
        waiting.extend(reversed(_sections(part, gutter, height) or _around(part, gutter, height)))
    return [part for part in done if part]


def _around(pieces: Sequence[Piece], gutter: Gutter, height: float) -> list[list[Piece]]:
    """What is above a gutter, left of it, right of it, and below."""
    beside = {id(piece) for piece in (*gutter.left, *gutter.right)}
    others = [piece for piece in pieces if id(piece) not in beside]
    above = [piece for piece in others if piece.box.middle_y < gutter.box.y0]
    below = [piece for piece in others if piece.box.middle_y >= gutter.box.y0]
    left, notes = _without_notes(gutter.left, gutter.right, height)
    right = gutter.right
    if below:  # no heading stands at the foot of a column
        (left, moved_left), (right, moved_right) = (
            _without_heading(left, height),
            _without_heading(right, height),
        )
        below = [*moved_left, *moved_right, *below]
    return [part for part in (above, left, right, [*notes, *below]) if part]


def _without_notes(
    left: list[Piece], right: Sequence[Piece], height: float
) -> tuple[list[Piece], list[Piece]]:
    """The left column without the notes in smaller letters that stand below both, and these."""
    bottom = max(piece.box.y1 for piece in right)
    notes = [piece for piece in left if piece.box.y0 >= bottom]
    column = [piece for piece in left if piece.box.y0 < bottom]
    if not notes or not column:
        return left, []
    white = min(piece.box.y0 for piece in notes) - max(piece.box.y1 for piece in (*column, *right))
    words = [box.height for piece in notes for box in piece.boxes]
    usual = median(box.height for piece in (*column, *right) for box in piece.boxes)
    is_note = white >= _APART * height and len(words) >= _NOTE_WORDS and median(words) <= _SMALLER * usual
    return (column, notes) if is_note else (left, [])


def _sections(pieces: Sequence[Piece], gutter: Gutter, height: float) -> list[list[Piece]]:
    """What is above and what is below the place where sections of columns part; [] without one.

    There is a heading over the left column. Beside it there is nothing, and both columns begin anew below it,
    or the right one has ended and it reaches over several left of it; or there is another heading, as where
    two articles of a newspaper begin. Or there is nothing but white over both columns, several lines high.
    """
    left = sorted(gutter.left, key=lambda piece: piece.box.middle_y) if gutter.is_text else []
    large = set(map(id, large_ones([*left, *gutter.right]))) if left else set[int]()
    for at in range(1, len(left)):
        end = next((end for end in range(at, len(left)) if id(left[end]) not in large), len(left))
        if end > at:
            column = left[:at], left[at:end], left[end:]
            is_begin = _parts_sections(column, gutter.right, large, height)
        else:
            is_begin = _are_parted(left[:at], left[at:], gutter.right, height)
        if is_begin:
            top = left[at].box.y0
            return [
                [piece for piece in pieces if piece.box.middle_y < top],
                [piece for piece in pieces if piece.box.middle_y >= top],
            ]
    return []


def _parts_sections(
    column: tuple[Sequence[Piece], ...], right: Sequence[Piece], large: Container[int], height: float
) -> bool:
    """Whether the lines of a heading do, with what is above and below them in their ``column``; ``large``
    are the ids of lines in large letters."""
    above, heading, below = column
    if not below or len(heading) > _HEADING_LINES:
        return False
    top, bottom = heading[0].box.y0, heading[-1].box.y1
    lower = [piece for piece in right if piece.box.y1 > top]
    upper = [piece.box for piece in (*above, *right) if piece.box.y1 <= top]
    if len(lower) == len(right) or top - max((box.y1 for box in upper), default=top) < _APART * height:
        return False
    if not lower:  # one column that is longer than the other is read through; of several, articles are
        return heading[0].box.width >= _ACROSS * median(piece.box.width for piece in (*above, *below))
    first = min(lower, key=lambda piece: piece.box.y0)
    if first.box.y0 < bottom:
        return id(first) in large and abs(first.box.y0 - top) <= height
    return abs(min(piece.box.middle_y for piece in lower) - below[0].box.middle_y) <= _LEVEL * height


def _are_parted(
    above: Sequence[Piece], below: Sequence[Piece], right: Sequence[Piece], height: float
) -> bool:
    """Whether white over both columns parts what is ``above`` and ``below`` it in the left one."""
    top = below[0].box.y0
    if top - above[-1].box.y1 < _BAND * height:
        return False
    upper = [piece.box for piece in right if piece.box.y1 <= top]
    lower = [piece.box for piece in right if piece.box.y1 > top]
    if min(len(above), len(below), len(upper), len(lower)) < _SECTION_LINES:
        return False
    white = top - max(box.y1 for box in (*(piece.box for piece in above), *upper))
    return white >= _BAND * height and abs(min(box.y0 for box in lower) - top) <= _LEVEL * height


def _without_heading(column: Sequence[Piece], height: float) -> tuple[list[Piece], list[Piece]]:
    """The column without the large lines that stand apart at its foot, and these."""
    downwards = sorted(column, key=lambda piece: piece.box.middle_y)
    cut = len(downwards)
    for at in range(len(downwards) - 1, max(len(downwards) - 1 - _HEADING_LINES, 0), -1):
        is_apart = downwards[at].box.y0 - downwards[at - 1].box.y1 >= _APART * height
        if is_apart and median(line.box.height for line in downwards[at:]) >= _LARGER * height:
            cut = at
    return downwards[:cut], downwards[cut:]


def _parted(pieces: Sequence[Piece], gutter: Gutter, height: float) -> list[Piece]:
    """The pieces, those that run on from one column into the next in two."""
    ends = median(piece.box.x1 for piece in _widest(gutter.left))
    begins = median(piece.box.x0 for piece in _widest(gutter.right))
    result: list[Piece] = []
    for piece in pieces:
        at = _break(piece, gutter.box, (ends, begins), height)
        result.extend(piece.parted(at) if at else (piece,))
    return result


def _widest(column: Sequence[Piece]) -> list[Piece]:
    """The wider half of the lines."""
    return sorted(column, key=lambda piece: -piece.box.width)[: (len(column) + 1) // 2]


def _break(piece: Piece, strip: Box, edges: tuple[float, float], height: float) -> int:
    """The number of the first word behind the gutter, in a line that runs on across it; else 0."""
    if not piece.box.x0 < strip.middle_x < piece.box.x1:
        return 0
    if not _ALIKE[0] * height <= piece.box.height <= _ALIKE[1] * height:
        return 0
    gaps = piece.gaps
    for at, gap in enumerate(gaps, start=1):
        before, after = piece.boxes[at - 1], piece.boxes[at]
        if (
            abs(before.x1 - edges[0]) <= _NEAR * height
            and abs(after.x0 - edges[1]) <= _NEAR * height
            and gap > _WIDE * median(gaps)
        ):
            return at
    return 0
