"""Numbers on the command line, that mean something or are refused with a sentence."""

from argparse import ArgumentTypeError

from django.utils.translation import gettext

from documents.ocr.options import LONGEST

_FEWEST = 10_000  # pixels: of less no word is legible


def positive(text: str) -> int:
    if not (number := _whole(text)):
        raise ArgumentTypeError(gettext("write a whole number from 1 up"))
    return number


def pixels(text: str) -> int:
    if (number := _whole(text)) < _FEWEST:
        raise ArgumentTypeError(gettext("write a whole number of pixels, 10000 or more"))
    return number


def _whole(text: str) -> int:
    """0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() else 0


def seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= LONGEST:
        raise ArgumentTypeError(gettext("write seconds, such as 5"))
    return number
