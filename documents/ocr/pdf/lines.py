"""Where the words of a line are written, so that readers of a PDF tell them apart, in one line.

Readers go by places, not by what lies between: two words that touch are one to them, and a word whose
baseline is far from that of the word before is in another line.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise, zip_longest
from operator import eq, itemgetter
from statistics import median_low
from typing import NamedTuple

from documents.ocr.elements import RIGHT_TO_LEFT, Word, separator

# Of the size of a line (its highest word). poppler sees no space in less than 0.15 in the order of the file,
# nor in less than 0.4 between single letters, which it takes for a word that is set wide.
_GAP, _GAP_OF_LETTERS = 0.16, 0.42
# The least breadth of a letter, and how far from each other two that are the same: below 0.1, poppler takes
# one for the shadow of the other.
_LETTER, _SAME_LETTERS = 0.02, 0.12
_FARTHEST_SAME = 6  # letters; farther apart they are far enough as it is

# By so much of the size may the baseline rise or fall from word to word: with 0.2, PDFium takes the word for
# one of another line.
_STEP = 0.15


class Span(NamedTuple):
    """A box as its line runs: where it begins and ends, from the left or the top of the page; how low and how
    high it reaches, from its bottom or left. All in pixels."""

    start: float
    end: float
    low: float
    high: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word is written, its baseline, and where the space before it is, if there is one."""

    span: Span
    base: float
    space: tuple[float, float] | None


def places(words: Sequence[Word], spans: Sequence[Span], *, size: float, most: float) -> Iterator[Place]:
    """For each of ``words`` (at least one) of a line of that ``size``.

    Their baselines lie at most ``most`` pixels below them.
    """
    apart = list(spans)
    for row in _rows(spans, size):
        _take_apart(apart, row, words, size)
    spaces = [None, *(_space(*pair) for pair in pairwise(apart))]
    bases = _bases(apart, step=size * _STEP, most=most)
    separators = [separator(*pair) for pair in zip((None, *words[:-1]), words, strict=True)]
    for span, base, space, is_there in zip(apart, bases, spaces, separators, strict=True):
        yield Place(span, base, space if is_there else None)


def _rows(spans: Sequence[Span], size: float) -> list[list[int]]:
    """Which of ``spans`` stand beside each other."""
    rows = [[0]]
    for at, (before, span) in enumerate(pairwise(spans), start=1):
        if _is_below(before, span, size) or _is_upon(before, span, size):
            rows.append([])
        rows[-1].append(at)
    return rows


def _is_below(before: Span, span: Span, size: float) -> bool:
    """Whether a word is in another row, as where two were made one line."""
    return abs(span.low + span.high - before.low - before.high) >= 2 * size


def _is_upon(before: Span, span: Span, size: float) -> bool:
    """Whether a word lies on the one before it for so long that readers take both for different lines."""
    common = min(before.end, span.end) - max(before.start, span.start)
    apart = max(abs(before.start - span.start), abs(before.end - span.end))
    return common > size and apart > 2 * size


def _take_apart(spans: list[Span], row: Sequence[int], words: Sequence[Word], size: float) -> None:
    """Move the ends of those in ``row`` as little as can be so that readers see the spaces that there are."""
    order = _as_seen(row, spans, words)
    is_spaced = [_is_spaced(words, *pair) for pair in pairwise(order)]
    gap = size * (_GAP if any(len(words[at].text) > 1 for at in row) else _GAP_OF_LETTERS)
    for (one, other), is_there in zip(pairwise(order), is_spaced, strict=True):
        between = spans[other].start - spans[one].end
        if not is_there and 0 < between < size:
            middle = spans[one].end + between / 2
            spans[one] = spans[one]._replace(end=middle)
            spans[other] = spans[other]._replace(start=middle)
    ends = [end for at in order for end in spans[at][:2]]
    breadths = [size * _breadth(words[at].text) for at in order]
    least = [0.0] * (len(ends) - 1)
    least[::2] = breadths
    least[1::2] = [gap if is_there else 0.0 for is_there in is_spaced]
    moved = _at_least_apart(ends, least)
    for at, start, end in zip(order, moved[::2], moved[1::2], strict=True):
        spans[at] = spans[at]._replace(start=start, end=end)


def _breadth(text: str) -> float:
    """The least in which a word is read, in sizes of its line."""
    return sum(_breadths(text))


def _breadths(text: str) -> list[float]:
    """The same for each letter.

    All are alike but for those that the same one follows: else a single pair would make a long word broad.
    """
    if _runs_to_the_left(text):  # poppler would read letters that are closer one by one, from the left
        return [_SAME_LETTERS] * len(text)
    apart = next((far for far in range(2, _FARTHEST_SAME + 1) if any(map(eq, text, text[far:]))), 0)
    least = max(_LETTER, _SAME_LETTERS / apart if apart else 0.0)
    return [_SAME_LETTERS if pair[0] == pair[1] else least for pair in zip_longest(text, text[1:])]


def parts(text: str, breadth: float) -> Iterator[tuple[str, float]]:
    """Parts of a word that is so broad, and how broad each of their letters is, in sizes of its line.

    Where there is room for that, all letters are alike.
    """
    if breadth >= len(text) * _SAME_LETTERS:
        yield text, breadth / len(text)
        return
    least = _breadths(text)
    scale = breadth / sum(least)
    for one, part in groupby(zip(text, least, strict=True), key=itemgetter(1)):
        yield "".join(letter for letter, _least in part), one * scale


def _as_seen(row: Sequence[int], spans: Sequence[Span], words: Sequence[Word]) -> list[int]:
    """``row`` from left to right; of words in the same place, as they are read."""
    way = -1 if _runs_to_the_left("".join(words[at].text for at in row)) else 1
    return sorted(row, key=lambda at: (spans[at].middle, way * at))


def _runs_to_the_left(text: str) -> bool:
    if text.isascii():
        return False
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    return 2 * sum(kind in RIGHT_TO_LEFT for kind in kinds) > len(kinds)


def _is_spaced(words: Sequence[Word], one: int, other: int) -> bool:
    """Whether two words that the eye meets after each other are to be told apart."""
    first, second = sorted((one, other))
    return second - first > 1 or bool(separator(words[first], words[second]))


def _at_least_apart(places: Sequence[float], least: Sequence[float]) -> list[float]:
    """``places`` with at least so much between each and the next, moved so that the one that moves farthest
    moves as little as can be.

    Isotonic regression in the maximum norm, which is the middle between the highest before and the lowest
    behind (Barlow, Bartholomew, Bremner, Brunk: Statistical Inference under Order Restrictions, 1972).
    """
    sums = list(accumulate(least, initial=0.0))
    loose = [place - total for place, total in zip(places, sums, strict=True)]
    highest = accumulate(loose, max)
    lowest = reversed([*accumulate(reversed(loose), min)])
    return [(high + low) / 2 + total for high, low, total in zip(highest, lowest, sums, strict=True)]


def _space(before: Span, span: Span) -> tuple[float, float]:
    """From where to where a space between two words reaches; in front of the right one, if that lies on the
    other."""
    left, right = sorted((before, span), key=lambda one: one.middle)
    return min(left.end, right.start - 1), right.start


def _bases(spans: Sequence[Span], *, step: float, most: float) -> list[float]:
    """A baseline for each, inside it or less than ``most`` below, as near to that of the line as those around
    it allow, from which it is a ``step`` away at most. So it climbs where a line leans.

    What is farther away than that, such as the line beside an initial, goes its own way.
    """
    baseline = median_low(span.low for span in spans)
    reach: list[tuple[float, float]] = []
    for span in spans:
        own = span.low - most, span.high
        before = reach[-1] if reach else own
        reach.append(_common(own, (before[0] - step, before[1] + step)) or own)
    bases: list[float] = []
    for own in reversed(reach):
        behind = bases[-1] if bases else baseline
        low, high = _common(own, (behind - step, behind + step)) or own
        bases.append(min(max(baseline, low), high))
    return bases[::-1]


def _common(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float] | None:
    """What lies in both; None where nothing does."""
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return (low, high) if low <= high else None
