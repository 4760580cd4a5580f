"""Documents that share the most telling words of another one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

from django.db.models import Sum

from accounts.models import User
from documents import selectors
from documents.models import Document, SearchEntry
from documents.search.hits import found_documents
from documents.search.index.ranking import Candidate, Ranked
from documents.search.query.tree import Either, Query, Words
from documents.search.question import Question
from documents.search.results import Found
from documents.search.screens import RANKED, best_first, grouped
from documents.search.spelling import vocabulary
from documents.search.text.tokens import is_paired
from documents.selectors.duplicates import one_of_each

_PAGES = 20  # of the document, from the first on
_TRIED, _TELLING = 300, 12  # words
_SHORTEST = 4  # letters
_SHARED = 0.3  # of the telling words, on one page
_MOST = 5
_LOOKED_AT = 50  # of those that are alike: there may be a thousand, and copies among them


def more_like(user: User, document: Document) -> tuple[Found, ...]:
    """The documents most like ``document``, which ``user`` may see; the likest first, and of copies one."""
    collections = tuple(selectors.collection_ids(user))
    telling = _telling(collections, document)
    if len(telling) < 2:
        return ()
    tree = Either(tuple(Words(word, is_quoted=True) for word in telling))
    question = Question(user, Query(tree), collections, is_forgiving=False)
    alike = _alike(telling, question.best(RANKED).pages)
    groups = [group for group in grouped(alike) if group.document_id != document.pk]
    by_key = {group.document_id: group for group in best_first(groups)}
    shown = one_of_each(list(by_key)[:_LOOKED_AT])[:_MOST]
    return found_documents(question, [by_key[key] for key in shown])


def _alike(telling: Mapping[str, float], pages: Iterable[Candidate]) -> Iterator[Ranked]:
    """Those that share enough words, by what these are worth: each counts once, however often it is there."""
    least = max(2, _SHARED * len(telling))
    for page in pages:
        shared = telling.keys() & page.body.split(" ")
        if len(shared) >= least:
            yield Ranked(sum(telling[word] for word in shared), page)


def _telling(collections: Sequence[int], document: Document) -> dict[str, float]:
    """The words that are frequent here and rare elsewhere, with their worth.

    That is tf-idf with the logarithm of how often a word is here (Manning, Raghavan and Schütze,
    "Introduction to Information Retrieval", 6.4.1): twenty times a common word is not a rare one.
    """
    bodies = (
        SearchEntry.objects.filter(document=document.pk).order_by("number").values_list("body", flat=True)
    )
    counts = Counter(
        word
        for body in bodies[:_PAGES]
        for word in body.split(" ")
        if is_paired(word) or (len(word) >= _SHORTEST and word.isalpha())
    )
    tried = dict(counts.most_common(_TRIED))
    words = vocabulary(collections).filter(word__in=tried, pages__gt=1)
    pages = dict(words.values_list("word").annotate(Sum("pages")))
    most = max(pages.values(), default=1)
    worth = {word: (1 + log(tried[word])) * log(1 + most / count) for word, count in pages.items()}
    return {word: worth[word] for word in sorted(worth, key=lambda word: (-worth[word], word))[:_TELLING]}
