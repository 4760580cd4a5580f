"""Questions that a person keeps."""

from datetime import datetime

from pydantic import BaseModel, Field

from documents.api.paging import Listed
from documents.api.schemas.search import FORGIVES, QUESTION, SearchOrder
from documents.api.schemas.sent import Change, SentNames
from documents.search.query.parse import LONGEST
from documents.services.searches import LONGEST_NAME

_NAME = "What the person calls it; no two of theirs are called the same."


class SavedSearchOut(BaseModel):
    """A question that a person asks again and again."""

    id: int = Field(description="Its id.", examples=[5])
    name: str = Field(description=_NAME, examples=["Open invoices"])
    query: str = Field(description=f"What to look for, for `q`. {QUESTION}", examples=["invoice -paid"])
    sort: SearchOrder = Field(description="In which order.", examples=["newest"])
    forgive: bool = Field(description=FORGIVES, examples=[True])
    created_at: datetime = Field(description="When it was saved.", examples=["2026-11-20T09:30:00Z"])


class SavedSearchList(Listed[SavedSearchOut]):
    """A piece of the saved searches."""


class NewSavedSearch(SentNames):
    """A question to keep. The same one again under its name gets another order."""

    name: str = Field(
        default="", description=f"{_NAME} Without one, the question itself.", examples=["Open invoices"],
        max_length=LONGEST_NAME,
    )  # fmt: skip
    query: str = Field(
        description=f"What to look for. {QUESTION}",
        examples=["invoice -paid"],
        min_length=1,
        max_length=LONGEST,
    )
    sort: SearchOrder = Field(default="relevance", description="In which order.", examples=["newest"])
    forgive: bool = Field(default=True, description=FORGIVES, examples=[True])


class SavedSearchChange(Change):
    """What is to be changed; what is not named stays."""

    name: str | None = Field(
        default=None, description=_NAME, examples=["Open invoices"], min_length=1, max_length=LONGEST_NAME
    )
    query: str | None = Field(
        default=None, description=f"What to look for. {QUESTION}", examples=["invoice -paid"],
        min_length=1, max_length=LONGEST,
    )  # fmt: skip
    sort: SearchOrder | None = Field(default=None, description="In which order.", examples=["newest"])
    forgive: bool | None = Field(default=None, description=FORGIVES, examples=[True])
