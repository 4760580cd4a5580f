"""The worker that empties the queue at a broker: Celery's own, in one process and without its extras."""

import signal
from types import FrameType

from celery.exceptions import WorkerShutdown
from celery.worker import state

from ocrsite.celery import app


class CeleryWorker:
    """Stops at once: its page goes back, unread but not lost."""

    was_interrupted = False

    def run(self) -> None:
        controller = app.WorkController(without_gossip=True, without_mingle=True, without_heartbeat=True)
        for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
            signal.signal(signum, self._stop)
        controller.start()

    def _stop(self, signum: int, _frame: FrameType | None) -> None:
        signal.signal(signum, signal.SIG_IGN)
        self.was_interrupted = bool(state.active_requests)
        # Not an Exception: nothing that reads a page may swallow it, and Celery's pool hands it on.
        raise WorkerShutdown(0)
