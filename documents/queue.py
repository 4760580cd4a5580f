"""The names of tasks, for services to enqueue without importing them.

The queue is only a hint that there is work; the lease on a PageJob is the truth. So it does no harm
when a task comes twice, late or never: ``services.leases.sweep`` enqueues again what was forgotten.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

# Pages of a document step back in the queue as they come later in it, so that a person with one page
# does not wait for a stranger's 500. Four pages a step use the range of the task interface, -100 to 0.
_PAGES_A_STEP = 4
_LOWEST_PRIORITY = -100

_TASK = "documents.tasks.recognise_page"


def recognise_pages(job_ids: Sequence[int]) -> None:
    """Enqueue the pages of one run, in reading order, once the current transaction is committed."""
    wanted = tuple(job_ids)

    def enqueue() -> None:
        _enqueue(wanted)

    # Robust: what is committed stays so when the queue does not answer; the sweep will remind it.
    # A function with a name, because Django's log of the failure asks for it.
    transaction.on_commit(enqueue, robust=True)


def _enqueue(job_ids: Sequence[int]) -> None:
    task = import_string(_TASK)
    with transaction.atomic():
        for position, job_id in enumerate(job_ids):
            priority = max(_LOWEST_PRIORITY, -(position // _PAGES_A_STEP))
            task.using(priority=priority).enqueue(job_id)


def length() -> int:
    """The number of pages that wait here."""
    return _waiting().count()


def forgotten(job_ids: Sequence[int]) -> list[int]:
    """Those of ``job_ids`` for which no task waits."""
    known = {args_kwargs["args"][0] for args_kwargs in _waiting().values_list("args_kwargs", flat=True)}
    return [job_id for job_id in job_ids if job_id not in known]


def _waiting() -> "QuerySet[DBTaskResult]":  # type: ignore[type-arg]
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=_TASK)


def prune() -> None:
    """Forget tasks that ended, or were left by a killed worker, more than a day ago."""
    day_ago = timezone.now() - timedelta(days=1)
    DBTaskResult.objects.filter(started_at__lt=day_ago).exclude(status=TaskResultStatus.READY).delete()
