"""Papers that came twice, and versions of a paper, as far as a user may see both. A part of ``selectors``."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from documents import selectors
from documents.models import Document, Likeness
from documents.selectors.listing import attach_covers
from documents.selectors.membership import editable_collections

PER_SCREEN = 20
_SHOWN = 3  # beside one document


@dataclass(frozen=True, slots=True)
class Copies:
    """What stands beside a document: the first paper like it, later ones, and its versions."""

    before: Likeness | None
    later: tuple[Likeness, ...]
    older_version: Document | None
    newer_versions: tuple[Document, ...]

    def __bool__(self) -> bool:
        return bool(self.before or self.later or self.older_version or self.newer_versions)


@dataclass(frozen=True, slots=True)
class Screen:
    """Some pairs, the newest first, both with ``.cover``; the next screen begins at ``next``, if any."""

    pairs: tuple[Likeness, ...]
    next: int | None


def copies_of(user: User, document: Document) -> Copies:
    older = [document.replaces_id] if document.replaces_id else []
    newer = list(Document.objects.filter(replaces=document).values_list("pk", flat=True))
    versions = selectors.documents_for(user).in_bulk([*older, *newer])
    before = _seen(user, Likeness.objects.filter(document=document))
    later = _seen(user, Likeness.objects.filter(other=document))
    return Copies(
        before=min(before, key=lambda pair: pair.other.created_at, default=None),
        later=tuple(later[:_SHOWN]),
        older_version=next((versions[key] for key in older if key in versions), None),
        newer_versions=tuple(versions[key] for key in newer if key in versions),
    )


def twins_of(user: User, documents: Iterable[Document]) -> dict[UUID, Likeness]:
    """The oldest paper that each of ``documents`` is like, where there is one, by the key of the document."""
    pairs = _seen(user, Likeness.objects.filter(document__in=list(documents)))
    pairs.sort(key=lambda pair: pair.other.created_at, reverse=True)
    return {pair.document_id: pair for pair in pairs}


def _seen(user: User, pairs: QuerySet[Likeness]) -> list[Likeness]:
    """Those of ``pairs``, which are few, that are open and of which ``user`` may see both papers.

    Permission is asked here and not by the database: SQLite would walk through all documents to join them.
    """
    found = list(pairs.filter(is_settled=False).select_related("document", "other"))
    mine = set(selectors.collection_ids(user)) if found else set()
    seen = [
        pair
        for pair in found
        if all(paper.collection_id in mine and not paper.trashed_at for paper in (pair.document, pair.other))
    ]
    _attach_rights(user, seen)
    return seen


def _attach_rights(user: User, pairs: list[Likeness]) -> None:
    editable = {collection.pk for collection in editable_collections(user)} if pairs else set()
    for pair in pairs:
        pair.may_be_version = pair.other.collection_id in editable


def likeness_for(user: User, document_id: UUID, likeness_id: int) -> Likeness:
    """Raises Likeness.DoesNotExist."""
    return _visible(user).get(document=document_id, pk=likeness_id)


def screen(user: User, *, before: int | None = None) -> Screen:
    """Pairs that nobody settled yet, older than the pair ``before``."""
    pairs = _visible(user).filter(is_settled=False).order_by("-pk")
    if before is not None:
        pairs = pairs.filter(pk__lt=before)
    found = list(pairs[: PER_SCREEN + 1])
    shown = tuple(found[:PER_SCREEN])
    attach_covers([document for pair in shown for document in (pair.document, pair.other)])
    _attach_rights(user, found)
    return Screen(shown, shown[-1].pk if len(found) > PER_SCREEN else None)


def _visible(user: User) -> QuerySet[Likeness]:
    """Both papers: that somebody else has the same one is nobody's business."""
    # Conditions on the two rows that are joined anyway: a subquery would list all documents first.
    mine = selectors.collection_ids(user)
    return Likeness.objects.filter(
        document__collection__in=mine,
        document__trashed_at=None,
        other__collection__in=mine,
        other__trashed_at=None,
    ).select_related("document", "other")
