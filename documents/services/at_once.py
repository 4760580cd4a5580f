"""One image, read while a program waits for its text. Nothing of it is kept.

It is read as the workers do, but in a process of its own, which can be ended at any time: a hostile file ends
that process, and not the web server. The process stays for a minute, as engines keep their models loaded.
"""

import fcntl
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import IO

from django.conf import settings

from documents import packs
from documents.errors import PageMissing, PasswordNeeded, RecognitionBusy
from documents.ocr.children.parent import Children, understood
from documents.ocr.elements import PageText
from documents.ocr.files.load import inspect
from documents.ocr.files.pdf_file import unlock
from documents.ocr.options import Cleaning, Layout
from documents.ocr.packing import unpack
from documents.services.incoming import Incoming
from documents.services.recognise import limits

_MEMORY = 6 << 30  # bytes of address space: as much as the process of RapidOCR has, which it starts
_AT_REST = 500 << 20  # bytes
_IDLE = 60.0  # seconds
_PAUSE = 5  # seconds that who finds no room is told to wait: most pages take less

_children = Children("documents.ocr.children.page_work", memory=_MEMORY, at_rest=_AT_REST)


def read_at_once(
    *,
    file: Incoming,
    page: int = 1,
    languages: Sequence[str] | str = (),
    engine: str = "",
    cleaning: Cleaning = Cleaning.AUTO,
    layout: Layout = Layout.AUTO,
    password: str | None = None,
) -> PageText:
    """The text of one page of an image or PDF. ``page`` counts from 1.

    ``languages`` empty means: find them on it; without an ``engine`` the site's reads it; ``password`` opens
    a locked PDF. All of it, the tiles of a huge page included, has the time of one page.
    Raises InputError, RecognitionBusy, EngineError's children, StorageError's children.
    """
    codes = packs.checked(languages, engine)
    timeout = float(settings.OCRSITE_PAGE_TIMEOUT)
    options = {
        "languages": codes,
        "engine": packs.chosen(engine),
        "cleaning": cleaning,
        "layout": layout,
        "timeout": timeout,
    }
    with _scratch() as scratch:
        path = _with_page(page, file.path, password, Path(scratch))
        request = {"path": str(path), "index": page - 1, "limits": asdict(limits()), "options": options}
        with _turn():
            try:
                answer = _children.ask({**request, "scratch": scratch}, timeout=timeout)
            finally:
                _idle.begin()
    with understood():
        return unpack(b64decode(answer["page"]))


def _with_page(page: int, path: Path, password: str | None, folder: Path) -> Path:
    """The file at ``path``, or its copy in ``folder`` that needs no password any more. Raises InputError's
    children, PageMissing where it has fewer pages."""
    info = inspect(path, limits=limits())
    if info.is_locked:
        if password is None:
            raise PasswordNeeded
        copy = folder / "unlocked.pdf"
        unlock(path, password, copy)
        path, info = copy, inspect(copy, limits=limits())
    if page > info.page_count:
        raise PageMissing(number=page, pages=info.page_count)
    return path


class _Idle:
    """After a minute in which nobody asked, the processes end."""

    def __init__(self) -> None:
        self._timer: Timer | None = None

    def begin(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = Timer(_IDLE, _children.end)
        self._timer.daemon = True
        self._timer.start()


_idle = _Idle()


@contextmanager
def _scratch() -> Iterator[str]:
    """A folder for what engines write on the way. A process that was ended leaves such things."""
    with TemporaryDirectory(dir=settings.OCRSITE_TMP_DIR, ignore_cleanup_errors=True) as folder:
        yield folder


@contextmanager
def _turn() -> Iterator[None]:
    """One of the places that this machine has. Raises RecognitionBusy where none is free."""
    for number in range(settings.OCRSITE_RECOGNISE_AT_ONCE):
        with (settings.OCRSITE_TMP_DIR / f"recognise-{number}.lock").open("w") as lock:
            if _is_ours(lock):
                yield
                return
    raise RecognitionBusy(seconds=_PAUSE)


def _is_ours(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
