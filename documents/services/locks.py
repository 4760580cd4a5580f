"""Who comes second waits: rows that are held until the transaction ends.

A document is locked before all that belongs to it (pages, jobs, runs, entries, facts) and before collections;
documents, and collections, in the order of their keys. So two changes never wait for each other. SQLite has
one writer at a time and needs none of this.
"""

from collections.abc import Iterable
from uuid import UUID

from accounts.models import User
from documents import selectors
from documents.errors import CollectionGone, Gone
from documents.models import Collection, Document, Membership, Tag


def lock_document(document: Document) -> None:
    """Bring ``document`` up to date and hold it. Raises Gone where it was trashed or deleted meanwhile."""
    try:
        # NO KEY: what only refers to the document, such as a tag in a merge, need not wait.
        kept = Document.objects.select_for_update(no_key=True).filter(trashed_at=None)
        document.refresh_from_db(from_queryset=kept)
    except Document.DoesNotExist as error:
        raise Gone from error


def lock_editable(document: Document, *, user: User) -> None:
    """The same. Raises Gone, also where it was moved meanwhile to where ``user`` may not change it."""
    lock_document(document)
    if not selectors.may_edit(user, document):
        raise Gone


def lock_documents(ids: Iterable[UUID]) -> set[UUID]:
    """Hold those of the documents that are there, in the trash, too. Returns their keys."""
    held = Document.objects.select_for_update(no_key=True).filter(pk__in=list(ids)).order_by("pk")
    return set(held.values_list("pk", flat=True))


def lock_collections(*ids: int) -> None:
    """Hold the members, the tags and the name of collections. Raises CollectionGone."""
    held = Collection.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    if len(held.values_list("pk")) < len(set(ids)):
        raise CollectionGone


def lock_with_collection(row: Tag | Membership) -> None:
    """Hold the collection of ``row`` and bring ``row`` up to date. Raises Gone, CollectionGone."""
    lock_collections(row.collection_id)
    try:
        row.refresh_from_db()
    except (Tag.DoesNotExist, Membership.DoesNotExist) as error:
        raise Gone from error
