"""Stored files that no row knows, as a crash between rows and files leaves them, and files that are lost."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from documents import storage
from documents.errors import OriginalMissing
from documents.models import BulkAction, Document, Original, Page, Transcription, Trial
from documents.services import cleaned, pieces
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


def lost() -> Iterator[str]:
    """The names of files that documents should have and that are not there. Raises StorageDown."""
    for document_id in list(Document.objects.order_by("pk").values_list("pk", flat=True)):
        named = _named(document_id).difference(storage.files_of(document_id))
        gone = {name for name in named if not storage.exists(name)}
        # Meanwhile the document may have been deleted, or its pictures made anew.
        yield from sorted(gone & _named(document_id)) if gone else ()


def _known(folder: str) -> set[str] | None:
    """The names that rows have of files in ``folder``; None where that is no folder of this site."""
    if folder == storage.DOWNLOADS:
        return set(_downloads())
    document_id = storage.document_of(folder)
    if document_id is None:
        return None
    tried = _names(Trial.objects.filter(page__document=document_id), "picture")
    return {*_named(document_id), *_derived(document_id), *tried}


def _named(document_id: UUID) -> set[str]:
    """The names that rows have of the files of a document, but for what is made when it is wanted."""
    originals = Original.objects.filter(document=document_id)
    return {*_names(originals, "file", "readable"), *_pictures(document_id, "image", "thumbnail")}


def _pictures(document_id: UUID, *fields: str) -> Iterator[str]:
    yield from _names(Page.objects.filter(document=document_id), *fields)
    yield from _names(Transcription.objects.filter(page__document=document_id), *fields)


def _derived(document_id: UUID) -> Iterator[str]:
    """The names of what is made of images and readings when it is wanted."""
    for image in _pictures(document_id, "image"):
        yield storage.derived_name(image, pieces.KIND, pieces.EXTENSION)
    read = Transcription.objects.filter(page__document=document_id, source=Transcription.Source.RUN)
    texts = read.exclude(image="")
    for text_id, image in texts.values_list("pk", "image").iterator():
        yield cleaned.name(image, text_id)


def _downloads() -> Iterator[str]:
    """Those that can be had, and the parts of those that are being packed."""
    yield from BulkAction.objects.exclude(file="").values_list("file", flat=True)
    for parts in BulkAction.objects.filter(params__has_key=PARTS).values_list(f"params__{PARTS}", flat=True):
        yield from parts


def _names(
    rows: "QuerySet[Original] | QuerySet[Page] | QuerySet[Transcription] | QuerySet[Trial]", *fields: str
) -> Iterator[str]:
    for row in rows.values_list(*fields).iterator():
        yield from filter(None, row)


def _is_settled(name: str) -> bool:
    try:
        return storage.modified_at(name) < timezone.now() - _SETTLED
    except OriginalMissing:  # deleted since the folder was listed
        return False
