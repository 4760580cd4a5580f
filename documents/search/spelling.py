"""A better question where a word was mistyped, from the words of the asker's own archive."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import QuerySet, Sum
from django.db.models.functions import Length
from rapidfuzz.distance import OSA

from documents.models import SearchWord
from documents.search.index.candidates import in_time
from documents.search.query.parse import is_bare_word
from documents.search.query.tree import wanted
from documents.search.question import Question
from documents.search.text.confusions import keys
from documents.search.text.tokens import is_paired, tokens
from documents.search.writing import as_written

_SHORTEST = 4  # letters: shorter words are all near each other
_LONG = 6  # letters from which on two slips are one word
_LONGEST = 25  # letters: of longer words the ways to write them are too many
_BUDGET = 0.03  # seconds for each of the two looks into the vocabulary
_OF_FILTER = ":=<>："  # what stands before the value of a filter
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
        word: other
        for word in {word for _start, _end, word in unknown}
        if (other := _nearest(question.collections, word))
    }
    if not near:
        return ""
    written = as_written(question.collections, near.values())
    better = text
    for start, end, word in unknown:
        if word in near:
            better = f"{better[:start]}{written[near[word]]}{better[end:]}"
    parts = better.split()
    if all(map(is_bare_word, parts)):
        parts = [*dict.fromkeys(parts)]
    better = " ".join(parts)
    found = Question.of(question.user, better, is_forgiving=False).best(1)
    return better if found.pages else ""


def _unknown(question: Question, text: str) -> list[tuple[int, int, str]]:
    """The words of ``text`` that are asked for and stand on no page, the last first."""
    asked = {
        token.text
        for words in wanted(question.query.tree)
        if not words.is_prefix
        for token in tokens(words.text)
    }
    known = set(vocabulary(question.collections).filter(word__in=asked).values_list("word", flat=True))
    return [
        (token.start, token.end, token.text)
        for token in reversed([*tokens(text)])
        if token.text in asked - known
        and _SHORTEST <= len(token.text) <= _LONGEST
        and not is_paired(token.text)
        and text[token.start - 1 : token.start] not in {*_OF_FILTER}
    ]


def _nearest(collections: Sequence[int], word: str) -> str:
    """The word with the fewest slips between, of those the one on the most pages; empty if none is near."""
    known = vocabulary(collections)
    near = _counted(known.filter(word__in=set(_one_slip(word))))
    if not near and len(word) >= _LONG:
        near = _counted(_beginning_alike(known, word))
    near = {other: pages for other, pages in near.items() if _is_a_slip(word, other)}
    return max(without_misread(near), key=lambda other: (-OSA.distance(word, other), near[other]), default="")


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
        if len(after) > 1:
            yield f"{before}{after[1]}{after[0]}{after[2:]}"


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
