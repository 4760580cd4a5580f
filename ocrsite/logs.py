"""How the log is written."""

import copy
import logging
import re

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class LogFormatter(logging.Formatter):
    """Leaves out the traceback where the answer is a 4xx: what a visitor did amiss is no mistake of ours.

    A message is one line, whatever stands in it: the name of a file may have line ends, and what a terminal
    obeys.
    """

    def format(self, record: logging.LogRecord) -> str:
        if 400 <= getattr(record, "status_code", 0) < 500:
            record = copy.copy(record)  # other handlers may want the traceback
            record.exc_info = record.exc_text = None
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- as logging calls it
        record.message = _CONTROLS.sub(lambda found: ascii(found[0])[1:-1], record.message)
        return super().formatMessage(record)
