"""Names on the command line: an empty one, as of a variable that is not set, is refused.

Python takes it for the current folder, and the commands would take it for a name that is not given.
"""

from argparse import ArgumentTypeError
from pathlib import Path

from django.utils.translation import gettext


def filled(text: str) -> str:
    if not text:
        raise ArgumentTypeError(gettext("write a name; this one is empty"))
    return text


def filled_path(text: str) -> Path:
    return Path(filled(text))


def filled_name(text: str) -> str:
    """Of what is no file, and so has no name of spaces alone."""
    filled(text.strip())
    return text


def filled_names(text: str) -> str:
    """With commas between them."""
    filled(text.replace(",", " ").strip())
    return text
