"""Do the work in the queue until told to stop. ``bin/serve`` runs one of these for each core."""

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterable
from functools import partial

from django.core.management.base import BaseCommand
from django.db import connection

from accounts.services import idempotency
from documents import queues
from documents.errors import QueueDown
from documents.ocr.detection import identify
from documents.ocr.files.apart import limit_memory
from documents.services import bulk, leases, scratch, trash, trying
from documents.services.catch_up import CatchUp

logger = logging.getLogger(__name__)

_SWEEP_SECONDS = 5.0
_PRUNE_SECONDS = 3600.0
# Documents from the trash, each with its files: a book takes seconds, in which no page is swept.
_PURGED_AT_ONCE = 5
# Of each round, for pages that search does not know yet: mostly those from before an upgrade.
_CATCH_UP_SECONDS = 1.0
# Whoever waits for a page at the start of the site is served first.
_WARM_UP_SECONDS = 1.0
# Bytes of address space: a file that blows up ends its worker, which starts again, and not the machine.
# A worker maps 0.8 GB at rest. An image of 300 megapixels takes up to 4 GB.
_MOST_MEMORY = 8 << 30


class Command(BaseCommand):
    help = "Reads the pages that wait in the queue, until SIGTERM or Ctrl-C."

    def handle(self, **_options: object) -> None:
        limit_memory(_MOST_MEMORY)
        worker = queues.worker()
        threading.Thread(target=_keep_house, name="sweeper", daemon=True).start()
        warm_up = threading.Timer(_WARM_UP_SECONDS, identify.warm_up)
        warm_up.daemon = True
        warm_up.start()
        try:
            worker.run()
        finally:
            if worker.was_interrupted:
                _end_engine()


def _keep_house() -> None:
    """Sweep and prune for as long as the process lives. Any number of workers may do so at once."""
    pause = threading.Event()
    prunes_in = 0.0
    often: list[Callable[[], object]] = [
        leases.sweep,
        bulk.sweep,
        trying.sweep,
        partial(trash.purge, most=_PURGED_AT_ONCE),
        partial(CatchUp().go_on, seconds=_CATCH_UP_SECONDS),
    ]
    rarely: list[Callable[[], object]] = [
        queues.prune,
        bulk.forget_old,
        trying.forget_old,
        scratch.sweep,
        idempotency.forget_old,
    ]
    while True:
        _do_each(often)
        if prunes_in <= 0:
            _do_each(rarely)
            prunes_in = _PRUNE_SECONDS
        pause.wait(_SWEEP_SECONDS)
        prunes_in -= _SWEEP_SECONDS


def _do_each(steps: Iterable[Callable[[], object]]) -> None:
    """All of ``steps``, also after one of them failed."""
    for step in steps:
        try:
            step()
        except QueueDown:
            logger.warning("The queue does not answer; pages wait until it does")
        except Exception:  # whatever it was: without sweeps, pages of killed workers would wait for ever
            logger.exception("A step of the sweep failed; trying again later")
            connection.close()


def _end_engine() -> None:
    """End an engine process that this worker left behind when it was stopped in the middle of a page.

    Under the supervisor a worker leads its own process group, and all in it are its children.
    """
    if os.getpgrp() == os.getpid():
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.killpg(os.getpgrp(), signal.SIGTERM)
