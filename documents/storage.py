"""Originals and derivatives, kept by whichever storage the settings name (disk or S3).

Names are made here and never come from a person. A name is written once: derivatives that are made
anew get a new name, so a browser may keep what it has, and a crash half-way leaves no wrong file.
"""

import errno
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast
from uuid import UUID

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from documents.errors import OriginalMissing, StorageFull

_KEEP_LOCAL_COPIES = 2


def is_full(error: OSError) -> bool:
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def original_name(document_id: UUID, position: int, extension: str) -> str:
    return f"originals/{document_id.hex[:2]}/{document_id}/{position:04d}-{secrets.token_hex(4)}{extension}"


def picture_name(document_id: UUID, number: int, kind: str) -> str:
    return f"pages/{document_id.hex[:2]}/{document_id}/{number:05d}-{kind}-{secrets.token_hex(4)}.jpg"


class _Movable(File):  # type: ignore[type-arg]
    """A file that the storage may take over by renaming it, which costs no copy of its bytes."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        super().__init__(file)
        self.path = path

    def temporary_file_path(self) -> str:
        return str(self.path)


def save_file(path: Path, name: str, *, move: bool) -> str:
    """Copy or move the file at ``path`` into the storage; returns the name it got. Raises StorageFull."""
    with path.open("rb") as file:
        return _save(_Movable(path, file) if move else File(file), name)


def save_bytes(content: bytes, name: str) -> str:
    """Raises StorageFull."""
    return _save(ContentFile(content), name)


def open_file(name: str) -> IO[bytes]:
    """Raises OriginalMissing."""
    try:
        return cast("IO[bytes]", default_storage.open(name))
    except FileNotFoundError as error:
        raise OriginalMissing from error


def delete(names: Iterable[str]) -> None:
    for name in filter(None, names):
        default_storage.delete(name)


@contextmanager
def local_path(name: str) -> Iterator[Path]:
    """A path under which the stored file can be read: its own on disk, else that of a copy.

    Copies of remote files stay for the next page of the same document; a worker reads one at a
    time, so the oldest may go. Raises OriginalMissing, StorageFull.
    """
    if isinstance(default_storage._wrapped, FileSystemStorage):  # type: ignore[attr-defined]  # noqa: SLF001
        path = Path(default_storage.path(name))
        if not path.is_file():
            raise OriginalMissing
        yield path
    else:
        yield _local_copy(name)


def _local_copy(name: str) -> Path:
    folder = Path(tempfile.gettempdir()) / "ocrsite-originals"
    folder.mkdir(exist_ok=True)
    copy = folder / name.replace("/", "_")
    if copy.is_file():
        copy.touch()
        return copy
    with open_file(name) as source, tempfile.NamedTemporaryFile(dir=folder, delete=False) as target:
        _copy(source, target)
    Path(target.name).rename(copy)
    for old in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)[:-_KEEP_LOCAL_COPIES]:
        old.unlink(missing_ok=True)
    return copy


def _copy(source: IO[bytes], target: IO[bytes]) -> None:
    try:
        shutil.copyfileobj(source, target)
        target.flush()
    except OSError as error:
        raise (StorageFull() if is_full(error) else error) from error


def _save(content: File[bytes], name: str) -> str:
    try:
        return default_storage.save(name, content)
    except OSError as error:
        if not is_full(error):
            raise
        # The part that was written would only take room.
        default_storage.delete(name)
        raise StorageFull from error
