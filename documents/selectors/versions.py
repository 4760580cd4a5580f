"""The versions of a paper. A part of ``selectors``.

A version in the trash, or where the user may not look, is passed over: the ones on both sides of it are the
neighbours. Of many such in a row it takes the first few steps, as each is a question.
"""

from collections.abc import Iterable
from uuid import UUID

from accounts.models import User
from documents import selectors
from documents.models import Document

_ROW = ("title", "collection", "replaces", "trashed_at", "created_at")
_MOST_STEPS = 20


def attach_newer(user: User, documents: Iterable[Document]) -> None:
    """Set ``.newer`` of each: the newest version that replaces it and that ``user`` may see, or None."""
    by_key = {document.pk: document for document in documents}
    newer = newer_of(user, by_key)
    for key, document in by_key.items():
        document.newer = newer[key][-1] if newer[key] else None


def newer_of(user: User, keys: Iterable[UUID]) -> dict[UUID, list[Document]]:
    """The versions that replace each of the documents, as far as ``user`` may see them, the newest last."""
    return _walk(user, keys)[0]


def newer_and_in_trash(user: User, document: Document) -> tuple[list[Document], Document | None]:
    """`newer_of` one document and, where there is none, the newest in the trash that ``user`` may restore."""
    found, passed = _walk(user, [document.pk])
    shown = found[document.pk]
    if shown or not passed:
        return shown, None
    restorable = selectors.trashed_for(user).filter(pk__in=passed)
    return shown, restorable.only(*_ROW).order_by("created_at").last()


def _walk(user: User, keys: Iterable[UUID]) -> tuple[dict[UUID, list[Document]], set[UUID]]:
    """`newer_of`, and the keys of those that were passed over on the way."""
    ways = {key: {key} for key in keys}  # for which of them the versions of a document count
    found: dict[UUID, list[Document]] = {key: [] for key in ways}
    start = frozenset(ways)
    known = set(start)
    rows = _replacing(ways)
    mine = set(selectors.collection_ids(user)) if rows else set()
    for _step in range(_MOST_STEPS):
        if not rows:
            break
        further: dict[UUID, set[UUID]] = {}
        for row in rows:
            older = ways[row.replaces_id] if row.replaces_id else set()
            if _is_shown(row, mine):
                for key in older:
                    found[key].append(row)
            elif row.pk not in known:
                further[row.pk] = older
        known |= further.keys()
        ways, rows = further, _replacing(further)
    for versions in found.values():
        versions.sort(key=lambda version: version.created_at)
    return found, known - start


def older_of(user: User, document: Document) -> Document | None:
    """The version that ``document`` replaces, as far as ``user`` may see it."""
    key = document.replaces_id
    mine = set(selectors.collection_ids(user)) if key else set()
    others = Document.objects.only(*_ROW).exclude(pk=document.pk)
    for _step in range(_MOST_STEPS):
        older = others.filter(pk=key).first() if key else None
        if older is None or _is_shown(older, mine):
            return older
        key = older.replaces_id
    return None


def _replacing(keys: Iterable[UUID]) -> list[Document]:
    """Those that replace one of these directly."""
    return list(Document.objects.filter(replaces__in=keys).only(*_ROW))


def _is_shown(document: Document, mine: set[int]) -> bool:
    # Permission is asked here: SQLite would walk through all documents of the collections.
    return document.collection_id in mine and not document.trashed_at
