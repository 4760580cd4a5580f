"""Pages to be proofread, the worst read ones first, and their doubtful words. A part of ``selectors``."""

import heapq
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import Q, QuerySet

from accounts.models import User
from documents.models import Membership, Page, SearchEntry, Transcription
from documents.ocr.correcting.doubts import KnownTerms, doubtful
from documents.ocr.elements import Line, Word
from documents.search.text.places import Span, word_spans
from documents.selectors import EDITING
from documents.selectors.correcting import known_words

WORTH_A_LOOK = 90.0  # mean confidence, 0–100; pages that were read better are not offered
MOST_COUNTED = 1000
_AROUND = 60  # letters of a line that are shown before and after a word
_IN_ONE_QUERY = 100  # collections; SQLite joins 500 at most

Rank = tuple[float, int]
"""Where a page stands among those to proofread: its mean confidence, and its key."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A word of a page: its line and its place in there, from 0; its range of the text, and what stands
    shortly before and after it in its line."""

    line: int
    at: int
    word: Word
    start: int
    end: int
    before: str
    after: str
    is_doubtful: bool

    @property
    def place(self) -> tuple[int, int]:
        return self.line, self.at


def pages_to_review(
    user: User, *, below: float = WORTH_A_LOOK, most: int = 50, without: Collection[int] = ()
) -> list[Page]:
    """Pages that ``user`` may change and nobody proofread, with document and current text, whose long columns
    are fetched when they are looked at; none of those whose keys are in ``without``."""
    return [page for _rank, page in ranked_to_review(user, below=below, most=most, without=without)]


def ranked_to_review(
    user: User,
    *,
    below: float = WORTH_A_LOOK,
    most: int = 50,
    without: Collection[int] = (),
    after: Rank | None = None,
) -> list[tuple[Rank, Page]]:
    """The same, each page with its rank; only those that come ``after`` one."""
    mine = _collections(user)
    worst = [
        _worst(mine[start : start + _IN_ONE_QUERY], below, without, most, after)
        for start in range(0, len(mine), _IN_ONE_QUERY)
    ]
    ranks = list(islice(heapq.merge(*worst), most))
    rows = Page.objects.select_related("document", "current").defer("current__text", "current__packed")
    pages = rows.in_bulk([page_id for _confidence, page_id in ranks])
    return [((confidence, page_id), pages[page_id]) for confidence, page_id in ranks if page_id in pages]


def count_to_review(user: User, *, below: float = WORTH_A_LOOK, without: Collection[int] = ()) -> int:
    """How many there are; at most 1,000 are counted."""
    return _unread(_collections(user), below, without)[:MOST_COUNTED].count()


def words_of(user: User, reading: Transcription) -> list[Placed]:
    """All words of a text in their order; doubtful are those that the engine was unsure of, but for what is
    on the user's word list."""
    known = KnownTerms(known_words(user))
    page = reading.page_text
    spans = word_spans(page)
    return [
        placed
        for number, line in enumerate(page.lines)
        for placed in _placed(number, line, list(islice(spans, len(line.words))), known)
    ]


def _placed(number: int, line: Line, spans: Sequence[Span], known: KnownTerms) -> Iterator[Placed]:
    text, begin = line.text, spans[0].start if spans else 0
    words = zip(line.words, spans, doubtful(line.words, known), strict=True)
    for at, (word, span, is_doubtful) in enumerate(words):
        before, after = _before(text, span.start - begin), _after(text, span.end - begin)
        yield Placed(number, at, word, span.start, span.end, before, after, is_doubtful)


def _before(line: str, end: int) -> str:
    """Not all of it: a text that came along may have a whole page in one line."""
    return line[:end] if end <= _AROUND else f"…{line[end - _AROUND : end]}"


def _after(line: str, start: int) -> str:
    return line[start:] if len(line) - start <= _AROUND else f"{line[start : start + _AROUND]}…"


def _worst(
    collections: Sequence[int], below: float, without: Collection[int], most: int, after: Rank | None
) -> list[Rank]:
    """The ranks of the worst read pages of some collections (at least one), the worst first."""
    # Collection by collection, so that each is read off its index, however many pages there are.
    each = (
        _behind(_unread([one], below, without), after).order_by("confidence", "page")[:most]
        for one in collections
    )
    # As what others select from, as SQLite takes no bounded SELECT into a UNION.
    first, *others = (
        SearchEntry.objects.filter(pk__in=keys.values("pk")).values_list("confidence", "page")
        for keys in each
    )
    found = first.union(*others, all=True).order_by("confidence", "page")[:most]
    return [(confidence, page_id) for confidence, page_id in found if confidence is not None]


def _behind(entries: QuerySet[SearchEntry], after: Rank | None) -> QuerySet[SearchEntry]:
    if after is None:
        return entries
    confidence, page_id = after
    rest = entries.filter(confidence__gte=confidence)  # by itself, so that the index is entered there
    return rest.filter(Q(confidence__gt=confidence) | Q(page__gt=page_id))


def _unread(collections: Sequence[int], below: float, without: Collection[int]) -> QuerySet[SearchEntry]:
    """In no order. Search knows no page of a document in the trash."""
    entries = SearchEntry.objects.filter(collection__in=collections, confidence__lt=below)
    left = entries.exclude(page__in=without) if without else entries
    return left.filter(page__proofread_at=None)


def _collections(user: User) -> list[int]:
    mine = Membership.objects.filter(user=user.pk, role__in=EDITING)
    return list(mine.order_by("collection").values_list("collection", flat=True))
