"""A better question where a word was mistyped, from the words of the asker's own archive."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Sum
from django.db.models.functions import Length
from rapidfuzz.distance import OSA

from documents.models import SearchWord
from documents.search.index.candidates import Budget, Where, fetch, in_time
from documents.search.index.plan import FIRST, All, Terms
from documents.search.query.parse import is_bare_word, title_values
from documents.search.query.tree import wanted, wanted_titles
from documents.search.question import Question, within_collections
from documents.search.text.confusions import keys
from documents.search.text.tokens import is_paired, tokens
from documents.search.writing import as_written

_SHORTEST = 3  # letters: shorter words are all near each other
_SHORT = 3  # letters up to which a slip is two letters swapped, and the word meant one that is frequent:
_FREQUENT = 5  # on so many pages
_LONG = 6  # letters from which on two slips are one word
_LONGEST = 25  # letters: of longer words the ways to write them are too many
_BUDGET = 0.03  # seconds for each of the two looks into the vocabulary
_OF_FILTER = ":=<>："  # what stands before the value of a filter
_TITLES = 200  # of those that begin alike are looked at, the newest
_MISREAD = 5  # times as many pages have the word that another one was misread from
# Letters that a slip may put in the place of others of the same row, as they are folded.
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяєії",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "ءابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگ",
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
)


def better_question(question: Question, text: str) -> str:
    """``text`` with words that are nowhere as the nearest ones that are somewhere; empty if that is no help.

    One slip may be anywhere; of two, none in the first two letters. Words are as the archive writes them.
    """
    unknown = _unknown(question, text)
    near = {
        one: other
        for one in {one for _start, _end, one in unknown}
        if (other := _nearest(question.collections, one))
    }
    if not near:
        return ""
    written = as_written(question.collections, near.values())
    better = text
    for start, end, one in unknown:
        if one in near:
            better = f"{better[:start]}{written[near[one]]}{better[end:]}"
    parts = better.split()
    if all(map(is_bare_word, parts)):
        parts = [*dict.fromkeys(parts)]
    better = " ".join(parts)
    found = Question.of(question.user, better, is_forgiving=False).best(1)
    return better if found.pages else ""


@dataclass(frozen=True, slots=True)
class _Unknown:
    """A word, folded, that stands on no page, or in no title where it ``is_of_title``."""

    word: str
    is_of_title: bool


def _unknown(question: Question, text: str) -> list[tuple[int, int, _Unknown]]:
    """Those that are asked for, with their places in ``text``; the last first."""
    asked = _words_of(words.text for words in wanted(question.query.tree) if not words.is_prefix)
    asked -= set(vocabulary(question.collections).filter(word__in=asked).values_list("word", flat=True))
    of_titles = _words_of(str(title.value) for title in wanted_titles(question.query.tree))
    of_titles -= {word for word in of_titles if _in_titles(question.collections, word)}
    values = [range(*places) for places in title_values(text)]
    return [
        (token.start, token.end, _Unknown(token.text, is_of_title))
        for token in reversed([*tokens(text)])
        for is_of_title in [any(token.start in places for places in values)]
        if token.text in (of_titles if is_of_title else asked)
        and _SHORTEST <= len(token.text) <= _LONGEST
        and not is_paired(token.text)
        and (is_of_title or text[token.start - 1 : token.start] not in {*_OF_FILTER})
    ]


def _words_of(texts: Iterable[str]) -> set[str]:
    return {token.text for text in texts for token in tokens(text)}


def _nearest(collections: Sequence[int], unknown: _Unknown) -> str:
    """The word with the fewest slips between, of those the one on the most pages; empty if none is near."""
    word = unknown.word
    near = _titles_alike(collections, word) if unknown.is_of_title else {}
    near = near or _slips(word, _pages_alike(vocabulary(collections), word))
    return max(without_misread(near), key=lambda other: (-OSA.distance(word, other), near[other]), default="")


def _slips(word: str, others: Mapping[str, int]) -> dict[str, int]:
    return {other: pages for other, pages in others.items() if _is_a_slip(word, other)}


def _pages_alike(known: QuerySet[SearchWord], word: str) -> dict[str, int]:
    """Words of pages that may be meant, and on how many pages they are."""
    if len(word) <= _SHORT:
        swapped = _counted(known.filter(word__in=set(_swapped(word))))
        return {other: pages for other, pages in swapped.items() if pages >= _FREQUENT}
    near = _counted(known.filter(word__in=set(_one_slip(word))))
    return near if near or len(word) < _LONG else _counted(_beginning_alike(known, word))


def _titles_alike(collections: Sequence[int], word: str) -> dict[str, int]:
    """Words that may be meant of the newest titles that begin as it does, and how many of them have each."""
    for letters in (2, 1) if len(word) > _SHORT else ():
        alike = _in_titles(collections, word[:letters], is_prefix=True)
        if near := _slips(word, Counter(other for title in alike for other in {*title})):
            return near
    return {}


def _in_titles(collections: Sequence[int], word: str, *, is_prefix: bool = False) -> list[list[str]]:
    """The words of the newest titles that have ``word``."""
    where = Where(within_collections(collections), collections)
    terms = All((Terms((word,), "title", is_prefix), FIRST))
    found = fetch(terms, where, most=_TITLES, budget=Budget(_BUDGET), with_loose=False)
    return [page.title.split() for page in found.pages]


def _is_a_slip(word: str, other: str) -> bool:
    """Of a hand. What an engine takes for ``word`` is no better word: it is found where that is forgiven."""
    return OSA.distance(word, other, score_cutoff=2) <= 2 and not {*keys(word)} & {*keys(other)}


def _one_slip(word: str) -> Iterator[str]:
    """All that ``word`` may have been meant to be: a letter too many or too few, another one, two swapped."""
    letters = next((row for row in _ALPHABETS if word[0] in row or word[-1] in row), word)
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (f"{before}{letter}{after}" for letter in letters)
        if after:
            yield f"{before}{after[1:]}"
            yield from (f"{before}{letter}{after[1:]}" for letter in letters)
    yield from _swapped(word)


def _swapped(word: str) -> Iterator[str]:
    """With two neighbouring letters in the place of each other."""
    for at in range(len(word) - 1):
        yield f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"


def _beginning_alike(known: QuerySet[SearchWord], word: str) -> QuerySet[SearchWord]:
    """Words of about that length with the same two letters at their beginning."""
    start, following = word[:2], word[0] + chr(ord(word[1]) + 1)
    words = known.filter(word__gte=start, word__lt=following).annotate(length=Length("word"))
    return words.filter(length__gte=len(word) - 2, length__lte=len(word) + 2)


def _counted(words: QuerySet[SearchWord]) -> dict[str, int]:
    """On how many pages they are; none where it takes too long to tell."""
    return dict(in_time(words.values_list("word").annotate(Sum("pages")), _BUDGET) or [])


def without_misread(words: Mapping[str, int]) -> dict[str, int]:
    """``words``, by their number of pages, without those that look like another one on far more pages."""
    most: dict[str, int] = {}
    for word, pages in words.items():
        for key in keys(word):
            most[key] = max(most.get(key, 0), pages)
    return {
        word: pages
        for word, pages in words.items()
        if all(pages * _MISREAD > most[key] for key in keys(word))
    }


def vocabulary(collections: Sequence[int]) -> QuerySet[SearchWord]:
    """The words on the pages of ``collections``."""
    return SearchWord.objects.filter(collection__in=collections, pages__gt=0)
