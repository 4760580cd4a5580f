"""A file as it came in, before it is anything."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from documents.ocr.formats.readers import TextOfPage


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file on this machine's disk. A temporary one may be moved into the storage instead of copied.

    ``pages`` are those of a text that was taken apart already.
    """

    path: Path
    name: str
    sha256: str
    byte_size: int
    is_temporary: bool = False
    pages: tuple[TextOfPage, ...] = field(default=(), compare=False, repr=False)

    @classmethod
    def from_path(cls, path: Path) -> Self:
        """A file that stays where it is. Raises OSError."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
        return cls(path=path, name=path.name, sha256=digest.hexdigest(), byte_size=path.stat().st_size)
