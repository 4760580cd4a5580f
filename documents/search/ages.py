"""One screen of the documents that were found, by age: the newest or the oldest first.

A screen is found by the cut between two pages at which it begins (its cursor), so that the last costs what
the first does. A document stands where the first of its pages is met. Documents that were received at the
same time have pages among each other's: of those before a cut, some pages may lie behind it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.models import Page
from documents.search.index.candidates import Bounds
from documents.search.index.ranking import Ranked
from documents.search.question import Question
from documents.search.screens import Group, Screen, grouped
from documents.selectors import cursors

_STEP = 400  # pages that are fetched together on the way to the next screen
_MOST_STEPS = 8


@dataclass(frozen=True, slots=True)
class _Way:
    """Through the pages by their keys. A cut ``n`` lies between the pages below ``n`` and the others."""

    is_oldest_first: bool
    is_backwards: bool

    @property
    def is_up(self) -> bool:
        return self.is_oldest_first != self.is_backwards

    def before(self, page_id: int) -> int:
        """The cut that is met just before the page."""
        return page_id if self.is_up else page_id + 1

    def after(self, page_id: int) -> int:
        return page_id + 1 if self.is_up else page_id

    def ahead(self, cut: int | None) -> Bounds:
        if cut is None:
            return Bounds(is_oldest_first=self.is_up)
        return Bounds(above=cut - 1, is_oldest_first=True) if self.is_up else Bounds(below=cut)

    def earlier(self, cut: int) -> Bounds:
        """The pages that come before the cut in the list, whichever way one walks."""
        return Bounds(below=cut) if self.is_oldest_first else Bounds(above=cut - 1)

    def place(self, group: Group) -> int:
        keys = [page.page.page_id for page in group.pages]
        return min(keys) if self.is_oldest_first else max(keys)


@dataclass(frozen=True, slots=True)
class _Walked:
    """The pages that were met, from one cut to the other."""

    pages: Sequence[Ranked]
    end: int | None
    is_at_end: bool
    is_whole: bool = True


def by_age(
    question: Question, newest: Sequence[Ranked], cursor: str, *, is_oldest_first: bool, size: int
) -> Screen:
    """``newest`` are the newest pages, which are all that the first screen needs, mostly."""
    kind = "search.oldest" if is_oldest_first else "search.newest"
    cut, is_backwards = cursors.read(kind, cursor) or (None, False)
    way = _Way(is_oldest_first, is_backwards)
    if cut is None and not is_oldest_first and len(grouped(newest)) > size:
        walked = _Walked(newest, way.after(newest[-1].page.page_id), is_at_end=False)
    else:
        walked = _walk(question, way, cut, size)
    groups = _in_place(question, way, walked, cut)
    has_more = len(groups) > size or not walked.is_at_end
    onwards = cursors.write(kind, _next_cut(way, groups, walked.end, size), is_backwards) if has_more else ""
    back = "" if cut is None else cursors.write(kind, cut, not is_backwards)
    if is_backwards:
        return Screen(groups[:size][::-1], back, onwards, walked.is_whole)
    return Screen(groups[:size], onwards, back, walked.is_whole)


def _walk(question: Question, way: _Way, cut: int | None, size: int) -> _Walked:
    """From the cut on to one document more than a screen has, where there are so many."""
    met: list[Ranked] = []
    for _step in range(_MOST_STEPS):
        fetched = question.newest(_STEP, bounds=way.ahead(cut))
        met += question.rank(fetched.pages)
        if fetched.pages:
            cut = way.after(fetched.pages[-1].page_id)
        is_at_end = fetched.is_whole and len(fetched.pages) < _STEP
        if is_at_end or not fetched.is_whole or len(grouped(met)) > size:
            return _Walked(met, cut, is_at_end, fetched.is_whole)
    return _Walked(met, cut, is_at_end=False)


def _in_place(question: Question, way: _Way, walked: _Walked, cut: int | None) -> list[Group]:
    """The documents that stand between both cuts, in the order in which one comes to their places."""
    groups = grouped(walked.pages)
    start = cut if not way.is_backwards else None if walked.is_at_end else walked.end
    if start is not None:
        elsewhere = _with_hits(question, groups, way.earlier(start))
        groups = [group for group in groups if group.document_id not in elsewhere]
    return sorted(groups, key=way.place, reverse=not way.is_up)


def _with_hits(question: Question, groups: Iterable[Group], bounds: Bounds) -> set[object]:
    """Which of the documents have pages within ``bounds`` that are found: few have any pages there."""
    pages = Page.objects.filter(document__in=[group.document_id for group in groups])
    if bounds.above is not None:
        pages = pages.filter(pk__gt=bounds.above)
    if bounds.below is not None:
        pages = pages.filter(pk__lt=bounds.below)
    documents = pages.order_by().values_list("document", flat=True).distinct()
    return {pk for pk in documents if question.has_hits(pk, bounds)}


def _next_cut(way: _Way, groups: Sequence[Group], end: int | None, size: int) -> int | None:
    if way.is_backwards:
        return way.after(way.place(groups[:size][-1])) if groups else end
    return way.before(way.place(groups[size])) if len(groups) > size else end
