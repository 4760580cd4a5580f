"""Who comes second waits: rows that are held until the transaction ends.

A document is locked before collections, and collections in the order of their keys, so that two changes
never wait for each other. SQLite has one writer at a time and needs none of this.
"""

from documents.errors import CollectionGone, Gone
from documents.models import Collection, Document


def lock_document(document: Document) -> None:
    """Bring ``document`` up to date and hold it. Raises Gone where it was trashed or deleted meanwhile."""
    try:
        # NO KEY: what only refers to the document, such as a tag in a merge, need not wait.
        kept = Document.objects.select_for_update(no_key=True).filter(trashed_at=None)
        document.refresh_from_db(from_queryset=kept)
    except Document.DoesNotExist as error:
        raise Gone from error


def lock_collections(*ids: int) -> None:
    """Hold the members, the tags and the name of collections. Raises CollectionGone."""
    held = Collection.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    if len(held.values_list("pk")) < len(set(ids)):
        raise CollectionGone
