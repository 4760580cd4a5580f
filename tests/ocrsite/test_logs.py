"""How the log is written."""

import logging
import sys

import pytest

from ocrsite.logs import LogFormatter


def record(**attributes: object) -> logging.LogRecord:
    try:
        int("many")
    except ValueError:
        made = logging.LogRecord("django.request", logging.ERROR, "", 1, "%s fields", (9,), sys.exc_info())
        vars(made).update(attributes)
        return made
    raise AssertionError


@pytest.mark.parametrize("status", [400, 403, 404])
def test_of_what_a_visitor_did_amiss_one_line_is_left(status: int) -> None:
    refused = record(status_code=status)
    assert LogFormatter("%(name)s: %(message)s").format(refused) == "django.request: 9 fields"
    assert "ValueError: invalid literal" in logging.Formatter().format(refused)


@pytest.mark.parametrize("attributes", [{"status_code": 500}, {}])
def test_our_own_mistakes_are_told_in_full(attributes: dict[str, int]) -> None:
    assert "ValueError: invalid literal" in LogFormatter().format(record(**attributes))


def test_it_also_holds_where_another_handler_wrote_the_traceback_before() -> None:
    refused = record(status_code=400)
    logging.Formatter().format(refused)
    assert LogFormatter().format(refused) == "9 fields"


def test_a_name_in_a_message_makes_no_line_of_its_own_and_says_nothing_to_a_terminal() -> None:
    named = logging.LogRecord(
        "watch", logging.INFO, "", 1, "Brought in %s", ("a\nINFO b\x1b[31m\u2028é",), None
    )
    assert LogFormatter().format(named) == r"Brought in a\nINFO b\x1b[31m\u2028é"
