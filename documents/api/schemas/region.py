"""Parts of pages that are read by themselves."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from documents.api.schemas.document import LANGUAGES
from documents.api.schemas.page import PageError
from documents.api.schemas.recognition import LAYOUT, LayoutHint
from documents.api.schemas.search import BoxOut
from documents.api.schemas.sent import Sent
from documents.api.schemas.text import BoxIn, LineOut
from documents.models import Trial

RegionState = TypeAliasType("RegionState", Trial.State)


class NewRegion(Sent):
    """Which part of a page to read again, and how."""

    box: BoxIn = Field(
        description="The part. What lies beside the page is left off; at least 8 pixels are needed each way."
    )
    languages: str | None = Field(
        default=None,
        description=f"{LANGUAGES} Here: on the part. Without it, those of the page's text.",
        examples=["fra"],
        max_length=1000,
    )
    layout: Annotated[LayoutHint, Field(strict=False)] = Field(
        default=LayoutHint.AUTO, description=LAYOUT, examples=["line"]
    )
    engine: str | None = Field(
        default=None,
        description="The engine; without it, the one that was chosen for the document, else the site's.",
        examples=["tesseract"],
        max_length=30,
    )


class RegionOut(BaseModel):
    """A part of a page that you have read by itself, and what came of it. The page stays as it is."""

    id: int = Field(description="Its id.", examples=[23])
    state: RegionState = Field(
        description="How far it is: `waiting` and `working` will change by themselves.", examples=["done"]
    )
    error: PageError | None = Field(description="Why it was not read; else null.")
    box: BoxOut = Field(description="The part, as much of it as lies on the page.")
    layout: LayoutHint = Field(description=LAYOUT, examples=["line"])
    engine: str = Field(description="The engine that reads it.", examples=["tesseract"])
    languages: list[str] = Field(
        description="Codes of the languages that it was read in; before, those that were asked for, and none "
        "where they are to be found.",
        examples=[["fra"]],
    )
    text: str = Field(
        description="What was read: a line for each line, an empty one between paragraphs.",
        examples=["Facture 2024-117"],
    )
    mean_confidence: float | None = Field(
        description="How sure the engine was, from 0 to 100, over all letters; null without text.",
        examples=[93.4],
    )
    lines: list[LineOut] = Field(
        description="All lines, with their words, in the order in which they are read and in the pixels of "
        "the page."
    )
    created_at: datetime = Field(description="When it was asked for.", examples=["2026-11-20T09:30:00Z"])
    finished_at: datetime | None = Field(
        description="When it was over; null before.", examples=["2026-11-20T09:30:01Z"]
    )
