"""What callers of the library give, a file by its path or an open one, locked or not, as a path that can be
read."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from documents.ocr.files.load import inspect
from documents.ocr.files.pdf_file import unlock
from documents.ocr.options import Limits


class OpenFile(Protocol):
    """A file that is open for reading bytes, or what is read like one: an upload, an answer from the net."""

    def read(self, size: int = ..., /) -> bytes: ...


File = str | os.PathLike[str] | OpenFile


@contextmanager
def readable(file: File, password: str | None = None) -> Iterator[Path]:
    """``file`` itself; a copy of what is open, read from where it stands to its end; a copy of a locked PDF
    that needs no ``password`` any more. Other files do not mind one. Copies are gone afterwards.

    Raises TypeError for what is no file, OSError; with a ``password`` PasswordWrong, PasswordNeeded where it
    is empty, and what `inspect` does.
    """
    with ExitStack() as copies:
        path = Path(file) if isinstance(file, str | os.PathLike) else _copied(file, _folder(copies))
        if password is not None and inspect(path, limits=Limits()).is_locked:
            copy = _folder(copies) / "unlocked.pdf"
            unlock(path, password, copy)
            path = copy
        yield path


def _folder(stack: ExitStack) -> Path:
    return Path(stack.enter_context(TemporaryDirectory(prefix="given-")))


def _copied(file: OpenFile, folder: Path) -> Path:
    if not hasattr(file, "read"):
        what = type(file).__name__
        raise TypeError(f"A path or an open file is needed, not {what}. Put bytes into io.BytesIO.")
    path = folder / "file"
    with path.open("wb") as copy:
        shutil.copyfileobj(file, copy)
    return path
