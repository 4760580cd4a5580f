"""Changes of a text as lists show them: each between its neighbours, beside the strip of the image."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.urls import reverse

from documents.models import Transcription
from documents.ocr.correcting.comparing import Change, Comparison
from documents.ocr.correcting.differences import Row, in_context
from documents.ocr.elements import PageText, Word, confidence_of
from documents.search.text.places import Span, word_spans


@dataclass(frozen=True, slots=True)
class Difference:
    """A change, its number in the comparison, from 0, and the address of its strip, if it has one."""

    number: int
    change: Change
    row: Row
    cut: str
    is_ticked: bool

    @property
    def confidence(self) -> float | None:
        return confidence_of(self.change.before)

    @property
    def other_confidence(self) -> float | None:
        return confidence_of(self.change.after)


class Strips:
    """Cuts addresses of strips out of one text of a page."""

    def __init__(self, document_id: UUID, text: Transcription, page: PageText) -> None:
        self._document_id = document_id
        self._text = text
        self._page = page

    @cached_property
    def _spans(self) -> list[Span]:
        return list(word_spans(self._page))

    def address(self, at: int, count: int) -> str:
        """Around ``count`` words from ``at`` on, counted over the page; empty where there is no picture."""
        if not self._text.image or not count:
            return ""
        marked = f"{self._spans[at].start}-{self._spans[at + count - 1].end}"
        return reverse("page_cut", args=[self._document_id, self._text.pk, marked])


def differences(
    document_id: UUID,
    texts: tuple[Transcription, Transcription],
    pages: tuple[PageText, PageText],
    comparison: Comparison,
    *,
    numbers: range,
    ticked: Collection[int],
) -> list[Difference]:
    """Those of the comparison of two texts, whose words are ``pages``, that have these numbers."""
    mine, theirs = (Strips(document_id, text, page) for text, page in zip(texts, pages, strict=True))
    words = pages[0].words
    return [
        _difference(number, comparison.changes[number], words, mine, theirs, is_ticked=number in ticked)
        for number in numbers
    ]


def _difference(
    number: int, change: Change, words: Sequence[Word], mine: Strips, theirs: Strips, *, is_ticked: bool
) -> Difference:
    cut = mine.address(change.at, len(change.before)) or theirs.address(change.other_at, len(change.after))
    return Difference(number, change, in_context(words, change), cut, is_ticked)


def still_ticked(before: Comparison, after: Comparison, ticked: Collection[int]) -> set[int]:
    """Which numbers of ``after`` mean what ``ticked`` ones of ``before`` did.

    Both are of the same other text: what changed is the text that it is compared with.
    """
    wanted = {_key(change) for number, change in enumerate(before.changes) if number in ticked}
    return {number for number, change in enumerate(after.changes) if _key(change) in wanted}


def _key(change: Change) -> tuple[tuple[str, ...], int, int]:
    return tuple(word.text for word in change.before), change.other_at, len(change.after)
