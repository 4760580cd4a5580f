"""The same misreading in many places of a document."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from documents.api.schemas.page import WordOut
from documents.api.schemas.sent import Sent
from documents.ocr.correcting.typed import LONGEST_WORD
from documents.selectors.misreadings import MOST_PLACES

WRONG = "A word as it is read now. What stands around it does not count, unless nothing else is corrected."
RIGHT = "What it should be."

_LINE = "Which line of the page, from 0."
_WORD = "Which word of the line, from 0."
_TEXT = "The id of the text of the page that has it there."


class MisreadWord(BaseModel):
    """A word that was misread so."""

    line: int = Field(description=_LINE, examples=[0])
    word: int = Field(description=_WORD, examples=[1])
    read: WordOut = Field(description="The word as it is.")
    right: str = Field(description="What it would say, with the signs that touch it.", examples=["(Invoice)"])


class MisreadPage(BaseModel):
    """A page that has some."""

    number: int = Field(description="Its number in the document, from 1.", examples=[1])
    transcription: int = Field(description="The id of the text that it shows.", examples=[17])
    places: list[MisreadWord] = Field(description="The words, in the order in which they are read.")


class Misreadings(BaseModel):
    """Where a document has the same misreading."""

    count: int = Field(description="How many places there are.", examples=[3])
    complete: bool = Field(
        description="Are these all? Else there are more, to be found once these are corrected.",
        examples=[True],
    )
    pages: list[MisreadPage] = Field(description="In the order of their numbers.")


class MisreadingPlace(Sent):
    """One of the places."""

    transcription: int = Field(description=_TEXT, examples=[17], ge=1, lt=2**63)
    line: int = Field(description=_LINE, examples=[0], ge=0, lt=2**31)
    word: int = Field(description=_WORD, examples=[1], ge=0, lt=2**31)


class MisreadingCorrection(Sent):
    """A misreading, and where it is to be corrected."""

    wrong: Annotated[
        str,
        Field(alias="from", description=WRONG, examples=["lnvoice"], min_length=1, max_length=LONGEST_WORD),
    ]
    right: Annotated[
        str, Field(alias="to", description=RIGHT, examples=["Invoice"], min_length=1, max_length=LONGEST_WORD)
    ]
    places: list[MisreadingPlace] | None = Field(
        default=None,
        description="Those of the places that are meant; without it, all that there are now.",
        examples=[[{"transcription": 17, "line": 0, "word": 1}]],
        min_length=1,
        max_length=MOST_PLACES,
    )


class MisreadingsCorrected(BaseModel):
    """What was done."""

    together: UUID = Field(
        description="With this it is taken back.", examples=["0b0e2f0c-7f3a-4b52-9d0c-52f4a3c1d7aa"]
    )
    pages: list[int] = Field(description="The numbers of the pages that were changed.", examples=[[1, 3]])
    left: list[int] = Field(
        description="The numbers of those that were left, as they show another text by now, or have no "
        "such word in those places.",
        examples=[[2]],
    )


class CorrectedTogether(Sent):
    """What is to be taken back."""

    together: Annotated[UUID, Field(strict=False)] = Field(
        description="As the correction was answered.", examples=["0b0e2f0c-7f3a-4b52-9d0c-52f4a3c1d7aa"]
    )
