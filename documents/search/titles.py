"""One screen of the documents that were found, by title, where they are too many to be looked at together.

Documents are taken in the order of their titles, and the index is asked which of them it finds: first as
many as fill a screen if most are, then more at a time. A screen begins behind a document, or ends before one
(its cursor), so that the last costs what the first does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from documents.search.index import candidates
from documents.search.index.candidates import backend, in_time
from documents.search.question import Question
from documents.search.screens import RANKED, Group, Screen, grouped
from documents.selectors import cursors, listing

_KIND = "search.titles"
_FEWEST, _MOST = 20, 200  # documents of which the index is asked together

_Place = tuple[str, UUID]  # the title, folded, and the key: what documents are sorted by


@dataclass(slots=True)
class _Walk:
    """On from ``at`` until a document more is found than a screen has, the last is met, or the time is up."""

    question: Question
    at: _Place | None
    is_backwards: bool
    size: int
    found: list[tuple[_Place, Group]] = field(default_factory=list)
    is_at_end: bool = False

    def go(self, seconds: float) -> None:
        end, together = backend().clock() + seconds, _FEWEST
        while len(self.found) <= self.size and not self.is_at_end and self._step(together, end):
            together = min(2 * together, _MOST)

    def _step(self, together: int, end: float) -> bool:
        """Whether there was time for it."""
        places = in_time(self._next(together), max(0.0, end - backend().clock()))
        groups = None if places is None else _groups(self.question, [pk for _title, pk in places], end)
        if places is None or groups is None:
            return False
        self.found += [(place, groups[place[1]]) for place in places if place[1] in groups]
        self.at, self.is_at_end = places[-1] if places else self.at, len(places) < together
        return True

    def _next(self, together: int) -> Iterator[_Place]:
        documents = listing.beyond(
            self.question.fitting,
            "title_folded",
            self.at,
            self.question.collections,
            is_descending=self.is_backwards,
            most=together,
        )
        yield from ((document.title_folded, document.pk) for document in documents)


def by_title(question: Question, cursor: str, size: int) -> Screen:
    start, is_backwards = _read(cursor)
    walk = _Walk(question, start, is_backwards, size)
    walk.go(candidates.PATIENCE)
    shown, has_more = walk.found[:size], len(walk.found) > size
    last = shown[-1][0] if has_more else walk.at
    onwards = "" if walk.is_at_end and not has_more else _write(last, is_backwards)
    back = "" if start is None else _write(shown[0][0] if shown else start, not is_backwards)
    groups, is_whole = [group for _place, group in shown], has_more or walk.is_at_end
    if is_backwards:
        return Screen(groups[::-1], back, onwards, is_whole)
    return Screen(groups, onwards, back, is_whole)


def _groups(question: Question, documents: Sequence[UUID], end: float) -> dict[UUID, Group] | None:
    """Those of ``documents`` that are found; None where there is no time to tell.

    A long book may have more pages than are looked at together: it is asked about by itself then.
    """
    if not documents:
        return {}
    seconds = max(0.0, end - backend().clock())
    fetched = question.pages_of(documents, most=RANKED, seconds=seconds)
    if not fetched.is_whole:
        return None
    if len(fetched.pages) < RANKED or len(documents) == 1:
        return {group.document_id: group for group in grouped(question.rank(fetched.pages))}
    half = len(documents) // 2
    first, second = (_groups(question, part, end) for part in (documents[:half], documents[half:]))
    return None if first is None or second is None else first | second


def goes_on(cursor: str) -> bool:
    """Whether it leads from a screen of `by_title`."""
    return cursors.read(_KIND, cursor) is not None


def _read(cursor: str) -> tuple[_Place | None, bool]:
    values = cursors.read(_KIND, cursor)
    if values is None:
        return None, False
    title, document_id, is_backwards = values
    return (title, UUID(document_id)), is_backwards


def _write(place: _Place | None, is_backwards: bool) -> str:  # noqa: FBT001
    return cursors.write(_KIND, place[0], str(place[1]), is_backwards) if place else ""
