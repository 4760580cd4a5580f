"""Notes on a document."""

from datetime import datetime

from pydantic import BaseModel, Field

from documents.api.paging import Listed
from documents.api.schemas.sent import SentNames
from documents.services.notes import LONGEST_NOTE

_TEXT = "Plain text; an empty line begins a paragraph."


class NoteOut(BaseModel):
    """What somebody wrote about a document, for all who may see it."""

    id: int = Field(description="Its id.", examples=[23])
    text: str = Field(description=_TEXT, examples=["Paid on 5 March, see the statement."])
    author: str | None = Field(
        description="The user name of who wrote it; null after that account was deleted.", examples=["ada"]
    )
    created_at: datetime = Field(description="When it was written.", examples=["2026-11-20T09:30:00Z"])
    edited_at: datetime | None = Field(
        description="When its author changed it last; null: never.", examples=["2026-11-21T18:04:00Z"]
    )
    may_change: bool = Field(description="Is it yours, so that you may change it?", examples=[True])
    may_delete: bool = Field(
        description="May you delete it? Besides its author, an owner of the collection may.", examples=[True]
    )


class NoteList(Listed[NoteOut]):
    """A piece of the notes on a document."""


class NoteText(SentNames):
    """What a note says."""

    text: str = Field(
        description=f"{_TEXT} At least one character that can be seen.",
        examples=["Paid on 5 March, see the statement."],
        min_length=1,
        max_length=LONGEST_NOTE,
    )
