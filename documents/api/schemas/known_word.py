"""A person's word list."""

from datetime import datetime

from pydantic import BaseModel, Field

from documents.api.paging import Listed
from documents.api.schemas.sent import Sent
from documents.ocr.correcting.typed import LONGEST_WORD

_WORD = "A word, or a term of several"


class KnownWordOut(BaseModel):
    """A name or a term that is right, however unsure an engine was of it."""

    id: int = Field(description="Its id.", examples=[31])
    word: str = Field(description=f"{_WORD}, without the signs around it.", examples=["Trajan"])
    added_at: datetime = Field(description="When it was added.", examples=["2026-11-20T09:30:00Z"])


class KnownWordList(Listed[KnownWordOut]):
    """A piece of the word list."""


class NewKnownWord(Sent):
    """What to put on the list."""

    word: str = Field(
        description=f"{_WORD}; signs around it are left off: `(Trajan,` is `Trajan`.",
        examples=["Trajan"],
        min_length=1,
        max_length=LONGEST_WORD,
    )
