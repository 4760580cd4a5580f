"""How the log is written."""

import logging
import sys

from ocrsite.logs import OneLineFormatter


def record() -> logging.LogRecord:
    try:
        int("many")
    except ValueError:
        return logging.LogRecord("django.security", logging.ERROR, "", 1, "%s fields", (9,), sys.exc_info())
    raise AssertionError


def test_a_traceback_is_left_out_and_the_record_left_alone() -> None:
    refused = record()
    assert OneLineFormatter("%(name)s: %(message)s").format(refused) == "django.security: 9 fields"
    assert "ValueError: invalid literal" in logging.Formatter().format(refused)


def test_it_also_holds_where_another_handler_wrote_the_traceback_before() -> None:
    refused = record()
    logging.Formatter().format(refused)
    assert OneLineFormatter().format(refused) == "9 fields"
