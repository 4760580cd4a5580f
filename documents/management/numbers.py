"""Numbers on the command line, that mean something or are refused with a sentence."""

from argparse import ArgumentTypeError

from django.utils.translation import gettext

from documents.ocr.options import LONGEST

_FEWEST = 10_000  # pixels: of less no word is legible


def positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise ArgumentTypeError(gettext("write a whole number from 1 up"))
    return int(text)


def pixels(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) >= _FEWEST):
        raise ArgumentTypeError(gettext("write a whole number of pixels, 10000 or more"))
    return int(text)


def seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= LONGEST:
        raise ArgumentTypeError(gettext("write seconds, such as 5"))
    return number
