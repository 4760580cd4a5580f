"""The queue in the site's own database, which needs no broker: the default."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult, get_date_max

from documents.queue import Call

_KEPT = timedelta(days=1)


class DatabaseQueue(DatabaseBackend):
    worker_class = "documents.database_worker.DatabaseWorker"

    def enqueue_all(self, task: "Task[[int], None]", calls: Sequence[Call]) -> None:
        """As ``enqueue`` does one by one, in a third of the time: 0.17 s for 2,000 pages.

        No ``task_enqueued`` is sent; nothing here listens.
        """
        # What saving one row would set by signal.
        run_after = task.run_after or get_date_max()
        DBTaskResult.objects.bulk_create(
            DBTaskResult(
                id=self._get_id(),
                args_kwargs={"args": [call.argument], "kwargs": {}},
                priority=call.priority,
                task_path=task.module_path,
                queue_name=task.queue_name,
                run_after=run_after,
                backend_name=self.alias,
            )
            for call in calls
        )

    def length(self, task_path: str) -> int:
        return _waiting(task_path).count()

    def forgotten(self, task_path: str, arguments: Sequence[int]) -> list[int]:
        rows = _waiting(task_path).values_list("args_kwargs", flat=True)
        known = {args_kwargs["args"][0] for args_kwargs in rows}
        return [argument for argument in arguments if argument not in known]

    def prune(self) -> None:
        """Forget tasks that ended, or were left by a killed worker, more than a day ago."""
        old = DBTaskResult.objects.filter(started_at__lt=timezone.now() - _KEPT)
        old.exclude(status=TaskResultStatus.READY).delete()


def _waiting(task_path: str) -> "QuerySet[DBTaskResult]":  # type: ignore[type-arg]
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=task_path)
