"""What a search found, as pages and the API show it: plain frozen dataclasses.

Only what the user who asked may see is in them, counts, facets and suggestions included.
"""

from dataclasses import dataclass
from uuid import UUID

from documents.models import Document
from documents.search.query.parse import Query
from documents.search.text.marks import Mark
from documents.search.text.snippets import Snippet
from documents.selectors.facts import Chip


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page that was found, with its best part.

    ``transcription_id`` is None for a page that was found by its title before it was read. ``marks`` are
    those of the snippet, their offsets are characters of the page's text. ``misread`` are pairs of what
    was asked and what the engine read instead.
    """

    number: int
    transcription_id: int | None
    snippet: Snippet
    marks: tuple[Mark, ...] = ()
    misread: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A document (its ``.cover`` is set) with up to three of its best pages, the best first.

    Without words, ``chips`` are what filters such as ``amount:`` ask for, as it was found in the text.
    """

    document: Document
    hits: tuple[PageHit, ...] = ()
    more_pages: int = 0
    chips: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """``value`` is what the filter of the query says, ``label`` what the reader sees."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the found documents lie where; each group with the largest first, years with the newest."""

    collections: tuple[Facet, ...] = ()
    tags: tuple[Facet, ...] = ()
    languages: tuple[Facet, ...] = ()
    years: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class Unexcluded:
    """``text`` finds ``pages``, at least so many unless they ``are_all``."""

    text: str
    pages: int
    are_all: bool


@dataclass(frozen=True, slots=True)
class Results:
    """One screen of results.

    ``pages`` is exact up to 1,000, else ``pages_are_exact`` is False. ``left_out`` are parts of the question
    that nobody could make sense of. ``did_you_mean`` is a better question, or empty. ``is_over_time`` says
    that the time was up before all pages were looked at, ``has_more_than_ranked`` that only the newest of
    very many were ranked. ``unexcluded`` is the question without what is not wanted, where
    that leaves nothing. ``has_misread``: nothing was found, and there are pages if misreadings are forgiven.
    """

    query: Query
    found: tuple[Found, ...] = ()
    pages: int = 0
    pages_are_exact: bool = True
    documents: int = 0
    facets: Facets | None = None
    left_out: tuple[str, ...] = ()
    did_you_mean: str = ""
    unexcluded: Unexcluded | None = None
    has_misread: bool = False
    is_over_time: bool = False
    has_more_than_ranked: bool = False
    next_cursor: str = ""
    previous_cursor: str = ""

    @property
    def places(self) -> list[int]:
        """The collection of each document in sight."""
        return [one.document.collection_id for one in self.found]


@dataclass(frozen=True, slots=True)
class PageHits:
    """How often a question is answered on a page of a document."""

    number: int
    count: int


@dataclass(frozen=True, slots=True)
class Title:
    """A document that is suggested by its title."""

    id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Ways to go on with what was typed, the most likely first."""

    words: tuple[str, ...] = ()
    titles: tuple[Title, ...] = ()
