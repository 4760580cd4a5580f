"""Pieces of one column as lines, from top to bottom: what stands on one baseline is one line."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

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
    nearest: dict[int, int] = {}
    for at, piece in enumerate(pieces):
        to = _next(piece, pieces, _span(piece.box, pieces))
        if to is not None and (to not in nearest or _is_nearer(pieces, at, nearest[to], to)):
            nearest[to] = at
    return {at: to for to, at in nearest.items()}


def _is_nearer(pieces: Sequence[Piece], one: int, other: int, to: int) -> bool:
    return _distance(pieces[one].box, pieces[to].box) < _distance(pieces[other].box, pieces[to].box)


def _span(box: Box, pieces: Sequence[Piece]) -> range:
    """The numbers of all pieces, sorted by their tops, that can follow ``box``: none is much taller."""
    highest = box.y0 - _TALLER * box.height
    first, end = (bisect_left(pieces, y, key=lambda piece: piece.box.y0) for y in (highest, box.y1))
    return range(first, end)


def _next(piece: Piece, pieces: Sequence[Piece], span: range) -> int | None:
    beside = [to for to in span if _are_beside(piece.box, pieces[to].box)]
    if _is_letter(piece):
        lines = [to for to in beside if piece.box.height > _INITIAL * pieces[to].box.height]
        if lines:
            return min(lines, key=lambda to: pieces[to].box.y0)
    alike = [to for to in beside if _are_alike(piece.box, pieces[to].box)]
    return min(alike, key=lambda to: _distance(piece.box, pieces[to].box), default=None)


def share_a_row(one: Box, other: Box) -> bool:
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared >= _SHARED * min(one.height, other.height)


def _are_beside(left: Box, right: Box) -> bool:
    over = left.x1 - right.x0
    return (
        left.x0 + left.x1 < right.x0 + right.x1
        and share_a_row(left, right)
        and over <= _OVERLAP * min(left.width, right.width)
    )


def _are_alike(one: Box, other: Box) -> bool:
    lower, higher = sorted((one.height, other.height))
    return higher <= _TALLER * lower


def _distance(left: Box, right: Box) -> float:
    """How far it is, a step up or down counting as much as one to the right."""
    return max(right.x0 - left.x1, 0) + abs(left.middle_y - right.middle_y)


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
