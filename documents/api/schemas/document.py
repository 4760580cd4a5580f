"""Documents."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from documents.api.paging import Listed
from documents.api.schemas.sent import Change, Day, Sent
from documents.services.organise import LONGEST_TITLE

ReadingState = TypeAliasType(
    "ReadingState", Literal["queued", "running", "done", "failed", "partly_failed", "cancelled"]
)
DocumentOrder = TypeAliasType("DocumentOrder", Literal["newest", "oldest", "title"])

STATE = "How far the reading is: `queued` and `running` will change by themselves."
LANGUAGES = "Codes with `+` between them, or `detect` to find them on each page."


class DocumentOut(BaseModel):
    """What somebody uploaded: one file, or several images that are read as one."""

    id: UUID = Field(
        description="Random, and never another document's.", examples=["6f1d8c1e-6a53-4a1e-9f0a-3c6b1d2e4f50"]
    )
    title: str = Field(description="What people call it.", examples=["Invoice 2024-117"])
    state: ReadingState = Field(description=STATE, examples=["done"])
    locked: bool = Field(description="A PDF that waits for its password.", examples=[False])
    page_count: int = Field(description="How many pages it has; 0 while it is locked.", examples=[3])
    pages_done: int = Field(description="How many of them have a text.", examples=[3])
    mean_confidence: float | None = Field(
        description="How sure the engine was, from 0 to 100, over all pages; null without text.",
        examples=[93.4],
    )
    languages: list[str] = Field(
        description="Codes of the languages that its text was read in.", examples=[["eng", "rus"]]
    )
    sha256: str = Field(
        description="Of the file, in hexadecimal; of the hashes of the files where they are several.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    byte_size: int = Field(description="Of all its files, in bytes.", examples=[481_203])
    collection: int = Field(description="The id of the collection it lies in.", examples=[7])
    tags: list[str] = Field(description="The names of its tags, in order.", examples=[["tax/2024"]])
    dated_on: date = Field(description="The day that is on the paper.", examples=["2024-03-31"])
    created_at: datetime = Field(description="When it was uploaded.", examples=["2026-11-20T09:30:00Z"])


class DocumentFilters(BaseModel):
    """Which documents to list, and in which order."""

    sort: DocumentOrder = Field(default="newest", description="In which order.", examples=["newest"])
    state: ReadingState | None = Field(
        default=None, description=f"Only those in this state. {STATE}", examples=["done"]
    )
    collection: int | None = Field(
        default=None,
        description="Only those in the collection of this id.",
        examples=[7],
        ge=1,
        lt=2**63,
    )
    tag: str | None = Field(
        default=None,
        description="Only those with the tag of this name, or one in it.",
        examples=["tax"],
        max_length=200,
    )
    language: str | None = Field(
        default=None,
        description="Only those read in this language: a code, or its name.",
        examples=["rus"],
        max_length=100,
    )
    sha256: str | None = Field(
        default=None,
        description="Only those with this SHA-256, in hexadecimal: is a file here already?",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
        pattern="^[0-9a-f]{64}$",
    )


class DocumentList(Listed[DocumentOut]):
    """A piece of the list of documents."""


class DocumentChange(Change):
    """What is to be changed; what is not named stays."""

    title: str | None = Field(
        default=None,
        description="The new title: at least one character that can be seen.",
        examples=["Invoice 2024-117, paid"],
        max_length=LONGEST_TITLE,
        min_length=1,
    )
    dated_on: Day | None = Field(
        default=None, description="The day that is on the paper.", examples=["2024-03-31"]
    )
    collection: int | None = Field(
        default=None,
        description="The id of another collection to which you may add, where it is to lie.",
        examples=[7],
        ge=1,
        lt=2**63,
    )
    tags: list[str] | None = Field(
        default=None,
        description="The names of all its tags from then on, made where there are none; others go.",
        examples=[["tax/2024", "paid"]],
    )


class Password(Sent):
    """What opens a locked PDF."""

    password: str = Field(
        description="As it is typed, spaces included.", examples=["sesame"], min_length=1, max_length=500
    )
