"""Where a part of a page's text stands on its image. Pure.

Offsets are characters of ``PageText.text``; boxes are pixels of the upright page.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest
from operator import attrgetter

from documents.ocr.elements import Box, Line, PageText, Word, is_unspaced, separator
from documents.search.text.marks import Mark


@dataclass(frozen=True, slots=True)
class Span:
    """A word, its line, and its range of the text."""

    start: int
    end: int
    word: Word
    line: Line


@dataclass(frozen=True, slots=True)
class Hit:
    """A mark of a page, with its number on the page from 1, and a box for each line that it stands on."""

    number: int
    mark: Mark
    boxes: tuple[Box, ...]


def hits_on(page: PageText, marks: Sequence[Mark]) -> tuple[Hit, ...]:
    """``marks`` in their order, each with its place on the image."""
    spans = list(word_spans(page)) if marks else []
    return tuple(
        Hit(number, mark, boxes_of(spans, mark.start, mark.end)) for number, mark in enumerate(marks, start=1)
    )


def word_spans(page: PageText) -> Iterator[Span]:
    """Every word of ``page`` in order."""
    at = 0
    for block in page.blocks:
        for line in block.lines:
            yield from _spans_of(line, at)
            at += len(line.text) + 1
        at += 1


def _spans_of(line: Line, at: int) -> Iterator[Span]:
    before: Word | None = None
    for word in _clipped([*_with_own_boxes(line.words)]):
        at += len(separator(before, word))
        yield Span(at, at + len(word.text), word, line)
        at += len(word.text)
        before = word


def _with_own_boxes(words: Sequence[Word]) -> Iterator[Word]:
    """Where an engine gave words without spaces the box of their line, each has a part of it."""
    for box, sharing in groupby(words, key=attrgetter("box")):
        group = list(sharing)
        if len(group) == 1 or not any(_has_unspaced(word.text) for word in group):
            yield from group
            continue
        done, total = 0, sum(len(word.text) for word in group)
        for word in group:
            yield replace(word, box=_part(box, done, done + len(word.text), total))
            done += len(word.text)


def _clipped(words: Sequence[Word]) -> Iterator[Word]:
    """Without spaces, the box of a word may reach over the next one: it ends where that begins."""
    for word, following in zip_longest(words, words[1:]):
        is_apart = following is None or not _has_unspaced(word.text)
        yield word if is_apart else replace(word, box=_before(word.box, following.box))


def _before(box: Box, following: Box) -> Box:
    """``box``, which ends where ``following`` begins beside or below it."""
    is_in_line = min(box.y1, following.y1) > max(box.y0, following.y0)
    if is_in_line and box.width >= box.height and box.x0 < following.x0 < box.x1:
        return box._replace(x1=following.x0)
    is_in_column = min(box.x1, following.x1) > max(box.x0, following.x0)
    if is_in_column and box.height > box.width and box.y0 < following.y0 < box.y1:
        return box._replace(y1=following.y0)
    return box


def _has_unspaced(text: str) -> bool:
    return any(map(is_unspaced, text))


def spans_within(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """Those of the sorted ``spans`` that have letters between ``start`` and ``end``."""
    first = max(0, bisect_right(spans, start, key=attrgetter("start")) - 1)
    last = bisect_left(spans, end, key=attrgetter("start"))
    return [span for span in spans[first:last] if span.end > start]


def boxes_of(spans: Sequence[Span], start: int, end: int) -> tuple[Box, ...]:
    """A box for each line with words between ``start`` and ``end``; none where there is no word."""
    return tuple(
        Box.around([_box(span, start, end) for span in line])
        for _line, line in groupby(spans_within(spans, start, end), key=lambda span: id(span.line))
    )


def _box(span: Span, start: int, end: int) -> Box:
    """Of the word, or of its letters in range where its script puts no spaces between words."""
    text, box = span.word.text, span.word.box
    first, last = max(start - span.start, 0), min(end - span.start, len(text))
    return _part(box, first, last, len(text)) if _has_unspaced(text) else box


def _part(box: Box, first: int, last: int, total: int) -> Box:
    """Of letters ``first`` to ``last`` of the ``total`` in ``box``, which are about as wide as each other."""
    if box.width >= box.height or total == 1:
        step = box.width / total
        return Box(box.x0 + round(first * step), box.y0, box.x0 + round(last * step), box.y1)
    step = box.height / total
    return Box(box.x0, box.y0 + round(first * step), box.x1, box.y0 + round(last * step))
