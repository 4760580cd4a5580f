"""What lies in the trash, for who may take it out. A part of ``selectors``."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from documents import selectors
from documents.models import Document, Page

# What a question tells by name; of more there is the number.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Doomed:
    """What would be deleted for good; ``titles`` are the first few of ``documents``, the last trashed first.

    ``others`` of them were put in the trash by somebody else; those lie in the collections ``places``.
    """

    documents: int
    titles: list[str]
    others: int
    places: list[str]


def doomed(user: User, document_ids: Sequence[UUID] | None) -> Doomed:
    """Of these documents, or of all, those that ``user`` may delete."""
    documents = selectors.trashed_for(user)
    if document_ids is not None:
        documents = documents.filter(pk__in=document_ids)
    foreign = documents.exclude(trashed_by=user.pk)
    places = foreign.order_by("collection__name").values_list("collection__name", flat=True).distinct()
    titles = documents.order_by("-trashed_at", "-pk").values_list("title", flat=True)
    return Doomed(documents.count(), list(titles[:_NAMED]), foreign.count(), list(places))


def document_for(user: User, document_id: UUID) -> Document:
    """Raises Document.DoesNotExist."""
    return selectors.trashed_for(user).select_related("collection", "trashed_by").get(pk=document_id)


def page_for(user: User, document_id: UUID, number: int) -> Page:
    """With its text. Raises Page.DoesNotExist."""
    documents = selectors.trashed_for(user).filter(pk=document_id)
    return Page.objects.select_related("document", "current").get(document__in=documents, number=number)
