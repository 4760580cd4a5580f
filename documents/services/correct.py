"""Correcting the text of a page. Nothing is overwritten: each change is a text of its own, based on another.

To undo and to redo is to show another text of that chain; whatever else changes what a page shows adds to it
(docs/decisions/010). Each function is told by ``current_id`` which text the person saw: where the page shows
another one meanwhile, nothing is changed and PageChanged says whose it is. All of them raise Gone, too.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from documents.errors import NotUndoable, PlaceMissing
from documents.models import Event, Page, Transcription
from documents.ocr.correcting.editing import edited
from documents.ocr.correcting.merging import merged, with_words
from documents.ocr.correcting.operations import Operation
from documents.ocr.correcting.regions import with_region
from documents.ocr.elements import Block, Box, PageText, Word
from documents.selectors import correcting
from documents.services import events, facts, texts

_CORRECTED = Event.Action.CORRECTED


def correct(*, user: User, page: Page, current_id: int, operations: Sequence[Operation]) -> Transcription:
    """Change words and lines. Raises PlaceMissing, WordTooLong, LineTooLong, PageTooFull."""
    return _change(user, page, current_id, lambda before: edited(before, operations))


def put_words(*, user: User, page: Page, current_id: int, words: Sequence[Word]) -> Transcription:
    """Let ``words`` be all words of the page, as programs send them: see ``ocr.merging.with_words``.

    Raises PageTooFull, WordTooLong.
    """
    return _change(user, page, current_id, lambda before: with_words(before, words))


def put_region(
    *, user: User, page: Page, current_id: int, region: Box, blocks: Sequence[Block]
) -> Transcription:
    """Let ``blocks``, which were read in ``region`` alone, take the place of what stood there.

    All boxes are pixels of the page. Raises PageTooFull.
    """
    return _change(user, page, current_id, lambda before: with_region(before, region, blocks))


def take_over(
    *,
    user: User,
    page: Page,
    current_id: int,
    other: Transcription,
    choices: Collection[int] | None = None,
) -> Transcription:
    """Take those changes to ``other``, another text of the page, whose numbers are ``choices``; None: all.

    They count from 0, as ``ocr.comparing.compare`` gives them. Where ``other`` waited as a proposal, it waits
    no more, whatever was taken. Raises PlaceMissing, PageTooFull.
    """
    base = texts.seen_by(page, current_id)
    written = _taken(page, base, other, choices)
    return _add(user, page, base, other, written, how="merged")


def restore(*, user: User, page: Page, current_id: int, earlier: Transcription) -> Transcription:
    """Show ``earlier``, a text of the page's history, again. Raises PlaceMissing."""
    base = texts.seen_by(page, current_id)
    return _add(user, page, base, earlier, _taken(page, base, earlier, None), how="restored")


def undo(*, user: User, page: Page, current_id: int) -> Transcription:
    """Show the text before the user's last change. Raises NotUndoable where that was not theirs."""
    current = texts.seen_by(page, current_id)
    return _step(user, page, current, correcting.to_undo(user, current))


def redo(*, user: User, page: Page, current_id: int) -> Transcription:
    """Show the text again that the user undid last. Raises NotUndoable."""
    current = texts.seen_by(page, current_id)
    return _step(user, page, current, correcting.to_redo(user, current))


def mark_proofread(*, user: User, page: Page, current_id: int, is_right: bool = True) -> None:
    """Say that the text of the page is right as it is, or take that back."""
    with transaction.atomic():
        texts.hold(user=user, page=page, current_id=current_id)
        marked = Page.objects.filter(pk=page.pk, proofread_at__isnull=is_right)
        by, at = (user, timezone.now()) if is_right else (None, None)
        is_news = marked.update(proofread_by=by, proofread_at=at)
        page.refresh_from_db(fields=["proofread_by", "proofread_at"])
        if is_news:
            how = "right" if is_right else "open"
            action = Event.Action.PROOFREAD
            events.note(user=user, action=action, document=page.document, page=page.number, how=how)


def _change(user: User, page: Page, current_id: int, edit: Callable[[PageText], PageText]) -> Transcription:
    """Save what ``edit`` makes of the current text; where it is the same, nothing."""
    base = texts.seen_by(page, current_id)
    before = base.page_text
    after = edit(before)
    if after == before:
        return base
    written = texts.draft(page=page, base=base, page_text=after)
    with transaction.atomic():
        texts.hold(user=user, page=page, current_id=base.pk)
        made = texts.save(user=user, page=page, written=written)
        texts.settle(document=page.document, pages=[page], analysed={made.pk: written.analysed})
        events.note_page(user=user, action=_CORRECTED, document=page.document, page=page.number)
    return made


def _add(
    user: User,
    page: Page,
    base: Transcription,
    other: Transcription,
    written: texts.Draft | None,
    *,
    how: str,
) -> Transcription:
    """The text of the page after ``written`` (None: nothing was taken) came to it from ``other``."""
    with transaction.atomic():
        texts.hold(user=user, page=page, current_id=base.pk)
        Page.objects.filter(pk=page.pk, proposal=other).update(proposal=None)
        if written is None:
            return base
        made = texts.save(user=user, page=page, written=written)
        texts.settle(document=page.document, pages=[page], analysed={made.pk: written.analysed})
        events.note(user=user, action=_CORRECTED, document=page.document, page=page.number, how=how)
    return made


def _taken(
    page: Page, base: Transcription, other: Transcription, choices: Collection[int] | None
) -> texts.Draft | None:
    """The text with what was chosen; None where that changes nothing."""
    if other.page_id != page.pk:
        raise PlaceMissing
    if choices is None:
        is_other = bytes(other.packed) != bytes(base.packed)
        return texts.copy(page=page, base=base, other=other) if is_other else None
    before = base.page_text
    after = merged(before, other.page_text, choices)
    if after == before:
        return None
    written = texts.draft(page=page, base=base, page_text=after)
    return replace(written, taken_from=other)


def _step(user: User, page: Page, current: Transcription, target: Transcription | None) -> Transcription:
    if target is None:
        raise NotUndoable
    seen = facts.look(page=page, text=target.text, languages=target.languages)
    analysed = texts.analyse(target)
    with transaction.atomic():
        texts.hold(user=user, page=page, current_id=current.pk)
        texts.show(user=user, page=page, text=target, seen=seen)
        texts.settle(document=page.document, pages=[page], analysed={target.pk: analysed})
        events.note_page(user=user, action=_CORRECTED, document=page.document, page=page.number)
    return target
