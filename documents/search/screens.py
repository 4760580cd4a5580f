"""One screen of documents from the pages that were found: the best, or the next by title.

By age, `ages` finds them. By relevance and by title, the screens are parts of what was ranked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from uuid import UUID

from documents.models import Document
from documents.search.index.candidates import among
from documents.search.index.ranking import Ranked
from documents.selectors import cursors

SIZE = 10  # documents, where nobody asks for another number
RANKED = 1000  # pages: beyond this, "1,000+" are told, and the newest are ranked
_MORE_PAGES = 0.1  # what further pages add to the worth of a document's best


@dataclass(frozen=True, slots=True)
class Group:
    """The pages found in a document, the best first. ``key`` is the document's, as the database has it."""

    key: UUID | str
    pages: tuple[Ranked, ...]

    @property
    def document_id(self) -> UUID:
        return self.key if isinstance(self.key, UUID) else UUID(hex=self.key)

    @property
    def score(self) -> float:
        return self.pages[0].score + _MORE_PAGES * log(len(self.pages))


@dataclass(frozen=True, slots=True)
class Screen:
    """``is_whole`` is False when the time was up before the screen was full."""

    groups: Sequence[Group]
    next_cursor: str = ""
    previous_cursor: str = ""
    is_whole: bool = True


def grouped(pages: Iterable[Ranked]) -> list[Group]:
    """By document, in the order of their first pages."""
    groups: dict[UUID | str, list[Ranked]] = {}
    for page in pages:
        groups.setdefault(page.page.document_id, []).append(page)
    return [
        Group(key, tuple(sorted(some, key=lambda page: (-page.score, page.page.number))))
        for key, some in groups.items()
    ]


def best_first(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: -group.score)


def by_relevance(groups: Sequence[Group], place: "Place", size: int) -> Screen:
    return _part(best_first(groups), place, size)


def by_title(groups: Sequence[Group], place: "Place", size: int) -> Screen:
    documents = Document.objects.filter(pk__in=among(group.key for group in groups))
    titles = dict(documents.values_list("pk", "title_folded"))
    return _part(sorted(groups, key=lambda group: titles.get(group.document_id, "")), place, size)


@dataclass(frozen=True, slots=True)
class Place:
    """At which document, from 0, a screen begins, and what is ordered: that which the first screen found.

    So all screens are parts of one order. It found so many ``pages`` (None: this is the first screen), of
    which ``newest`` is the key of the newest, and had the time to find them all or not. ``kind`` is the order
    of one question: a cursor of another means the first screen.
    """

    kind: str
    at: int = 0
    pages: int | None = None
    newest: int | None = None
    are_all: bool = True

    @classmethod
    def read(cls, kind: str, cursor: str) -> "Place":
        return cls(kind, *(cursors.read(kind, cursor) or ()))

    def write(self, at: int) -> str:
        return cursors.write(self.kind, at, self.pages, self.newest, self.are_all)


def _part(groups: Sequence[Group], place: Place, size: int) -> Screen:
    """Where there are fewer by now, the last screen that there is."""
    at = min(place.at, max(0, len(groups) - 1) // size * size)
    return Screen(
        groups[at : at + size],
        next_cursor=place.write(at + size) if at + size < len(groups) else "",
        previous_cursor=place.write(max(0, at - size)) if at else "",
    )
