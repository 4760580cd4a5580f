"""One image, read at once."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from documents.api.schemas.document import LANGUAGES
from documents.api.schemas.run import CLEANING
from documents.api.schemas.text import LineOut
from documents.ocr.options import Cleaning, Layout

RecognisedForm = TypeAliasType("RecognisedForm", Literal["json", "txt", "hocr"])


LAYOUT = (
    "How the text stands on it, where you know: `line`, `column`, `table` (rows that are read across), "
    "`sparse` (single words here and there)."
)


class LayoutHint(StrEnum):
    """Those of `Layout` that may be asked for."""

    AUTO = Layout.AUTO
    LINE = Layout.LINE
    COLUMN = Layout.COLUMN
    TABLE = Layout.TABLE
    SPARSE = Layout.SPARSE


class HowToRead(BaseModel):
    """How to read an image, and what to answer with."""

    languages: str | None = Field(
        default=None,
        description=f"{LANGUAGES} Without it, those that the site is set to.",
        examples=["eng+rus"],
        max_length=1000,
    )
    engine: str | None = Field(
        default=None, description="The engine; else the site's.", examples=["tesseract"], max_length=30
    )
    cleaning: Cleaning | None = Field(default=None, description=CLEANING, examples=["auto"])
    layout: LayoutHint | None = Field(default=None, description=LAYOUT, examples=["table"])
    page: int | None = Field(
        default=None, description="Which page of a file of several, from 1.", examples=[1], ge=1, lt=2**31
    )
    format: RecognisedForm | None = Field(
        default=None,
        description="The form of the answer; else the one that `Accept` names first, else JSON.",
        examples=["txt"],
    )


class HowToReadSent(HowToRead):
    """The same in a form, which may have what is not to stand in an address."""

    password: str | None = Field(
        default=None, description="Of a locked PDF; kept nowhere.", examples=["sesame"], max_length=500
    )


class Recognised(BaseModel):
    """What stands on an image."""

    text: str = Field(
        description="A line for each line, an empty one between paragraphs.",
        examples=["Invoice 2024-117\nTotal 120.00"],
    )
    mean_confidence: float | None = Field(
        description="How sure the engine was, from 0 to 100, over all letters; null without text.",
        examples=[93.4],
    )
    languages: list[str] = Field(
        description="Codes of the languages that it was read in.", examples=[["eng"]]
    )
    width: int = Field(description="Of the upright page, in pixels.", examples=[2480])
    height: int = Field(description="Of the upright page, in pixels.", examples=[3508])
    rotation: int = Field(
        description="By how many degrees clockwise the image was turned to be upright.", examples=[0]
    )
    engine: str = Field(description="The engine.", examples=["tesseract"])
    engine_version: str = Field(
        description="Its version, or those of all that had a part in it.", examples=["5.3.0"]
    )
    seconds: float = Field(description="How long the engine took.", examples=[1.27])
    lines: list[LineOut] = Field(description="All lines, in the order in which they are read.")
