"""Texts in a folder, one for each file that was read; and whether one is there already.

Each carries (as extended attributes) which file it was made of, and a mark of that file as it was then and of
how it was read: that a text is newer than a file does not tell that it is its text. Where a text has no mark,
as on file systems without them, its time has to do. The text of another file is never overwritten: a file of
the same name gets the next free one.
"""

import errno
import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from documents.management.reading.sources import Source
from documents.services.shelving import rename

_MARK = "user.ocrsite.made-of"
_FILE = "user.ocrsite.file"
_EARLIER = 2_000_000_000  # nanoseconds: the coarsest time of a file, that of FAT


def require_folder(folder: Path) -> None:
    """Raises OSError where nothing could be written into ``folder``; it may come to be later."""
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not there.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(there))
    try:
        with TemporaryDirectory(prefix=".", dir=there):  # what the system says of its rights is not all
            pass
    except FileNotFoundError as error:  # as /proc says it
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(there)) from error
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(there)) from error


class Texts:
    """Those in ``folder``, of ``sources``, each with one of ``extensions``.

    ``asked`` is how they are read, as plain values.
    """

    def __init__(
        self, folder: Path, sources: Sequence[Source], extensions: Iterable[str], asked: Mapping[str, Any]
    ) -> None:
        self._folder = folder
        self._extensions = tuple(extensions)
        self._asked = dict(asked)
        self._taken: set[tuple[Path, str]] = set()
        self._stems = {source: self._stem(source) for source in sources}

    def is_written(self, source: Source) -> bool:
        """Is the text of ``source``, as it is now, there already?"""
        if source.is_stream:
            return False
        targets = (self._target(source, extension) for extension in self._extensions)
        return any(self._is_text_of(source, target) for target in targets)

    def mark(self, source: Source) -> str:
        """The mark of a text of ``source`` as it is now; to be asked before it is read. Raises OSError."""
        status = source.path.stat()
        made_of = {
            "file": self._name(source),
            "size": status.st_size,
            "written": status.st_mtime_ns,
            **self._asked,
        }
        return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()

    def save(self, source: Source, extension: str, pieces: Iterable[bytes], *, mark: str) -> None:
        """Whole or not at all. Without a ``mark`` it is dated before its source, so that it is made anew."""
        folder = self._folder / source.below
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{os.getpid()}.part"
        try:
            with part.open("wb") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
            _attach(part, _FILE, self._digest(source))
            if mark:
                _attach(part, _MARK, mark)
            elif not source.is_stream:
                written = source.path.stat().st_mtime_ns - _EARLIER
                os.utime(part, ns=(written, written))
            self._put(part, source, extension)
        finally:
            part.unlink(missing_ok=True)

    def _put(self, part: Path, source: Source, extension: str) -> None:
        """Under the name that was found for it, or the next one where another process has that by now."""
        while True:
            target = self._target(source, extension)
            if self._is_of_another(source, target):
                self._stems[source] = self._stem(source)
            elif target.exists():
                part.replace(target)
                return
            else:
                with suppress(FileExistsError):  # just now
                    rename(part, target)
                    return

    def _is_text_of(self, source: Source, target: Path) -> bool:
        try:
            written = target.stat().st_mtime_ns
            if mark := _attached(target, _MARK):
                return mark == self.mark(source)
            return written > source.path.stat().st_mtime_ns
        except OSError:  # who opens the source says what is wrong with it
            return False

    def _target(self, source: Source, extension: str) -> Path:
        return self._path(source, self._stems[source], extension)

    def _path(self, source: Source, stem: str, extension: str) -> Path:
        return self._folder / source.below / f"{stem}.{extension}"

    def _stem(self, source: Source) -> str:
        """``scan``; for the next scan.jpg or scan.png of the same folder scan-2, and so on.

        What has the text of another file, of this call or of one before, is passed over.
        """
        stem = source.path.stem
        names = chain([stem], (f"{stem}-{number}" for number in count(2)))
        free = next(name for name in names if not self._is_taken(source, name))
        self._taken.add((source.below, free.casefold()))
        return free

    def _is_taken(self, source: Source, stem: str) -> bool:
        targets = (self._path(source, stem, extension) for extension in self._extensions)
        return (source.below, stem.casefold()) in self._taken or any(
            self._is_of_another(source, target) for target in targets
        )

    def _is_of_another(self, source: Source, target: Path) -> bool:
        """False of what does not tell."""
        return _attached(target, _FILE) not in ("", self._digest(source))

    def _digest(self, source: Source) -> str:
        """Which file it is; hashed, as a path may be too long for an attribute."""
        return hashlib.sha256(os.fsencode(self._name(source))).hexdigest()

    def _name(self, source: Source) -> str:
        """Seen from the folder of the texts, so that both may be moved together."""
        path = Path(source.label) if source.is_stream else source.path
        return os.path.relpath(path, self._folder)


def _attach(file: Path, name: str, value: str) -> None:
    with suppress(OSError):  # not every file system has attributes
        os.setxattr(file, name, value.encode())


def _attached(file: Path, name: str) -> str:
    """Empty where there is no such attribute, or no such file."""
    with suppress(OSError):
        return os.getxattr(file, name).decode(errors="replace")
    return ""
