"""Letters of a line as words on the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.ocr.elements import Line, Word, as_read, is_unspaced
from documents.ocr.lines.decoding import Letter
from documents.ocr.lines.quads import Quad, Span


@dataclass(frozen=True, slots=True)
class Spotted:
    """A letter and where it stands: from ``start`` to ``end``, shares (0 to 1) of the length of its line."""

    text: str
    confidence: float
    start: float
    end: float


def spotted(letters: Sequence[Letter], columns: float) -> list[Spotted]:
    """The letters of a line that has so many ``columns``, each from half-way to the one before to half-way to
    the next; at the ends as far out as in."""
    if not letters:
        return []
    middles = [min(1.0, (letter.column + 0.5) / columns) for letter in letters]
    between = [(a + b) / 2 for a, b in pairwise(middles)]
    if not between:
        edges = [0.0, 1.0]
    else:
        edges = [2 * middles[0] - between[0], *between, 2 * middles[-1] - between[-1]]
    inside = [min(1.0, max(0.0, edge)) for edge in edges]
    return [
        Spotted(letter.text, letter.confidence, *place)
        for letter, place in zip(letters, pairwise(inside), strict=True)
    ]


def line_of(letters: Sequence[Spotted], quad: Quad, rows: Span = (0.0, 1.0)) -> Line | None:
    """The line with its words, which fill so much of its height; None without any letter. A word is as sure
    as the least sure of its letters, as Tesseract has it."""
    words = [_word(word, quad, rows) for word in _words(letters)]
    return Line.of(words) if words else None


def _words(letters: Sequence[Spotted]) -> Iterator[list[Spotted]]:
    """Between spaces; an ideograph is a word by itself, so that it can be found on the page."""
    word = list[Spotted]()
    for letter in letters:
        is_alone = is_unspaced(letter.text) or bool(word and is_unspaced(word[-1].text))
        if word and (letter.text.isspace() or is_alone):
            yield word
            word = []
        if not letter.text.isspace():
            word.append(letter)
    if word:
        yield word


def _word(letters: Sequence[Spotted], quad: Quad, rows: Span) -> Word:
    return Word(
        as_read("".join(letter.text for letter in letters)),
        round(100 * min(letter.confidence for letter in letters), 2),
        quad.part((letters[0].start, letters[-1].end), rows),
    )
