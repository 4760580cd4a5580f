"""Every mistake that ocrsite can name.

An error carries its consequence: a stable ``code``, one sentence for the person in front of
the screen, and whether trying again without changing anything can help. It is raised anywhere,
stored with a job as ``code`` and ``params``, and turned into words at the border only (views,
commands, API), in the language of the reader. This module knows nothing of Django.
"""

from collections.abc import Iterator
from typing import ClassVar


def gettext_noop(message: str) -> str:
    """Mark a string for the catalogues; it is translated where it is shown."""
    return message


class OcrsiteError(Exception):
    """The root of the tree. ``params`` fill the placeholders of ``template``.

    ``file`` is the name of the file that is meant, where several came together. An outage is no fault of the
    page in hand, which waits until it is over, however long that takes.
    """

    code: ClassVar[str] = "error"
    template: ClassVar[str] = gettext_noop("Something went wrong here. Try again.")
    retryable: ClassVar[bool] = False
    is_outage: ClassVar[bool] = False
    file = ""

    def __init__(self, **params: str | float) -> None:
        self.params = params
        super().__init__(self.template % params)


# What the person sent


class InputError(OcrsiteError):
    """The file or the request cannot be used as it is; the person can mend it."""

    code = "input"


class FileMissing(InputError):
    code = "file-missing"
    template = gettext_noop("There is no file “%(name)s”. Check the path and try again.")


class FileEmpty(InputError):
    code = "file-empty"
    template = gettext_noop("This file is empty. Copy or scan it again, then send it.")


class FileTooLarge(InputError):
    code = "file-too-large"
    template = gettext_noop(
        "This file is larger than the limit of %(limit_mb)s MB. Split it or save it smaller, then send it."
    )


class UnknownType(InputError):
    code = "unknown-type"
    template = gettext_noop(
        "This file is neither an image nor a PDF that can be read here. Save it as PDF, PNG, JPEG or TIFF."
    )


class FileDamaged(InputError):
    code = "file-damaged"
    template = gettext_noop(
        "This file is damaged or cut off and cannot be opened. Copy or scan it again, then send it."
    )


class PageDamaged(InputError):
    code = "page-damaged"
    template = gettext_noop(
        "The picture of this page is damaged or cut off. Copy or scan it again, then send it."
    )


class PageTooComplex(InputError):
    """To draw it takes too much time or memory, or crashes what draws it."""

    code = "page-too-complex"
    template = gettext_noop(
        "This page is too complex or too broken to be drawn. Print it to a new PDF, then send that."
    )


class PasswordNeeded(InputError):
    code = "password-needed"
    template = gettext_noop("This PDF is locked with a password. Enter the password to read it.")


class PasswordAlone(InputError):
    code = "password-alone"
    template = gettext_noop(
        "This PDF is locked with a password and cannot be read together with others. "
        "Send it by itself, then enter its password."
    )


class PasswordWrong(InputError):
    code = "password-wrong"
    template = gettext_noop("That password does not open this PDF. Check it and enter it again.")


class TooManyPixels(InputError):
    code = "too-many-pixels"
    template = gettext_noop(
        "This image has %(megapixels)s megapixels; the limit is %(limit)s. Scale it down, then send it."
    )


class TooManyPages(InputError):
    code = "too-many-pages"
    template = gettext_noop(
        "This file has %(pages)s pages; the limit is %(limit)s. Split it, then send the parts."
    )


class PageMissing(InputError):
    code = "page-missing"
    template = gettext_noop("There is no page %(number)s; the file has %(pages)s.")


# Languages


class LanguageUnknown(InputError):
    code = "language-unknown"
    template = gettext_noop(
        "“%(language)s” is not a language code. Choose one from the list, for example “eng” for English."
    )


class LanguageMissing(InputError):
    code = "language-missing"
    template = gettext_noop("%(name)s (%(language)s) is not installed. To install it: %(command)s")


# The engine


class EngineError(OcrsiteError):
    code = "engine"


class EngineMissing(EngineError):
    code = "engine-missing"
    template = gettext_noop("Tesseract, which reads the text, is not installed. To install it: %(command)s")


class EngineUnknown(EngineError):
    code = "engine-unknown"
    template = gettext_noop("There is no engine “%(engine)s”. Choose one of: %(engines)s.")


class EngineCrashed(EngineError):
    code = "engine-crashed"
    template = gettext_noop(
        "The engine stopped while reading this page. Try again, or scan the page at a lower resolution."
    )
    retryable = True


class EngineTimeout(EngineError):
    code = "engine-timeout"
    template = gettext_noop(
        "Reading this page took longer than %(seconds)s seconds and was stopped. "
        "Scan the page at a lower resolution, or try again."
    )


class EngineNonsense(EngineError):
    code = "engine-nonsense"
    template = gettext_noop("The engine gave an answer for this page that cannot be understood. Try again.")
    retryable = True


# The place where things are kept


class StorageError(OcrsiteError):
    code = "storage"


class StorageFull(StorageError):
    code = "storage-full"
    template = gettext_noop(
        "There is no room left on the server's disk; this file was not stored. "
        "Free some space, then send it again."
    )
    retryable = True


class StorageDown(StorageError):
    code = "storage-down"
    template = gettext_noop("The place where files are kept does not answer. Try again in a few minutes.")
    retryable = True
    is_outage = True


class OriginalMissing(StorageError):
    code = "original-missing"
    template = gettext_noop(
        "The stored file of this document cannot be found. Put it back from a backup, or upload it again."
    )


# Work


class WorkError(OcrsiteError):
    code = "work"


class NoRoom(WorkError):
    """The disk filled up while a page was being read; its document is stored."""

    code = "no-room"
    template = gettext_noop(
        "There is no room left on the server's disk to read this page. Free some space, then try again."
    )


class DrawingKilled(WorkError):
    """Something outside ended what draws pages: as a rule the system, which had no memory left."""

    code = "drawing-killed"
    template = gettext_noop(
        "The drawing of this page was ended from outside, most likely because memory ran out. Try again."
    )
    retryable = True


class GaveUp(WorkError):
    """The worker died on this page again and again: the page itself is the likely cause."""

    code = "gave-up"
    template = gettext_noop(
        "Reading this page was interrupted %(attempts)s times and was given up. "
        "Try again, or scan the page at a lower resolution."
    )


class QueueDown(WorkError):
    """The broker cannot be reached. What was received is safe, and is read once it can."""

    code = "queue-down"
    template = gettext_noop("The queue does not answer. Pages wait until it does.")
    retryable = True


class RunBusy(WorkError):
    code = "run-busy"
    template = gettext_noop(
        "This document is being read. Wait until it is done, or cancel the reading first."
    )


# Errors by their codes


def by_code(code: str) -> type[OcrsiteError]:
    """The error of that code; OcrsiteError where there is none (any more)."""
    return _BY_CODE.get(code, OcrsiteError)


def _family(error: type[OcrsiteError]) -> Iterator[type[OcrsiteError]]:
    yield error
    for child in error.__subclasses__():
        yield from _family(child)


_BY_CODE = {error.code: error for error in _family(OcrsiteError)}
