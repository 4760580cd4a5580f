"""Pages to be proofread, those that were read worst first. A part of ``selectors``."""

import heapq
from itertools import islice

from django.db.models import QuerySet

from accounts.models import User
from documents.models import Membership, Page, SearchEntry
from documents.selectors import EDITING

WORTH_A_LOOK = 90.0  # mean confidence, 0–100; pages that were read better are not offered
_MOST_COUNTED = 1000  # in a collection


def pages_to_review(user: User, *, below: float = WORTH_A_LOOK, most: int = 50) -> list[Page]:
    """Pages that ``user`` may change and nobody proofread, with document and current text."""
    # Collection by collection, so that each is read off its index, however many pages there are.
    worst = [
        _unread(collection, below).values_list("confidence", "page")[:most]
        for collection in _collections(user)
    ]
    page_ids = [page_id for _confidence, page_id in islice(heapq.merge(*worst), most)]
    pages = Page.objects.select_related("document", "current").in_bulk(page_ids)
    return [pages[page_id] for page_id in page_ids if page_id in pages]


def count_to_review(user: User, *, below: float = WORTH_A_LOOK) -> int:
    """How many there are; of a collection, at most 1,000 are counted."""
    return sum(_unread(collection, below)[:_MOST_COUNTED].count() for collection in _collections(user))


def _unread(collection_id: int, below: float) -> QuerySet[SearchEntry]:
    """Search knows no page of a document in the trash."""
    entries = SearchEntry.objects.filter(collection=collection_id, confidence__lt=below)
    return entries.filter(page__proofread_at=None).order_by("confidence", "page_id")


def _collections(user: User) -> list[int]:
    mine = Membership.objects.filter(user=user.pk, role__in=EDITING)
    return list(mine.order_by("collection").values_list("collection", flat=True))
