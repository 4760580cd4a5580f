"""The texts of a page line by line, what is changed in one, and its history."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationInfo, field_validator
from typing_extensions import TypeAliasType

from documents.api.mistakes import NOT_BEHIND, mistake
from documents.api.paging import Listed
from documents.api.schemas.page import FARTHEST, WordOut
from documents.api.schemas.sent import EmptyOrSeen, Seen, Sent
from documents.ocr.correcting.operations import MOST_OPERATIONS
from documents.ocr.correcting.typed import LONGEST_LINE, LONGEST_WORD

TextSource = TypeAliasType("TextSource", Literal["run", "person"])

_KEY = "The id of the text that you saw; where the page shows another one by now, nothing is changed."
_DO = "What is done."


class LineOut(BaseModel):
    """A line, with the box around its words: pixels of the upright page."""

    block: int = Field(description="The paragraph that it belongs to, from 0.", examples=[0])
    text: str = Field(description="The line as it is read.", examples=["Invoice 2024-117"])
    x0: int = Field(description="The first column of its box.", examples=[312])
    y0: int = Field(description="The first row of its box.", examples=[208])
    x1: int = Field(description="The first column behind its box.", examples=[812])
    y1: int = Field(description="The first row below its box.", examples=[251])
    words: list[WordOut] = Field(description="Its words, in the order in which they are read.")


class LinesOut(BaseModel):
    """The text that a page shows now, line by line."""

    transcription: int | None = Field(
        description="Its id, which is named with a change; null until the page was read.", examples=[17]
    )
    width: int | None = Field(
        description="Of the upright page, in pixels; null without text.", examples=[2480]
    )
    height: int | None = Field(
        description="Of the upright page, in pixels; null without text.", examples=[3508]
    )
    proofread: bool = Field(description="Did a person say that the text is right?", examples=[False])
    can_undo: bool = Field(
        description="Was the last change yours, so that it can be undone?", examples=[True]
    )
    can_redo: bool = Field(description="Is there a change that you undid?", examples=[False])
    lines: list[LineOut] = Field(
        description="All lines, in the order in which they are read. Changes count them from 0."
    )


class BoxIn(Sent):
    """Where it stands: pixels of the upright page, with the origin at the top left."""

    x0: int = Field(description="The first column.", examples=[312], ge=0, le=FARTHEST)
    y0: int = Field(description="The first row.", examples=[208], ge=0, le=FARTHEST)
    x1: int = Field(description="The first column behind it.", examples=[498], ge=1, le=FARTHEST)
    y1: int = Field(description="The first row below it.", examples=[251], ge=1, le=FARTHEST)

    @field_validator("x1", "y1")
    @classmethod
    def _ends_behind_its_start(cls, end: int, info: ValidationInfo) -> int:
        start = "x0" if info.field_name == "x1" else "y0"
        if end <= info.data.get(start, -1):  # it has none where that was refused
            raise mistake(NOT_BEHIND % {"start": start})
        return end


_Line = Annotated[int, Field(description="Which line of the page, from 0.", examples=[0], ge=0, lt=2**31)]
_Word = Annotated[int, Field(description="Which word of the line, from 0.", examples=[1], ge=0, lt=2**31)]
_OF_WORD = Field(
    description="The word; with spaces in it, it becomes several that share the box.",
    examples=["2024-117"],
    max_length=LONGEST_WORD,
)
_OF_LINE = Field(description="The words of the line.", examples=["Invoice 2024-117"], max_length=LONGEST_LINE)


class ReplaceWord(Sent):
    """Correct a word. Without text it goes; the same text again makes it certain."""

    do: Literal["replace"] = Field(description=_DO, examples=["replace"])
    line: _Line
    word: _Word
    text: Annotated[EmptyOrSeen, _OF_WORD]


class SplitWord(Sent):
    """Make two words of one."""

    do: Literal["split"] = Field(description=_DO, examples=["split"])
    line: _Line
    word: _Word
    at: int = Field(
        description="The letters from this one on, from 0, are the second word.", examples=[4], ge=1, lt=2**31
    )


class JoinWords(Sent):
    """Join a word with the next one of its line."""

    do: Literal["join"] = Field(description=_DO, examples=["join"])
    line: _Line
    word: _Word


class InsertWord(Sent):
    """Put a word in; it takes the place `word`, and those from there on move up."""

    do: Literal["insert"] = Field(description=_DO, examples=["insert"])
    line: _Line
    word: _Word
    text: Annotated[Seen, _OF_WORD, Field(min_length=1)]
    box: BoxIn | None = Field(
        default=None, description="Where it stands; else it is put into the gap between its neighbours."
    )


class DeleteWords(Sent):
    """Take words away."""

    do: Literal["delete"] = Field(description=_DO, examples=["delete"])
    line: _Line
    word: _Word
    count: int = Field(default=1, description="How many, from this one on.", examples=[1], ge=1, lt=2**31)


class PlaceWord(Sent):
    """Move or resize the box of a word."""

    do: Literal["place"] = Field(description=_DO, examples=["place"])
    line: _Line
    word: _Word
    box: BoxIn = Field(description="Where it stands from now on.")


class RetypeLine(Sent):
    """Type a whole line anew. Words that are typed as they were keep their boxes and confidences.
    Without text it goes."""

    do: Literal["retype"] = Field(description=_DO, examples=["retype"])
    line: _Line
    text: Annotated[EmptyOrSeen, _OF_LINE]


class SplitLine(Sent):
    """Make two lines of one: its words from `word` on become the next line."""

    do: Literal["split-line"] = Field(description=_DO, examples=["split-line"])
    line: _Line
    word: _Word


class JoinLines(Sent):
    """Join a line with the next one, which may be that of another paragraph."""

    do: Literal["join-lines"] = Field(description=_DO, examples=["join-lines"])
    line: _Line


class InsertLine(Sent):
    """Put a line in; it takes the place `line`, in the paragraph of the line before it."""

    do: Literal["insert-line"] = Field(description=_DO, examples=["insert-line"])
    line: _Line
    text: Annotated[Seen, _OF_LINE, Field(min_length=1)]
    box: BoxIn = Field(description="Where it stands.")


class DeleteLine(Sent):
    """Take a line away."""

    do: Literal["delete-line"] = Field(description=_DO, examples=["delete-line"])
    line: _Line


class MoveLine(Sent):
    """Move a line to another place, in its paragraph or in another one."""

    do: Literal["move-line"] = Field(description=_DO, examples=["move-line"])
    line: _Line
    block: int = Field(
        description="The paragraph, from 0; their number means a new, last one.", examples=[0], ge=0, lt=2**31
    )
    at: int = Field(
        description="The place among the other lines of the paragraph, from 0.", examples=[2], ge=0, lt=2**31
    )


Change = Annotated[
    ReplaceWord | SplitWord | JoinWords | InsertWord | DeleteWords | PlaceWord
    | RetypeLine | SplitLine | JoinLines | InsertLine | DeleteLine | MoveLine,
    Field(discriminator="do"),
]  # fmt: skip


class TextSeen(Sent):
    """Which text is meant."""

    transcription: int = Field(description=_KEY, examples=[17], ge=1, lt=2**63)


class LinesChange(TextSeen):
    """Changes to the words and lines of a page: all of them are made, or none."""

    changes: list[Change] = Field(
        description="One after the other; each means the lines as the one before it left them.",
        examples=[[{"do": "replace", "line": 0, "word": 1, "text": "2024-117"}]],
        min_length=1,
        max_length=MOST_OPERATIONS,
    )


class ProofreadMark(TextSeen):
    """What a person found out by reading."""

    proofread: bool = Field(
        default=True, description="Is the text right as it is? `false` takes that back.", examples=[True]
    )


class TextSummary(BaseModel):
    """A text in the history of a page; of several changes in a row by one person, the last."""

    id: int = Field(description="Its id.", examples=[17])
    source: TextSource = Field(
        description="Was it read by an engine (or did it come with the image), or corrected by a person?",
        examples=["person"],
    )
    description: str = Field(
        description="What was done, for a person, in the language of Accept-Language.", examples=["Corrected"]
    )
    author: str | None = Field(
        description="The user name of the person; null for a reading, or after that account was deleted.",
        examples=["ada"],
    )
    run: int | None = Field(description="The id of the run that read it; null for a person's.", examples=[42])
    languages: list[str] = Field(description="Codes of its languages.", examples=[["eng"]])
    mean_confidence: float | None = Field(
        description="How sure the engine was, from 0 to 100; null for an empty text.", examples=[93.4]
    )
    created_at: datetime = Field(description="When it was made.", examples=["2026-11-20T09:30:00Z"])
    changed: int | None = Field(
        description="The id of the text that was changed; null for a reading.", examples=[16]
    )
    taken_from: int | None = Field(
        description="The id of the text that was restored, or that words were taken from; else null.",
        examples=[12],
    )
    current: bool = Field(description="Does the page show it now?", examples=[True])
    undone: bool = Field(description="Did its author take it back?", examples=[False])
    waiting: bool = Field(
        description="Is it a new reading that waits beside a person's text for a decision?", examples=[False]
    )


class TextList(Listed[TextSummary]):
    """A piece of the history of a page."""


class TextOut(BaseModel):
    """One of the texts of a page."""

    id: int = Field(description="Its id.", examples=[17])
    width: int = Field(description="Of the upright page, in pixels.", examples=[2480])
    height: int = Field(description="Of the upright page, in pixels.", examples=[3508])
    rotation: int = Field(
        description="By how many degrees clockwise the image was turned to be upright.", examples=[0]
    )
    languages: list[str] = Field(description="Codes of its languages.", examples=[["eng"]])
    mean_confidence: float | None = Field(
        description="How sure the engine was, from 0 to 100; null for an empty text.", examples=[93.4]
    )
    text: str = Field(
        description="A line for each line, an empty one between paragraphs.",
        examples=["Invoice 2024-117\nTotal 120.00"],
    )
    lines: list[LineOut] = Field(description="All lines, in the order in which they are read.")
