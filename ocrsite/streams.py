"""Standard input, output and error that are closed, as cron jobs and daemons may leave them.

The next files to be opened would get their numbers; what is written to standard output or error, and what a
child process is given in their place, would hit those files.
"""

import os
import sys

_MODES = {"stdin": "r", "stdout": "w", "stderr": "w"}  # in the order of their numbers

_closed: set[str] = set()


def fill() -> None:
    """Put the null device where a standard stream is closed. To be called before anything else is opened."""
    for number, (name, mode) in enumerate(_MODES.items()):
        if not _is_open(number):
            _closed.add(name)
            opened = os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free: this one
            os.set_inheritable(opened, True)  # noqa: FBT003 -- takes no keywords
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def was_closed(name: str) -> bool:
    """Was the stream that ``sys`` calls so closed at the start? What is written there is seen by nobody."""
    return name in _closed


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
