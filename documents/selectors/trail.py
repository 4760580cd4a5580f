"""The audit trail, newest first, one screen after the other. A part of ``selectors``."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from documents import selectors
from documents.models import Document, Event

PER_SCREEN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """``is_open``: the reader may open the document that it is about."""

    event: Event
    is_open: bool


@dataclass(frozen=True, slots=True)
class Trail:
    """``older`` is where the next screen begins, for ``before``; None at the end."""

    lines: list[Line]
    older: int | None


def events_of(user: User, document: Document, *, before: int | None = None, size: int | None = None) -> Trail:
    """What was done to ``document``; collections that ``user`` is no member of are not named."""
    trail = _screen(user, Event.objects.filter(document_id=document.pk), before, size)
    mine = selectors.collection_ids(user)
    for line in trail.lines:
        details = line.event.details
        if "paper_id" not in details:
            details.pop("paper", None)
        for side in ("before", "after"):
            if details.get(f"{side}_id") not in (None, *mine):
                details[side] = ""
    return trail


def events_for_admin(
    user: User, *, person: str = "", action: str = "", before: int | None = None, size: int | None = None
) -> Trail:
    """Everything, or what the person of that user name, in any case, did, also one whose account is gone.

    What was done to many documents at once is one line; ``.documents`` of its event says how many they are.
    """
    events = Event.objects.filter(part_of=None)
    if person:
        alike = User.objects.filter(username__iexact=person)
        account = alike.filter(username=person).first() or alike.first()
        events = events.filter(user=account) if account else events.filter(user_name__iexact=person)
    if action:
        events = events.filter(action=action)
    trail = _screen(user, events, before, size)
    _count_parts([line.event for line in trail.lines])
    return trail


def whole_for_admin(event_id: int) -> Event:
    """A line that has parts. Raises Event.DoesNotExist."""
    event = Event.objects.get(pk=event_id)
    _count_parts([event])
    if not event.documents:
        raise Event.DoesNotExist
    return event


def parts_for_admin(user: User, whole: Event, *, before: int | None = None, size: int | None = None) -> Trail:
    """A line for each document to which it was done."""
    return _screen(user, whole.parts.all(), before, size)


def _screen(user: User, events: QuerySet[Event], before: int | None, size: int | None) -> Trail:
    """``size`` lines, or so many as the site's own."""
    size = size or PER_SCREEN
    start = events.filter(pk=before).first() if before else None
    if start:
        events = events.filter(Q(at__lt=start.at) | Q(at=start.at, pk__lt=start.pk), at__lte=start.at)
    rows = list(events[: size + 1])
    shown = rows[:size]
    ids = {row.document_id for row in shown if row.document_id}
    ids |= {UUID(row.details["paper_id"]) for row in shown if "paper_id" in row.details}
    seen = set(selectors.documents_for(user).filter(pk__in=ids).values_list("pk", flat=True))
    for row in shown:  # what the reader may not open is no link
        if "paper_id" in row.details and UUID(row.details["paper_id"]) not in seen:
            del row.details["paper_id"]
    lines = [Line(row, row.document_id in seen) for row in shown]
    return Trail(lines, shown[-1].pk if len(rows) > size else None)


def _count_parts(events: list[Event]) -> None:
    """Set ``.documents`` of each."""
    parts = Event.objects.filter(part_of__in=events).order_by().values_list("part_of")
    counts = dict(parts.annotate(Count("pk")))
    for event in events:
        event.documents = counts.get(event.pk, 0)
