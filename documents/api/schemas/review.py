"""Pages to be proofread, and their doubtful words."""

from uuid import UUID

from pydantic import BaseModel, Field

from documents.api.paging import Listed
from documents.api.schemas.page import WordOut


class PageToReview(BaseModel):
    """A page that was read badly, and that nobody proofread."""

    document: UUID = Field(
        description="The id of its document.", examples=["6f1d8c1e-6a53-4a1e-9f0a-3c6b1d2e4f50"]
    )
    title: str = Field(description="What people call the document.", examples=["Invoice 2024-117"])
    number: int = Field(description="The number of the page in its document, from 1.", examples=[1])
    mean_confidence: float | None = Field(
        description="How sure the engine was, from 0 to 100, over all letters; null where the text was taken "
        "away meanwhile.",
        examples=[61.7],
    )
    transcription: int | None = Field(
        description="The id of the text that it shows; null where that was taken away meanwhile.",
        examples=[17],
    )


class PagesToReview(Listed[PageToReview]):
    """A piece of the pages to be proofread."""

    left: int = Field(description="How many there are, those of all pieces counted.", examples=[12])
    left_is_exact: bool = Field(
        description="Else there are at least so many: more are not counted.", examples=[True]
    )


class DoubtfulWord(WordOut):
    """A word that the engine was unsure of, and where it stands."""

    line: int = Field(description="The line of the page, from 0, as changes name it.", examples=[4])
    word: int = Field(description="The word of the line, from 0, as changes name it.", examples=[2])
    start: int = Field(description="Its first character in the `text` of the page, from 0.", examples=[112])
    end: int = Field(description="The first character behind it.", examples=[120])
    before: str = Field(
        description="What stands before it in its line; of a long line the end.", examples=["Total of "]
    )
    after: str = Field(
        description="What stands behind it in its line; of a long line the beginning.", examples=[" 120.00"]
    )


class DoubtfulWords(Listed[DoubtfulWord]):
    """All of a page, in the order in which they are read."""

    transcription: int | None = Field(
        description="The id of the text that has them, which is named with a change; null until the page was "
        "read.",
        examples=[17],
    )
    width: int | None = Field(
        description="Of the upright page, in pixels; null without text.", examples=[2480]
    )
    height: int | None = Field(
        description="Of the upright page, in pixels; null without text.", examples=[3508]
    )
    proofread: bool = Field(description="Did a person say that the text is right?", examples=[False])
