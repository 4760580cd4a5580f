"""Programs beside the site that only some sites have: a broker, a server of files, a database."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import create_connection

import psycopg

from tests.sites import free_port, wait_until

_POSTGRESQL = Path("/usr/lib/postgresql/15/bin")


@contextmanager
def redis(folder: Path, port: int | None = None) -> Iterator[int]:
    """A broker that keeps nothing on disk; gives its port."""
    port = port or free_port()
    keep_nothing = ("--dir", str(folder), "--save", "", "--appendonly", "no")
    with _running(["redis-server", "--bind", "127.0.0.1", "--port", str(port), *keep_nothing], port):
        yield port


@contextmanager
def s3(port: int | None = None) -> Iterator[int]:
    """A server of files that are gone when it ends; gives its port."""
    port = port or free_port()
    with _running([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], port):
        yield port


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until(lambda: _answers(port), seconds=20, what=f"The start of {command[0]}")
            yield
        finally:
            process.kill()


def _answers(port: int) -> bool:
    with suppress(OSError), create_connection(("127.0.0.1", port)):
        return True
    return False


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A database server in ``folder``, which is empty; gives its DATABASE_URL.

    It refuses to run as root, so then it runs as nobody.
    """
    data, port = folder / "postgresql", free_port()
    data.mkdir()
    owner = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
    if owner:
        shutil.chown(data, **owner)
        for parent in (folder, *folder.parents):
            if parent.stat().st_uid == 0 and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o011)
    made = [_POSTGRESQL / "initdb", "-D", data, "-U", "ocrsite", "-A", "trust", "--no-sync", "-E", "UTF8"]
    subprocess.run([*made, "--locale", "C.UTF-8"], check=True, stdout=subprocess.DEVNULL, cwd="/", **owner)
    command = [_POSTGRESQL / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", data, "-F"]
    with (
        (folder / "postgresql.log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **owner) as process,
    ):
        try:
            wait_until(lambda: _accepts(port), seconds=30, what="The start of PostgreSQL")
            yield f"postgres://ocrsite@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(signal.SIGINT)


def _accepts(port: int) -> bool:
    with (
        suppress(psycopg.OperationalError),
        psycopg.connect(host="127.0.0.1", port=port, user="ocrsite", dbname="postgres"),
    ):
        return True
    return False
