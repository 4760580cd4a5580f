"""Documents that have a newer version. A part of ``selectors``."""

from collections.abc import Iterable

from accounts.models import User
from documents import selectors
from documents.models import Document


def attach_newer(user: User, documents: Iterable[Document]) -> None:
    """Set ``.newer`` of each: the newest version that replaces it and that ``user`` may see, or None."""
    by_key = {document.pk: document for document in documents}
    for document in by_key.values():
        document.newer = None
    # Permission is asked here: SQLite would walk through all documents of the collections.
    replacing = Document.objects.filter(replaces__in=by_key, trashed_at=None).order_by("created_at")
    found = list(replacing.only("title", "collection", "replaces"))
    mine = set(selectors.collection_ids(user)) if found else set()
    for newer in found:
        if newer.collection_id in mine and newer.replaces_id:
            by_key[newer.replaces_id].newer = newer
