"""What was done, by whom and when."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from documents.api.paging import Listed
from documents.models import Event

_SIDES = "of a document: its title, day or collection; of a word that was corrected in many places"
EventAction = TypeAliasType("EventAction", Annotated[Event.Action, Field(strict=False)])


class EventOut(BaseModel):
    """A line of the history. It stays when what it is about, or the account, is gone."""

    id: int = Field(description="Its id.", examples=[311])
    at: datetime = Field(description="When it was done.", examples=["2026-11-20T09:30:00Z"])
    user: str | None = Field(
        description="The user name of who did it, as it was then; null for the site itself.", examples=["ada"]
    )
    action: EventAction = Field(description="What was done.", examples=["renamed"])
    description: str = Field(
        description="The same as a sentence for a person, in the language of Accept-Language.",
        examples=["ada renamed it from “scan” to “Invoice 2024-117”"],
    )
    document: UUID | None = Field(
        description="The id of the document that it was done to, where you can read that; else null.",
        examples=["6f1d8c1e-6a53-4a1e-9f0a-3c6b1d2e4f50"],
    )
    title: str = Field(
        description="What the document, or the collection, was called after it; empty where it is about "
        "many documents.",
        examples=["Invoice 2024-117"],
    )
    page: int | None = Field(
        description="The number of the page, from 1, where it is about one; else null.", examples=[1]
    )
    before: str | None = Field(
        description=f"What was there before, {_SIDES}; null for all else, and for a collection that you are "
        "no member of.",
        examples=["scan"],
    )
    after: str | None = Field(description="What is there since.", examples=["Invoice 2024-117"])
    added: list[str] = Field(description="The names of tags that were added.", examples=[["tax/2024"]])
    removed: list[str] = Field(description="The names of tags that were taken off.", examples=[["open"]])
    paper: UUID | None = Field(
        description="The id of the other document, of which this one became a version, or that of this one, "
        "where you can read it; else null.",
        examples=["0b7e5d8a-2f4c-4d7b-8c7e-5a1f3e9d6b20"],
    )
    documents: int = Field(
        description="To how many documents it was done at once; 0 where it is about one, or none.",
        examples=[0],
    )


class EventList(Listed[EventOut]):
    """A piece of the history."""
