"""Where the words that were asked for stand in a text. Pure; the same comparison as that of the index."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from documents.search.text.lookup import Lookup, Place
from documents.search.text.tokens import Token, is_paired, letters, tokens
from documents.search.text.ways import How

_SUREST_FIRST: tuple[How, ...] = ("exact", "form", "misread")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters ``start`` to ``end`` of a text answer the words ``asked``."""

    start: int
    end: int
    how: How
    asked: str = ""


def marks(lookup: Lookup, text: str, languages: Collection[str]) -> tuple[Mark, ...]:
    """What of ``text`` answers a question, in order and not overlapping. What is not wanted has no marks.

    ``languages`` are those of the page, as Tesseract's codes; offsets are characters of ``text``.
    """
    if not lookup.by_term:
        return ()
    found = [*_among_tokens(lookup, list(tokens(text)), languages)]
    if lookup.is_forgiving:
        found += _among_doubtful(lookup, text)
    return tuple(_united(sorted(found, key=attrgetter("start", "end"))))


def _among_tokens(lookup: Lookup, page: Sequence[Token], languages: Collection[str]) -> Iterator[Mark]:
    for place in lookup.among([token.text for token in page], languages):
        yield Mark(page[place.at].start, _end(place, page), place.way.how, place.asked)


def _end(place: Place, page: Sequence[Token]) -> int:
    """Where the last word ends; of a pair of which only the first letter was asked, where that ends."""
    last = place.at + len(place.way.places) - 1
    if place.way.is_prefix and is_paired(page[last].text) and last + 1 < len(page):
        return min(page[last].end, page[last + 1].start)
    return page[last].end


def _among_doubtful(lookup: Lookup, text: str) -> Iterator[Mark]:
    for token, way, asked in lookup.among_doubtful(text):
        as_written = letters(text[token.start : token.end])
        how = "form" if letters(asked) == as_written else way.how
        yield Mark(token.start, token.end, how, asked)


def _united(found: Iterable[Mark]) -> Iterator[Mark]:
    """``found``, by start, with those that overlap made one: as sure as the surest of them."""
    last = None
    for mark in found:
        if last is None or mark.start >= last.end:
            if last is not None:
                yield last
            last = mark
        else:
            how = min(last.how, mark.how, key=_SUREST_FIRST.index)
            last = Mark(last.start, max(last.end, mark.end), how, _both(last, mark))
    if last is not None:
        yield last


def _both(first: Mark, second: Mark) -> str:
    """What was asked: both where two words are misread as one, else what is answered most surely."""
    if first.how == second.how == "misread" and first.start == second.start and first.asked != second.asked:
        return f"{first.asked} {second.asked}"
    return min(first, second, key=lambda mark: _SUREST_FIRST.index(mark.how)).asked
