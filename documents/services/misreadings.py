"""One correction in many places of a document, which is undone as one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from accounts.models import User
from documents.models import Document, Event, Page, Transcription
from documents.ocr.correcting.editing import edited
from documents.ocr.correcting.misreadings import corrections
from documents.selectors.misreadings import MOST_PAGES, on
from documents.services import events, facts, index, texts
from documents.services.locks import lock_editable

_CORRECTED = Event.Action.CORRECTED
Chosen = Mapping[int, Collection[tuple[int, int]]]  # by the key of a text: lines and words in it


@dataclass(frozen=True, slots=True)
class Done:
    """Numbers of pages: those that were changed, and those that show another text meanwhile and were left.

    ``together`` is what `undo_together` is asked with.
    """

    together: UUID
    pages: list[int]
    left: list[int]


@dataclass(frozen=True, slots=True)
class _Change:
    written: texts.Draft
    places: int


@dataclass(frozen=True, slots=True)
class _Back:
    made: Transcription
    before: Transcription
    seen: facts.Seen
    analysed: index.Analysed


def apply_to_all(*, user: User, document: Document, wrong: str, right: str, chosen: Chosen) -> Done:
    """Correct ``wrong`` to ``right`` in those places of ``selectors.misreadings`` that were chosen.

    At most MOST_PAGES pages at once; the others are left. Raises WordTooLong, PageTooFull, Gone.
    """
    meant = document.pages.filter(transcriptions__in=list(chosen)).select_related("document", "current")
    pages = list(meant.distinct().order_by("number"))
    changes = {page: change for page in pages[:MOST_PAGES] if (change := _change(page, wrong, right, chosen))}
    together = uuid4()
    with transaction.atomic():
        lock_editable(document, user=user)
        still = _shown(document, (change.written.base for change in changes.values()))
        kept = {page: change for page, change in changes.items() if page.pk in still}
        analysed = {}
        for page, change in kept.items():
            made = texts.save(user=user, page=page, written=change.written, together=together)
            analysed[made.pk] = change.written.analysed
        if kept:
            texts.settle(document=document, pages=kept, analysed=analysed)
            events.note(
                user=user,
                action=_CORRECTED,
                document=document,
                how="everywhere",
                before=wrong,
                after=right,
                places=sum(change.places for change in kept.values()),
            )
    return _done(together, pages, kept)


def undo_together(*, user: User, document: Document, together: UUID) -> Done:
    """Take back what the user did in many places. Raises Gone."""
    made = Transcription.objects.filter(together=together, author=user, page__document=document)
    made = made.select_related("page__document", "based_on").order_by("page__number")
    back = {text.page: _back(text, text.based_on) for text in made if text.based_on}
    with transaction.atomic():
        lock_editable(document, user=user)
        still = _shown(document, (step.made for step in back.values()))
        kept = {page: step for page, step in back.items() if page.pk in still}
        for page, step in kept.items():
            texts.show(user=user, page=page, text=step.before, seen=step.seen)
        if kept:
            analysed = {step.before.pk: step.analysed for step in kept.values()}
            texts.settle(document=document, pages=kept, analysed=analysed)
            events.note(user=user, action=_CORRECTED, document=document, how="undone")
    return _done(together, back, kept)


def _change(page: Page, wrong: str, right: str, chosen: Chosen) -> _Change | None:
    """What is changed on a page; None where it shows another text, or has no such word in those places."""
    if page.current is None or page.current.pk not in chosen:
        return None
    wanted = set(chosen[page.current.pk])
    places = [place for place in on(page, wrong, right) if (place.line, place.word) in wanted]
    if not places:
        return None
    after = edited(page.current.page_text, corrections(places))
    return _Change(texts.draft(page=page, base=page.current, page_text=after), len(places))


def _back(made: Transcription, before: Transcription) -> _Back:
    seen = facts.look(page=made.page, text=before.text, languages=before.languages)
    return _Back(made, before, seen, texts.analyse(before))


def _shown(document: Document, current: Iterable[Transcription]) -> set[int]:
    """The keys of pages that show one of these texts now."""
    return set(document.pages.filter(current__in=list(current)).values_list("pk", flat=True))


def _done(together: UUID, pages: Iterable[Page], kept: Collection[Page]) -> Done:
    return Done(together, [page.number for page in kept], [page.number for page in pages if page not in kept])
