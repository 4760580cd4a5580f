"""What persons did to the texts of pages, and what waits for them. A part of ``selectors``.

Those that take a page or a text trust that it came from a selector that took the user.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from accounts.models import User
from documents.models import Document, KnownWord, Page, Transcription
from documents.ocr.comparing import Comparison, compare

_BURST = timedelta(minutes=10)  # between changes that are told as one
_MOST_TEXTS = 1000  # of a page are looked at; the oldest are left out


@dataclass(frozen=True, slots=True)
class Version:
    """A text in the history of a page; of several changes in a row by one person, the last.

    ``before`` is what the first of them changed, ``changes`` how many they are. ``text`` and ``before`` come
    without their words, which are fetched when they are looked at.
    """

    text: Transcription
    before: Transcription | None
    changes: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new reading of a page that a person corrected or proofread, and what it would change."""

    reading: Transcription
    comparison: Comparison


def history(page: Page) -> list[Version]:
    """The texts of a page, newest first, undone ones, too."""
    rows = page.transcriptions.select_related("author", "run", "taken_from__run").defer(
        "text", "packed", "taken_from__text", "taken_from__packed"
    )
    known = {text.pk: text for text in rows.order_by("-pk")[:_MOST_TEXTS]}
    bursts = list(_bursts(reversed(known.values()), page.current_id))
    return [_version(burst, known, page.current_id) for burst in reversed(bursts)]


def proposal_for(page: Page) -> Proposal | None:
    """What waits for a decision about the page. None where nothing does, or the text is the same by now."""
    if page.proposal is None or page.current is None:
        return None
    comparison = compare(page.current.page_text, page.proposal.page_text)
    return Proposal(page.proposal, comparison) if comparison.changes else None


def pages_with_proposals(document: Document) -> list[int]:
    """The numbers of the pages of which a new reading waits for a decision."""
    waiting = document.pages.filter(proposal__isnull=False).order_by("number")
    return list(waiting.values_list("number", flat=True))


def to_undo(user: User, current: Transcription) -> Transcription | None:
    """The text that undoing shows: the one that ``user`` changed last; None where another did."""
    return current.based_on if current.author_id == user.pk else None


def to_redo(user: User, current: Transcription) -> Transcription | None:
    """The text that redoing shows: the one that ``user`` undid last."""
    return current.followers.filter(author=user).order_by("-pk").first()


def known_words(user: User) -> list[str]:
    """The words of the user's list, in their order."""
    return list(KnownWord.objects.filter(user=user.pk).values_list("word", flat=True))


def _bursts(oldest_first: Iterable[Transcription], current_id: int | None) -> Iterator[list[Transcription]]:
    """The current text ends a burst: what was undone after it is told apart."""
    burst: list[Transcription] = []
    for text in oldest_first:
        if burst and (burst[-1].pk == current_id or not _goes_on(burst[-1], text)):
            yield burst
            burst = []
        burst.append(text)
    if burst:
        yield burst


def _version(
    burst: list[Transcription], known: Mapping[int, Transcription], current_id: int | None
) -> Version:
    first, last = burst[0], burst[-1]
    before = known.get(first.based_on_id) if first.based_on_id else None
    return Version(last, before, len(burst), is_current=last.pk == current_id)


def _goes_on(before: Transcription, text: Transcription) -> bool:
    """Is ``text`` the next change of one person's burst of typing?"""
    return (
        text.based_on_id == before.pk
        and text.author_id is not None
        and text.author_id == before.author_id
        and text.taken_from_id is before.taken_from_id is None
        and text.together is before.together is None
        and text.created_at - before.created_at < _BURST
    )
