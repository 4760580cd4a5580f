"""What keeps bulk actions going and forgets them in the end. Safe from any process at any time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from documents import queues, storage
from documents.models import BulkAction
from documents.queues.base import WORK_ON_BULK
from documents.services.bulk.hold import PARTS, State
from documents.services.bulk.pack import forget_parts
from documents.services.leases import FORGOTTEN

_DOWNLOADS_KEPT = timedelta(days=1)
_KEPT = timedelta(days=30)
_REMINDED_AT_ONCE = 100


def sweep() -> int:
    """Free actions whose worker died, and remind the queue of what it forgot.

    Returns how many it enqueued. Raises QueueDown.
    """
    now = timezone.now()
    expired = BulkAction.objects.filter(state=State.WORKING, lease_until__lt=now)
    expired.update(state=State.WAITING, token=None)
    waiting = BulkAction.objects.filter(state=State.WAITING)
    if not waiting.filter(lease_until__lt=now).exists():
        return 0
    # As with pages: what cannot be looked into is sent as many as it lacks.
    lacking = min(waiting.count() - queues.length(WORK_ON_BULK), _REMINDED_AT_ONCE)
    return _remind(waiting, now, lacking) if lacking > 0 else 0


def forget_old() -> None:
    """Remove downloads after a day, and after a month the actions themselves. Raises StorageDown.

    Parts of downloads that were cancelled or given up go at once.
    """
    now = timezone.now()
    over = BulkAction.objects.filter(finished_at__isnull=False, params__has_key=PARTS)
    for action_id in over.values_list("pk", flat=True):
        forget_parts(action_id)
    for action in BulkAction.objects.exclude(file="").filter(finished_at__lt=now - _DOWNLOADS_KEPT):
        storage.delete([action.file])
        BulkAction.objects.filter(pk=action.pk).update(file="")
    BulkAction.objects.filter(finished_at__lt=now - _KEPT).delete()


def _remind(waiting: "QuerySet[BulkAction]", now: datetime, most: int) -> int:
    with transaction.atomic():
        due = waiting.filter(lease_until__lt=now).select_for_update(skip_locked=True)
        ids = list(due.order_by("lease_until").values_list("pk", flat=True)[:_REMINDED_AT_ONCE])
        lost = queues.forgotten(ids, WORK_ON_BULK)[:most]
        waiting.filter(pk__in=lost).update(lease_until=now + FORGOTTEN)
        for action_id in lost:
            queues.work_on_bulk(action_id)
    return len(lost)
