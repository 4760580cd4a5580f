"""The work that waits for a worker, in whichever queue the settings name (``TASKS``): database or broker.

A queue is only a hint that there is work; the lease on a PageJob, a BulkAction or a Trial is the truth. So it
does no harm when a task comes twice, late or never: the sweeps of ``services.leases``, ``services.bulk`` and
``services.trying`` enqueue again what was forgotten. A task is named by its path, one of ``base.TASKS``.
"""

from collections.abc import Sequence
from typing import cast

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks import task_backends

from documents.queues.base import RECOGNISE_PAGE, TRY_READING, WORK_ON_BULK, Call, Queue, Worker
from documents.queues.stopping import interruptible as interruptible

# Pages of a document step back in the queue as they come later in it, so that a person with one page
# does not wait for a stranger's 500. Four pages a step use the range of the task interface, -100 to 0.
_PAGES_A_STEP = 4
FIRST, LAST = 0, -100


def recognise_pages(job_ids: Sequence[int], *, priority: int = FIRST) -> None:
    """Enqueue the pages of one run, in reading order, once the current transaction is committed.

    ``priority``, of the first pages, is from `FIRST` to `LAST`: after everything that people wait for.
    """
    calls = [Call(job, _priority(at, priority)) for at, job in enumerate(job_ids)]
    _enqueue_on_commit(RECOGNISE_PAGE, calls)


def work_on_bulk(action_id: int) -> None:
    """Enqueue the next slice of a bulk action once the current transaction is committed.

    It comes with the first pages of what was sent, one slice of an action at a time: so neither does a
    long book hold up a bulk action, nor a large bulk action a letter.
    """
    _enqueue_on_commit(WORK_ON_BULK, [Call(action_id, FIRST)])


def try_readings(trial_ids: Sequence[int]) -> None:
    """Enqueue trials once the current transaction is committed; somebody sits before each."""
    _enqueue_on_commit(TRY_READING, [Call(trial, FIRST) for trial in trial_ids])


def _enqueue_on_commit(task_path: str, calls: Sequence[Call]) -> None:
    def enqueue() -> None:
        _queue().enqueue_all(import_string(task_path), calls)

    # Robust: what is committed stays so when the queue does not answer; the sweep will remind it.
    # A function with a name, because Django's log of the failure asks for it.
    transaction.on_commit(enqueue, robust=True)


def _priority(position: int, of_first: int) -> int:
    return max(LAST, of_first - position // _PAGES_A_STEP)


def length(task_path: str = RECOGNISE_PAGE) -> int:
    """The number of pages (or calls of another task) that wait here. Raises QueueDown."""
    return _queue().length(task_path)


def forgotten(ids: Sequence[int], task_path: str = RECOGNISE_PAGE) -> list[int]:
    """Those of ``ids``, of pages or what else the task takes, that may not wait here. Raises QueueDown."""
    return _queue().forgotten(task_path, ids)


def prune() -> None:
    """Forget what ended long ago. Raises QueueDown."""
    _queue().prune()


def worker() -> Worker:
    """A worker for this queue."""
    return _queue().worker()


def _queue() -> Queue:
    return cast("Queue", task_backends["default"])
