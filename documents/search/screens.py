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

SIZE = 10  # documents
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


def by_relevance(groups: Sequence[Group], cursor: str) -> Screen:
    return _part(sorted(groups, key=lambda group: -group.score), cursor, "relevance")


def by_title(groups: Sequence[Group], cursor: str) -> Screen:
    documents = Document.objects.filter(pk__in=among(group.key for group in groups))
    titles = dict(documents.values_list("pk", "title_folded"))
    return _part(sorted(groups, key=lambda group: titles.get(group.document_id, "")), cursor, "title")


def _part(groups: Sequence[Group], cursor: str, sort: str) -> Screen:
    kind = f"search.{sort}"
    [at] = cursors.read(kind, cursor) or [0]
    return Screen(
        groups[at : at + SIZE],
        next_cursor=cursors.write(kind, at + SIZE) if at + SIZE < len(groups) else "",
        previous_cursor=cursors.write(kind, max(0, at - SIZE)) if at else "",
    )
