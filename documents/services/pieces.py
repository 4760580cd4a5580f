"""The pieces of a page at its full resolution, cut when somebody first looks closer, and kept."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from documents import storage
from documents.errors import InputError, OriginalMissing, PageDamaged
from documents.models import Page
from documents.ocr.files import pieces
from documents.ocr.files.pieces import SIDE, PageSource
from documents.services.pictures import READABLE
from documents.services.recognise import limits

__all__ = ("SIDE", "levels", "name", "piece", "prepare")

KIND, EXTENSION = "pieces", ".zip"


def levels(page: Page) -> range:
    """Those that show more than the picture of ``page``; see `documents.ocr.files.pieces`."""
    return pieces.levels((page.width, page.height), picture=READABLE) if page.image else range(0)


def name(page: Page) -> str:
    """Where they lie in the storage, once they are cut."""
    return storage.derived_name(page.image, KIND, EXTENSION)


def prepare(*, page: Page) -> bool:
    """Have the pieces of ``page`` cut. False while this machine is cutting a page: ask again.

    One at a time, because a page of 100 megapixels takes a processor for seconds and most of a gigabyte.
    Raises StorageError, and what `documents.ocr.files.load.open_page` does; from then on PageDamaged, as what
    cannot be cut is not tried again.
    """
    if not levels(page) or _is_cut(page):
        return True
    with _turn() as has_turn:
        if has_turn and not _is_cut(page):
            _cut(page)
        return has_turn


def _is_cut(page: Page) -> bool:
    """Raises PageDamaged where that was tried, and there are none."""
    if not storage.exists(name(page)):
        return False
    if storage.size(name(page)) <= pieces.EMPTY:
        raise PageDamaged
    return True


def piece(*, page: Page, level: int, x: int, y: int) -> bytes | None:
    """A JPEG; None where there is no such piece. Raises StorageError, OriginalMissing while none is cut.

    Pieces that are damaged are thrown away, to be cut anew.
    """
    try:
        with storage.local_path(name(page)) as path:
            return pieces.piece(path, level, x, y)
    except PageDamaged as error:
        storage.delete([name(page)])
        raise OriginalMissing from error


def _cut(page: Page) -> None:
    original = page.original
    with TemporaryDirectory(dir=settings.OCRSITE_TMP_DIR) as folder:
        target = Path(folder) / "pieces"
        with storage.local_path(original.readable or original.file, once=True) as path:
            source = PageSource(path, page.index, page.rotation, (page.width, page.height))
            try:
                with storage.full_disk_named():
                    pieces.cut(source, target, picture=READABLE, limits=limits())
            except InputError:
                pieces.cut_none(target)
                storage.save_derived(target, name(page))
                raise
        storage.save_derived(target, name(page))


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
