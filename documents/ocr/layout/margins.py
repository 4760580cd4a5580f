"""Notes in the margin of a text: they are read behind the paragraph beside which they begin."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from documents.ocr.elements import Box
from documents.ocr.layout.rows import Boxes, Numbers, boxes_of
from documents.ocr.layout.view import Piece

# In heights of a line:
_GAP = 1.0  # in a line: wider than a space between words
_APART = 0.5  # at least so far from the edge of the text, ...
_STEP = 2.0  # ... and so near, from middle to middle, to the line of the same note above
_LONG = 0.6  # of the widest line: so long are most lines of running text
_FEWEST_LINES = 6  # of running text that has notes
_MOST_BESIDE = 0.6  # of these lines that have something beside them: with more, it is a table
_LETTERS = 4  # of a note: less is the number of a line, a bullet, a stroke
_FIGURES = 0.3  # of its letters: more digits make it a price or the number of a page


def without_notes(pieces: Sequence[Piece], height: float) -> tuple[list[Piece], list[list[Piece]]]:
    """The pieces of a page without the notes beside its text, and the lines of each note, from top to bottom.

    ``height`` is that of a usual line in pixels.
    """
    parts = _parts(pieces, _GAP * height)
    edges = _edges(parts.boxes)
    if edges is None:
        return list(pieces), []
    left, right = edges[0] - _APART * height, edges[1] + _APART * height
    is_beside = (parts.boxes[:, 2] <= left) | (parts.boxes[:, 0] >= right)
    beside = parts.made(np.flatnonzero(is_beside))
    notes = [note for note in _grouped(beside, height) if _is_note(note)]
    if not notes or _is_table(parts.boxes, notes, (left, right)):
        return list(pieces), []
    outside = {id(word) for note in notes for piece in note for word in piece.words}
    main = [inside for piece in pieces for inside in _inside(piece, outside)]
    return main, notes


def with_notes(paragraphs: Sequence[list[Piece]], notes: Sequence[list[Piece]]) -> list[list[Piece]]:
    """The lines of ``paragraphs`` in reading order, each followed by the notes that begin beside it."""
    boxes = [Box.around([row.box for row in rows]) for rows in paragraphs]
    following: defaultdict[int, list[list[Piece]]] = defaultdict(list)
    for note in notes:
        following[min(range(len(boxes)), key=lambda at: _distance(boxes[at], note[0].box))].append(note)
    return [rows for at, paragraph in enumerate(paragraphs) for rows in (paragraph, *following[at])]


def _distance(paragraph: Box, note: Box) -> tuple[float, int]:
    """From the middle of the first line of a note: first downwards, then across."""
    y = note.middle_y
    down = max(paragraph.y0 - y, y - paragraph.y1, 0)
    return down, max(paragraph.x0 - note.x1, note.x0 - paragraph.x1, 0)


class _Parts(NamedTuple):
    """The fragments of ``pieces``, measured: the number of the piece ``whose`` words each has, and its first
    of these ``words`` and the first behind it (n × 2)."""

    pieces: Sequence[Piece]
    boxes: Boxes
    whose: Numbers
    words: Numbers

    def made(self, which: Numbers) -> list[Piece]:
        found = (numbers[which].tolist() for numbers in (self.whose, self.words, self.boxes))
        return [
            Piece(self.pieces[of].words[first:end], self.pieces[of].boxes[first:end], Box(*box))
            for of, (first, end), box in zip(*found, strict=True)
        ]


def _parts(pieces: Sequence[Piece], gap: float) -> _Parts:
    words = boxes_of(box for piece in pieces for box in piece.boxes)
    ends = np.cumsum([len(piece.boxes) for piece in pieces], dtype=np.int64)
    is_last = np.full(len(words), fill_value=False)
    is_last[:-1] = words[1:, 0] - words[:-1, 2] > gap
    is_last[ends - 1] = True
    behind = np.flatnonzero(is_last) + 1
    firsts = np.append(0, behind)[:-1]
    whose = np.searchsorted(ends, firsts, side="right")
    boxes = boxes_of(piece.box for piece in pieces)[whose]
    boxes[:, 0] = np.minimum.reduceat(words[:, 0], firsts)
    boxes[:, 2] = np.maximum.reduceat(words[:, 2], firsts)
    begins = np.append(0, ends)[whose]
    return _Parts(pieces, boxes, whose, np.column_stack([firsts - begins, behind - begins]))


def all_fragments(pieces: Sequence[Piece], gap: float) -> list[Piece]:
    """The pieces, cut where there is more than ``gap`` pixels between two words."""
    parts = _parts(pieces, gap)
    return parts.made(np.arange(len(parts.boxes)))


def _edges(boxes: Boxes) -> tuple[float, float] | None:
    """Where most long lines begin and end; None where there are too few for a text."""
    widths = boxes[:, 2] - boxes[:, 0]
    long = boxes[widths >= _LONG * widths.max(initial=0)]
    if len(long) < _FEWEST_LINES:
        return None
    return float(np.percentile(long[:, 0], 10)), float(np.percentile(long[:, 2], 90))


def _grouped(pieces: Sequence[Piece], height: float) -> list[list[Piece]]:
    """Those that stand one below the other together."""
    notes: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.middle_y):
        above = next((note for note in notes if _continues(note[-1], piece, height)), None)
        if above is None:
            notes.append([piece])
        else:
            above.append(piece)
    return notes


def _continues(above: Piece, piece: Piece, height: float) -> bool:
    shared = min(above.box.x1, piece.box.x1) - max(above.box.x0, piece.box.x0)
    return shared > 0 and piece.box.middle_y - above.box.middle_y <= _STEP * height


def _is_note(pieces: Sequence[Piece]) -> bool:
    text = "".join(piece.letters for piece in pieces)
    return len(text) >= _LETTERS and sum(letter.isdigit() for letter in text) < _FIGURES * len(text)


def _is_table(parts: Boxes, notes: Sequence[Sequence[Piece]], edges: tuple[float, float]) -> bool:
    """Whether most lines have something beside them."""
    left, right = edges
    lines = parts[(left < parts[:, 2]) & (parts[:, 0] < right)]
    middles = (lines[:, 1] + lines[:, 3]) / 2
    beside = boxes_of(sorted((piece.box for note in notes for piece in note), key=lambda box: box.y0))
    begun = np.searchsorted(
        beside[:, 1], middles, side="right"
    )  # so many begin above the middle of each line
    lowest = np.append(-np.inf, np.maximum.accumulate(beside[:, 3]))[begun]
    return int((middles <= lowest).sum()) > _MOST_BESIDE * len(lines)


def _inside(piece: Piece, outside: set[int]) -> list[Piece]:
    """The piece without the words in ``outside``, in as many parts as they leave."""
    cuts = [
        at
        for at, (before, word) in enumerate(pairwise(piece.words), start=1)
        if (id(before) in outside) != (id(word) in outside)
    ]
    return [part for part in piece.cut(cuts) if id(part.words[0]) not in outside]
