"""A download of many documents: one zip, packed on this machine's disk, then stored whole.

It is packed from its start by one worker: what a killed one left goes with its temporary folder.
"""

import shutil
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import IO

from django.conf import settings
from django.utils import timezone

from documents import selectors, storage
from documents.errors import NoRight, NoRoomToPack, OcrsiteError, PasswordNeeded, StorageFull
from documents.models import BulkAction, BulkItem, Document
from documents.ocr.formats import FORMATS
from documents.services.bulk import hold
from documents.services.bulk.hold import Lease
from documents.services.export import Explain, write_document
from documents.services.filenames import safe_stem, unique_name

ORIGINAL = "original"
_ITEMS_AT_ONCE = 100


def pack(*, action: BulkAction, lease: Lease, explain: Explain) -> None:
    """Pack the documents of ``action`` and store the zip as its ``file``; nothing when none could be packed.

    ``explain`` as in ``services.export``. Raises NoRoomToPack, StorageDown.
    """
    hold.note_nothing(lease)
    with TemporaryDirectory(dir=settings.OCRSITE_TMP_DIR) as folder:
        file = Path(folder) / "download.zip"
        try:
            with storage.full_disk_named(), zipfile.ZipFile(file, "w") as archive:
                _write(action, lease, _Packing(archive, explain))
            if hold.is_wanted(lease) and action.items.filter(state=BulkItem.State.DONE).exists():
                _store(lease, file)
        except StorageFull as error:
            raise NoRoomToPack from error


def _store(lease: Lease, file: Path) -> None:
    name = storage.save_file(file, storage.download_name(lease.action_id), move=True)
    if not hold.note_file(lease, name):
        storage.delete([name])


def _write(action: BulkAction, lease: Lease, packing: "_Packing") -> None:
    for item in _items(action):
        if not hold.is_wanted(lease):
            return
        try:
            packing.add(_readable(action, item), action.params["formats"])
        except OcrsiteError as error:
            if error.is_outage or isinstance(error, StorageFull):
                raise
            hold.note_left(lease, item, error)
        else:
            hold.note_done(lease, item, {})


def _items(action: BulkAction) -> Iterator[BulkItem]:
    """In their order, some at a time: no query stays open while books are packed."""
    after = 0
    while items := list(action.items.filter(pk__gt=after).order_by("pk")[:_ITEMS_AT_ONCE]):
        yield from items
        after = items[-1].pk


def _readable(action: BulkAction, item: BulkItem) -> Document:
    document = selectors.documents_for(action.user).filter(pk=item.document_id).first()
    if document is None:
        raise NoRight
    return document


class _Packing:
    """A zip as it grows; no two files in it have one name."""

    def __init__(self, archive: zipfile.ZipFile, explain: Explain) -> None:
        self._archive = archive
        self._explain = explain
        self._taken: set[str] = set()

    def add(self, document: Document, formats: Sequence[str]) -> None:
        """Raises OriginalMissing, StorageDown; PasswordNeeded where only text of a locked PDF is asked."""
        if document.is_locked and ORIGINAL not in formats:
            raise PasswordNeeded
        if ORIGINAL in formats:
            self._add_originals(document)
        if not document.is_locked:
            for name in formats:
                if name != ORIGINAL:
                    self._add_text(document, name)

    def _add_originals(self, document: Document) -> None:
        """As they came, and packed no closer: pictures and PDFs are that already. All of them, or none."""
        originals = list(document.originals.all())
        storage.require(original.file for original in originals)
        for original in originals:
            ending = PurePath(original.file).suffix
            with (
                storage.open_file(original.file) as source,
                self._entry(document, ending, zipfile.ZIP_STORED) as target,
            ):
                shutil.copyfileobj(source, target)

    def _add_text(self, document: Document, name: str) -> None:
        pieces = write_document(document=document, format=name, explain=self._explain)
        with self._entry(document, f".{FORMATS[name].extension}", zipfile.ZIP_DEFLATED) as target:
            target.writelines(pieces)

    def _entry(self, document: Document, ending: str, compression: int) -> IO[bytes]:
        name = unique_name(safe_stem(document.title), ending, self._taken)
        info = zipfile.ZipInfo(name, timezone.localtime(document.created_at).timetuple()[:6])
        info.compress_type = compression
        return self._archive.open(info, "w", force_zip64=True)
