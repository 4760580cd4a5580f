"""The queue at a broker, as a backend of django-tasks: the same tasks run through Celery."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from amqp.exceptions import ChannelError
from django.utils import timezone
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from kombu import Connection
from kombu.exceptions import OperationalError

from documents.errors import QueueDown
from documents.queue import Call
from ocrsite.celery import QUEUE, app, level, run


class CeleryQueue(BaseTaskBackend):
    supports_priority = True
    worker_class = "ocrsite.celery_worker.CeleryWorker"

    def enqueue(
        self, task: "Task[..., Any]", args: Sequence[Any], kwargs: dict[str, Any]
    ) -> "TaskResult[Any]":
        """Raises QueueDown."""
        self.validate_task(task)
        with _named_errors():
            sent = run.apply_async((task.module_path, args, kwargs), priority=level(task.priority))
        return TaskResult(
            task=task,
            id=sent.id,
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )

    def enqueue_all(self, task: "Task[[int], None]", calls: Sequence[Call]) -> None:
        with _named_errors(), app.producer_or_acquire() as producer:
            for call in calls:
                message: tuple[str, list[int], dict[str, int]] = (task.module_path, [call.argument], {})
                run.apply_async(message, priority=level(call.priority), producer=producer)

    def length(self, task_path: str) -> int:  # noqa: ARG002 — there is one kind of task
        with _connection() as connection, connection.channel() as channel:
            try:
                return int(channel.queue_declare(QUEUE, passive=True).message_count)  # type: ignore[attr-defined]
            except ChannelError:  # there is no queue yet; Redis never has empty ones
                return 0

    def forgotten(self, task_path: str, arguments: Sequence[int]) -> list[int]:  # noqa: ARG002
        """All of them: nobody can look into a broker's queue without taking from it."""
        return list(arguments)

    def prune(self) -> None:
        """A broker forgets by itself."""


@contextmanager
def _connection() -> Iterator[Connection]:
    with _named_errors(), app.connection_or_acquire() as connection:
        try:
            connection.ensure_connection(max_retries=1, interval_start=0)
            yield connection
        except connection.connection_errors as error:
            raise QueueDown from error


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise QueueDown from error
