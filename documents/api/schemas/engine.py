"""Engines, and the languages that they read."""

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from documents.api.paging import Listed
from documents.api.schemas.sent import Sent
from documents.ocr.engines.base import Inability

EngineInability = TypeAliasType("EngineInability", Inability)


class LanguageOut(BaseModel):
    """A language, or a script with all its languages, that can be read here now."""

    code: str = Field(description="What requests call it.", examples=["rus"])
    name: str = Field(
        description="What it is called in the language of Accept-Language.", examples=["Russian"]
    )
    tag: str | None = Field(
        description="The same as BCP 47 has it; null for a pack that somebody trained.", examples=["ru"]
    )


class LanguageList(Listed[LanguageOut]):
    """All of them, by their names."""


class MissingLanguage(LanguageOut):
    """A language that could be installed."""

    command: str = Field(
        description="What to type on the server to install it.",
        examples=["sudo apt-get install tesseract-ocr-rus"],
    )


class MissingLanguageList(Listed[MissingLanguage]):
    """All of them, by their names."""


class EngineOut(BaseModel):
    """A program that reads pages."""

    name: str = Field(description="What requests call it.", examples=["tesseract"])
    title: str = Field(description="What people call it.", examples=["Tesseract"])
    site: bool = Field(description="Is it the one that reads where a request names none?", examples=[True])
    available: bool = Field(description="Can it run here now?", examples=[True])
    problem: str | None = Field(
        description="Why not, in one sentence with what to do about it; else null.", examples=[None]
    )
    version: str | None = Field(
        description="Its version, or those of the engines that it leads; null where it cannot run.",
        examples=["5.3.0"],
    )
    languages: list[str] = Field(
        description="Codes of all that it can read now, in alphabetical order.", examples=[["eng", "rus"]]
    )
    cannot: list[EngineInability] = Field(
        description="What it is not able to do: `columns` (it knows none), `glance` (tell which way is up, "
        "and which script it is: another engine does), `layout` (be told how the text stands), "
        "`more-languages` (read others than those it came with).",
        examples=[["columns", "more-languages"]],
    )


class EngineList(Listed[EngineOut]):
    """All engines that there are, here or not."""


class LanguageSuggestion(BaseModel):
    """Pages that seem to be in other languages than they were read in."""

    languages: list[str] = Field(description="Codes of these languages.", examples=[["rus"]])
    pages: list[int] = Field(description="The numbers of the pages, rising.", examples=[[1, 2, 7]])


class LanguageSuggestionList(Listed[LanguageSuggestion]):
    """All that is suggested for a document."""


class KeptLanguages(Sent):
    """A suggestion that is not followed."""

    languages: list[str] = Field(
        description="Codes of the languages, as they were suggested.",
        examples=[["rus"]],
        min_length=1,
        max_length=100,
    )


class KeptPages(BaseModel):
    """What stays as it was read."""

    count: int = Field(description="How many pages these languages were suggested for.", examples=[3])
