"""A site of its own for a benchmark: an empty database in a temporary folder, and the real processes.

Importing this module points the settings at that folder, so it comes before anything of the project; the
order of sorted imports sees to that. Needs what ``bin/setup`` makes.
"""

import argparse
import gc
import logging
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

_FOLDER = tempfile.TemporaryDirectory(prefix="ocrsite-benchmark-")
os.environ["OCRSITE_DATA_DIR"] = _FOLDER.name
os.environ["DJANGO_SETTINGS_MODULE"] = "ocrsite.settings"
_ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(_ROOT))

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

from accounts.models import User  # noqa: E402
from ocrsite.announce import wait_until_it_answers  # noqa: E402

HOST = "127.0.0.1"


class Site:
    """A running site: its address, its user, and its processes."""

    def __init__(self, supervisor: int, port: int, user: User) -> None:
        self.supervisor = supervisor
        self.port = port
        self.user = user

    def web_processes(self) -> list[int]:
        """Gunicorn's: that which started the others, and those that answer."""
        return [pid for pid in self._family() if "gunicorn" in _command(pid)]

    def workers(self) -> list[int]:
        """Those of the workers themselves, without the engines that they run."""
        return [pid for pid in children(self.supervisor) if "work" in _command(pid)]

    def painters(self) -> list[int]:
        """The processes that draw pages of PDFs for the workers."""
        return [pid for pid in self._of_workers() if "documents.ocr.files.drawing" in _command(pid)]

    def engines(self) -> list[int]:
        """The processes of engines that are libraries, which stay from page to page."""
        programs = ((pid, _command(pid)) for pid in self._of_workers())
        return [pid for pid, words in programs if any("documents.ocr.children" in word for word in words)]

    def _of_workers(self) -> list[int]:
        return [child for worker in self.workers() for child in children(worker)]

    def _family(self) -> list[int]:
        parts = children(self.supervisor)
        return parts + [child for part in parts for child in children(part)]


def command_line(about: str, **numbers: int) -> argparse.ArgumentParser:
    """Of a benchmark that takes ``numbers``, each with what it is where it is not given."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    return parser


def empty_database() -> User:
    """Make the tables, and one user."""
    logging.getLogger("documents").setLevel(logging.WARNING)
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    return User.objects.create_user("benchmark")


def collect_garbage_as_the_site() -> None:
    """As often as its web processes do; what is here already is the benchmark's own."""
    import_module("ocrsite.wsgi")
    gc.collect()
    gc.freeze()


@contextmanager
def serving(*, workers: int, **settings: str) -> Iterator[Site]:
    """The site as ``bin/serve`` runs it, with so many workers and further ``settings`` of the environment."""
    user = empty_database()
    with socket.create_server((HOST, 0)) as free:
        port: int = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "ocrsite.serve", HOST, str(port)],
        cwd=_ROOT,
        env=os.environ | settings | {"OCRSITE_WORKERS": str(workers)},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until_it_answers(HOST, port)
        time.sleep(3)  # as on a site, the workers are up before the first page comes
        yield Site(process.pid, port, user)
    finally:
        process.terminate()
        process.wait()


def children(pid: int) -> list[int]:
    """The processes that ``pid`` started; none when it has ended."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def processor_time(pid: int) -> float:
    """Seconds that the process and its children that have ended have used."""
    # Fields 14 to 17 of proc(5), counted after the command's name, which may hold anything.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _command(pid: int) -> list[str]:
    """The program and its arguments, without their folders."""
    words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    return [word.rpartition("/")[2] for word in words]
