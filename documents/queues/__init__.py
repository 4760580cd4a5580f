"""The names of tasks, for services to enqueue without importing them.

The queue is only a hint that there is work; the lease on a PageJob is the truth. So it does no harm
when a task comes twice, late or never: ``services.leases.sweep`` enqueues again what was forgotten.
Which queue it is, in the database or at a broker, the settings say (``TASKS``).
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, cast

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks import task_backends
from django_tasks.base import Task

# Pages of a document step back in the queue as they come later in it, so that a person with one page
# does not wait for a stranger's 500. Four pages a step use the range of the task interface, -100 to 0.
_PAGES_A_STEP = 4
_LOWEST_PRIORITY = -100

_TASK = "documents.tasks.recognise_page"


class Call(NamedTuple):
    """One call of a task with one number; calls of a high priority (0 to -100) come first."""

    argument: int
    priority: int


class Worker(Protocol):
    """A process that empties a queue until SIGTERM or SIGINT comes, in the middle of a task, too."""

    was_interrupted: bool

    def run(self) -> None: ...


class Queue(Protocol):
    """What a backend of django-tasks has to offer besides. Each method may raise QueueDown."""

    worker_class: str
    """The dotted name of a Worker that is made without arguments."""

    def enqueue_all(self, task: "Task[[int], None]", calls: Sequence[Call]) -> None: ...

    def length(self, task_path: str) -> int:
        """The number of calls that wait here."""
        ...

    def forgotten(self, task_path: str, arguments: Sequence[int]) -> list[int]:
        """Those of ``arguments`` for which no call waits; all, when the queue cannot be looked into."""
        ...

    def prune(self) -> None:
        """Forget calls that ended long ago."""
        ...


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
    queue().enqueue_all(import_string(_TASK), calls)


def _priority(position: int) -> int:
    return max(_LOWEST_PRIORITY, -(position // _PAGES_A_STEP))


def queue() -> Queue:
    """The one that the settings name."""
    return cast("Queue", task_backends["default"])


def length() -> int:
    """The number of pages that wait here. Raises QueueDown."""
    return queue().length(_TASK)


def forgotten(job_ids: Sequence[int]) -> list[int]:
    """Those of ``job_ids`` that may not be waiting here. Raises QueueDown."""
    return queue().forgotten(_TASK, job_ids)


def prune() -> None:
    """Forget what ended long ago."""
    queue().prune()


def worker() -> Worker:
    """A worker for this queue."""
    return cast("Worker", import_string(queue().worker_class)())
