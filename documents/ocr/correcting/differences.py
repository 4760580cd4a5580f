"""Two texts of one page as one, in which what is gone and what is new is marked. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from documents.ocr.correcting.comparing import Change, Comparison
from documents.ocr.elements import PageText, Word, join_words, separator

_CONTEXT_WORDS = 3


class Kind(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbours of one kind, and the space before them."""

    kind: Kind
    space: str
    text: str


Row = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    word: Word
    kind: Kind
    begins: bool  # a line


@dataclass(frozen=True, slots=True)
class _Placed:
    word: Word
    begins: bool


def changed_lines(page: PageText, other: PageText, comparison: Comparison) -> list[list[Row]]:
    """The lines of ``other`` in which something changed, with what ``page`` had there.

    Each comes with the line before and the one behind it; those that meet are one group.
    """
    lines = _lines(_tokens(page, other, comparison.changes))
    changed = [at for at, line in enumerate(lines) if any(token.kind != Kind.SAME for token in line)]
    groups: list[list[Row]] = []
    end = -1  # of the group before: the first line that is not in it
    for at in changed:
        first, last = max(at - 1, end, 0), min(at + 2, len(lines))
        if first > end or not groups:
            groups.append([])
        groups[-1] += [_row(line) for line in lines[max(first, end) : last]]
        end = max(end, last)
    return groups


def in_context(words: Sequence[Word], change: Change) -> Row:
    """A change of ``words``, those of the page that changes, between some of those around it."""
    end = change.at + len(change.before)
    around = words[max(change.at - _CONTEXT_WORDS, 0) : change.at], words[end : end + _CONTEXT_WORDS]
    parts = (
        (around[0], Kind.SAME),
        (change.before, Kind.GONE),
        (change.after, Kind.NEW),
        (around[1], Kind.SAME),
    )
    return _row([_Token(word, kind, begins=False) for part, kind in parts for word in part])


def _row(line: Iterable[_Token]) -> Row:
    pieces: list[Piece] = []
    before: Word | None = None
    for kind, group in groupby(line, key=lambda token: token.kind):
        words = [token.word for token in group]
        pieces.append(Piece(kind, separator(before, words[0]), join_words(words)))
        before = words[-1]
    return tuple(pieces)


def _lines(tokens: Iterable[_Token]) -> list[list[_Token]]:
    lines: list[list[_Token]] = []
    for token in tokens:
        if token.begins or not lines:
            lines.append([])
        lines[-1].append(token)
    return lines


def _tokens(page: PageText, other: PageText, changes: Iterable[Change]) -> Iterator[_Token]:
    """The words that both have, in the lines of ``other``, with the changes between them."""
    mine, theirs = list(_placed(page)), list(_placed(other))
    done = other_done = 0
    has_begun = False  # did a line begin with the change before?
    end = Change(len(mine), (), len(theirs), ())
    for change in (*changes, end):
        same = zip(mine[done : change.at], theirs[other_done : change.other_at], strict=True)
        for before, placed in same:
            yield _Token(placed.word, Kind.SAME, placed.begins and (before.begins or not has_begun))
            has_begun = False
        done, other_done = change.at + len(change.before), change.other_at + len(change.after)
        changed = list(_changed(mine[change.at : done], theirs[change.other_at : other_done]))
        has_begun = has_begun or any(token.begins for token in changed[:1])
        yield from changed


def _placed(page: PageText) -> Iterator[_Placed]:
    for line in page.lines:
        for at, word in enumerate(line.words):
            yield _Placed(word, begins=not at)


def _changed(gone: Sequence[_Placed], new: Sequence[_Placed]) -> Iterator[_Token]:
    """What is new stands behind what is gone, and below it where either has several lines."""
    begins = any(placed.begins for placed in (*gone[:1], *new[:1]))
    is_tall = any(placed.begins for placed in (*gone[1:], *new[1:]))
    for at, placed in enumerate(gone):
        yield _Token(placed.word, Kind.GONE, placed.begins if at else begins)
    for at, placed in enumerate(new):
        is_first = is_tall if gone else begins
        yield _Token(placed.word, Kind.NEW, placed.begins if at else is_first)
