"""What lies in the trash."""

from datetime import datetime

from pydantic import BaseModel, Field

from documents.api.paging import Listed
from documents.api.schemas.document import DocumentOut


class TrashedOut(BaseModel):
    """A document in the trash."""

    document: DocumentOut = Field(description="The document, as it was.")
    trashed_at: datetime = Field(description="When it was put there.", examples=["2026-11-20T09:30:00Z"])
    trashed_by: str | None = Field(
        description="The user name of who put it there; null after that account was deleted.",
        examples=["ada"],
    )
    deleted_after: datetime = Field(
        description="From then on it may be deleted for good at any moment.",
        examples=["2026-12-20T09:30:00Z"],
    )


class TrashList(Listed[TrashedOut]):
    """A piece of what lies in the trash."""
