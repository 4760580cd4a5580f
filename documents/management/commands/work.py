"""Do the work in the queue until told to stop. ``bin/serve`` runs one of these for each core."""

import logging
import os
import resource
import signal
import threading
import uuid
from argparse import ArgumentParser
from types import FrameType

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django_tasks_db.management.commands.db_worker import Worker

from documents import queue
from documents.services import leases

logger = logging.getLogger(__name__)

# A look into an empty queue costs a tenth of a millisecond; a person waits for the first page.
_POLL_SECONDS = 0.1
_SWEEP_SECONDS = 5.0
_PRUNE_SECONDS = 3600.0
# Bytes of address space, of which a worker maps 0.8 GB at rest. An image of 300 megapixels takes up to 4 GB.
_MOST_MEMORY = 8 << 30


class Stopping(BaseException):
    """The worker was told to stop in the middle of a task. Not an Exception: nothing may swallow it."""


class PageWorker(Worker):
    """A worker of the database queue that stops at once: its page goes back, unread but not lost."""

    was_interrupted = False

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        signal.signal(signum, signal.SIG_IGN)
        if self.running_task:
            self.running = False
            self.was_interrupted = True
            raise Stopping
        super().shutdown(signum, frame)


class Command(BaseCommand):
    help = "Reads the pages that wait in the queue, until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when the queue is empty")

    def handle(self, *, once: bool, **_options: object) -> None:
        tasks = logging.getLogger("django_tasks")
        tasks.setLevel(logging.WARNING)
        tasks.addFilter(_tells_of_a_failure)
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
        worker = PageWorker(
            queue_names=["*"],
            interval=_POLL_SECONDS,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=uuid.uuid4().hex,
            excluded_queue_names=[],
        )
        _limit_memory()
        worker.configure_signals()
        threading.Thread(target=_keep_house, name="sweeper", daemon=True).start()
        try:
            worker.run()
        finally:
            if worker.was_interrupted:
                _end_engine()


def _limit_memory() -> None:
    """A file that blows up ends its worker, which starts again, and not the machine."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = _MOST_MEMORY if hard == resource.RLIM_INFINITY else min(hard, _MOST_MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def _tells_of_a_failure(record: logging.LogRecord) -> bool:
    """False for the task of a worker that was told to stop, which django-tasks logs with a traceback."""
    return not (record.exc_info and isinstance(record.exc_info[1], Stopping))


def _keep_house() -> None:
    """Sweep and prune for as long as the process lives. Any number of workers may do so at once."""
    pause = threading.Event()
    prunes_in = 0.0
    while True:
        try:
            leases.sweep()
            if prunes_in <= 0:
                queue.prune()
                prunes_in = _PRUNE_SECONDS
        except DatabaseError:
            logger.exception("The sweep failed; trying again")
            connection.close()
        pause.wait(_SWEEP_SECONDS)
        prunes_in -= _SWEEP_SECONDS


def _end_engine() -> None:
    """End an engine process that this worker left behind when it was stopped in the middle of a page.

    Under the supervisor a worker leads its own process group, and all in it are its children.
    """
    if os.getpgrp() == os.getpid():
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.killpg(os.getpgrp(), signal.SIGTERM)
