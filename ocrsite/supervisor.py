"""Runs programs together: starts them, starts again what dies, and leaves nothing behind at the end.

One process, one thread, no Django: nothing here can hang or leak. Each part leads a process group of
its own, so that its children (an engine at work) can be ended with it. Linux only: ``waitid`` looks at
a dead part without reaping it, ``prctl`` ends the parts of a supervisor that was killed.
``docs/decisions/`` says why this is not one of the known supervisors.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
LONG_LIFE = 10.0
"""Seconds: what lived that long did not die of its start, so its next pause is the first again."""
GRACE = 8.0
"""Seconds between the request to end and the end by force."""

_END_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, kw_only=True)
class Part:
    """A program to run. ``scratch`` is its TMPDIR, emptied at each of its starts."""

    name: str
    command: Sequence[str | Path]
    scratch: Path | None = None
    files: Sequence[int] = ()
    """Open file descriptors that it inherits."""
    once: bool = False
    """True for an errand, which may end and is then not started again."""


def run(parts: Sequence[Part], *, grace: float = GRACE) -> None:
    """Keep ``parts`` running until SIGINT, SIGTERM or SIGHUP arrives; then end them all.

    Returns when every process of every part is gone: those that do not end by themselves
    within ``grace`` seconds are killed.
    """
    ends = {signum for signum in _END_SIGNALS if not _left_to_nohup(signum)}
    # Blocked signals wait until they are asked for, so that none is missed and none interrupts.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ends | {signal.SIGCHLD})
    children = [_Child(part) for part in parts]
    try:
        while _wait(ends | {signal.SIGCHLD}, _next_start(children)) not in ends:
            for child in children:
                child.tend()
    finally:
        _end([child.process for child in children if child.process], grace)
        while _wait(ends, 0):  # Ctrl-C was pressed twice
            pass
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Child:
    """One part and the process that plays it now."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.start_at: float | None = 0.0
        self.early_deaths = 0

    def tend(self) -> None:
        """Start the part when its time has come; bury it and plan its next start when it has died."""
        if self.process and _has_ended(self.process):
            how = _bury(self.process)
            self.process = None
            self._plan(how)
        if not self.process and self.start_at is not None and self.start_at <= time.monotonic():
            self._start()

    def _start(self) -> None:
        self.started_at = time.monotonic()
        self.start_at = None
        try:
            self.process = subprocess.Popen(
                self.part.command,
                env=os.environ | self._scratch(),
                stdin=subprocess.DEVNULL,
                pass_fds=self.part.files,
                start_new_session=True,
                preexec_fn=partial(_begin, os.getpid()),  # noqa: PLW1509 — safe: there are no threads here
            )
        except OSError as error:
            self._plan(f"could not be started ({error})")

    def _scratch(self) -> dict[str, str]:
        folder = self.part.scratch
        if not folder:
            return {}
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return {"TMPDIR": str(folder)}

    def _plan(self, how: str) -> None:
        """Decide when to start again: later each time while it dies early, again and again."""
        if self.part.once:
            return
        now = time.monotonic()
        self.early_deaths = 0 if now - self.started_at > LONG_LIFE else self.early_deaths + 1
        pause = min(FIRST_PAUSE * 2 ** max(self.early_deaths - 1, 0), LONGEST_PAUSE)
        self.start_at = now + pause
        _say(f"{self.part.name} {how}; it starts again in {pause:g} s.")


def _begin(parent: int) -> None:
    """What a part's process does before it becomes its program."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    # The kernel sends SIGTERM when the supervisor dies, even by SIGKILL.
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before we could ask for that
        os._exit(1)


def _left_to_nohup(signum: signal.Signals) -> bool:
    return signum is signal.SIGHUP and signal.getsignal(signum) is signal.SIG_IGN


def _wait(signals: set[signal.Signals], seconds: float | None) -> int | None:
    """The number of the next of ``signals``; None after ``seconds`` (never, when None)."""
    if seconds is None:
        return signal.sigwaitinfo(signals).si_signo
    info = signal.sigtimedwait(signals, max(seconds, 0))
    return info.si_signo if info else None


def _next_start(children: Sequence[_Child]) -> float | None:
    """Seconds until a part is to be started; None when all that should run is running."""
    times = [child.start_at for child in children if child.start_at is not None]
    return min(times) - time.monotonic() if times else None


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Look without reaping: as long as the dead keep their number, their group is nobody else's."""
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _bury(process: subprocess.Popen[bytes]) -> str:
    """Kill what is left of the process's group, reap it, and tell in words how it ended."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    status = process.wait()
    return f"was ended by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"


def _end(processes: list[subprocess.Popen[bytes]], grace: float) -> None:
    for process in processes:
        # Not process.terminate(), which would reap one that has just died: its number would be free.
        os.kill(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while processes and time.monotonic() < deadline:
        _wait({signal.SIGCHLD}, min(0.5, deadline - time.monotonic()))
        for process in filter(_has_ended, processes.copy()):
            _bury(process)
            processes.remove(process)
    for process in processes:
        _bury(process)


def _say(sentence: str) -> None:
    with contextlib.suppress(OSError):  # the terminal may be gone; the parts go on
        sys.stderr.write(sentence + "\n")
        sys.stderr.flush()
