"""Pieces of one column as lines, from top to bottom: what stands on one baseline is one line."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from documents.ocr.elements import Box, Word, spaced
from documents.ocr.layout.view import Piece

_SHARED = 0.5  # of the lower one's height, by two pieces in one line
_OVERLAP = 0.3  # of the narrower one's width that detectors let the boxes of neighbours share
_TALLER = (
    2.2  # times: so much larger may letters in one line be; what is higher is the stroke of a pen or a rule
)
_TOUCHING = 0.3  # heights of a line: what is nearer was parted by the detector, with or without a space
_INITIAL = 1.7  # times as high as the line beside it: a letter that begins a paragraph
_ARTICLES = frozenset("AIO")  # letters that are words
_AT_ONCE = 20_000  # pairs of boxes: their numbers stay in the processor's cache

Boxes = NDArray[np.int64]  # n × 4: as `Box` has them
Numbers = NDArray[np.int64]
Lengths = NDArray[np.float64]  # pixels


def in_rows(pieces: Sequence[Piece]) -> list[Piece]:
    """The lines of one column. A large initial letter belongs to the first line beside it."""
    return sorted((_joined(row) for row in chained(pieces)), key=_place)


def chained(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Those on one baseline together, from left to right."""
    downwards = sorted(pieces, key=lambda piece: (piece.box.y0, piece.box.x0))
    following = _links(downwards)
    begun = set(following.values())
    chains = (_chain(at, following) for at in range(len(downwards)) if at not in begun)
    return [[downwards[at] for at in chain] for chain in chains]


def _place(row: Piece) -> float:
    """The middle of the row; of one that begins with a large initial, that of the rest."""
    lowest = min(row.boxes, key=lambda box: box.height)
    return (lowest if row.box.height > _INITIAL * lowest.height else row.box).middle_y


def _links(pieces: Sequence[Piece]) -> dict[int, int]:
    """For each piece the next one to its right in its line, of which it is the nearest one to the left."""
    at, to, away = map(np.concatenate, zip(*_followers(pieces), strict=True))
    nearest = _least(to, away)
    return dict(zip(at[nearest].tolist(), to[nearest].tolist(), strict=True))


def _followers(pieces: Sequence[Piece]) -> Iterator[tuple[Numbers, Numbers, Lengths]]:
    """The numbers of pieces that have one to their right, some at a time in their order; that of the next
    one, and how far it is. A large letter is followed by the first line beside it, any other piece by the
    nearest one."""
    boxes = boxes_of(piece.box for piece in pieces)
    for one, other in in_one_row(boxes):
        beside = _are_beside(boxes[one], boxes[other])
        at, to = one[beside], other[beside]
        left, right = boxes[at], boxes[to]
        lines = _are_initials(pieces, at, _heights(left) > _INITIAL * _heights(right))
        away = _distances(left, right)
        able = np.flatnonzero(lines | _are_alike(left, right))
        next_ones = able[_least(at[able], np.where(lines, -1, away)[able])]
        yield at[next_ones], to[next_ones], away[next_ones]


def _least(groups: Numbers, values: Lengths) -> Numbers:
    """The place of the least value of each group; of several the first."""
    order = np.lexsort((values, groups))
    _groups, firsts = np.unique(groups[order], return_index=True)
    return order[firsts]


def boxes_of(boxes: Iterable[Box]) -> Boxes:
    """As an array, a row for each box."""
    return np.fromiter(chain.from_iterable(boxes), np.int64).reshape(-1, 4)


def in_one_row(boxes: Boxes) -> Iterator[tuple[Numbers, Numbers]]:
    """The numbers of each two boxes that share a row, some pairs at a time, sorted; also each with itself.

    ``boxes`` are sorted by their tops. The second of a pair begins above the end of the first one; what is
    much taller than the first one, and begins far above it, is left out.
    """
    tops, bottoms, needed = boxes[:, 1], boxes[:, 3], _SHARED * _heights(boxes)
    firsts, ends = _spans(boxes)
    counts = ends - firsts
    batches = np.flatnonzero(np.diff(np.cumsum(counts) // _AT_ONCE)) + 1
    for some in np.split(np.arange(len(boxes)), batches):
        many = counts[some]
        one = np.repeat(some, many)
        other = np.arange(len(one)) + np.repeat(firsts[some] - np.cumsum(many) + many, many)
        # To repeat numbers takes a quarter of the time of looking them up.
        lower = np.minimum(np.repeat(bottoms[some], many), bottoms.take(other))
        upper = np.maximum(np.repeat(tops[some], many), tops.take(other))
        is_one_row = lower - upper >= np.minimum(np.repeat(needed[some], many), needed.take(other))
        yield one[is_one_row], other[is_one_row]


def _spans(boxes: Boxes) -> tuple[Numbers, Numbers]:
    """The first of those that can stand in a row with each of ``boxes``, and the first behind them."""
    highest = boxes[:, 1] - _TALLER * _heights(boxes)
    return np.searchsorted(boxes[:, 1], highest), np.searchsorted(boxes[:, 1], boxes[:, 3])


def _heights(boxes: Boxes) -> Numbers:
    return boxes[:, 3] - boxes[:, 1]


def _widths(boxes: Boxes) -> Numbers:
    return boxes[:, 2] - boxes[:, 0]


def _are_beside(left: Boxes, right: Boxes) -> NDArray[np.bool_]:
    """Of boxes that share a row: whether the second is to the right of the first."""
    over = left[:, 2] - right[:, 0]
    is_behind = left[:, 0] + left[:, 2] < right[:, 0] + right[:, 2]
    return is_behind & (over <= _OVERLAP * np.minimum(_widths(left), _widths(right)))


def _are_alike(one: Boxes, other: Boxes) -> NDArray[np.bool_]:
    heights = _heights(one), _heights(other)
    return np.asarray(np.maximum(*heights) <= _TALLER * np.minimum(*heights))


def _are_initials(pieces: Sequence[Piece], at: Numbers, is_larger: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of the pieces ``at`` are a letter, and much larger than what is beside them."""
    letters = [number for number in set(at[is_larger].tolist()) if _is_letter(pieces[number])]
    return is_larger & np.isin(at, letters) if letters else np.zeros_like(is_larger)


def _distances(left: Boxes, right: Boxes) -> Lengths:
    """How far it is, a step up or down counting as much as one to the right."""
    across = np.maximum(right[:, 0] - left[:, 2], 0)
    middles = left[:, 1] + left[:, 3], right[:, 1] + right[:, 3]
    return np.asarray(across + np.abs(np.subtract(*middles)) / 2, np.float64)


def _is_letter(piece: Piece) -> bool:
    return len(piece.letters) == 1 and piece.letters.isalpha()


def _chain(at: int, following: dict[int, int]) -> list[int]:
    chain = [at]
    while chain[-1] in following:
        chain.append(following[chain[-1]])
    return chain


def _joined(pieces: Sequence[Piece]) -> Piece:
    words = (*pieces[0].words, *_following_words(pieces))
    return Piece(
        words, tuple(box for piece in pieces for box in piece.boxes), Box.around([p.box for p in pieces])
    )


def _following_words(pieces: Sequence[Piece]) -> Iterator[Word]:
    for before, piece in pairwise(pieces):
        yield _behind(before, piece)
        yield from piece.words[1:]


def _behind(before: Piece, piece: Piece) -> Word:
    """The first word of ``piece``, saying whether there is a space before it."""
    word = piece.words[0]
    if _is_letter(before) and before.box.height > _INITIAL * piece.box.height:
        is_there = before.letters in _ARTICLES and len(word.text) > 2
        return spaced(before.words[-1], word, is_there=is_there)
    if piece.box.x0 - before.box.x1 < _TOUCHING * piece.box.height:
        return replace(word, space=None)
    return spaced(before.words[-1], word, is_there=True)
