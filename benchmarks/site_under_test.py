"""A site of its own for a benchmark: an empty database in a temporary folder, and real workers."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_FOLDER = tempfile.TemporaryDirectory(prefix="ocrsite-benchmark-")
os.environ["OCRSITE_DATA_DIR"] = _FOLDER.name
os.environ["DJANGO_SETTINGS_MODULE"] = "ocrsite.settings"
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

from accounts.models import User  # noqa: E402
from documents.models import Document, State  # noqa: E402
from documents.services.receive import Incoming, receive_upload  # noqa: E402


class Site:
    """Documents go in by the service that the upload form calls; ``workers`` are ``manage.py work``."""

    def __init__(self, workers: Sequence[subprocess.Popen[bytes]]) -> None:
        self.user = User.objects.create_user("benchmark")
        self.workers = workers

    def store(self, paths: Sequence[Path], languages: str) -> list[Document]:
        """Store a document for each of ``paths`` while the workers stand still."""
        self._signal(signal.SIGSTOP)
        return [
            receive_upload(user=self.user, files=[Incoming.from_path(path)], languages=[languages])
            for path in paths
        ]

    def seconds_to_read(self, documents: Sequence[Document]) -> float:
        """Let the workers go, and wait until all of ``documents`` are read."""
        ids = [document.pk for document in documents]
        start = time.perf_counter()
        self._signal(signal.SIGCONT)
        while (done := Document.objects.filter(pk__in=ids, state=State.DONE).count()) < len(ids):
            if Document.objects.filter(pk__in=ids, state__in=[State.FAILED, State.PARTLY_FAILED]).exists():
                raise RuntimeError(f"A page could not be read; {done} documents were")
            time.sleep(0.01)
        return time.perf_counter() - start

    def _signal(self, number: int) -> None:
        for worker in self.workers:
            worker.send_signal(number)


@contextmanager
def site(workers: int) -> Iterator[Site]:
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    command = [sys.executable, str(ROOT / "manage.py"), "work"]
    processes = [subprocess.Popen(command, start_new_session=True) for _number in range(workers)]
    time.sleep(3)  # as on a site, they are up before the first page comes
    try:
        yield Site(processes)
    finally:
        for process in processes:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            process.wait()
