"""What persons did to the texts of pages, and what waits for them. A part of ``selectors``.

Those that take a page or a text trust that it came from a selector that took the user.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from accounts.models import User
from documents.models import Document, KnownWord, Page, PageJob, Transcription
from documents.ocr.correcting.typed import shown

_BURST = timedelta(minutes=10)  # between changes that are told as one
_MOST_TEXTS = 1000  # of a page are looked at; the oldest are left out


@dataclass(frozen=True, slots=True)
class Version:
    """A text in the history of a page; of several changes in a row by one person, the last.

    ``before`` is what the first of them changed, and ``changes`` how many there are; ``is_undone``: its
    author took it back. ``text`` and ``before`` come without their words, which are fetched when they are
    looked at.
    """

    text: Transcription
    before: Transcription | None
    changes: int
    is_current: bool
    is_undone: bool


def history(page: Page, *, is_each: bool = False) -> list[Version]:
    """The texts of a page, newest first, undone ones, too; with ``is_each`` all of a burst of typing."""
    rows = page.transcriptions.select_related("author", "run", "taken_from__run").defer(
        "text", "packed", "taken_from__text", "taken_from__packed"
    )
    known = {text.pk: text for text in rows.order_by("-pk")[:_MOST_TEXTS]}
    given = PageJob.objects.filter(page=page, given__isnull=False)
    came_along = set(given.values_list("run", flat=True))
    for text in known.values():
        text.came_along = text.run_id in came_along
    undone = _undone(known, page.current_id)
    oldest_first = reversed(known.values())
    bursts = (
        [[text] for text in oldest_first] if is_each else [*_bursts(oldest_first, page.current_id, undone)]
    )
    return [_version(burst, known, page.current_id, undone) for burst in reversed(bursts)]


def pages_with_proposals(document: Document) -> list[int]:
    """The numbers of the pages of which a new reading waits for a decision."""
    waiting = document.pages.filter(proposal__isnull=False).order_by("number")
    return list(waiting.values_list("number", flat=True))


def to_undo(user: User, current: Transcription) -> Transcription | None:
    """The text that undoing shows: the one that ``user`` changed last; None where another did."""
    return current.based_on if current.author_id == user.pk else None


def may_undo(user: User, current: Transcription) -> bool:
    """Whether there is such a text, without fetching it."""
    return current.author_id == user.pk and current.based_on_id is not None


def to_redo(user: User, current: Transcription) -> Transcription | None:
    """The text that redoing shows: the one that ``user`` undid last."""
    return current.followers.filter(author=user).order_by("-pk").first()


def may_redo(user: User, current: Transcription) -> bool:
    """Whether there is such a text, without fetching it."""
    return current.followers.filter(author=user).exists()


def is_step(user: User, page: Page, first_id: int, second_id: int) -> bool:
    """Whether ``user`` came from one text of the page to the other by one change, or by undoing it."""
    own = page.transcriptions.filter(pk__in=(first_id, second_id), author=user)
    based_on = dict(own.values_list("pk", "based_on"))
    return based_on.get(second_id) == first_id or based_on.get(first_id) == second_id


def known_words(user: User) -> list[str]:
    """The words of the user's list, in their order."""
    return list(KnownWord.objects.filter(user=user.pk).values_list("word", flat=True))


def known_words_from(user: User, first: str, *, most: int = 500) -> tuple[list[str], str]:
    """The words of the user's list from ``first`` on, and the word after them; empty where there is none."""
    mine = KnownWord.objects.filter(user=user.pk, word__gte=" ".join(shown(first)))
    words = list(mine.values_list("word", flat=True)[: most + 1])
    return words[:most], words[most] if len(words) > most else ""


def _undone(known: Mapping[int, Transcription], current_id: int | None) -> set[int]:
    """Only to undo leaves a person's text behind: all else that a page shows is based on it.

    Texts of persons that are based on none are older than undoing is.
    """
    shown = set()
    while current_id:
        shown.add(current_id)
        current_id = known[current_id].based_on_id if current_id in known else None
    return {key for key, text in known.items() if text.based_on_id and key not in shown}


def _bursts(
    oldest_first: Iterable[Transcription], current_id: int | None, undone: Container[int]
) -> Iterator[list[Transcription]]:
    """The current text ends a burst, and so does the last one before what was undone."""
    burst: list[Transcription] = []
    for text in oldest_first:
        is_turn = burst and (burst[-1].pk == current_id or (burst[-1].pk in undone) != (text.pk in undone))
        if burst and (is_turn or not _goes_on(burst[-1], text)):
            yield burst
            burst = []
        burst.append(text)
    if burst:
        yield burst


def _version(
    burst: list[Transcription],
    known: Mapping[int, Transcription],
    current_id: int | None,
    undone: Container[int],
) -> Version:
    first, last = burst[0], burst[-1]
    before = known.get(first.based_on_id) if first.based_on_id else None
    return Version(last, before, len(burst), is_current=last.pk == current_id, is_undone=last.pk in undone)


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
