"""When a worker stops that was told to: at once where nothing is half done, else as soon as that is so.

A signal comes between any two instructions: behind the commit of a claim, before anybody knows that there is
something to put back; within a transaction, which would stay open; behind the commit of a result, whose
pictures would be deleted as those of a failure. So it ends only work that says it may be ended.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


class _Stop:
    """What one process was told; signals come to its main thread, which does the work."""

    def __init__(self) -> None:
        self.error: BaseException | None = None
        self.may_interrupt = False


_stop = _Stop()


def stop(error: BaseException) -> None:
    """For signal handlers: raise ``error`` where the work in hand is `interruptible`, or next is."""
    _stop.error = error
    if _stop.may_interrupt:
        _stop.may_interrupt = False  # a second signal does not interrupt who tidies up
        raise error


@contextmanager
def interruptible() -> Iterator[None]:
    """Within, the work may be given up at any moment, with what `stop` was given: long work begins so.

    It reads, and writes only what nobody else finds. It is in no transaction.
    """
    try:
        _stop.may_interrupt = True
        if _stop.error:
            stop(_stop.error)
        yield
    except BaseException as error:
        if _stop.error is None:
            raise
        # A query may have been interrupted, whose answer the next one would get.
        connection.close()
        # Who tidied up may have raised something else.
        raise _stop.error from (None if error is _stop.error else error)
    finally:
        _stop.may_interrupt = False
