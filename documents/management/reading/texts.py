"""Texts in a folder, one for each file that was read; and whether one is there already.

Each carries a mark (an extended attribute) of the file that it was made of, as that was then, and of how it
was read: that a text is newer than a file does not tell that it is its text. Where a text has no mark, as on
file systems without them, its time has to do.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import chain, count
from pathlib import Path
from typing import Any

from documents.management.reading.sources import Source

_MARK = "user.ocrsite.made-of"
_EARLIER = 2_000_000_000  # nanoseconds: the coarsest time of a file, that of FAT


class Texts:
    """Those in ``folder``, of ``sources``; ``asked`` is how they are read, as plain values."""

    def __init__(self, folder: Path, sources: Sequence[Source], asked: Mapping[str, Any]) -> None:
        self._folder = folder
        self._asked = dict(asked)
        self._stems = _stems(sources)

    def is_written(self, source: Source, extensions: Iterable[str]) -> bool:
        """Is the text of ``source``, as it is now, there already, with one of ``extensions``?"""
        if source.is_stream:
            return False
        targets = (self._target(source, extension) for extension in extensions)
        return any(self._is_text_of(source, target) for target in targets)

    def mark(self, source: Source) -> str:
        """The mark of a text of ``source`` as it is now; to be asked before it is read. Raises OSError."""
        status = source.path.stat()
        name = os.path.relpath(source.path, self._folder)
        made_of = {"file": name, "size": status.st_size, "written": status.st_mtime_ns, **self._asked}
        return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()

    def save(self, source: Source, extension: str, pieces: Iterable[bytes], *, mark: str) -> None:
        """Whole or not at all. Without a ``mark`` it is dated before its source, so that it is made anew."""
        target = self._target(source, extension)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{os.getpid()}.part")
        try:
            with part.open("wb") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
            if mark:
                with suppress(OSError):  # not every file system has them
                    os.setxattr(part, _MARK, mark.encode())
            elif not source.is_stream:
                written = source.path.stat().st_mtime_ns - _EARLIER
                os.utime(part, ns=(written, written))
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    def _is_text_of(self, source: Source, target: Path) -> bool:
        try:
            written = target.stat().st_mtime_ns
            if mark := _mark_of(target):
                return mark == self.mark(source)
            return written > source.path.stat().st_mtime_ns
        except OSError:  # who opens the source says what is wrong with it
            return False

    def _target(self, source: Source, extension: str) -> Path:
        return self._folder / source.below / f"{self._stems[source]}.{extension}"


def _mark_of(target: Path) -> str:
    with suppress(OSError):  # not every file system has them
        return os.getxattr(target, _MARK).decode(errors="replace")
    return ""


def _stems(sources: Sequence[Source]) -> dict[Source, str]:
    """``scan``; for the next scan.jpg or scan.png of the same folder scan-2, and so on."""
    stems: dict[Source, str] = {}
    taken: set[tuple[Path, str]] = set()
    for source in sources:
        stem = source.path.stem
        names = chain([stem], (f"{stem}-{number}" for number in count(2)))
        stems[source] = next(name for name in names if (source.below, name.casefold()) not in taken)
        taken.add((source.below, stems[source].casefold()))
    return stems
