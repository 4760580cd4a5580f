"""A better question where a word was mistyped, from the words of the asker's own archive."""

from collections.abc import Sequence

from django.db.models import QuerySet, Sum
from django.db.models.functions import Length
from rapidfuzz.distance import OSA

from documents.models import SearchWord
from documents.search.candidates import in_time
from documents.search.question import Question
from documents.search.tokens import is_paired, tokens
from documents.search.tree import wanted

_SHORTEST = 4  # letters: shorter words are all near each other
_LONG = 6  # letters from which on two slips are one word
_BUDGET = 0.03  # seconds for the words that begin with the same letter
_OF_FILTER = ":=<>："  # what stands before the value of a filter


def better_question(question: Question, text: str) -> str:
    """``text`` with words that are nowhere as the nearest ones that are somewhere; empty if that is no help.

    The first letter is taken to be right.
    """
    better = text
    for start, end, word in _unknown(question, text):
        if near := _nearest(question.collections, word):
            better = f"{better[:start]}{near}{better[end:]}"
    if better == text:
        return ""
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
        and len(token.text) >= _SHORTEST
        and not is_paired(token.text)
        and text[token.start - 1 : token.start] not in {*_OF_FILTER}
    ]


def _nearest(collections: Sequence[int], word: str) -> str:
    """The word with the fewest slips between, of those the one on the most pages; empty if none is near."""
    slips = 1 if len(word) < _LONG else 2
    near = [
        (OSA.distance(word, other, score_cutoff=slips), -pages, other)
        for other, pages in _plausible(collections, word, slips)
    ]
    distance, _pages, other = min(near, default=(slips + 1, 0, ""))
    return other if distance <= slips else ""


def _plausible(collections: Sequence[int], word: str, slips: int) -> list[tuple[str, int]]:
    """Words of about that length that begin with the same letter, and on how many pages they are."""
    following = chr(ord(word[0]) + 1)
    words = vocabulary(collections).filter(word__gte=word[0], word__lt=following)
    words = words.annotate(length=Length("word")).filter(
        length__gte=len(word) - slips, length__lte=len(word) + slips
    )
    return in_time(words.values_list("word").annotate(Sum("pages")), _BUDGET) or []


def vocabulary(collections: Sequence[int]) -> QuerySet[SearchWord]:
    """The words on the pages of ``collections``."""
    return SearchWord.objects.filter(collection__in=collections, pages__gt=0)
