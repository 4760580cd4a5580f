"""The archive as a list: sorted, one screen after the other.

A screen is found by the row that ended the one before (its cursor), not by counting rows from the
start, so the last of 100,000 documents costs what the first does. A part of ``selectors``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from documents import selectors
from documents.models import Document, Page
from documents.selectors import cursors

PER_SCREEN = 24
# Collections: to ask for a screen of each of more takes longer than to sort 100,000 documents.
_MOST_WALKED = 50
COUNTED = 1000  # beyond this a total is told as “1,000+”

_SORTS = {
    "newest": ("created_at", True),
    "oldest": ("created_at", False),
    "title": ("title_folded", False),
    "trashed": ("trashed_at", True),
}
_MOMENTS = ("created_at", "trashed_at")


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """One screen. Each document carries ``.cover``, its first page, or None while it has none."""

    documents: list[Document]
    next_cursor: str
    previous_cursor: str
    total: int
    total_is_exact: bool

    @property
    def places(self) -> list[int]:
        """The collection of each document."""
        return [document.collection_id for document in self.documents]


@dataclass(frozen=True, slots=True)
class _Cursor:
    """Where a screen begins: after the row with this value and id, or before it."""

    value: Any
    id: UUID
    is_backwards: bool

    @classmethod
    def read(cls, text: str, field: str) -> Self | None:
        """None for no cursor, and for one that was tampered with or belongs to another sort."""
        values = cursors.read(f"list.{field}", text)
        if values is None:
            return None
        value, document_id, is_backwards = values
        return cls(
            datetime.fromisoformat(value) if field in _MOMENTS else value, UUID(document_id), is_backwards
        )


def archive_page(user: User, *, sort: str = "newest", cursor: str = "") -> ArchivePage:
    """One screen of what ``user`` may see. An unknown ``sort`` means newest, a bad cursor the start."""
    collections = selectors.collection_ids(user)
    found = selectors.documents_in(collections)
    total = found[: COUNTED + 1].count()
    return screen(found, total=total, sort=sort, cursor=cursor, collections=collections)


def documents_after(
    user: User, condition: Q, *, sort: str, after: tuple[str, UUID] | None, most: int
) -> list[Document]:
    """At ``most`` so many of what ``user`` may see and ``condition`` is true of, with their tags.

    ``sort`` is newest, oldest or title; ``after`` is `place_of` the document behind which they come.
    """
    collections = selectors.collection_ids(user)
    found = selectors.documents_in(collections).filter(condition).prefetch_related("tags")
    return _after(found, sort, after, collections, most)


def trashed_after(user: User, *, after: tuple[str, UUID] | None, most: int) -> list[Document]:
    """The same of what ``user`` may take out of the trash, put there last first (``sort`` is trashed)."""
    found = selectors.trashed_for(user).select_related("trashed_by").prefetch_related("tags")
    return _after(found, "trashed", after, (), most)


def _after(
    found: QuerySet[Document],
    sort: str,
    after: tuple[str, UUID] | None,
    collections: Sequence[int],
    most: int,
) -> list[Document]:
    field, is_descending = _SORTS[sort]
    at = after and (datetime.fromisoformat(after[0]) if field in _MOMENTS else after[0], after[1])
    return beyond(found, field, at, collections, is_descending=is_descending, most=most)


def place_of(document: Document, sort: str) -> tuple[str, UUID]:
    """Where ``document`` stands in a list that is sorted so."""
    value = getattr(document, _SORTS[sort][0])
    return value.isoformat() if isinstance(value, datetime) else value, document.pk


def trash_page(user: User, *, cursor: str = "") -> ArchivePage:
    """One screen of what ``user`` may take out of the trash, put there last first."""
    found = selectors.trashed_for(user)
    total = found[: COUNTED + 1].count()
    found = found.select_related("trashed_by", "collection")
    return screen(found, total=total, sort="trashed", cursor=cursor)


def screen(
    found: QuerySet[Document],
    *,
    total: int,
    sort: str = "newest",
    cursor: str = "",
    collections: Sequence[int] = (),
    size: int = PER_SCREEN,
) -> ArchivePage:
    """``size`` of ``found``, which are ``total``, counted no further than to one beyond ``COUNTED``.

    ``collections`` are those that ``found`` lies in, where there may be very many documents in them.
    """
    field, is_descending = _SORTS.get(sort, _SORTS["newest"])
    at = _Cursor.read(cursor, field)
    is_backwards = bool(at and at.is_backwards)
    documents = beyond(
        found,
        field,
        (at.value, at.id) if at else None,
        collections,
        is_descending=is_descending != is_backwards,
        most=size + 1,
    )
    has_more = len(documents) > size
    documents = documents[:size]
    if is_backwards:
        documents.reverse()
    attach_covers(documents)
    return ArchivePage(
        documents=documents,
        next_cursor=_cursor(documents, field, is_backwards=False) if has_more or is_backwards else "",
        previous_cursor=_cursor(documents, field, is_backwards=True)
        if (has_more if is_backwards else at)
        else "",
        total=min(total, COUNTED),
        total_is_exact=total <= COUNTED,
    )


def cards(visible: QuerySet[Document], ids: Sequence[UUID]) -> list[Document]:
    """Those of the documents ``ids`` that are ``visible``, with their covers, in the order of ``ids``."""
    found = visible.select_related("collection").in_bulk(list(ids))
    documents = [found[document_id] for document_id in ids if document_id in found]
    attach_covers(documents)
    return documents


def beyond(
    found: QuerySet[Document],
    field: str,
    at: tuple[Any, UUID] | None,
    collections: Sequence[int],
    *,
    is_descending: bool,
    most: int,
) -> list[Document]:
    """The next of ``found`` by ``field`` after the one with that value and key; ``collections`` as above."""
    if at:
        value, document_id = at
        after = "lt" if is_descending else "gt"
        found = found.filter(
            Q(**{f"{field}__{after}": value}) | Q(**{field: value, f"id__{after}": document_id}),
            **{f"{field}__{after}e": value},  # lets the index find the place
        )
    sign = "-" if is_descending else ""
    ordered = found.order_by(f"{sign}{field}", f"{sign}id")
    if 1 < len(collections) <= _MOST_WALKED:
        ordered = ordered.filter(pk__in=_first_of_each(ordered, collections, most))
    return list(ordered[:most])


def _first_of_each(ordered: QuerySet[Document], collections: Sequence[int], most: int) -> list[UUID]:
    """So many of each of ``collections``: within one the index has the order, else all would be sorted."""
    return [
        document_id
        for collection_id in collections
        for document_id in ordered.filter(collection=collection_id).values_list("pk", flat=True)[:most]
    ]


def attach_covers(documents: list[Document]) -> None:
    """Set ``.cover`` of each."""
    covers = {page.document_id: page for page in Page.objects.filter(document__in=documents, number=1)}
    for document in documents:
        document.cover = covers.get(document.pk)


def _cursor(documents: list[Document], field: str, *, is_backwards: bool) -> str:
    if not documents:
        return ""
    row = documents[0 if is_backwards else -1]
    value = getattr(row, field)
    written = value.isoformat() if isinstance(value, datetime) else value
    return cursors.write(f"list.{field}", written, str(row.pk), is_backwards)
