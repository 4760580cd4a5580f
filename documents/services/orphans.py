"""Stored files that no row knows: what a crash between the rows and their files left behind."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import PurePosixPath
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from documents import storage
from documents.errors import OriginalMissing
from documents.models import BulkAction, Original, Page, Transcription
from documents.services.bulk.hold import PARTS

# A file is stored before its row is written; what is older has none coming.
_SETTLED = timedelta(days=1)


def orphans() -> Iterator[str]:
    """Their names, folder by folder, so that an archive of any size fits. Raises StorageDown."""
    for folder in storage.folders():
        known = _known(folder)
        if known is not None:
            yield from (name for name in storage.files_in(folder) if name not in known and _is_settled(name))


def remove_orphans() -> int:
    """Delete them. Returns how many they were. Raises StorageDown."""
    count = 0
    for name in orphans():
        storage.delete([name])
        count += 1
    return count


def _known(folder: str) -> set[str] | None:
    """The names that rows have of files in ``folder``; None where that is no folder of this site."""
    if folder == storage.DOWNLOADS:
        return set(_downloads())
    try:
        document_id = UUID(PurePosixPath(folder).name)
    except ValueError:
        return None
    return {
        *_names(Original.objects.filter(document=document_id), "file", "readable"),
        *_names(Page.objects.filter(document=document_id), "image", "thumbnail"),
        *_names(Transcription.objects.filter(page__document=document_id), "image", "thumbnail"),
    }


def _downloads() -> Iterator[str]:
    """Those that can be had, and the parts of those that are being packed."""
    yield from BulkAction.objects.exclude(file="").values_list("file", flat=True)
    for parts in BulkAction.objects.filter(params__has_key=PARTS).values_list(f"params__{PARTS}", flat=True):
        yield from parts


def _names(
    rows: "QuerySet[Original] | QuerySet[Page] | QuerySet[Transcription]", *fields: str
) -> Iterator[str]:
    for row in rows.values_list(*fields).iterator():
        yield from row


def _is_settled(name: str) -> bool:
    try:
        return storage.modified_at(name) < timezone.now() - _SETTLED
    except OriginalMissing:  # deleted since the folder was listed
        return False
