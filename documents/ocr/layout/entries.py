"""Columns of short entries, as of an index or a list of names: they are no rows of a table."""

import re
import unicodedata
from bisect import bisect, bisect_left
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from documents.ocr.elements import Box
from documents.ocr.layout.view import Piece

_FEWEST = 5  # entries of a column
_EDGE = 1.0  # heights of a line: entries that begin as near together begin at one edge
# Of the lines of a column:
_AT_EDGE = 0.5  # begin at one edge: others are indented below their entry
_WITH_PAGES = 0.6  # of an index end with numbers of pages; those that run on do not
_FIGURES = 0.15  # at most, of all beside a gutter, are figures alone: with more it is a table
_DISTINCT = 0.8  # of the entries have other letters: units and currencies repeat themselves
_WORDS = 0.7  # of a list are words
_NUMBERS = 0.8  # of what stands at its end are numbers
_ASCEND = 0.9  # of a list that is sorted come behind the one before: some are misread, or run on
# Steps from line to line:
_STEPS = 1.25  # times the smaller one of two columns: those of cells of several lines differ more
_IN_STEP = 0.2  # of a step, between lines that stand beside each other
_ROWS = 0.75  # of the lines of a table, or more, are in step

_NEXT = 2.5  # heights of a line: so far below one is the next
_COMMAS = (",", "，", "،")

_HEADWORD = re.compile(r"[^\W\d]{2}")
_PAGES = re.compile(r"\W{0,3}\d{1,4}(?:\W\d{1,4}){0,8}\W{0,3}")  # the last word of: badger, 12, 30–34


def are_entries(
    left: Sequence[Piece],
    right: Sequence[Piece],
    nearest: tuple[Sequence[Piece], Sequence[Piece]],
    height: float,
) -> bool:
    """Whether what is ``left`` and ``right`` of a white strip are columns of entries, to be read in turn.

    ``nearest`` are the columns beside the strip; ``height`` is that of a usual line in pixels.
    """
    if min(map(len, nearest)) < _FEWEST or not any(map(_has_letter, nearest[1][:_FEWEST])):
        return False
    if _is_list(nearest[1]) and are_in_alphabetical_order((_with_numbers(left, nearest[0]), nearest[1])):
        return True
    if not all(_has_edge(column, height) for column in nearest):
        return False
    if all(map(is_index, nearest)):
        beside = [*left, *right]
        alone = [piece for piece in beside if _is_number(piece) and not _is_turned(piece, beside, height)]
        if len(alone) <= _FIGURES * len(beside):
            return True
    return _is_list(nearest[1]) and (_is_out_of_step(*nearest) or are_in_alphabetical_order(nearest))


def are_in_alphabetical_order(columns: Sequence[Sequence[Piece]]) -> bool:
    """Whether the columns (from left to right), read one after the other, are a list from A to Z: the cells
    of a table begin anew in each column."""
    read = [[_sort_key(piece) for piece in sorted(column, key=_middle)] for column in columns]
    if min(map(len, read)) < _FEWEST or not all(one[-1] <= other[0] for one, other in pairwise(read)):
        return False
    entries = [entry for column in read for entry in column]
    ascends = [one <= other for one, other in pairwise(entries)]
    return sum(ascends) >= _ASCEND * len(ascends) and len(set(entries)) >= _DISTINCT * len(entries)


def _with_numbers(pieces: Sequence[Piece], nearest: Sequence[Piece]) -> list[Piece]:
    """The entries among ``pieces``, where most of the ``nearest`` are numbers at their ends; else none."""
    if sum(map(_is_number, nearest)) < _NUMBERS * len(nearest):
        return []
    return [piece for piece in pieces if not _is_number(piece)]


def _sort_key(piece: Piece) -> str:
    """Its letters as they are sorted: accents count for nothing."""
    parted = unicodedata.normalize("NFD", piece.letters.casefold())
    return "".join(letter for letter in parted if letter.isalpha())


def _has_letter(piece: Piece) -> bool:
    return any(map(str.isalpha, piece.letters))


def _has_edge(column: Sequence[Piece], height: float) -> bool:
    edge = median(piece.box.x0 for piece in column)
    return sum(abs(piece.box.x0 - edge) <= _EDGE * height for piece in column) >= _AT_EDGE * len(column)


def is_index(column: Sequence[Piece]) -> bool:
    """Whether most lines are words and numbers of pages, but for those that are numbers alone."""
    lines = [piece for piece in column if not _is_number(piece)]
    entries = [piece for piece in lines if _is_entry(piece)]
    names = set(map(_sort_key, entries))
    return len(entries) >= max(1, _WITH_PAGES * len(lines)) and len(names) >= _DISTINCT * len(entries)


def _is_entry(piece: Piece) -> bool:
    *before, last = (word.text for word in piece.words)
    return bool(_PAGES.fullmatch(last)) and any(map(_HEADWORD.search, before))


def _is_number(piece: Piece) -> bool:
    return not _has_letter(piece) and any(map(str.isdigit, piece.letters))


def _is_turned(piece: Piece, pieces: Sequence[Piece], height: float) -> bool:
    """Whether it is the rest of the entry above it, which ends with a comma."""
    return any(
        other.letters.endswith(_COMMAS)
        and 0 < piece.box.middle_y - other.box.middle_y <= _NEXT * height
        and other.box.x0 <= piece.box.x0 <= other.box.x1
        for other in pieces
    )


def _is_list(column: Sequence[Piece]) -> bool:
    """Whether most lines are words: figures may be prices that belong to what is beside them."""
    return sum(
        2 * sum(map(str.isalpha, piece.letters)) > len(piece.letters) for piece in column
    ) >= _WORDS * len(column)


def _is_out_of_step(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether lines of one column are now beside those of the other, now between them, as two lists with gaps
    of their own stand. All rows of a table that leans are off by as much."""
    columns = [sorted(map(_middle, column)) for column in (left, right)]
    steps = [median(after - before for before, after in pairwise(column)) for column in columns]
    step = min(steps)
    if step <= 0 or max(steps) > _STEPS * step:
        return False
    offsets = [_offset(place, columns[0]) / step for place in columns[1]]
    offsets = [offset for offset in offsets if abs(offset) <= 1]
    return len(offsets) >= _FEWEST and _most_alike(offsets) < _ROWS * len(offsets)


def _middle(piece: Piece) -> float:
    """Of its words: the piece may be a part of what an engine took for one line."""
    return Box.around(piece.boxes).middle_y


def _offset(place: float, others: Sequence[float]) -> float:
    """From the nearest of ``others``, which ascend."""
    at = bisect(others, place)
    return min((place - other for other in others[max(at - 1, 0) : at + 1]), key=abs)


def _most_alike(offsets: Sequence[float]) -> int:
    """How many are nearly that of one of them, counted around: half a step up is half a step down."""
    once = sorted(offset % 1 for offset in offsets)
    around = [offset + turn for turn in (-1, 0, 1) for offset in once]
    return max(bisect(around, offset + _IN_STEP) - bisect_left(around, offset - _IN_STEP) for offset in once)
