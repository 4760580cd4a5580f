"""How commands are told to end."""

import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any


@contextmanager
def told_to_end() -> Iterator[None]:
    """Within, SIGTERM and SIGHUP end the work as Ctrl-C does, by KeyboardInterrupt."""
    if threading.current_thread() is not threading.main_thread():  # only that one is told
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    _set(dict.fromkeys(_heard(before), signal.default_int_handler))
    try:
        yield
    finally:
        _set(before)


@contextmanager
def asked_to_end() -> Iterator[Callable[[], bool]]:
    """Within, SIGTERM, SIGINT and SIGHUP wait until the work in hand is done; gives what tells of them.

    The second one does what it does without us.
    """
    came = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}

    def note(_number: int, _frame: FrameType | None) -> None:
        came.set()
        _set(before)

    if threading.current_thread() is not threading.main_thread():
        yield came.is_set
        return
    _set(dict.fromkeys(_heard(before), note))
    try:
        yield came.is_set
    finally:
        _set(before)


def _heard(handlers: Mapping[signal.Signals, Any]) -> list[signal.Signals]:
    """Not those that nohup keeps away."""
    return [number for number, handler in handlers.items() if handler is not signal.SIG_IGN]


def _set(handlers: Mapping[signal.Signals, Any]) -> None:
    for number, handler in handlers.items():
        signal.signal(number, handler)
