"""The pieces of a page at its full resolution, cut when somebody first looks closer, and kept."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from documents import storage
from documents.errors import (
    FileDamaged,
    FileEmpty,
    OriginalMissing,
    PageDamaged,
    PageMissing,
    PageTooComplex,
    UnknownType,
)
from documents.models import Page
from documents.ocr.files import pieces
from documents.ocr.files.pieces import SIDE, PageSource
from documents.services.pictures import READABLE
from documents.services.recognise import limits

__all__ = ("SIDE", "cut_once", "levels", "name", "opened", "piece", "prepare")

KIND, EXTENSION = "pieces", ".zip"

# What is so for as long as there is the file. Limits are set anew, passwords come, memory is there again.
_FOR_GOOD = (FileDamaged, FileEmpty, PageDamaged, PageMissing, PageTooComplex, UnknownType)

Cut = Callable[[PageSource, Path], None]
"""Writes the pieces of a page to a file."""


def levels(page: Page) -> range:
    """Those that show more than the picture of ``page``; see `documents.ocr.files.pieces`."""
    return pieces.levels((page.width, page.height), picture=READABLE) if page.image else range(0)


def name(page: Page) -> str:
    """Where they lie in the storage, once they are cut."""
    return storage.derived_name(page.image, KIND, EXTENSION)


def prepare(*, page: Page) -> bool:
    """Have the pieces of ``page`` cut. False while this machine is cutting a page: ask again.

    One at a time, because a page of 100 megapixels takes a processor for seconds and most of a gigabyte.
    Raises StorageError, CuttingEnded, and what `documents.ocr.files.load.open_page` does; from then on
    PageDamaged for what never can be cut, which is not tried again.
    """
    if not levels(page):
        return True
    cut = partial(pieces.cut, picture=READABLE, limits=limits())
    return cut_once(page, page.rotation, name(page), cut)


def cut_once(page: Page, rotation: int, name: str, cut: Cut) -> bool:
    """As `prepare`, for pieces of ``page``, turned by ``rotation`` degrees clockwise, that ``cut`` makes and
    that are kept under ``name``."""
    if _is_cut(name):
        return True
    with _turn() as has_turn:
        if has_turn and not _is_cut(name):
            _cut(page, rotation, name, cut)
        return has_turn


def _is_cut(name: str) -> bool:
    """Raises PageDamaged where that was tried, and there are none."""
    if not storage.exists(name):
        return False
    if storage.size(name) <= pieces.EMPTY:
        raise PageDamaged
    return True


def piece(*, page: Page, level: int, x: int, y: int) -> bytes | None:
    """A JPEG; None where there is no such piece. Raises StorageError, OriginalMissing while none is cut."""
    with opened(name(page)) as path:
        return pieces.piece(path, level, x, y)


@contextmanager
def opened(name: str) -> Iterator[Path]:
    """Where the pieces under ``name`` can be read. Raises StorageError, OriginalMissing while none are cut.

    Pieces that turn out to be damaged are thrown away, to be cut anew.
    """
    try:
        with storage.local_path(name) as path:
            yield path
    except PageDamaged as error:
        storage.delete([name])
        raise OriginalMissing from error


def _cut(page: Page, rotation: int, name: str, cut: Cut) -> None:
    original = page.original
    with TemporaryDirectory(dir=settings.OCRSITE_TMP_DIR) as folder:
        target = Path(folder) / "pieces"
        with storage.local_path(original.readable or original.file, once=True) as path:
            source = PageSource(path, page.index, rotation, (page.width, page.height))
            try:
                with storage.full_disk_named():
                    cut(source, target)
            except _FOR_GOOD:
                pieces.cut_none(target)
                storage.save_derived(target, name)
                raise
        storage.save_derived(target, name)


@contextmanager
def _turn() -> Iterator[bool]:
    """Whether nobody else on this machine is cutting; nobody begins meanwhile."""
    with (settings.OCRSITE_TMP_DIR / "pieces.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
