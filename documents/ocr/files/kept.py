"""Child processes that are kept for the next question: each shares a file in memory with us, and is lent to
one thread at a time."""

import fcntl
import os
import signal
import socket
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from typing import TypeVar

from documents.ocr.files.apart import LONGEST_MESSAGE, environment, program


class KeptChild:
    """A process that runs ``module``, with a shared file of ``size`` bytes.

    ``memory``: bytes of address space that it may have. ``variables``: those of its environment beside ours.
    """

    def __init__(
        self, module: str, *, memory: int, size: int = 0, variables: Mapping[str, str] | None = None
    ) -> None:
        self.owes_an_answer = False
        self._file = os.fdopen(_behind_streams(os.memfd_create("page")), "r+b", buffering=0)
        self._file.truncate(size)  # no memory is taken before something is written
        self._connection, childs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with socket.socket(fileno=_behind_streams(childs.detach())) as childs:
            inherited = childs.fileno(), self._file.fileno()
            self._process = subprocess.Popen(
                program(module, *inherited, memory),
                env=environment() | dict(variables or {}),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=inherited,
            )

    def exchange(self, question: bytes, timeout: float) -> bytes:
        """What the child answers within ``timeout`` seconds. Raises TimeoutError, ConnectionError."""
        self._connection.settimeout(timeout)
        self._connection.send(question)
        answer = self._connection.recv(LONGEST_MESSAGE)
        if not answer:
            raise ConnectionError
        return answer

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> int:
        """End the child; where it leads a group of processes, all of that. Returns how it ended, as
        `subprocess.Popen.returncode` does."""
        if self._process.returncode is None:  # else its number may be another's by now
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._connection.close()
        self._file.close()
        return self._process.wait()


def _behind_streams(number: int) -> int:
    """The open file of that ``number``, under one that no standard stream has: where ours are closed, as a
    daemon's may be, it could have got such a one, in whose place the child gets its own stream."""
    if number > 2:
        return number
    try:
        return fcntl.fcntl(number, fcntl.F_DUPFD_CLOEXEC, 3)
    finally:
        os.close(number)


_Child = TypeVar("_Child", bound=KeptChild)


def rested(resting: list[_Child]) -> _Child | None:
    """One of those ``resting`` that is alive, for its borrower alone; the dead before it are ended."""
    while True:
        try:
            child = resting.pop()
        except IndexError:  # other threads take from them, too
            return None
        if child.is_alive():
            return child
        child.end()


def end_all(resting: list[_Child]) -> None:
    while resting:
        resting.pop().end()
