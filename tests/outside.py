"""Programs beside the site that only some sites have: a broker, a server of files."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import create_connection

from tests.sites import free_port, wait_until


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
