"""The versions of a paper. A part of ``selectors``.

A version in the trash, or where the user may not look, is passed over: the ones on both sides of it are the
neighbours.
"""

from collections.abc import Iterable
from uuid import UUID

from accounts.models import User
from documents import selectors
from documents.models import Document

_ROW = ("title", "collection", "replaces", "trashed_at", "created_at")


def attach_newer(user: User, documents: Iterable[Document]) -> None:
    """Set ``.newer`` of each: the newest version that replaces it and that ``user`` may see, or None."""
    by_key = {document.pk: document for document in documents}
    newer = newer_of(user, by_key)
    for key, document in by_key.items():
        document.newer = newer[key][-1] if newer[key] else None


def newer_of(user: User, keys: Iterable[UUID]) -> dict[UUID, list[Document]]:
    """The versions that replace each of the documents, as far as ``user`` may see them, the newest last."""
    ways = {key: {key} for key in keys}  # for which of them the versions of a document count
    found: dict[UUID, list[Document]] = {key: [] for key in ways}
    known: set[UUID] = set()
    while ways:
        known |= ways.keys()
        rows = list(Document.objects.filter(replaces__in=ways).only(*_ROW))
        shown = _shown(user, rows)
        further: dict[UUID, set[UUID]] = {}
        for row in rows:
            older = ways[row.replaces_id] if row.replaces_id else set()
            if row.pk in shown:
                for key in older:
                    found[key].append(row)
            elif row.pk not in known:
                further[row.pk] = older
        ways = further
    for versions in found.values():
        versions.sort(key=lambda version: version.created_at)
    return found


def older_of(user: User, document: Document) -> Document | None:
    """The version that ``document`` replaces, as far as ``user`` may see it."""
    known = {document.pk}
    key = document.replaces_id
    while key and key not in known:
        known.add(key)
        older = Document.objects.only(*_ROW).get(pk=key)
        if _shown(user, [older]):
            return older
        key = older.replaces_id
    return None


def _shown(user: User, documents: list[Document]) -> set[UUID]:
    # Permission is asked here: SQLite would walk through all documents of the collections.
    mine = set(selectors.collection_ids(user)) if documents else set()
    return {row.pk for row in documents if row.collection_id in mine and not row.trashed_at}
