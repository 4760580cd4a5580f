"""Names of files and folders on the command line: an empty one, as of a variable that is not set, is refused.

Python takes it for the current folder.
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
