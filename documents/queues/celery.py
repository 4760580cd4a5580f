"""The queue at a broker, as a backend of django-tasks: the same tasks run through Celery."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

from amqp.exceptions import ChannelError
from celery import Celery, shared_task
from celery.exceptions import WorkerShutdown
from celery.worker import state
from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from kombu import Connection
from kombu.exceptions import OperationalError

from documents.errors import QueueDown
from documents.queues import stopping
from documents.queues.base import RECOGNISE_PAGE, TASKS, TRY_READING, WORK_ON_BULK, Call

QUEUES = {RECOGNISE_PAGE: "ocrsite", WORK_ON_BULK: "ocrsite-bulk", TRY_READING: "ocrsite-tries"}
"""One for each task, so that the calls of each can be counted. Of the same level, pages come first."""
LEVELS = 8
"""Redis keeps one list for each level of priority, and asks all of them for the next message."""
_RUN = "ocrsite.run"


class CeleryQueue(BaseTaskBackend):
    """``OPTIONS`` name the Celery application: ``{"app": "package.module.name"}``."""

    supports_priority = True

    def __init__(self, alias: str, params: dict[str, Any]) -> None:
        super().__init__(alias, params)
        self.app: Celery = import_string(self.options["app"])

    def enqueue(
        self, task: "Task[..., Any]", args: Sequence[Any], kwargs: dict[str, Any]
    ) -> "TaskResult[Any]":
        """Raises QueueDown."""
        self.validate_task(task)
        message = (task.module_path, args, kwargs)
        with _named_errors():
            sent = self.app.send_task(
                _RUN, message, queue=QUEUES[task.module_path], priority=self.level(task.priority)
            )
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
        queue = QUEUES[task.module_path]
        with _named_errors(), self.app.producer_or_acquire() as producer:
            for call in calls:
                message: tuple[str, list[int], dict[str, int]] = (task.module_path, [call.argument], {})
                level = self.level(call.priority)
                self.app.send_task(_RUN, message, queue=queue, priority=level, producer=producer)

    def level(self, priority: int) -> int:
        """A priority of django-tasks, 0 to -100, as one of the broker's.

        A level holds twice the pages of the one before: a book's first pages count most. To Redis the
        lowest number is the most urgent, to AMQP the highest.
        """
        steps_back = min((-priority).bit_length(), LEVELS - 1) if priority < 0 else 0
        return steps_back if self.app.conf.broker_url.startswith("redis") else LEVELS - 1 - steps_back

    def length(self, task_path: str) -> int:
        with self._connection() as connection, connection.channel() as channel:
            try:
                return int(channel.queue_declare(QUEUES[task_path], passive=True).message_count)  # type: ignore[attr-defined]
            except ChannelError:  # there is no queue yet; Redis never has empty ones
                return 0

    def forgotten(self, task_path: str, arguments: Sequence[int]) -> list[int]:  # noqa: ARG002
        """All of them: nobody can look into a broker's queue without taking from it."""
        return list(arguments)

    def prune(self) -> None:
        """A broker forgets by itself."""

    def worker(self) -> "CeleryWorker":
        return CeleryWorker(self.app)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        with _named_errors(), self.app.connection_or_acquire() as connection:
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


@shared_task(name=_RUN)
def run(task_path: str, args: list[int], kwargs: dict[str, int]) -> None:
    """Call the task of that name, if it is the queue's: whoever reaches the broker may send any name."""
    if task_path not in TASKS:
        raise ValueError(f"{task_path} is no task of this queue")
    task: Task[..., None] = import_string(task_path)
    close_old_connections()
    try:
        task.call(*args, **kwargs)
    finally:
        close_old_connections()


class CeleryWorker:
    """Celery's own, in one process and without its extras. Stops while it reads: its page goes back."""

    was_interrupted = False

    def __init__(self, app: Celery) -> None:
        self.app = app

    def run(self) -> None:
        controller = self.app.WorkController(without_gossip=True, without_mingle=True, without_heartbeat=True)
        for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
            signal.signal(signum, self._stop)
        controller.start()

    def _stop(self, signum: int, _frame: FrameType | None) -> None:
        signal.signal(signum, signal.SIG_IGN)
        # Not an Exception: nothing that reads a page may swallow it, and Celery's pool hands it on.
        shutdown = WorkerShutdown(0)
        if not state.active_requests:
            raise shutdown
        self.was_interrupted = True
        # After the task, where nothing of it is interruptible.
        state.should_stop = 0  # type: ignore[assignment]
        stopping.stop(shutdown)
