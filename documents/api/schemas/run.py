"""Runs: requests to recognise a document, or some of its pages."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from documents.api.paging import Listed
from documents.api.schemas.document import LANGUAGES, STATE, ReadingState
from documents.api.schemas.sent import Sent
from documents.ocr.options import Cleaning

CLEANING = "What is done to the images before they are read."


class RunReader(BaseModel):
    """A program that read pages."""

    name: str = Field(description="What it is called.", examples=["tesseract"])
    version: str = Field(description="Its version; empty where it is not known.", examples=["5.5.0"])


class RunOut(BaseModel):
    """One request to recognise, and what came of it."""

    id: int = Field(description="Its id.", examples=[42])
    state: ReadingState = Field(description=STATE, examples=["done"])
    engine: str = Field(
        description="The engine that reads; `import` where all texts came with the images.",
        examples=["tesseract"],
    )
    engine_version: str = Field(
        description="Its version; of `best`, the programs that read. Empty until a page was read.",
        examples=["5.5.0"],
    )
    read_by: list[RunReader] = Field(
        description="The programs that read its pages, or helped to; none until a page was read."
    )
    languages: list[str] = Field(
        description="Codes that were asked for; empty: found on each page.", examples=[["eng", "rus"]]
    )
    cleaning: Cleaning = Field(description=CLEANING, examples=["auto"])
    pages: list[int] | None = Field(
        description="The numbers of the pages that it reads; null: all of them.", examples=[[1, 2, 7]]
    )
    pages_total: int = Field(description="How many pages it reads.", examples=[3])
    pages_done: int = Field(description="How many of them it has read.", examples=[3])
    pages_failed: int = Field(description="How many of them it could not read.", examples=[0])
    mean_confidence: float | None = Field(
        description="How sure the engine was, from 0 to 100; null until a page was read.", examples=[93.4]
    )
    current: bool = Field(description="Do the pages show what it read, corrected or not?", examples=[True])
    requested_by: str | None = Field(
        description="The user name of who asked; null after that account was deleted.", examples=["ada"]
    )
    created_at: datetime = Field(description="When it was asked for.", examples=["2026-11-20T09:30:00Z"])
    started_at: datetime | None = Field(
        description="When its first page was begun; null before.", examples=["2026-11-20T09:30:01Z"]
    )
    finished_at: datetime | None = Field(
        description="When its last page was over; null before.", examples=["2026-11-20T09:30:09Z"]
    )


class RunList(Listed[RunOut]):
    """A piece of the runs of a document."""


class NewRun(Sent):
    """How to read a document again."""

    languages: str | None = Field(
        default=None,
        description=f"{LANGUAGES} Without it, those of the run before.",
        examples=["eng+rus"],
        max_length=1000,
    )
    pages: list[int] = Field(
        default_factory=list,
        description="The numbers of the pages to read; without it, all of them.",
        examples=[[1, 2, 7]],
        min_length=1,
    )
    engine: str | None = Field(
        default=None,
        description="The engine; without it, the one that was chosen for the run before, else the site's.",
        examples=["tesseract"],
        max_length=30,
    )
    cleaning: Annotated[Cleaning, Field(strict=False)] | None = Field(
        default=None,
        description=f"{CLEANING} It is kept for later runs; without it, what the document says.",
        examples=["auto"],
    )


class ShownRun(BaseModel):
    """A run that was made current."""

    run: RunOut = Field(description="The run.")
    pages_waiting: int = Field(
        description="On so many pages a person corrected or proofread the text: that stays, and what was "
        "read waits beside it.",
        examples=[0],
    )
