"""Ways to go on with what is being typed: words and titles of the archive of whoever types."""

import re
from collections.abc import Sequence

from django.db.models import Sum

from accounts.models import User
from documents import selectors
from documents.models import Document
from documents.search.index import candidates
from documents.search.index.candidates import Budget, Where, fetch
from documents.search.index.plan import FIRST, All, Terms
from documents.search.query.parse import ends_in_filter, parse
from documents.search.query.tree import wanted
from documents.search.question import within_collections
from documents.search.results import Suggestions, Title
from documents.search.spelling import vocabulary, without_misread
from documents.search.text.tokens import asked, tokens
from documents.search.writing import as_written

_LOOKED_AT = 100  # characters from the end
_SHORTEST = 2  # letters
_MOST_WORDS, _MOST_TITLES = 8, 5
_TRIED = 24  # words, of which some may be misread
_UMLAUT = re.compile("([aou])e")  # as who lacks the key types it; words are folded to the vowel alone
_LAST = "\U0010ffff"  # sorts behind every letter


def suggest(user: User, text: str) -> Suggestions:
    """Words that begin as the last one of ``text``, the most frequent first; titles with all its words.

    Words are as the archive writes them.
    """
    typed = list(asked(text[-_LOOKED_AT:]).words)
    collections = selectors.collection_ids(user)
    if not typed or len(typed[-1]) < _SHORTEST or not collections or ends_in_filter(text):
        return Suggestions()
    return Suggestions(_words(collections, typed[-1]), _titles(collections, typed))


def going_on(text: str) -> str:
    """``text`` with a last word that may go on; empty where it ends in something else.

    That is a filter, a phrase, or what is not wanted: to extend these is to ask another question.
    """
    longer = f"{text}*"
    words, others = ([*wanted(parse(one).tree)] for one in (text, longer))
    if not words or len(words) != len(others):
        return ""
    last, other = words[-1], others[-1]
    return longer if other.is_prefix and not (last.is_prefix or other.is_quoted) else ""


def start_of_last_word(text: str) -> int:
    """Where in ``text`` the word begins that `suggest` completes."""
    starts = [token.start for token in tokens(text)]
    return starts[len(asked(text).words) - 1] if starts else 0


def _words(collections: Sequence[int], beginning: str) -> tuple[str, ...]:
    """Where nothing begins so, those without the e of ``muen``."""
    plain = _UMLAUT.sub(r"\1", beginning)
    frequent = _most_frequent(collections, beginning)
    if not frequent and plain != beginning:
        frequent = _most_frequent(collections, plain)
    return tuple(as_written(collections, frequent).values())


def _most_frequent(collections: Sequence[int], beginning: str) -> list[str]:
    words = vocabulary(collections).filter(word__gte=beginning, word__lt=beginning + _LAST)
    counted = words.values_list("word").annotate(total=Sum("pages")).order_by("-total", "word")
    return [*without_misread(dict(counted[:_TRIED]))][:_MOST_WORDS]


def _titles(collections: Sequence[int], typed: list[str]) -> tuple[Title, ...]:
    *whole, beginning = typed
    terms = (
        *(Terms((word,), "title") for word in whole),
        Terms((beginning,), "title", is_prefix=True),
        FIRST,
    )
    where = Where(within_collections(collections), collections)
    found = fetch(All(terms), where, most=_MOST_TITLES, budget=Budget(candidates.BUDGET))
    firsts = [page.page_id for page in found.pages]
    documents = Document.objects.filter(pages__in=firsts).order_by("-created_at")
    return tuple(Title(pk, title) for pk, title in documents.values_list("pk", "title"))
