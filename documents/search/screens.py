"""One screen of documents from the pages that were found: the best, or the next by age or by title.

By age, a screen is found by the page that ended the one before (its cursor), so that the last costs what the
first does. By relevance and by title, the screens are parts of what was ranked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from uuid import UUID

from django.core import signing
from django.db.models import Max, Min

from documents.models import Document, Page
from documents.search.candidates import Bounds
from documents.search.question import Question
from documents.search.ranking import Ranked

SIZE = 20  # documents
RANKED = 1000  # pages: beyond this, "1,000+" are told, and the newest are ranked
_STEP = 400  # pages that are fetched together on the way to the next screen
_MOST_STEPS = 8
_MORE_PAGES = 0.1  # what further pages add to the worth of a document's best


@dataclass(frozen=True, slots=True)
class Group:
    """The pages found in a document, the best first."""

    document_id: UUID
    pages: tuple[Ranked, ...]

    @property
    def score(self) -> float:
        return self.pages[0].score + _MORE_PAGES * log(len(self.pages))


@dataclass(frozen=True, slots=True)
class Screen:
    groups: Sequence[Group]
    next_cursor: str = ""
    previous_cursor: str = ""


def grouped(pages: Iterable[Ranked]) -> list[Group]:
    """By document, in the order of their first pages."""
    groups: dict[UUID | str, list[Ranked]] = {}
    for page in pages:
        groups.setdefault(page.page.document_id, []).append(page)
    return [
        Group(_as_uuid(key), tuple(sorted(some, key=lambda page: (-page.score, page.page.number))))
        for key, some in groups.items()
    ]


def _as_uuid(key: UUID | str) -> UUID:
    return key if isinstance(key, UUID) else UUID(hex=key)


def by_relevance(groups: Sequence[Group], cursor: str) -> Screen:
    return _part(sorted(groups, key=lambda group: -group.score), cursor, "relevance")


def by_title(groups: Sequence[Group], cursor: str) -> Screen:
    documents = Document.objects.filter(pk__in=[group.document_id for group in groups])
    titles = dict(documents.values_list("pk", "title_folded"))
    return _part(sorted(groups, key=lambda group: titles.get(group.document_id, "")), cursor, "title")


def _part(groups: Sequence[Group], cursor: str, sort: str) -> Screen:
    at = max(0, _read(cursor, sort) or 0)
    return Screen(
        groups[at : at + SIZE],
        next_cursor=_write(sort, at + SIZE) if at + SIZE < len(groups) else "",
        previous_cursor=_write(sort, max(0, at - SIZE)) if at else "",
    )


def by_age(question: Question, newest: Sequence[Group], cursor: str, *, is_oldest_first: bool) -> Screen:
    """``newest`` are the documents of the newest pages, which are all that the first screen needs, mostly."""
    sort = "oldest" if is_oldest_first else "newest"
    at = _read(cursor, sort)
    is_backwards = at is not None and at < 0
    if at is None and not is_oldest_first and len(newest) > SIZE:
        ahead = list(newest[: SIZE + 1])
    else:
        ahead = _walk(question, None if at is None else abs(at), is_up=is_oldest_first != is_backwards)
    has_more = len(ahead) > SIZE
    shown = ahead[:SIZE][::-1] if is_backwards else ahead[:SIZE]
    has_next, has_previous = (True, has_more) if is_backwards else (has_more, at is not None)
    return Screen(
        shown,
        next_cursor=_write(sort, _edge(shown[-1].document_id, is_up=is_oldest_first))
        if shown and has_next
        else "",
        previous_cursor=_write(sort, -_edge(shown[0].document_id, is_up=not is_oldest_first))
        if shown and has_previous
        else "",
    )


def _walk(question: Question, start: int | None, *, is_up: bool) -> list[Group]:
    """The documents beyond the page ``start``, one more than a screen where there are so many."""
    groups: list[Group] = []
    for _step in range(_MOST_STEPS):
        bounds = Bounds(above=start, is_oldest_first=True) if is_up else Bounds(below=start)
        pages = question.newest(_STEP, bounds=bounds).pages
        groups += grouped(question.rank(pages))
        if len(groups) > SIZE or len(pages) < _STEP:
            break
        # Of this document there may be more pages; they would make it appear again.
        start = _edge(_as_uuid(pages[-1].document_id), is_up=is_up)
    return groups


def _edge(document_id: UUID, *, is_up: bool) -> int:
    """The key of the last page of a document, or of its first: its pages have keys that follow each other."""
    key = Max("pk") if is_up else Min("pk")
    return int(Page.objects.filter(document=document_id).aggregate(key=key)["key"])


def _read(cursor: str, sort: str) -> int | None:
    """None for no cursor, and for one that was tampered with or belongs to another sort."""
    try:
        stored, at = signing.loads(cursor)
    except signing.BadSignature:
        return None
    return at if stored == sort else None


def _write(sort: str, at: int) -> str:
    return signing.dumps([sort, at])
