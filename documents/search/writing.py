"""Words as the archive writes them, where all that search keeps of them is how they are compared."""

import time
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from documents.models import Transcription
from documents.search.index.candidates import Budget, Where, fetch
from documents.search.index.plan import Terms
from documents.search.query.parse import is_bare_word
from documents.search.question import within_collections
from documents.search.text.tokens import tokens

_PAGES = 3  # that are looked at for each word, the newest
_BUDGET = 0.02  # seconds from which on no other page is looked at


def as_written(collections: Sequence[int], words: Iterable[str]) -> dict[str, str]:
    """Each of ``words``, which are folded, as most of some pages of ``collections`` write it.

    In small letters where as many do; as it is compared where it is on none, or the time is up. An operator
    (``NOT`` in a heading) is no way to write a word: in a question it would be one.
    """
    wanted = list(dict.fromkeys(words))
    end = time.monotonic() + _BUDGET
    seen: dict[str, Counter[str]] = {word: Counter() for word in wanted}
    for word in wanted:
        if not seen[word] and time.monotonic() < end:
            for text in _texts(collections, word):
                _count(seen, text)
    return {word: _commonest(seen[word]) or word for word in wanted}


def _texts(collections: Sequence[int], word: str) -> Collection[str]:
    where = Where(within_collections(collections), collections)
    found = fetch(Terms((word,), "body"), where, most=_PAGES, budget=Budget(_BUDGET), with_loose=False)
    readings = [page.transcription_id for page in found.pages if page.transcription_id]
    return Transcription.objects.filter(pk__in=readings).values_list("text", flat=True)


def _count(seen: dict[str, Counter[str]], text: str) -> None:
    for token in tokens(text):
        if token.text in seen:
            written = text[token.start : token.end]
            # What is parted by the end of a line is no spelling; what has no width is not seen.
            if not any(map(str.isspace, written)):
                seen[token.text]["".join(filter(str.isprintable, written))] += 1


def _commonest(spellings: Counter[str]) -> str:
    words = sorted(filter(is_bare_word, spellings), reverse=True)
    return max(words, key=spellings.__getitem__, default="")
