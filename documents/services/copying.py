"""Copies of files that others may still be writing: of one moment, or none."""

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from django.conf import settings

from documents.errors import FileChanged, FileTooLarge
from documents.services.incoming import Incoming

_AT_ONCE = 1 << 20  # bytes
# A link is not followed, and no pipe is waited for.
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class ChangedMeanwhile(Exception):
    """The file is not, or no longer, the one that was looked at."""


@dataclass(frozen=True, slots=True)
class Look:
    """Which file it is, how long (bytes), and when it was last written (nanoseconds)."""

    device: int
    inode: int
    size: int
    written: int

    @classmethod
    def of(cls, status: os.stat_result) -> Self:
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)

    def is_of(self, path: Path) -> bool:
        """Raises OSError."""
        return self == Look.of(path.lstat())


def copied(path: Path, target: Path, look: Look) -> tuple[Incoming, datetime]:
    """A copy at ``target`` of the file that ``look`` saw, and when it came to be at ``path``.

    Raises ChangedMeanwhile, FileTooLarge, OSError.
    """
    require_size(look.size)
    try:
        source = os.open(path, _FLAGS)
    except FileNotFoundError as error:
        raise ChangedMeanwhile from error
    with os.fdopen(source, "rb") as file, target.open("wb") as copy:
        before = os.fstat(source)
        if not stat.S_ISREG(before.st_mode) or Look.of(before) != look:
            raise ChangedMeanwhile
        digest = _copy(file.read, copy.write)
        if Look.of(os.fstat(source)) != look:
            raise ChangedMeanwhile
    arrived = datetime.fromtimestamp(before.st_ctime, UTC)
    incoming = Incoming(target, path.name, digest, look.size, is_temporary=True)
    return incoming, arrived


def copy_of(file: Incoming, target: Path) -> Incoming:
    """A copy at ``target`` of a file that others may have changed since it was hashed.

    Raises FileChanged where it has not the same bytes any more, and OSError.
    """
    with file.path.open("rb") as source, target.open("wb") as copy:
        if _copy(source.read, copy.write) != file.sha256:
            raise FileChanged
    return replace(file, path=target, byte_size=target.stat().st_size, is_temporary=True)


def require_size(size: int) -> None:
    """Raises FileTooLarge for a file of so many bytes, as an upload is."""
    if size > settings.OCRSITE_MAX_UPLOAD_MB * 1_000_000:
        raise FileTooLarge(limit_mb=settings.OCRSITE_MAX_UPLOAD_MB)


def _copy(read: Callable[[int], bytes], write: Callable[[bytes], int]) -> str:
    """Returns the SHA-256."""
    digest = hashlib.sha256()
    while piece := read(_AT_ONCE):
        digest.update(piece)
        write(piece)
    return digest.hexdigest()
