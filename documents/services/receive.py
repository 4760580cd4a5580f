"""The door: a file that came in by form, command or API becomes a document with a run."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from documents import packs, storage
from documents.errors import AlreadyHere, PasswordAlone, TooManyPages
from documents.models import Collection, Document, Event, OcrRun, Original, Page, State
from documents.ocr.files.load import FileInfo, inspect
from documents.ocr.files.pdf_file import unlock
from documents.services import along, duplicates, events, index, locks, organise, recognise, tags
from documents.services.along import grouped
from documents.services.incoming import Incoming
from documents.services.names import one_line

__all__ = ["Incoming", "check_upload", "grouped", "joint_hash", "receive_upload", "unlock_document"]

logger = logging.getLogger(__name__)

_NOTHING: Mapping[tuple[int, int], bytes] = MappingProxyType({})


def receive_upload(
    *,
    user: User,
    files: Sequence[Incoming],
    languages: Sequence[str],
    title: str = "",
    collection: Collection | None = None,
    engine: str = "",
    tag_names: Sequence[str] = (),
    unless: QuerySet[Document] | None = None,
) -> Document:
    """Store ``files`` as one document and have it read. Several files are read as one, in their order.

    Texts among them (hOCR, ALTO, PAGE) are taken as what their pages say, which are not read then.
    ``languages`` empty means: find them on each page; without a ``collection`` it goes to the personal one,
    without an ``engine`` the site's reads it. It gets the tags ``tag_names``, as `tags.add_tags` takes them.
    Raises InputError (the file, the languages or the tags cannot be used), CollectionGone (there is no such
    collection, or ``user`` may not add to it), StorageDown, StorageFull, DrawingKilled, EngineUnknown,
    EngineMissing; AlreadyHere where one of the documents ``unless`` has the same bytes: of all who bring them
    into one collection at once, one succeeds.
    Nothing is kept when it raises.
    """
    codes = packs.checked(languages, engine)
    images, texts, infos, given = _checked(files)
    place = collection or organise.personal_collection(user=user)
    ordered = [*images, *texts]
    document = _new_document(user, place, ordered, title, is_locked=infos[0].is_locked)
    with ExitStack() as undo:
        originals = [
            _store(document, position, file, info, undo)
            for position, (file, info) in enumerate(zip(ordered, [*infos, *texts.values()], strict=True))
        ]
        with transaction.atomic():
            locks.lock_collections(document.collection_id)
            organise.place_for(user=user, collection_id=document.collection_id)
            _require_new(document, unless)
            _save_rows(document, originals, codes, given, engine)
            if tag_names:
                tags.add_tags(user=user, document=document, wanted=tag_names)
        undo.pop_all()
    logger.info("Received %s, pages: %d", document.id, document.page_count)
    return document


def check_upload(*, files: Sequence[Incoming]) -> int:
    """The number of pages that they would have as one document, 0 for a locked PDF. Raises what
    `receive_upload` does of ``files``."""
    return sum(info.page_count for info in _checked(files).infos)


def joint_hash(files: Sequence[Incoming]) -> str:
    """The ``sha256`` of the document that ``files`` would become."""
    images, texts = along.parted(files)
    return _joint_hash([file.sha256 for file in (*images, *texts)])


class _Checked(NamedTuple):
    images: list[Incoming]
    texts: dict[Incoming, FileInfo]
    infos: list[FileInfo]  # of the images
    given: Mapping[tuple[int, int], bytes]


def _checked(files: Sequence[Incoming]) -> _Checked:
    images, texts = along.parted(files)
    infos = [_inspected(file) for file in images]
    _check_together(images, infos)
    return _Checked(images, texts, infos, along.given(images, infos, list(texts)))


def _require_new(document: Document, unless: QuerySet[Document] | None) -> None:
    """Raises AlreadyHere. Who calls it holds the collection, so that nobody else brings it in meanwhile."""
    twin = unless.filter(sha256=document.sha256).first() if unless is not None else None
    if twin:
        raise AlreadyHere(title=twin.title)


def _new_document(
    user: User, collection: Collection, files: Sequence[Incoming], title: str, *, is_locked: bool
) -> Document:
    return Document(
        id=uuid4(),
        collection=collection,
        uploaded_by=user,
        title=_title(title, files[0].name),
        sha256=_joint_hash([file.sha256 for file in files]),
        byte_size=sum(file.byte_size for file in files),
        is_locked=is_locked,
        state=State.FAILED if is_locked else State.QUEUED,
    )


def unlock_document(*, document: Document, password: str) -> None:
    """Keep a readable copy of a locked PDF beside the original, and have it read.

    The password is used once, here, and kept nowhere. Raises PasswordWrong, TooManyPages, StorageError, and
    Gone where the document was trashed meanwhile.
    """
    if not document.is_locked:
        return
    original = document.originals.get()
    with TemporaryDirectory(dir=settings.OCRSITE_TMP_DIR) as folder, ExitStack() as undo:
        copy = Path(folder) / "readable.pdf"
        with storage.local_path(original.file, once=True) as locked:
            unlock(locked, password, copy)
        info = inspect(copy, limits=recognise.limits())
        name = storage.original_name(document.id, original.position, ".pdf")
        readable = storage.save_file(copy, name, move=True)
        undo.callback(storage.delete, [readable])
        if _save_unlocked(original, readable, info.page_count):
            undo.pop_all()


def _inspected(file: Incoming) -> FileInfo:
    with along.about(file):
        return inspect(file.path, limits=recognise.limits())


def _check_together(files: Sequence[Incoming], infos: Sequence[FileInfo]) -> None:
    pages = sum(info.page_count for info in infos)
    if pages > settings.OCRSITE_MAX_PAGES:
        raise TooManyPages(pages=pages, limit=settings.OCRSITE_MAX_PAGES)
    for file, info in zip(files, infos, strict=True):
        if info.is_locked and len(files) > 1:
            with along.about(file):
                raise PasswordAlone


def _store(document: Document, position: int, file: Incoming, info: FileInfo, undo: ExitStack) -> Original:
    """Put one file into the storage; ``undo`` learns how to take it out again."""
    name = storage.save_file(
        file.path, storage.original_name(document.id, position, info.extension), move=file.is_temporary
    )
    undo.callback(storage.delete, [name])
    return Original(
        document=document,
        position=position,
        file=name,
        name=one_line(file.name)[-300:],
        media_type=info.media_type,
        sha256=file.sha256,
        byte_size=file.byte_size,
        page_count=info.page_count,
    )


def _save_rows(
    document: Document,
    originals: Sequence[Original],
    languages: Sequence[str],
    given: Mapping[tuple[int, int], bytes],
    engine: str,
) -> None:
    """Who calls it holds the collection."""
    document.save()
    Original.objects.bulk_create(originals)
    run = OcrRun.objects.create(
        document=document,
        requested_by=document.uploaded_by,
        languages=list(languages),
        engine=packs.chosen(engine) if len(given) < _pages_in(originals) else OcrRun.IMPORT,
        asked_engine=engine,
        state=document.state,
    )
    events.note(user=document.uploaded_by, action=Event.Action.UPLOADED, document=document)
    duplicates.note_same_file(document=document)
    if not document.is_locked:
        _add_pages(document, run, given)


def _save_unlocked(original: Original, readable: str, page_count: int) -> bool:
    """Have the readable copy of a locked PDF read. False when somebody else unlocked it meanwhile.

    Raises Gone.
    """
    with transaction.atomic():
        document = original.document
        locks.lock_document(document)
        if not document.is_locked:
            return False
        Original.objects.filter(pk=original.pk).update(readable=readable, page_count=page_count)
        document.is_locked = False
        document.state = State.QUEUED
        _add_pages(document, document.runs.latest("created_at"))
    return True


def _pages_in(originals: Sequence[Original]) -> int:
    """At least 1: a locked PDF has pages, too."""
    return sum(original.page_count for original in originals) or 1


def _add_pages(document: Document, run: OcrRun, given: Mapping[tuple[int, int], bytes] = _NOTHING) -> None:
    """Make the rows of all pages and their jobs, and enqueue them.

    ``given`` are the texts of pages, by the position of their original and the index in it.
    """
    sources = [
        (original, index) for original in document.originals.all() for index in range(original.page_count)
    ]
    pages = Page.objects.bulk_create(
        Page(document=document, number=number, original=original, index=index)
        for number, (original, index) in enumerate(sources, start=1)
    )
    document.page_count = len(pages)
    document.save(update_fields=["page_count", "is_locked", "state"])
    texts = {
        page.pk: text
        for page, (original, index) in zip(pages, sources, strict=True)
        if (text := given.get((original.position, index)))
    }
    recognise.add_jobs(run=run, pages=pages, given=texts)
    index.write_pages([pages[0].pk])  # found by its title from now on


def _joint_hash(hashes: Sequence[str]) -> str:
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()


def _title(wanted: str, file_name: str) -> str:
    """The title as given, else the file's name without its ending."""
    return one_line(wanted or PurePath(file_name).stem)[:300] or "–"
