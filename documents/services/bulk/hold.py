"""Who has a bulk action in hand, how far it is, and how it ended.

As with pages, a worker that lost its lease writes nothing more: each change is made only where the token of
the lease still stands in the row.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from documents import queues
from documents.errors import BulkGaveUp, OcrsiteError, StorageError
from documents.models import BulkAction, BulkItem
from documents.services.leases import FORGOTTEN, LEASE

State = BulkAction.State
PARTS = "parts"
"""Among the ``params`` of a download that is being packed: the names of its parts in the storage."""
Before = dict[str, object]
_Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lease:
    action_id: int
    token: uuid.UUID


def claim(action_id: int) -> Lease | None:
    """Take the action, unless it is over or held by a worker that lives."""
    now = timezone.now()
    token = uuid.uuid4()
    free = Q(state=State.WAITING) | Q(state=State.WORKING, lease_until__lt=now)
    claimed = BulkAction.objects.filter(free, pk=action_id).update(
        state=State.WORKING, token=token, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    return Lease(action_id, token) if claimed else None


def renew(lease: Lease) -> None:
    _held(lease).update(lease_until=timezone.now() + LEASE)


def put_back(lease: Lease, *, count_attempt: bool) -> None:
    """Let it wait again; the sweep enqueues it when nobody else has done so."""
    _held(lease).update(
        state=State.WAITING,
        token=None,
        lease_until=timezone.now() + FORGOTTEN,
        attempts=F("attempts") - (0 if count_attempt else 1),
    )


def put_back_at_once(lease: Lease) -> None:
    """Let it wait again, for any worker."""
    put_back(lease, count_attempt=False)
    queues.work_on_bulk(lease.action_id)


def end(lease: Lease, *, error_code: str = "") -> bool:
    """It is over; ``error_code`` says why nothing, or no more, came of it. False when it was so before."""
    ended = _held(lease).update(
        state=State.DONE, token=None, lease_until=None, finished_at=timezone.now(), error_code=error_code
    )
    return bool(ended)


def is_wanted(lease: Lease) -> bool:
    """False once it was cancelled, or another worker has it."""
    return _held(lease).exists()


def lock(lease: Lease) -> bool:
    """Keep it until the transaction ends. False where it is no longer wanted."""
    return _held(lease).select_for_update().first() is not None


def note_file(lease: Lease, name: str) -> bool:
    """The download is stored as ``name``. False when it is no longer wanted, or is there already."""
    return bool(_held(lease).filter(file="").update(file=name))


def note_headway(lease: Lease) -> None:
    """Something came of it: what went wrong before is no longer counted."""
    _held(lease).update(attempts=1)


def note_part(lease: Lease, name: str) -> bool:
    """More of the download is stored as ``name``. False when it is no longer wanted."""
    return _change_params(lease, lambda params: params.setdefault(PARTS, []).append(name))


def drop_param(lease: Lease, key: str) -> bool:
    """What ``params`` says by ``key`` is done with. False when it is no longer wanted."""
    return _change_params(lease, lambda params: params.pop(key, None))


def note_done(lease: Lease, item: BulkItem, before: Before) -> None:
    """``before`` is what undoing gives back; empty where there is nothing to undo."""
    with transaction.atomic():
        if _held(lease).update(done=F("done") + 1):
            BulkItem.objects.filter(pk=item.pk).update(state=BulkItem.State.DONE, before=before)


def note_left(lease: Lease, item: BulkItem, error: OcrsiteError) -> None:
    is_failure = isinstance(error, StorageError | BulkGaveUp)
    state = BulkItem.State.FAILED if is_failure else BulkItem.State.LEFT
    with transaction.atomic():
        if _held(lease).update(failed=F("failed") + 1):
            BulkItem.objects.filter(pk=item.pk).update(
                state=state, error_code=error.code, error_params=error.params
            )


def _change_params(lease: Lease, change: Callable[[_Params], object]) -> bool:
    """Of the row as it is now: another worker may have written to it since it was read."""
    with transaction.atomic():
        action = _held(lease).select_for_update().first()
        if action is None:
            return False
        change(action.params)
        action.save(update_fields=["params"])
    return True


def _held(lease: Lease) -> QuerySet[BulkAction]:
    return BulkAction.objects.filter(pk=lease.action_id, state=State.WORKING, token=lease.token)
