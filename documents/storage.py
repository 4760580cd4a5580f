"""Originals and derivatives, kept by whichever storage the settings name (disk or S3).

Names are made here and never come from a person. A name is written once: derivatives that are made
anew get a new name, so a browser may keep what it has, and a crash half-way leaves no wrong file.
"""

import errno
import secrets
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol, cast, runtime_checkable
from uuid import UUID

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from documents.errors import OriginalMissing, StorageFull

_KEEP_LOCAL_COPIES = 2
_ORIGINALS, _PAGES, DOWNLOADS = "originals", "pages", "downloads"
_OF_DOCUMENTS = (_ORIGINALS, _PAGES)


def is_full(error: OSError) -> bool:
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def original_name(document_id: UUID, position: int, extension: str) -> str:
    return f"{_folder(_ORIGINALS, document_id)}/{position:04d}-{secrets.token_hex(4)}{extension}"


def picture_name(document_id: UUID, number: int, kind: str) -> str:
    return f"{_folder(_PAGES, document_id)}/{number:05d}-{kind}-{secrets.token_hex(4)}.jpg"


def derived_name(picture: str, kind: str, extension: str) -> str:
    """Where lies what is made of the stored ``picture`` when somebody wants it, and is known by that name."""
    number, _kind, version = picture.removesuffix(".jpg").rsplit("-", 2)
    return f"{number}-{kind}-{version}{extension}"


def version_of(picture: str) -> str:
    """The part of the name of a stored picture that no other picture has."""
    return picture.rpartition("-")[2].partition(".")[0]


def _folder(kind: str, document_id: UUID) -> str:
    return f"{kind}/{document_id.hex[:2]}/{document_id}"


def download_name(action_id: int) -> str:
    return f"{DOWNLOADS}/{action_id}-{secrets.token_hex(8)}.zip"


def folders() -> Iterator[str]:
    """Each folder that holds files: two for a document, one for the downloads. Raises StorageDown."""
    for kind in _OF_DOCUMENTS:
        for shard in _folders_in(kind):
            yield from (f"{kind}/{shard}/{name}" for name in _folders_in(f"{kind}/{shard}"))
    yield DOWNLOADS


def document_of(folder: str) -> UUID | None:
    """The key of the document whose files ``folder`` holds; None where that is no folder of a document."""
    match folder.split("/"):
        case [kind, _shard, name] if kind in _OF_DOCUMENTS:
            with suppress(ValueError):
                return UUID(name)
    return None


def files_in(folder: str) -> list[str]:
    """The names of the files in ``folder``; none where there is no such folder. Raises StorageDown."""
    return [f"{folder}/{name}" for name in _listed(folder)[1]]


def files_of(document_id: UUID) -> Iterator[str]:
    """The names of the files in the folders of a document. Raises StorageDown."""
    for kind in _OF_DOCUMENTS:
        yield from files_in(_folder(kind, document_id))


def strays() -> Iterator[str]:
    """The names of files that lie in no folder that holds files. Raises StorageDown."""
    yield from _strays_in("")


def _strays_in(folder: str) -> Iterator[str]:
    folders: list[str] = []
    files: list[str] = []
    with suppress(PermissionError):  # lost+found of a disk of its own is none of ours
        folders, files = _listed(folder)
    within = f"{folder}/" if folder else ""
    if folder != DOWNLOADS and document_of(folder) is None:
        yield from (f"{within}{name}" for name in files)
    for name in sorted(folders):
        yield from _strays_in(f"{within}{name}")


def delete_document(document_id: UUID) -> None:
    """All files of a document, whatever rows say of them. Raises StorageDown."""
    for kind in _OF_DOCUMENTS:
        folder = _folder(kind, document_id)
        delete(files_in(folder))
        # A worker that reads the document to its end may put a picture there, and takes it away itself.
        with suppress(OSError):
            if isinstance(default_storage, FileSystemStorage):
                default_storage.delete(folder)


def modified_at(name: str) -> datetime:
    """When the file was stored. Raises OriginalMissing, StorageDown."""
    with _missing_named():
        return default_storage.get_modified_time(name)


def _folders_in(folder: str) -> list[str]:
    return sorted(_listed(folder)[0])


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


class _Movable(File):  # type: ignore[type-arg]
    """A file that the storage may take over by renaming it, which costs no copy of its bytes."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        super().__init__(file)
        self.path = path

    def temporary_file_path(self) -> str:
        return str(self.path)


def save_file(path: Path, name: str, *, move: bool) -> str:
    """Copy or move the file at ``path`` into the storage; returns the name it got.

    Raises StorageDown, StorageFull.
    """
    with path.open("rb") as file:
        return _save(_Movable(path, file) if move else File(file), name)


def save_derived(path: Path, name: str) -> None:
    """Move what was made at ``path`` to `derived_name`, unless somebody else put it there meanwhile.

    Raises StorageDown, StorageFull.
    """
    stored = save_file(path, name, move=True)
    if stored != name:
        delete([stored])


def save_bytes(content: bytes, name: str) -> str:
    """Raises StorageDown, StorageFull."""
    return _save(ContentFile(content), name)


def open_file(name: str) -> IO[bytes]:
    """Raises OriginalMissing, StorageDown, StorageFull."""
    with full_disk_named(), _missing_named():
        return cast("IO[bytes]", default_storage.open(name))


def exists(name: str) -> bool:
    """Raises StorageDown."""
    return default_storage.exists(name)


def size(name: str) -> int:
    """In bytes. Raises OriginalMissing, StorageDown."""
    with _missing_named():
        return default_storage.size(name)


def require(names: Iterable[str]) -> None:
    """Raises OriginalMissing unless all files ``names`` are there, StorageDown."""
    if not all(map(default_storage.exists, names)):
        raise OriginalMissing


def delete(names: Iterable[str]) -> None:
    """What is not there counts as deleted. Raises StorageDown."""
    for name in filter(None, names):
        default_storage.delete(name)


@contextmanager
def local_path(name: str, *, once: bool = False) -> Iterator[Path]:
    """A path under which the stored file can be read: its own on disk, else that of a copy.

    Copies of remote files stay for the next page of the same document, unless ``once``; a worker reads
    one at a time, so the oldest may go. Raises OriginalMissing, StorageDown, StorageFull.
    """
    if isinstance(default_storage, FileSystemStorage):
        path = Path(default_storage.path(name))
        if not path.is_file():
            raise OriginalMissing
        yield path
    elif once:
        with tempfile.TemporaryDirectory(prefix="original-") as folder:
            yield _fetch(name, Path(folder) / "copy")
    else:
        yield _kept_copy(name)


@contextmanager
def full_disk_named() -> Iterator[None]:
    """Turn the error of a full disk into StorageFull; other errors stay what they are."""
    try:
        yield
    except OSError as error:
        if not is_full(error):
            raise
        raise StorageFull from error


@contextmanager
def _missing_named() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise OriginalMissing from error


@runtime_checkable
class _Remote(Protocol):
    """A storage that can write a file straight into an open one; others hand out a copy of their own."""

    def download_to(self, name: str, target: IO[bytes]) -> None: ...


def _fetch(name: str, path: Path) -> Path:
    with full_disk_named(), path.open("wb") as target, _missing_named():
        if isinstance(default_storage, _Remote):
            default_storage.download_to(name, target)
        else:
            with default_storage.open(name) as source:
                shutil.copyfileobj(source, target)
    return path


def _kept_copy(name: str) -> Path:
    copy = _copies() / name.replace("/", "_")
    if copy.is_file():
        copy.touch()
        return copy
    part = copy.with_suffix(".part")
    try:
        _fetch(name, part).rename(copy)
    finally:
        part.unlink(missing_ok=True)
    for old in sorted(_copies().iterdir(), key=lambda path: path.stat().st_mtime)[:-_KEEP_LOCAL_COPIES]:
        old.unlink()
    return copy


def _copies() -> Path:
    """A folder of this thread's own, so that nobody else's turn removes a copy in use."""
    if not hasattr(_mine, "folder"):
        _mine.folder = tempfile.TemporaryDirectory(prefix="originals-")
    return Path(_mine.folder.name)


_mine = threading.local()


def _save(content: "File[bytes]", name: str) -> str:
    try:
        with full_disk_named():
            return default_storage.save(name, content)
    except StorageFull:
        # The part that was written would only take room.
        default_storage.delete(name)
        raise
