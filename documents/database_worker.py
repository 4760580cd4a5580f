"""The worker that empties the queue in the database."""

import logging
import signal
import uuid
from types import FrameType

from django_tasks_db.management.commands.db_worker import Worker

# A look into an empty queue costs a tenth of a millisecond; a person waits for the first page.
_POLL_SECONDS = 0.1


class Stopping(BaseException):
    """The worker was told to stop in the middle of a task. Not an Exception: nothing may swallow it."""


class DatabaseWorker(Worker):
    """Stops at once: its page goes back, unread but not lost."""

    was_interrupted = False

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            interval=_POLL_SECONDS,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=uuid.uuid4().hex,
            excluded_queue_names=[],
        )

    def run(self) -> None:
        _quieten_logs()
        self.configure_signals()
        super().run()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        signal.signal(signum, signal.SIG_IGN)
        if self.running_task:
            self.running = False
            self.was_interrupted = True
            raise Stopping
        super().shutdown(signum, frame)


def _quieten_logs() -> None:
    tasks = logging.getLogger("django_tasks")
    tasks.setLevel(logging.WARNING)
    tasks.addFilter(_tells_of_a_failure)
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)


def _tells_of_a_failure(record: logging.LogRecord) -> bool:
    """False for the task of a worker that was told to stop, which django-tasks logs with a traceback."""
    return not (record.exc_info and isinstance(record.exc_info[1], Stopping))
