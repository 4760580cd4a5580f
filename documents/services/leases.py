"""Who works on which page: claims that cannot be held twice and end by themselves.

A claim is one UPDATE that sets a fresh token and a lease; a heartbeat renews the lease; a result is
written only where the token still matches. So a worker that was killed, hung or cut off loses nothing
and can overwrite nothing: its lease runs out and the page is read again.
"""

import logging
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from documents import queues
from documents.errors import GaveUp, OcrsiteError
from documents.models import OcrRun, PageJob
from documents.services import locks, progress

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
HEARTBEAT = timedelta(seconds=8)
MAX_ATTEMPTS = 3
# A page that has waited so long is looked up in the queue, which may have lost it: a worker that was stopped
# after it took the call and before it took the page leaves no call behind.
FORGOTTEN = timedelta(seconds=10)
_REMINDED_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Lease:
    job_id: int
    token: uuid.UUID


def claim(*, job_id: int) -> Lease | None:
    """Take the job, unless it is done, cancelled or held by a worker that lives."""
    now = timezone.now()
    token = uuid.uuid4()
    free = Q(state=PageJob.State.QUEUED) | Q(state=PageJob.State.RUNNING, lease_until__lt=now)
    with transaction.atomic():
        _lock_document(job_id)
        claimed = PageJob.objects.filter(free, pk=job_id, attempts__lt=MAX_ATTEMPTS).update(
            state=PageJob.State.RUNNING, token=token, lease_until=now + LEASE, attempts=F("attempts") + 1
        )
        if claimed:
            progress.note_start(run=OcrRun.objects.get(jobs=job_id))
    return Lease(job_id, token) if claimed else None


def kept_alive(lease: Lease) -> AbstractContextManager[None]:
    """Renew the lease from a thread of its own while the page is being read."""

    def renew() -> None:
        _held(lease).update(lease_until=timezone.now() + LEASE)

    return renewing(renew, name=f"heartbeat-{lease.job_id}")


@contextmanager
def renewing(renew: Callable[[], None], *, name: str) -> Iterator[None]:
    """Call ``renew`` every ``HEARTBEAT`` from a thread of that name."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(renew, over), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(renew: Callable[[], None], over: threading.Event) -> None:
    try:
        while not over.wait(HEARTBEAT.total_seconds()):
            try:
                renew()
            except DatabaseError:
                logger.exception("A lease could not be renewed; trying again")
                connection.close()
    finally:
        connection.close()


def finish(lease: Lease) -> bool:
    """Mark the job done, in the transaction that writes its result. False when the lease is lost."""
    return bool(
        _held(lease).update(
            state=PageJob.State.DONE, token=None, lease_until=None, finished_at=timezone.now(), error_code=""
        )
    )


def fail(lease: Lease, error: OcrsiteError) -> None:
    """Write down why the page could not be read; an error that may pass is tried again first."""
    job = _held(lease).first()
    if job is None:
        return
    if error.is_outage:
        _let_go(lease, count_attempt=False)  # the sweep enqueues it once it is FORGOTTEN
    elif error.retryable and job.attempts < MAX_ATTEMPTS:
        release(lease, count_attempt=True)
    else:
        with transaction.atomic():
            _lock_document(lease.job_id)
            if _held(lease).update(**_failed(error)):
                progress.refresh(run_id=job.run_id)


def release(lease: Lease, *, count_attempt: bool) -> None:
    """Put the page back in the queue, for any worker."""
    with transaction.atomic():
        if _let_go(lease, count_attempt=count_attempt):
            _enqueue([lease.job_id])


def _let_go(lease: Lease, *, count_attempt: bool) -> bool:
    return bool(
        _held(lease).update(
            state=PageJob.State.QUEUED,
            token=None,
            lease_until=None,
            enqueued_at=timezone.now(),
            attempts=F("attempts") - (0 if count_attempt else 1),
        )
    )


def sweep() -> int:
    """Take leases that ran out from their workers, and remind the queue of what it forgot.

    Safe to run from any process at any time. Returns the number of pages it moved. Raises QueueDown when
    the leases are swept but the queue does not answer.
    """
    now = timezone.now()
    moved = _end_hopeless(now) + _free_expired(now)
    return moved + _remind(now)


def _end_hopeless(now: datetime) -> int:
    """Give up pages on which the worker died each time: the page itself is the likely cause."""
    worn_out = PageJob.objects.filter(
        Q(state=PageJob.State.QUEUED) | Q(state=PageJob.State.RUNNING, lease_until__lt=now),
        attempts__gte=MAX_ATTEMPTS,
    )
    ended = 0
    for job_id, run_id in list(worn_out.values_list("pk", "run_id")):
        with transaction.atomic():
            _lock_document(job_id)
            changed = worn_out.filter(pk=job_id).update(**_failed(GaveUp(attempts=MAX_ATTEMPTS)))
            if changed:
                progress.refresh(run_id=run_id)
        ended += changed
    return ended


def _free_expired(now: datetime) -> int:
    expired = PageJob.objects.filter(state=PageJob.State.RUNNING, lease_until__lt=now)
    with transaction.atomic():
        job_ids = list(expired.select_for_update(skip_locked=True).values_list("pk", flat=True))
        expired.filter(pk__in=job_ids).update(
            state=PageJob.State.QUEUED, token=None, lease_until=None, enqueued_at=now
        )
        _enqueue(job_ids)
    return len(job_ids)


def _failed(error: OcrsiteError) -> dict[str, Any]:
    return {
        "state": PageJob.State.FAILED,
        "token": None,
        "lease_until": None,
        "finished_at": timezone.now(),
        "error_code": error.code,
        "error_params": error.params,
    }


def _lock_document(job_id: int) -> None:
    """Before the job: so does who stops the reading of a document."""
    locks.lock_documents(OcrRun.objects.filter(jobs=job_id).order_by().values_list("document", flat=True))


def _held(lease: Lease) -> QuerySet[PageJob]:
    return PageJob.objects.filter(pk=lease.job_id, state=PageJob.State.RUNNING, token=lease.token)


def _remind(now: datetime) -> int:
    """Enqueue again what the queue lost, as when a worker dies between the queue's claim and ours."""
    queued = PageJob.objects.filter(state=PageJob.State.QUEUED)
    # A queue that cannot be looked into is sent as many as it lacks, whichever they are: so it never
    # grows longer than the pages that wait, and what is lost is sent again in the end.
    lacking = min(queued.count() - queues.length(), _REMINDED_AT_ONCE)
    if lacking <= 0:
        return 0
    with transaction.atomic():
        waiting = queued.filter(enqueued_at__lt=now - FORGOTTEN).select_for_update(skip_locked=True)
        # Those that waited longest; of a run, its first pages.
        oldest = waiting.order_by("enqueued_at", "pk").values_list("pk", flat=True)[:_REMINDED_AT_ONCE]
        job_ids = queues.forgotten(list(oldest))[:lacking]
        queued.filter(pk__in=job_ids).update(enqueued_at=now)
        _enqueue(job_ids)
    return len(job_ids)


def _enqueue(job_ids: Sequence[int]) -> None:
    """In this order, each with the priority of its run: what could wait when it was asked for still can."""
    priorities = dict(PageJob.objects.filter(pk__in=job_ids).values_list("pk", "run__priority"))
    for priority in sorted(set(priorities.values()), reverse=True):
        of_priority = [job_id for job_id in job_ids if priorities.get(job_id) == priority]
        queues.recognise_pages(of_priority, priority=priority)
