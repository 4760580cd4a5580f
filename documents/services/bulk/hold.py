"""Who has a bulk action in hand, how far it is, and how it ended."""

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from documents import queues
from documents.errors import OcrsiteError, StorageError
from documents.models import BulkAction, BulkItem
from documents.services.leases import FORGOTTEN, LEASE

State = BulkAction.State
Before = dict[str, object]


def claim(action_id: int) -> bool:
    """Take the action, unless it is over or held by a worker that lives."""
    now = timezone.now()
    free = Q(state=State.WAITING) | Q(state=State.WORKING, lease_until__lt=now)
    mine = BulkAction.objects.filter(free, pk=action_id)
    return bool(mine.update(state=State.WORKING, lease_until=now + LEASE))


def renew(action_id: int) -> None:
    _held(action_id).update(lease_until=timezone.now() + LEASE)


def put_back(action_id: int) -> None:
    """Let it wait again; the sweep enqueues it when nobody else has done so."""
    _held(action_id).update(state=State.WAITING, lease_until=timezone.now() + FORGOTTEN)


def put_back_at_once(action_id: int) -> None:
    """Let it wait again, for any worker."""
    put_back(action_id)
    queues.work_on_bulk(action_id)


def end(action_id: int, *, error_code: str = "") -> None:
    """It is over; ``error_code`` says why nothing, or no more, came of it."""
    _held(action_id).update(
        state=State.DONE, lease_until=None, finished_at=timezone.now(), error_code=error_code
    )


def is_wanted(action_id: int) -> bool:
    """False once it was cancelled."""
    return _held(action_id).exists()


def note_file(action_id: int, name: str) -> bool:
    """The download is stored as ``name``. False when it was cancelled, or is there already."""
    return bool(_held(action_id).filter(file="").update(file=name))


def note_done(item: BulkItem, before: Before) -> None:
    """``before`` is what undoing gives back; empty where there is nothing to undo."""
    BulkItem.objects.filter(pk=item.pk).update(state=BulkItem.State.DONE, before=before)
    BulkAction.objects.filter(pk=item.action_id).update(done=F("done") + 1)


def note_left(item: BulkItem, error: OcrsiteError) -> None:
    state = BulkItem.State.FAILED if isinstance(error, StorageError) else BulkItem.State.LEFT
    BulkItem.objects.filter(pk=item.pk).update(state=state, error_code=error.code, error_params=error.params)
    BulkAction.objects.filter(pk=item.action_id).update(failed=F("failed") + 1)


def _held(action_id: int) -> QuerySet[BulkAction]:
    return BulkAction.objects.filter(pk=action_id, state=State.WORKING)
