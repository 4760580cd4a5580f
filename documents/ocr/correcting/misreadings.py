"""The same misreading elsewhere: words that an engine took for the same wrong word. Pure.

What stands around a word does not count: who corrects ``lnvoice,`` to ``Invoice,`` means ``(lnvoice)``, too.
Who corrects nothing else, ``Smith`` to ``Smith,``, means the words that read exactly so.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.ocr.correcting.operations import ReplaceWord
from documents.ocr.elements import PageText, Word


@dataclass(frozen=True, slots=True)
class Place:
    """A word of a page: its line and its place in there, from 0, and what it says once it is corrected."""

    line: int
    word: int
    read: Word
    right: str


def core(text: str) -> str:
    """``text`` without what is neither letter nor digit at its ends; all of it where nothing else is left."""
    if text.isalnum():  # most are, and to look at each letter takes longer
        return text
    kept = [at for at, letter in enumerate(text) if _counts(letter)]
    return text[kept[0] : kept[-1] + 1] if kept else text


def places(page: PageText, wrong: str, right: str) -> Iterator[Place]:
    """Where ``page`` has ``wrong``, in its order, with ``right`` in its place."""
    if wrong == right:
        return
    wanted, instead = core(wrong), core(right)
    is_around = wanted == instead  # what was corrected stands around the word
    if is_around:
        wanted, instead = wrong, right
    for line, row in enumerate(page.lines):
        for at, word in enumerate(row.words):
            if wanted not in word.text:  # most words: to look at their letters takes longer
                continue
            if word.text == wanted or (not is_around and core(word.text) == wanted):
                yield Place(line, at, word, word.text.replace(wanted, instead, 1))


def corrections(found: Sequence[Place]) -> list[ReplaceWord]:
    """What makes the places of a page, in its order, right: the last comes first, as a right reading of two
    words moves those behind it."""
    return [ReplaceWord(place.line, place.word, place.right) for place in reversed(found)]


def _counts(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN"
