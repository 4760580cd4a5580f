"""The part of a page that shows best why it was found. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.search.text.marks import Mark
from documents.search.text.ways import How

_LEAD = 50  # characters before the first mark of a snippet
_LONGEST_WORD = 30  # characters; what has no space for longer is cut between any two letters
_WEIGHTS: dict[How, int] = {"exact": 3, "form": 2, "misread": 1}
_NEW_WORD = 10  # another word of the question weighs more than any word again
_MOST_TRIED = 200  # marks at which a snippet may begin
_MOST_SHOWN = 40  # marks of a snippet that are weighed
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Part:
    """Text to show, with its white space as single spaces; ``mark`` is what it answers, if anything."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Snippet:
    """Parts to show one after the other."""

    parts: tuple[Part, ...] = ()


def snippet(text: str, marks: Sequence[Mark], *, length: int = 220) -> Snippet:
    """About ``length`` characters of ``text`` around its best ``marks``; its beginning where there are none.

    Cut between words, with "…" where something is left out. ``marks`` are in order and do not overlap; each
    is shown whole or not at all.
    """
    start, end = _window(text, marks, length)
    shown = [mark for mark in marks if start <= mark.start and mark.end <= end]
    return Snippet(tuple(_parts(text, shown, start, end, length)))


def _window(text: str, marks: Sequence[Mark], length: int) -> tuple[int, int]:
    if not marks:
        return 0, _word_end(text, length, 0)
    anchor = _best(marks, length)
    start = _word_start(text, max(0, min(anchor.start - _LEAD, len(text) - length)), anchor.start)
    end = _word_end(text, max(start + length, anchor.end), anchor.end)
    for mark in marks:
        if mark.start < start < mark.end:
            start = mark.end
        if mark.start < end < mark.end:
            end = mark.start
    return start, end


def _best(marks: Sequence[Mark], length: int) -> Mark:
    """The mark with the most to show in the ``length`` behind it, the first of equal ones."""
    tried = range(min(len(marks), _MOST_TRIED))
    return marks[max(tried, key=lambda at: _worth(marks[at : at + _MOST_SHOWN], length - _LEAD))]


def _worth(marks: Sequence[Mark], length: int) -> int:
    """Of a snippet of ``length`` characters that begins with the first of ``marks``."""
    shown = [mark for mark in marks if mark.end <= marks[0].start + length] or marks[:1]
    return _NEW_WORD * len({mark.asked for mark in shown}) + sum(_WEIGHTS[mark.how] for mark in shown)


def _word_start(text: str, at: int, latest: int) -> int:
    """The first place from ``at`` to ``latest`` where a word begins, or at least a letter."""
    if at == 0 or text[at - 1].isspace():
        return at
    if space := re.search(r"\s", text[at : min(at + _LONGEST_WORD, latest)]):
        return at + space.end()
    while at < latest and _belongs_to_the_one_before(text[at]):
        at += 1
    return at


def _word_end(text: str, at: int, earliest: int) -> int:
    """The last place from ``at`` back to ``earliest`` where a word ends, or at least a letter."""
    if at >= len(text) or text[at].isspace():
        return min(at, len(text))
    first = max(at - _LONGEST_WORD, earliest)
    if space := re.search(r"\s\S*\Z", text[first:at]):
        return first + space.start()
    while at > earliest and _belongs_to_the_one_before(text[at]):
        at -= 1
    return at


def _belongs_to_the_one_before(letter: str) -> bool:
    return unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf")


def _parts(text: str, marks: Sequence[Mark], start: int, end: int, length: int) -> Iterator[Part]:
    plain = _CUT if text[:start].strip() else ""
    at = start
    for mark in marks:
        if before := plain + _spaced(text[at : mark.start]):
            yield Part(before)
        yield Part(_shortened(_spaced(text[mark.start : mark.end]), length), mark)
        plain, at = "", mark.end
    if rest := plain + _spaced(text[at:end]) + (_CUT if text[end:].strip() else ""):
        yield Part(rest)


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length] + _CUT
