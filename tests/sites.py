"""Real sites for tests: the supervisor, its web server and its workers, over data of their own."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from tests.project import ROOT

PASSWORD = "a long pass phrase"
# People are many, so that each test has an archive of its own. They are signed in, in a session whose key is
# their name: the hashing of passwords takes its time. That one can sign in, test_first_run.py shows.
PEOPLE = [f"reader-{number}" for number in range(1, 501)]
_MAKE_PEOPLE = f"""
from datetime import timedelta
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.utils import timezone
from accounts.models import User
from documents.services.organise import personal_collection
password, tomorrow = make_password({PASSWORD!r}), timezone.now() + timedelta(days=1)
for name in {PEOPLE!r}:
    user = User.objects.create(username=name, password=password)
    personal_collection(user=user)
    session = {{
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }}
    Session.objects.save(name, session, tomorrow)
"""


def wait_until(condition: Callable[[], Any], *, seconds: float, what: str) -> Any:
    """The first true answer of ``condition``; fails after ``seconds``, saying ``what`` did not come."""
    end = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        time.sleep(0.05)
    return answer


class Site:
    """What ``bin/serve`` runs after it has set up, on a free port of 127.0.0.1.

    ``environment`` are settings. What the site says goes to ``log``, where a failed test finds it.
    """

    def __init__(self, data_dir: Path, **environment: str) -> None:
        self.data_dir = data_dir
        self.log = data_dir.with_name(f"{data_dir.name}.log")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.environment = _clean_environment() | {"OCRSITE_DATA_DIR": str(data_dir), "OCRSITE_WORKERS": "2"}
        self.environment |= environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Site":
        said_before = len(self.said())
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ocrsite.serve", "127.0.0.1", str(self.port)],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

        def is_up() -> bool:
            assert self._process
            assert self._process.poll() is None, self.said()
            return "is running at" in self.said()[said_before:]

        wait_until(is_up, seconds=60, what="The start of the site")
        return self

    def stop(self, *, seconds: float = 20) -> int:
        """End it as Ctrl-C or a service manager does; gives its exit code. Raises TimeoutExpired."""
        assert self._process
        self._process.terminate()
        return self._process.wait(timeout=seconds)

    def end(self) -> None:
        """Leave no process behind, whatever has become of the test."""
        if self._process and self._process.poll() is None:
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                self._process.kill()  # the system ends its parts with it
                self._process.wait()

    def said(self) -> str:
        return self.log.read_text() if self.log.exists() else ""

    def welcome_link(self) -> str:
        """Of a site on which nobody has an account."""
        word = "it works once: "
        wait_until(lambda: word in self.said(), seconds=10, what="The link to the first account")
        return self.said().rpartition(word)[2].split()[0]

    def at(self, path: str) -> str:
        return urljoin(self.url, path)

    def manage(self, *arguments: str) -> str:
        """What a management command prints."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database says, past all code of the site."""
        with closing(sqlite3.connect(f"file:{self.data_dir / 'db.sqlite3'}?mode=ro", uri=True)) as database:
            return database.execute(query, values).fetchall()

    @contextmanager
    def workers_held(self) -> Iterator[list[int]]:
        """Their process ids, while they stand still, none of them in the middle of writing."""
        workers = self.workers()
        _signal(workers, signal.SIGSTOP)
        while self._is_being_written():
            _signal(workers, signal.SIGCONT)
            time.sleep(0.05)
            _signal(workers, signal.SIGSTOP)
        try:
            yield workers
        finally:
            _signal(workers, signal.SIGCONT)

    @contextmanager
    def endless_when(self, event: str, condition: str) -> Iterator[None]:
        """While it lasts, who makes this change to the database never gets to its end, until killed.

        ``event`` as in ``CREATE TRIGGER``, ``condition`` with its ``NEW`` and ``OLD``.
        """
        forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        self._write(f"CREATE TRIGGER endless AFTER {event} WHEN {condition} BEGIN {forever}; END")
        yield
        self._write("DROP TRIGGER endless")

    def _write(self, statement: str) -> None:
        patience = 20  # seconds, for who is writing now
        path = self.data_dir / "db.sqlite3"
        with closing(sqlite3.connect(path, timeout=patience, isolation_level=None)) as database:
            database.execute(statement)

    def _is_being_written(self) -> bool:
        with closing(sqlite3.connect(self.data_dir / "db.sqlite3", timeout=0)) as database:
            try:
                database.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:  # it is locked
                return True
            return False

    def workers(self) -> list[int]:
        """Process ids."""
        return [int(path.name) for path in processes_over(self.data_dir) if _is_worker(path)]


@dataclass(frozen=True)
class Prepared:
    """Data folders as they are before a site's first start; copied, as making one takes seconds."""

    without_people: Path
    with_people: Path


def prepare(folder: Path) -> Prepared:
    site = Site(folder / "new")
    subprocess.run([ROOT / "bin" / "setup"], env=site.environment, check=True, stdout=subprocess.DEVNULL)
    shutil.copytree(site.data_dir, folder / "peopled")
    peopled = Site(folder / "peopled")
    peopled.manage("shell", "-c", _MAKE_PEOPLE)
    return Prepared(site.data_dir, peopled.data_dir)


@contextmanager
def running_site(prepared: Path, data_dir: Path, **environment: str) -> Iterator[Site]:
    """A started site over a copy of ``prepared``; nothing of it runs on afterwards."""
    shutil.copytree(prepared, data_dir, dirs_exist_ok=True)
    site = Site(data_dir, **environment)
    try:
        yield site.start()
    finally:
        site.end()


def processes_over(data_dir: Path) -> list[Path]:
    """Every process whose environment names ``data_dir``, as its folder in /proc."""
    needle = f"OCRSITE_DATA_DIR={data_dir}".encode()
    return [path for path in Path("/proc").glob("[0-9]*") if needle in _read(path / "environ").split(b"\0")]


def _signal(processes: list[int], number: int) -> None:
    for process in processes:
        with suppress(ProcessLookupError):  # one of them was killed
            os.kill(process, number)


def _is_worker(process: Path) -> bool:
    return _read(process / "cmdline").split(b"\0")[-2:] == [b"work", b""]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # the process has ended, or is somebody else's
        return b""


def _clean_environment() -> dict[str, str]:
    """Ours, without what tells this site apart from others."""
    ours = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ours and not name.startswith("OCRSITE_")
    }


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
