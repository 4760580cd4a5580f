"""The work that waits for a worker, in whichever queue the settings name (``TASKS``): database or broker.

A queue is only a hint that there is work; the lease on a PageJob is the truth. So it does no harm
when a task comes twice, late or never: ``services.leases.sweep`` enqueues again what was forgotten.
"""

from collections.abc import Sequence
from typing import cast

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks import task_backends

from documents.queues.base import RECOGNISE_PAGE, Call, Queue, Worker

# Pages of a document step back in the queue as they come later in it, so that a person with one page
# does not wait for a stranger's 500. Four pages a step use the range of the task interface, -100 to 0.
_PAGES_A_STEP = 4
_LOWEST_PRIORITY = -100


def recognise_pages(job_ids: Sequence[int]) -> None:
    """Enqueue the pages of one run, in reading order, once the current transaction is committed."""
    wanted = tuple(job_ids)

    def enqueue() -> None:
        _enqueue(wanted)

    # Robust: what is committed stays so when the queue does not answer; the sweep will remind it.
    # A function with a name, because Django's log of the failure asks for it.
    transaction.on_commit(enqueue, robust=True)


def _enqueue(job_ids: Sequence[int]) -> None:
    calls = [Call(job_id, _priority(position)) for position, job_id in enumerate(job_ids)]
    _queue().enqueue_all(import_string(RECOGNISE_PAGE), calls)


def _priority(position: int) -> int:
    return max(_LOWEST_PRIORITY, -(position // _PAGES_A_STEP))


def length() -> int:
    """The number of pages that wait here. Raises QueueDown."""
    return _queue().length(RECOGNISE_PAGE)


def forgotten(job_ids: Sequence[int]) -> list[int]:
    """Those of ``job_ids`` that may not be waiting here. Raises QueueDown."""
    return _queue().forgotten(RECOGNISE_PAGE, job_ids)


def prune() -> None:
    """Forget what ended long ago. Raises QueueDown."""
    _queue().prune()


def worker() -> Worker:
    """A worker for this queue."""
    return _queue().worker()


def _queue() -> Queue:
    return cast("Queue", task_backends["default"])
