"""What the files of other programs say of a page, as blocks, lines and words: what all readers share.

Nearly everything may be missing in such files: a word without a box shares that of its line, a line without
words is taken apart, and a word of which nobody says how sure it is counts as certain, as nobody doubted it.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from documents.errors import PageTooFull
from documents.ocr.correcting.editing import MOST_WORDS
from documents.ocr.correcting.typed import (
    LONGEST_LINE,
    LONGEST_WORD,
    SURE,
    clipped,
    gap,
    placed,
    shared,
    shown,
    tallest,
)
from documents.ocr.elements import Block, Box, Line, PageText, Word, spaced

_NUMBER = re.compile(r"[+-]?\d{1,7}(?:\.\d*)?", re.ASCII)
_MOST_LETTERS, _MOST_PIECES = 100 * MOST_WORDS, 2 * MOST_WORDS
_ANYWHERE = Box(0, 0, 10**8, 10**8)


@dataclass(frozen=True, slots=True)
class TextOfPage:
    """One page of a file of text.

    ``page`` is in the file's own units, 0 wide and high where its size is not told; None where the file says
    that nothing was read. ``image`` is the name of the image, empty where it is not told; ``number`` is the
    page's own, from 1, where the file has one.
    """

    page: PageText | None
    image: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A word as a file has it. ``space`` says whether one stands before it; None: the file does not tell."""

    text: str
    box: Box | None = None
    confidence: float | None = None
    space: bool | None = None


@dataclass(slots=True)
class Row:
    """A line as a file has it. ``block`` is the same for neighbours that are one paragraph.

    ``text`` counts where there are no ``pieces``; ``box`` and ``confidence`` are for those without their own.
    """

    block: object
    box: Box | None = None
    text: str = ""
    confidence: float | None = None
    pieces: list[Piece] = field(default_factory=list)


def number(value: str) -> float | None:
    """A coordinate or a share; None where ``value`` is no plain number."""
    found = _NUMBER.fullmatch(value.strip())
    return float(found[0]) if found else None


def percent(value: float | None) -> float | None:
    """A confidence from 0 to 1, or from 0 to 100 as some write it all the same, as one from 0 to 100."""
    if value is None:
        return None
    return round(min(max(value * 100 if value <= 1 else value, 0.0), 100.0), 2)


def first_known(*values: float | None) -> float | None:
    """The first of ``values`` that is told."""
    return next((value for value in values if value is not None), None)


def box_of(x0: float, y0: float, x1: float, y1: float) -> Box:
    """The whole pixels that hold these corners, in whichever order they come."""
    left, right = sorted((x0, x1))
    top, bottom = sorted((y0, y1))
    return Box(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom))


def blocks_of(rows: Iterable[Row], size: tuple[int, int]) -> tuple[Block, ...]:
    """The paragraphs of a page of ``size`` (0, 0: unknown); rows without text are left out, and those that
    are longer than lines may be are cut.

    Raises PageTooFull.
    """
    page = Box(0, 0, *size) if all(size) else _ANYWHERE
    lines = ((row.block, line) for row in _bounded(rows) for line in _lines(row, page))
    return tuple(
        Block.of([line for _block, line in together])
        for _block, together in groupby(_counted(lines), key=lambda pair: pair[0])
    )


def stacked(box: Box, count: int) -> list[Box]:
    """``box`` cut into ``count`` rows of the same height."""
    edges = [box.y0 + box.height * at // count for at in range(count + 1)]
    return [box._replace(y0=y0, y1=max(y1, y0 + 1)) for y0, y1 in pairwise(edges)]


def _bounded(rows: Iterable[Row]) -> Iterator[Row]:
    """Those of a page that is not too full; looking at what is no word takes time, too."""
    letters, pieces = 0, 0
    for row in rows:
        letters += len(row.text) + sum(len(piece.text) for piece in row.pieces)
        pieces += len(row.pieces)
        if letters > _MOST_LETTERS or pieces > _MOST_PIECES:
            raise PageTooFull(limit=MOST_WORDS)
        yield row


def _counted(lines: Iterable[tuple[object, Line]]) -> Iterator[tuple[object, Line]]:
    count = 0
    for block, line in lines:
        count += len(line.words)
        if count > MOST_WORDS:
            raise PageTooFull(limit=MOST_WORDS)
        yield block, line


def _lines(row: Row, page: Box) -> Iterator[Line]:
    """One, as a rule; none where there is no text."""
    line: list[Word] = []
    length = 0
    for word in _words_in(row, page):
        length += len(word.text) + 1
        if length > LONGEST_LINE:
            yield Line.of(line)
            line, length = [], len(word.text) + 1
        line.append(word)
    if line:
        yield Line.of(line)


def _words_in(row: Row, page: Box) -> list[Word]:
    pieces = row.pieces or [Piece(row.text)]
    cut = [(piece, texts) for piece in pieces if (texts := _texts(piece.text))]
    boxes = _boxes([piece for piece, _texts in cut], row.box, page)
    words: list[Word] = []
    for (piece, texts), box in zip(cut, boxes, strict=True):
        words += _words(piece, texts, box, row, before=words[-1] if words else None)
    return words


def _texts(text: str) -> list[str]:
    """The words of ``text``, none longer than words may be: rules of dots come as one of hundreds."""
    return [
        word[start : start + LONGEST_WORD]
        for word in shown(text)
        for start in range(0, len(word), LONGEST_WORD)
    ]


def _words(piece: Piece, texts: Sequence[str], box: Box, row: Row, *, before: Word | None) -> Iterator[Word]:
    confidence = first_known(piece.confidence, row.confidence, SURE)
    first, *others = (replace(word, confidence=confidence or 0.0) for word in placed(texts, box))
    yield first if piece.space is None else spaced(before, first, is_there=piece.space)
    yield from others


def _boxes(pieces: Sequence[Piece], around: Box | None, page: Box) -> list[Box]:
    """A box for each of ``pieces``, inside ``page``: those that have none share that of their line."""
    if not any(piece.box for piece in pieces):
        texts = [piece.text for piece in pieces]
        return shared(clipped(around, page) if around else _nowhere(page), texts)
    words = [Word(piece.text, SURE, clipped(piece.box, page)) if piece.box else None for piece in pieces]
    height = tallest(word for word in words if word)
    boxes: list[Box] = []
    for at, (word, after) in enumerate(zip(words, _following(words), strict=True)):
        before = Word(pieces[at - 1].text, SURE, boxes[-1]) if at else None
        boxes.append(word.box if word else gap(before, after, pieces[at].text, page, height))
    return boxes


def _following(words: Sequence[Word | None]) -> list[Word | None]:
    """For each of ``words`` itself, or the next there is."""
    found: list[Word | None] = []
    after = None
    for word in reversed(words):
        after = word or after
        found.append(after)
    return found[::-1]


def _nowhere(page: Box) -> Box:
    """Where a line stands of which nothing tells it: all of the page, if that has a size."""
    return Box(0, 0, 1, 1) if page == _ANYWHERE else page
