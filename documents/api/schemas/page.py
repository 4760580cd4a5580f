"""Pages, their texts, and where the words of these stand."""

from typing import Literal

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from documents.api.paging import Listed
from documents.api.schemas.sent import Sent
from documents.ocr.correcting.typed import LONGEST_WORD

PageState = TypeAliasType("PageState", Literal["queued", "running", "done", "failed", "cancelled"])

FARTHEST = 10_000_000  # pixels


class PageError(BaseModel):
    """Why a page was not read."""

    code: str = Field(description="The code of a problem.", examples=["engine-timeout"])
    message: str = Field(
        description="One sentence for a person.", examples=["The engine stopped while reading this page."]
    )


class WordOut(BaseModel):
    """A word, and where it stands: pixels of the upright page, with the origin at the top left."""

    text: str = Field(description="The word, with the signs that touch it.", examples=["Invoice"])
    confidence: float = Field(
        description="How sure the engine was, from 0 to 100; 100 for what a person typed.", examples=[96.2]
    )
    x0: int = Field(description="The first column of its box.", examples=[312])
    y0: int = Field(description="The first row of its box.", examples=[208])
    x1: int = Field(description="The first column behind its box.", examples=[498])
    y1: int = Field(description="The first row below its box.", examples=[251])


class PageOut(BaseModel):
    """A page and the text that it shows now."""

    number: int = Field(description="Its number in the document, from 1.", examples=[1])
    state: PageState = Field(
        description="How far the latest attempt to read it is; its text may be of an earlier one.",
        examples=["done"],
    )
    error: PageError | None = Field(description="Why that failed; else null.")
    width: int | None = Field(
        description="Of the upright page, in pixels; null without text.", examples=[2480]
    )
    height: int | None = Field(
        description="Of the upright page, in pixels; null without text.", examples=[3508]
    )
    rotation: int | None = Field(
        description="By how many degrees clockwise the image was turned to be upright.", examples=[0]
    )
    languages: list[str] = Field(
        description="Codes of the languages that it was read in.", examples=[["eng"]]
    )
    text: str = Field(
        description="A line for each line, an empty one between paragraphs.",
        examples=["Invoice 2024-117\nTotal 120.00"],
    )
    mean_confidence: float | None = Field(
        description="How sure the engine was, from 0 to 100, over all letters; null without text.",
        examples=[93.4],
    )
    proofread: bool = Field(description="Did a person say that the text is right?", examples=[False])
    transcription: int | None = Field(
        description="The id of that text; null until the page was read.", examples=[17]
    )
    suggested_languages: list[str] = Field(
        description="Codes of languages that the page seems to be in instead, to read it again in these; "
        "none where nothing speaks for others.",
        examples=[["rus"]],
    )
    words: list[WordOut] = Field(description="All words, in the order in which they are read.")


class PageSummary(BaseModel):
    """A page without its text."""

    number: int = Field(description="Its number in the document, from 1.", examples=[1])
    state: PageState = Field(description="How far the latest attempt to read it is.", examples=["done"])
    error: PageError | None = Field(description="Why that failed; else null.")
    mean_confidence: float | None = Field(
        description="How sure the engine was, from 0 to 100; null without text.", examples=[93.4]
    )
    proofread: bool = Field(description="Did a person say that the text is right?", examples=[False])


class PageList(Listed[PageSummary]):
    """A piece of the pages of a document."""


class WordIn(Sent):
    """A word as it has to be. Where the text has it already, its confidence stays; a new one gets 100. Who
    means to delete one leaves it out."""

    text: str = Field(
        description="The word; with spaces in it, it becomes several that share its box.",
        examples=["Invoice"],
        min_length=1,
        max_length=LONGEST_WORD,
    )
    x0: int = Field(description="The first column of its box.", examples=[312], ge=0, le=FARTHEST)
    y0: int = Field(description="The first row of its box.", examples=[208], ge=0, le=FARTHEST)
    x1: int = Field(description="The first column behind its box.", examples=[498], ge=0, le=FARTHEST)
    y1: int = Field(description="The first row below its box.", examples=[251], ge=0, le=FARTHEST)
    confidence: float | None = Field(
        default=None, description="What a page is given with; it is not looked at.", examples=[96.2]
    )


class WordsIn(Sent):
    """All words of a page."""

    words: list[WordIn] = Field(
        description="In the order in which they are read; what is not among them is deleted."
    )
