"""A page that is read with each kind of cleaning."""

from datetime import datetime

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from documents.api.paging import Listed
from documents.api.schemas.page import PageError
from documents.api.schemas.run import CLEANING
from documents.api.schemas.sent import Sent
from documents.api.schemas.text import LineOut
from documents.models import Trial
from documents.ocr.options import Cleaning

CleaningState = TypeAliasType("CleaningState", Trial.State)


class TriedCleaning(BaseModel):
    """A kind of cleaning, and how well the page was read with it. The page stays as it is."""

    id: int = Field(description="Its id.", examples=[29])
    state: CleaningState = Field(
        description="How far it is: `waiting` and `working` will change by themselves.", examples=["done"]
    )
    error: PageError | None = Field(description="Why the page was not read so; else null.")
    cleaning: Cleaning = Field(description=CLEANING, examples=["even"])
    engine: str = Field(description="The engine that reads it.", examples=["tesseract"])
    languages: list[str] = Field(
        description="Codes of the languages that were asked for; none where they are to be found.",
        examples=[["eng"]],
    )
    words: int = Field(description="How many words were read; 0 before.", examples=[312])
    mean_confidence: float | None = Field(
        description="How sure the engine was, from 0 to 100, over all letters; null without text.",
        examples=[93.4],
    )
    created_at: datetime = Field(description="When it was asked for.", examples=["2026-11-20T09:30:00Z"])
    finished_at: datetime | None = Field(
        description="When it was over; null before.", examples=["2026-11-20T09:30:04Z"]
    )


class TriedCleanings(Listed[TriedCleaning]):
    """One of each kind; none before they were tried, and a day after."""

    surest: int | None = Field(
        description="The id of the one to recommend, once all are over: of the highest confidence among "
        "those with nearly the most sure words. Null before, and where none has a word.",
        examples=[29],
    )


class CleanedText(TriedCleaning):
    """The same with what was read."""

    sure_words: int = Field(
        description="Of how many words the engine was sure: with a confidence of 60 or more.", examples=[298]
    )
    treatments: list[str] = Field(
        description="What was done to the image, for a person, in the language of Accept-Language; none "
        "where nothing was.",
        examples=[["shadow evened", "straightened by 1.5°"]],
    )
    text: str = Field(
        description="What was read: a line for each line, an empty one between paragraphs.",
        examples=["Invoice 2024-117\nTotal 120.00"],
    )
    lines: list[LineOut] = Field(
        description="All lines, with their words, in the order in which they are read and in the pixels of "
        "the page."
    )


class CleaningChoice(Sent):
    """How the page is to be read."""

    keep: bool = Field(
        default=False,
        description="Are later readings of the document to be cleaned so, too?",
        examples=[True],
    )
