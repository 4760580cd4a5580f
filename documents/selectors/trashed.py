"""What lies in the trash, for who may take it out. A part of ``selectors``."""

from uuid import UUID

from accounts.models import User
from documents import selectors
from documents.models import Document, Page


def document_for(user: User, document_id: UUID) -> Document:
    """Raises Document.DoesNotExist."""
    return selectors.trashed_for(user).select_related("collection", "trashed_by").get(pk=document_id)


def page_for(user: User, document_id: UUID, number: int) -> Page:
    """With its text. Raises Page.DoesNotExist."""
    documents = selectors.trashed_for(user).filter(pk=document_id)
    return Page.objects.select_related("document", "current").get(document__in=documents, number=number)
