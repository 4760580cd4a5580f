"""The contract of a queue, and of the worker that empties it."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from django_tasks.base import Task

# The tasks that there are, by their names, so that nothing here imports what runs them.
RECOGNISE_PAGE = "documents.tasks.recognise_page"
WORK_ON_BULK = "documents.tasks.work_on_bulk"
TRY_READING = "documents.tasks.try_reading"
TASKS = (RECOGNISE_PAGE, WORK_ON_BULK, TRY_READING)


class Call(NamedTuple):
    """One call of a task with one number; calls of a high priority (0 to -100) come first."""

    argument: int
    priority: int


class Worker(Protocol):
    """A process that empties a queue until SIGTERM or SIGINT comes, within a task, too (`stopping`)."""

    was_interrupted: bool

    def run(self) -> None: ...


class Queue(Protocol):
    """What a backend of django-tasks has to offer besides. Each method may raise QueueDown."""

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

    def worker(self) -> Worker: ...
