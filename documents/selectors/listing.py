"""The archive as a list: sorted, one screen after the other.

A screen is found by the row that ended the one before (its cursor), not by counting rows from the
start, so the last of 100,000 documents costs what the first does. A part of ``selectors``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.core import signing
from django.db.models import Q, QuerySet

from accounts.models import User
from documents import selectors
from documents.models import Document, Page

PER_SCREEN = 24
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


@dataclass(frozen=True, slots=True)
class _Cursor:
    """Where a screen begins: after the row with this value and id, or before it."""

    value: Any
    id: UUID
    is_backwards: bool

    @classmethod
    def read(cls, text: str, field: str) -> Self | None:
        """None for no cursor, and for one that was tampered with or belongs to another sort."""
        try:
            stored_field, value, document_id, is_backwards = signing.loads(text)
        except signing.BadSignature:
            return None
        if stored_field != field:
            return None
        return cls(
            datetime.fromisoformat(value) if field in _MOMENTS else value, UUID(document_id), is_backwards
        )


def archive_page(user: User, *, sort: str = "newest", cursor: str = "") -> ArchivePage:
    """One screen of what ``user`` may see. An unknown ``sort`` means newest, a bad cursor the start."""
    found = selectors.documents_for(user)
    return screen(found, total=found[: COUNTED + 1].count(), sort=sort, cursor=cursor)


def trash_page(user: User, *, cursor: str = "") -> ArchivePage:
    """One screen of what ``user`` may take out of the trash, put there last first."""
    found = selectors.trashed_for(user)
    total = found[: COUNTED + 1].count()
    return screen(found.select_related("trashed_by"), total=total, sort="trashed", cursor=cursor)


def screen(found: QuerySet[Document], *, total: int, sort: str = "newest", cursor: str = "") -> ArchivePage:
    """One screen of ``found``, which are ``total``, counted no further than to one beyond ``COUNTED``."""
    field, is_descending = _SORTS.get(sort, _SORTS["newest"])
    at = _Cursor.read(cursor, field)
    documents = _screen(found, field, at, is_descending=is_descending)
    has_more = len(documents) > PER_SCREEN
    documents = documents[:PER_SCREEN]
    is_backwards = bool(at and at.is_backwards)
    if is_backwards:
        documents.reverse()
    _attach_covers(documents)
    return ArchivePage(
        documents=documents,
        next_cursor=_cursor(documents, field, is_backwards=False) if has_more or is_backwards else "",
        previous_cursor=_cursor(documents, field, is_backwards=True)
        if (has_more if is_backwards else at)
        else "",
        total=min(total, COUNTED),
        total_is_exact=total <= COUNTED,
    )


def cards(user: User, ids: Sequence[UUID]) -> list[Document]:
    """Those of the documents ``ids`` that ``user`` may see, with their covers, in the order of ``ids``."""
    found = selectors.documents_for(user).in_bulk(list(ids))
    documents = [found[document_id] for document_id in ids if document_id in found]
    _attach_covers(documents)
    return documents


def _screen(
    found: QuerySet[Document], field: str, at: _Cursor | None, *, is_descending: bool
) -> list[Document]:
    if at and at.is_backwards:
        is_descending = not is_descending
    if at:
        beyond = "lt" if is_descending else "gt"
        found = found.filter(
            Q(**{f"{field}__{beyond}": at.value}) | Q(**{field: at.value, f"id__{beyond}": at.id}),
            **{f"{field}__{beyond}e": at.value},  # lets the index find the place
        )
    sign = "-" if is_descending else ""
    return list(found.order_by(f"{sign}{field}", f"{sign}id")[: PER_SCREEN + 1])


def _attach_covers(documents: list[Document]) -> None:
    covers = {page.document_id: page for page in Page.objects.filter(document__in=documents, number=1)}
    for document in documents:
        document.cover = covers.get(document.pk)


def _cursor(documents: list[Document], field: str, *, is_backwards: bool) -> str:
    if not documents:
        return ""
    row = documents[0 if is_backwards else -1]
    value = getattr(row, field)
    return signing.dumps(
        [field, value.isoformat() if isinstance(value, datetime) else value, str(row.pk), is_backwards]
    )
