"""The trash: out of sight at once, to be taken out again for some weeks, then gone for good.

The files of a document go when its rows are gone for certain, never before: a crash in between leaves
files that no row knows (``services.orphans``), and no row without its files.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from documents import selectors, storage
from documents.errors import Gone, InTrash, NotInTrash
from documents.models import Document, Event, Page
from documents.services import downloads, events, index, recognise
from documents.services.locks import lock_documents

logger = logging.getLogger(__name__)

# Pages whose rows are in memory together while they are deleted.
_PAGES_AT_ONCE = 200


def trash(*, user: User, document: Document) -> None:
    """Put ``document`` out of sight, and stop what is being read of it.

    Raises InTrash, and, as those below, Gone where it was moved meanwhile out of reach of ``user``.
    """
    with transaction.atomic():
        locked = _locked(user, document.pk)
        if locked is None or locked.trashed_at:
            raise InTrash
        recognise.stop_runs(document=locked)
        Document.objects.filter(pk=locked.pk).update(trashed_at=timezone.now(), trashed_by=user)
        index.remove_document(locked)
        events.note(user=user, action=Event.Action.TRASHED, document=locked)


def restore(*, user: User, document: Document, analysed: Mapping[int, index.Analysed] | None = None) -> None:
    """Bring ``document`` back to where it was, to be found again.

    ``analysed`` as in `organise.rename_document`. Raises NotInTrash.
    """
    if analysed is None:
        analysed = index.analyse_document(document)
    with transaction.atomic():
        locked = _in_trash(user, document.pk)
        locked.trashed_at = locked.trashed_by = None
        locked.save(update_fields=["trashed_at", "trashed_by"])
        index.write_document(locked, analysed=analysed)
        events.note(user=user, action=Event.Action.RESTORED, document=locked)


def delete(*, user: User | None, document_id: UUID) -> None:
    """Delete a document that lies in the trash for good, for ``user`` or the site. Raises NotInTrash.

    Where it was a version between others, those become neighbours.
    """
    newer = Document.objects.filter(replaces=document_id)
    with transaction.atomic():
        lock_documents([document_id, *newer.values_list("pk", flat=True)])
        locked = _in_trash(user, document_id)
        events.note(user=user, action=Event.Action.DELETED, document=locked)
        index.remove_document(locked)
        downloads.withdraw(document_id=locked.pk)
        _delete_pages(locked)
        if locked.replaces_id:  # in a ring, nothing replaces itself
            newer.exclude(pk=locked.replaces_id).update(replaces=locked.replaces_id)
        locked.delete()
        # Robust: rows that are deleted stay so when the storage does not answer.
        transaction.on_commit(partial(storage.delete_document, document_id), robust=True)


def purge(*, most: int | None = None) -> int:
    """Delete what has lain in the trash for ``OCRSITE_TRASH_DAYS``, at ``most`` so many documents.

    Safe to run from any process at any time. Returns the number of documents.
    """
    deleted = 0
    for document_id in expired().values_list("pk", flat=True)[:most]:
        try:
            delete(user=None, document_id=document_id)
        except NotInTrash:  # taken out, or deleted by another process
            continue
        deleted += 1
    if deleted:
        logger.info("Deleted from the trash, documents: %d", deleted)
    return deleted


def expired() -> QuerySet[Document]:
    """Those whose time in the trash is over, the oldest first."""
    since = timezone.now() - timedelta(days=settings.OCRSITE_TRASH_DAYS)
    return Document.objects.filter(trashed_at__lt=since).order_by("trashed_at")


def _locked(user: User | None, document_id: UUID) -> Document | None:
    """None is the site, which may do anything. Raises Gone."""
    locked = Document.objects.select_for_update().filter(pk=document_id).first()
    if locked and user and not selectors.may_edit(user, locked):
        raise Gone
    return locked


def _in_trash(user: User | None, document_id: UUID) -> Document:
    locked = _locked(user, document_id)
    if locked is None or not locked.trashed_at:
        raise NotInTrash
    return locked


def _delete_pages(document: Document) -> None:
    """With all that hangs on them; the texts themselves are not fetched."""
    pages = document.pages.order_by("number").values_list("pk", flat=True)
    while page_ids := list(pages[:_PAGES_AT_ONCE]):
        Page.objects.filter(pk__in=page_ids).delete()
