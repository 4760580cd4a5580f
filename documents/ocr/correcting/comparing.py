"""Two texts of one page, word by word. Pure.

Words are compared by their texts alone, so that as many as possible stay (the longest common subsequence):
lines and blocks do not matter. Where as many stay in more than one way, as beside a word that is repeated,
those that changed stand beside what they are most like.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from rapidfuzz.distance import Indel

from documents.ocr.elements import PageText, Word


@dataclass(frozen=True, slots=True)
class Change:
    """Words that the one page has from its word ``at`` on, and what the other has instead.

    Words are counted from 0 over the whole page. Either of the two may be none.
    """

    at: int
    before: tuple[Word, ...]
    other_at: int
    after: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changes from one page to the other, in order; ``same`` is the number of words that both have.

    The confidences are the means of the pages, 0–100; None without text.
    """

    changes: tuple[Change, ...]
    same: int
    confidence: float | None
    other_confidence: float | None

    @property
    def removed(self) -> int:
        """Words of the one page that the other does not have there."""
        return sum(len(change.before) for change in self.changes)

    @property
    def added(self) -> int:
        return sum(len(change.after) for change in self.changes)


def compare(page: PageText, other: PageText) -> Comparison:
    """What ``other`` has instead of what ``page`` has: about 2 ms for 1,500 words of which a fifth differ.

    Neighbours that changed are one change, such as a word that was cut in two; as many words as before are a
    change each.
    """
    changes = tuple(_changes(page.words, other.words))
    same = len(page.words) - sum(len(change.before) for change in changes)
    return Comparison(changes, same, page.confidence, other.confidence)


class _Gap(NamedTuple):
    """Words that differ: those from ``start`` to ``end``, and what the other page has there."""

    start: int
    end: int
    other_start: int
    other_end: int

    @property
    def size(self) -> int:
        """How many pairs can be made of its words."""
        return (self.end - self.start) * (self.other_end - self.other_start)

    @property
    def growth(self) -> int:
        return (self.other_end - self.other_start) - (self.end - self.start)


# Of two gaps, with the words between them: more are so seldom that trying them is not worth the time.
_MOST_PAIRS = 400
_SAME = float(_MOST_PAIRS)  # more than any number of pairs that are only alike


def _changes(words: list[Word], others: list[Word]) -> Iterator[Change]:
    texts, other_texts = [word.text for word in words], [word.text for word in others]
    for start, end, other_start, other_end in _matched(texts, other_texts):
        before, after = words[start:end], others[other_start:other_end]
        yield from _apart(Change(start, tuple(before), other_start, tuple(after)))


def _matched(texts: Sequence[str], others: Sequence[str]) -> list[_Gap]:
    """The gaps between the words that both have. Where one grows and the next one shrinks, the words between
    may have been taken for others that are called the same."""
    found: list[_Gap] = []
    for gap in _gaps(texts, others):
        if found and found[-1].growth * gap.growth < 0:
            both = _Gap(found[-1].start, gap.end, found[-1].other_start, gap.other_end)
            if both.size <= _MOST_PAIRS:
                found[-1:] = _realigned(texts, others, both)
                continue
        found.append(gap)
    return found


def _gaps(texts: Sequence[str], others: Sequence[str]) -> Iterator[_Gap]:
    for is_same, group in groupby(Indel.opcodes(texts, others), key=lambda step: step.tag == "equal"):
        if not is_same:
            steps = list(group)
            yield _Gap(steps[0].src_start, steps[-1].src_end, steps[0].dest_start, steps[-1].dest_end)


def _realigned(texts: Sequence[str], others: Sequence[str], gap: _Gap) -> Iterator[_Gap]:
    """``gap`` without the words that both have: as many as can be, and of such ways the one in which the
    others are most like each other."""
    rows, columns = texts[gap.start : gap.end], others[gap.other_start : gap.other_end]
    start, other_start = gap.start, gap.other_start
    for row, column in (*_same(rows, columns), (len(rows), len(columns))):
        end, other_end = gap.start + row, gap.other_start + column
        if (start, other_start) != (end, other_end):
            yield _Gap(start, end, other_start, other_end)
        start, other_start = end + 1, other_end + 1


def _best(rows: Sequence[str], columns: Sequence[str]) -> list[list[float]]:
    """How alike the words from each place on to the ends are, if the best are paired (Needleman and Wunsch,
    1970); one row and one column more than there are words."""
    best = [[0.0] * (len(columns) + 1) for _row in range(len(rows) + 1)]
    for row in reversed(range(len(rows))):
        for column in reversed(range(len(columns))):
            paired = best[row + 1][column + 1] + _likeness(rows[row], columns[column])
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    return best


def _same(rows: Sequence[str], columns: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of the words that both have."""
    best = _best(rows, columns)
    row = column = 0
    while row < len(rows) and column < len(columns):
        if best[row][column] == best[row + 1][column + 1] + _likeness(rows[row], columns[column]):
            if rows[row] == columns[column]:
                yield row, column
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1


def _likeness(text: str, other: str) -> float:
    """From 0 to 1, and more than all of these together where they are the same."""
    return _SAME if text == other else Indel.normalized_similarity(text, other)


def _apart(change: Change) -> Iterator[Change]:
    """Word for word where there are as many as before."""
    if len(change.before) != len(change.after):
        yield change
        return
    for place, (word, other) in enumerate(zip(change.before, change.after, strict=True)):
        yield Change(change.at + place, (word,), change.other_at + place, (other,))
