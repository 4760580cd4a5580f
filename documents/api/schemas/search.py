"""What is looked for, and what is found of it."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from documents.api.paging import Listed
from documents.api.schemas.document import DocumentOut
from documents.search.query.parse import LONGEST, MOST_FILTERS

SearchOrder = TypeAliasType("SearchOrder", Literal["relevance", "newest", "oldest", "title"])
HitKind = TypeAliasType("HitKind", Literal["exact", "form", "misread"])
FoundKind = TypeAliasType(
    "FoundKind",
    Literal[
        "note", "tag", "date", "amount", "email", "url", "phone", "iban", "vat",
        "person", "place", "organisation",
    ],
)  # fmt: skip
SearchedState = TypeAliasType(
    "SearchedState", Literal["queued", "running", "done", "failed", "partly_failed", "cancelled", "locked"]
)

QUESTION = (
    'Words, `"phrases"`, `beginn*`, `OR`, `-not this`, brackets, and filters such as `tag:tax`, '
    "`in:Letters`, `lang:deu`, `before:2024-03`, `confidence<60`, `amount>100`, `has:iban`, as in the site's "
    "own search."
)
FORGIVES = "Find what an engine misread, too: `lnvoice` for `invoice`."
_DAY = "A day, a month or a year: `2024-03-05`, `2024-03`, `2024`."


class SearchFilters(BaseModel):
    """The commonest filters, for programs that build a question: each says the same as its words in `q`."""

    title: str | None = Field(
        default=None, description="Only documents with this word in their title.", examples=["invoice"],
        min_length=1, max_length=200,
    )  # fmt: skip
    tag: list[Annotated[str, Field(max_length=200)]] = Field(
        default=[],
        description="Only documents with all these tags, or tags in them.",
        examples=[["tax/2024"]],
        max_length=MOST_FILTERS,
    )
    collection: int | None = Field(
        default=None, description="Only documents in the collection of this id.", examples=[7], ge=1, lt=2**63
    )
    language: str | None = Field(
        default=None, description="Only documents in this language: a code, or its name.", examples=["rus"],
        min_length=1, max_length=100,
    )  # fmt: skip
    state: SearchedState | None = Field(
        default=None, description="Only documents in this state.", examples=["done"]
    )
    has: list[FoundKind] = Field(
        default=[],
        description="Only documents in which all these were found.",
        examples=[["iban"]],
        max_length=MOST_FILTERS,
    )
    before: str | None = Field(
        default=None, description=f"Only documents dated before it. {_DAY}", examples=["2024-03"],
        min_length=1, max_length=20,
    )  # fmt: skip
    after: str | None = Field(
        default=None, description=f"Only documents dated after it. {_DAY}", examples=["2023"],
        min_length=1, max_length=20,
    )  # fmt: skip
    year: str | None = Field(
        default=None, description="Only documents dated in it.", examples=["2024"],
        min_length=1, max_length=20,
    )  # fmt: skip


class SearchQuestion(SearchFilters):
    """What to look for, and in which order."""

    q: str = Field(
        default="", description=f"What to look for. {QUESTION}", examples=["invoice tag:tax"],
        max_length=LONGEST,
    )  # fmt: skip
    sort: SearchOrder = Field(
        default="relevance", description="In which order. Without words, relevance means newest.",
        examples=["relevance"],
    )  # fmt: skip
    forgive: bool = Field(default=True, description=FORGIVES, examples=[True])
    facets: bool = Field(
        default=False, description="Tell how many of the documents found lie where.", examples=[False]
    )


class BoxOut(BaseModel):
    """A part of a page: pixels of the upright page, with the origin at the top left."""

    x0: int = Field(description="Its first column.", examples=[312])
    y0: int = Field(description="Its first row.", examples=[208])
    x1: int = Field(description="The first column behind it.", examples=[498])
    y1: int = Field(description="The first row below it.", examples=[251])


class HitOut(BaseModel):
    """A place in the text of a page that answers what was asked."""

    text: str = Field(description="As it stands on the page.", examples=["Invoices"])
    asked: str = Field(description="What was asked for.", examples=["invoice"])
    how: HitKind = Field(
        description="`exact` as it was asked, but for case and accents; another `form` of it; or `misread`.",
        examples=["form"],
    )
    start: int = Field(description="Its first character in the `text` of the page, from 0.", examples=[12])
    end: int = Field(description="The first character behind it.", examples=[20])
    boxes: list[BoxOut] = Field(description="Where it stands on the page: a box for each line.")


class SnippetPart(BaseModel):
    """A part of a snippet."""

    text: str = Field(description="To show as it is, with single spaces.", examples=["Invoices"])
    hit: bool = Field(description="Is it a hit, to be marked?", examples=[True])


class FoundPage(BaseModel):
    """A page that was found, with its best part."""

    number: int = Field(description="Its number in the document, from 1.", examples=[1])
    width: int | None = Field(
        description="Of the upright page, in pixels; null without text.", examples=[2480]
    )
    height: int | None = Field(
        description="Of the upright page, in pixels; null without text.", examples=[3508]
    )
    snippet: str = Field(
        description="The part of its text that shows best why it was found.",
        examples=["… all Invoices of May …"],
    )
    parts: list[SnippetPart] = Field(description="The same with the hits told apart, in order.")
    hits: list[HitOut] = Field(description="The hits of the snippet, with their places.")


class FoundValue(BaseModel):
    """What a filter such as `amount:` asked for, as it was found in a text."""

    kind: str = Field(description="What it is.", examples=["amount"])
    text: str = Field(description="As it stands there.", examples=["120.00 €"])
    page: int = Field(description="The number of the page.", examples=[1])
    start: int = Field(description="Its first character in the `text` of the page, from 0.", examples=[240])


class FoundDocument(BaseModel):
    """A document that was found."""

    document: DocumentOut = Field(description="The document.")
    pages: list[FoundPage] = Field(
        description="The best of its pages, at most three; none where nothing but filters was asked."
    )
    more_pages: int = Field(description="How many more of its pages were found.", examples=[0])
    values: list[FoundValue] = Field(
        description="Without words: what filters such as `amount:` found in its text."
    )


class FacetOut(BaseModel):
    """A filter that narrows the search down, and what would be left."""

    value: str = Field(description="What the filter says.", examples=["deu"])
    label: str = Field(description="What people call it.", examples=["German"])
    count: int = Field(description="How many of the documents have it.", examples=[12])


class FacetsOut(BaseModel):
    """How many of the documents found lie where, at most 200 of each kind."""

    collections: list[FacetOut] = Field(description="For `in:`, the largest first.")
    tags: list[FacetOut] = Field(description="For `tag:`, the largest first.")
    languages: list[FacetOut] = Field(description="For `lang:`, the largest first.")
    years: list[FacetOut] = Field(description="For `year:`, the latest first.")


class SearchResults(Listed[FoundDocument]):
    """A piece of what was found."""

    total: int = Field(description="How many documents were found.", examples=[12])
    total_is_exact: bool = Field(
        description="Else `total` is about: at least so many, and more than are counted.", examples=[True]
    )
    pages: int = Field(description="How many of their pages were found.", examples=[17])
    query: str = Field(
        description="The whole question, with the filters in it, as `q` can have it.",
        examples=["invoice tag:tax"],
    )
    left_out: list[str] = Field(
        description="Parts of the question that could not be read, and were not asked.", examples=[[]]
    )
    unknown: list[str] = Field(
        description="Filters that name a collection, tag or language that there is not.",
        examples=[["tag:taks"]],
    )
    is_partial: bool = Field(
        description="The time was up, or the question too long, before all of it was looked at.",
        examples=[False],
    )
    did_you_mean: str | None = Field(
        description="A better question, where little was found; else null.", examples=["invoice"]
    )
    facets: FacetsOut | None = Field(description="How many lie where; null unless asked for.")


class HitsOnPage(BaseModel):
    """A page of a document, with all that answers a question on it."""

    number: int = Field(description="Its number in the document, from 1.", examples=[1])
    width: int = Field(description="Of the upright page, in pixels.", examples=[2480])
    height: int = Field(description="Of the upright page, in pixels.", examples=[3508])
    hits: list[HitOut] = Field(description="All of them, in the order of the text.")


class HitsOfDocument(Listed[HitsOnPage]):
    """A piece of the pages of a document with hits."""

    document: UUID = Field(
        description="The id of the document.", examples=["6f1d8c1e-6a53-4a1e-9f0a-3c6b1d2e4f50"]
    )
    total: int = Field(description="How many hits there are on all its pages.", examples=[17])
    pages: int = Field(description="How many of its pages have hits.", examples=[4])
