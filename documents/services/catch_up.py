"""Pages that search does not know as they are: after an upgrade, or because something went wrong.

All pages are walked through by their keys, some at a time, so that the site runs on meanwhile.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max

from documents.models import Collection, Page, SearchEntry, SearchWord, Transcription
from documents.search.index.candidates import backend
from documents.services import duplicates, facts, index, locks

_LOOKED_AT = 5000  # pages that are compared together
_WRITTEN = 25  # pages that are written together: others wait while their words are sorted


@dataclass(frozen=True, slots=True)
class Differences:
    """Keys of pages: not known as they are now; known, though they should not be; with other words."""

    lagging: tuple[int, ...] = ()
    left_over: tuple[int, ...] = ()
    other_words: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lagging or self.left_over or self.other_words)


class CatchUp:
    """Goes once through all pages there were when it began; later ones are written as they are read."""

    def __init__(self) -> None:
        self._at = 0
        self._last: int | None = None

    def go_on(self, *, seconds: float) -> int:
        """For about so many seconds. Returns the number of pages it wrote, and 0 at once when all is done."""
        end = time.monotonic() + seconds
        written = 0
        if self._last is None:
            self._last = last_page()
        while self._at < self._last and time.monotonic() < end:
            written += self._step(end)
        return written

    def _step(self, end: float) -> int:
        upto = self._at + _LOOKED_AT
        lagging = list(
            index.lagging(Page.objects.filter(pk__gt=self._at, pk__lte=upto)).values_list("pk", flat=True)
        )
        written = 0
        for start in range(0, len(lagging), _WRITTEN):
            if time.monotonic() > end:
                self._at = lagging[start] - 1
                return written
            written += write(lagging[start : start + _WRITTEN])
        self._at = upto
        return written


def write(page_ids: Sequence[int], *, is_anew: bool = False) -> int:
    """Let search know these pages, and look for facts in them. Returns how many it wrote.

    Unless ``is_anew``, pages that search knows as they are, since another worker was quicker, are left alone.
    """
    pages = Page.objects.filter(pk__in=page_ids).order_by("pk")
    wanted = pages if is_anew else index.lagging(pages)
    readings = Transcription.objects.filter(pk__in=wanted.values("current"))
    seen, analysed = facts.look_through(readings), index.analyse(readings)
    with transaction.atomic():
        locks.lock_documents(pages.order_by().values_list("document", flat=True).distinct())
        still_wanted = list(wanted.values_list("pk", flat=True))
        facts.keep_all(page_ids=still_wanted, seen=seen)
        written = index.write_pages(still_wanted, is_anew=is_anew, analysed=analysed)
    duplicates.compare_documents_of(still_wanted)
    return written


def last_page() -> int:
    """The highest key there is; 0 where there are no pages."""
    return Page.objects.aggregate(last=Max("pk"))["last"] or 0


def page_ids(*, above: int, most: int) -> list[int]:
    """The next pages in the order of their keys."""
    return list(Page.objects.filter(pk__gt=above).order_by("pk").values_list("pk", flat=True)[:most])


def differences(some: Sequence[int]) -> Differences:
    """What search knows otherwise than it should of the pages ``some``; their texts are analysed again."""
    pages = Page.objects.filter(pk__in=some)
    lagging = tuple(index.lagging(pages).values_list("pk", flat=True))
    kept = SearchEntry.objects.filter(page__in=some)
    left_over = tuple(kept.exclude(page__in=index.knowable(pages)).values_list("pk", flat=True))
    compared = [pk for pk in some if pk not in {*lagging, *left_over}]
    return Differences(lagging, left_over, tuple(index.changed(compared)))


def mend(found: Differences) -> None:
    index.write_pages([*found.lagging, *found.left_over, *found.other_words], is_anew=True)


def miscounted_words() -> int:
    """How many words are on more or on fewer pages than the vocabulary says."""
    return sum(len(index.miscounted_words(pk)) for pk in _collections())


def count_words_anew() -> None:
    """Put the vocabulary right, while the site runs, and drop words that are on no page any more."""
    for pk in _collections():
        with transaction.atomic():
            index.count_words(index.miscounted_words(pk))
    SearchWord.objects.filter(pages=0).delete()


def _collections() -> list[int]:
    return list(Collection.objects.order_by("pk").values_list("pk", flat=True))


def index_is_sound() -> bool:
    """Whether the index of the database has what the entries say. Takes minutes where there are millions."""
    return bool(backend().is_sound(connection))


def rebuild_index() -> None:
    """Make the index anew from the entries. Nobody else writes meanwhile."""
    backend().rebuild(connection)
