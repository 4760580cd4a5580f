"""How a page may hold words that were asked for: as typed, in another form, or misread. Pure.

`ways` of the word ``invoices``, on pages in English:

    exact    (("invoices",),)
    form     (("÷invoic", "invoic"),)          the stem: of another word, or a word by itself
    misread  (("±invoiees", "invoiees"),)      the key: of another word, or a word by itself
    misread  (("inv",), ("oices",))            a space too many, one way for each place of it
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from documents.search.query.parse import MOST_WORDS, Words
from documents.search.text.confusions import keys
from documents.search.text.loose import KEY, STEM, column, terms_of
from documents.search.text.stems import algorithms, stems
from documents.search.text.tokens import asked, is_paired

How = Literal["exact", "form", "misread"]

_SHORTEST_PART = 3  # letters on each side of a space that is too many
_LONGEST_PARTED = 20
_SHORTEST_JOINED = 4  # letters of two words whose space may be lost
_MOST_JOINED = 8  # words of a phrase of which any two may be joined
_SHORTEST_PREFIX = 4  # letters of a beginning that is forgiven misreadings
_NO_STEMS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Way:
    """Terms at neighbouring places of a page, with a choice of terms for each place.

    ``is_prefix``: the term at the last place may go on.
    """

    how: How
    places: tuple[tuple[str, ...], ...]
    is_prefix: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether an index alone can tell: there is one place, or a phrase of words of the body.

        Otherwise it finds pages with a term for every place, and `stands_in` tells which of them have these
        side by side: loose terms have no place in the index.
        """
        return len(self.places) == 1 or all(
            len(choice) == 1 and column(choice[0]) == "body" for choice in self.places
        )


def ways(words: Words, languages: Collection[str], *, is_forgiving: bool) -> tuple[Way, ...]:
    """How a page may hold ``words``, best first; one way is enough. Empty for words without a letter.

    ``languages`` are those of the pages, as Tesseract's codes. Not forgiving: nothing misread. What is in
    another form or misread is not what was typed: below a `Not` only "exact" ways count.
    """
    question = asked(words.text)
    parts = question.words[:MOST_WORDS]
    if not parts:
        return ()
    is_prefix = words.is_prefix or (question.is_prefix and parts == question.words)
    exact = Way("exact", tuple((part,) for part in parts), is_prefix)
    if len(parts) > 1:
        others = _of_phrase(words, parts, is_prefix=is_prefix)
    else:
        others = _of_word(words, parts[0], algorithms(languages), is_prefix=is_prefix)
    return (exact, *(way for way in others if is_forgiving or way.how != "misread"))


def stands_in(way: Way, body: str) -> bool:
    """Whether the words of ``body``, as indexed, have the terms of ``way`` side by side, some as typed.

    To look for a phrase with all of its words misread takes too long.
    """
    words = body.split()
    typed = {choice[0]: place for place, choice in enumerate(way.places)}
    starts = (at - typed[word] for at, word in enumerate(words) if word in typed)
    return any(start >= 0 and fits(way, words, start, _NO_STEMS) for start in starts)


def fits(way: Way, words: Sequence[str], at: int, known: frozenset[str]) -> bool:
    """Whether ``words`` from the place ``at`` on are as ``way`` has them; ``known`` are `algorithms`."""
    last = len(way.places) - 1
    return at + last < len(words) and all(
        _has(words[at + place], choice, known, is_prefix=way.is_prefix and place == last)
        for place, choice in enumerate(way.places)
    )


def _has(word: str, choice: tuple[str, ...], known: frozenset[str], *, is_prefix: bool) -> bool:
    terms = terms_of(word, known) | {word}
    return any(term.startswith(choice) for term in terms) if is_prefix else not terms.isdisjoint(choice)


def _of_word(words: Words, word: str, known: frozenset[str], *, is_prefix: bool) -> Iterator[Way]:
    if is_prefix:
        if len(word) >= _SHORTEST_PREFIX and not is_paired(word):
            yield Way("misread", (_lookalikes(word),), is_prefix=True)
        return
    if not words.is_quoted and (found := sorted(stems(word, known))):
        yield Way("form", ((*(STEM + stem for stem in found), *(stem for stem in found if stem != word)),))
    joined = (text for neighbour in words.neighbours for text in asked(neighbour).words)
    if others := (*_lookalikes(word), *(text for text in joined if len(text) >= _SHORTEST_JOINED)):
        yield Way("misread", (others,))
    if word.isalpha() and len(word) <= _LONGEST_PARTED:
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            yield Way("misread", ((word[:at],), (word[at:],)))


def _of_phrase(words: Words, parts: tuple[str, ...], *, is_prefix: bool) -> Iterator[Way]:
    """With a space less, or with words misread; ``e-mail`` as it is typed is also written ``email``."""
    how: How = "form" if len(parts) == 2 and not words.is_quoted else "misread"
    if not any(map(is_paired, parts)):
        for places in _with_one_space_less(parts):
            yield Way(how, places, is_prefix)
    if any(lookalikes := [_lookalikes(part) for part in parts]):
        choices = zip(parts, lookalikes, strict=True)
        yield Way("misread", tuple((part, *others) for part, others in choices), is_prefix)


def _with_one_space_less(parts: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], ...]]:
    for at in range(1, min(len(parts), _MOST_JOINED)):
        joined = parts[at - 1] + parts[at]
        if len(joined) >= _SHORTEST_JOINED:
            yield tuple((word,) for word in (*parts[: at - 1], joined, *parts[at + 1 :]))


def _lookalikes(word: str) -> tuple[str, ...]:
    """Terms of words that share a key with ``word``. None for pairs, and for what has but one letter."""
    if len(word) < 2 or is_paired(word):
        return ()
    found = keys(word)
    return (*(KEY + key for key in found), *(key for key in found if key != word))
