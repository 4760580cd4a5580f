"""How the log is written."""

import copy
import logging


class OneLineFormatter(logging.Formatter):
    """Without the traceback: what a visitor sent amiss is no mistake of ours."""

    def format(self, record: logging.LogRecord) -> str:
        bare = copy.copy(record)  # other handlers may want the traceback
        bare.exc_info = bare.exc_text = None
        return super().format(bare)
