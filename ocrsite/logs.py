"""How the log is written."""

import copy
import logging


class LogFormatter(logging.Formatter):
    """Leaves out the traceback where the answer is a 4xx: what a visitor did amiss is no mistake of ours."""

    def format(self, record: logging.LogRecord) -> str:
        if 400 <= getattr(record, "status_code", 0) < 500:
            record = copy.copy(record)  # other handlers may want the traceback
            record.exc_info = record.exc_text = None
        return super().format(record)
