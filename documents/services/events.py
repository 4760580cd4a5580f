"""The audit trail: one line for each thing that somebody did, written with the change itself."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from documents.models import Collection, Document, Event

Detail = str | int | list[str] | None
Details = dict[str, Detail]
Whole = Callable[[Event.Action], int]

_BURST = timedelta(hours=1)
# Services note what they do and do not know of how many documents it is done.
_whole: ContextVar[Whole | None] = ContextVar("whole", default=None)


def note(
    *,
    user: User | None,
    action: Event.Action,
    document: Document | None = None,
    collection: Collection | None = None,
    **details: Detail,
) -> Event:
    """Write down that ``user`` (None: the site itself) did ``action``, in the transaction of the change.

    The line is about ``document``, as it is after the change, or about ``collection`` as such. ``details``
    are what the sentence tells, as in ``documents.words.events``.
    """
    line = _line(user, action, document or collection, details)
    whole = _whole.get()
    if whole and document:
        line.part_of_id = whole(action)
    line.save()
    return line


def note_whole(
    *, user: User, action: Event.Action, details: Details, collection: Collection | None = None
) -> Event:
    """A line about many documents, or about ``collection`` as such, that is to have parts."""
    line = _line(user, action, collection, details)
    line.save()
    return line


def note_page(*, user: User, action: Event.Action, document: Document, page: int) -> None:
    """Write down that ``user`` changed a page: one line for an hour of it, which counts the changes."""
    since = timezone.now() - _BURST
    lines = Event.objects.filter(document_id=document.pk, user=user, action=action, at__gte=since)
    line = lines.filter(details__page=page, details__changes__isnull=False).first()
    if line is None:
        note(user=user, action=action, document=document, page=page, changes=1)
    else:
        line.details["changes"] += 1
        line.save(update_fields=["details"])


def note_parts(*, whole: Event, documents: Iterable[tuple[Document, Details]]) -> None:
    """A line for each of ``documents``, each with its own details, as parts of the line ``whole``."""
    lines = (_line(whole.user, Event.Action(whole.action), *about) for about in documents)
    Event.objects.bulk_create(_part(line, whole.pk) for line in lines)


def note_each(*, user: User, action: Event.Action, documents: Sequence[Document]) -> None:
    """The same of each of ``documents``: as parts of one line where they are several."""
    if len(documents) == 1:
        note(user=user, action=action, document=documents[0])
    elif documents:
        whole = note_whole(user=user, action=action, details={})
        note_parts(whole=whole, documents=((document, {}) for document in documents))


@contextmanager
def parts_of(whole: Whole) -> Iterator[None]:
    """What is noted of documents within is a part of one line, of which ``whole`` gives the key.

    It is asked for it, with what was done, when there is something to note.
    """
    token = _whole.set(whole)
    try:
        yield
    finally:
        _whole.reset(token)


def _line(
    user: User | None, action: Event.Action, about: Document | Collection | None, details: Details
) -> Event:
    line = Event(user=user, user_name=user.get_username() if user else "", action=action, details=details)
    match about:
        case Document():
            line.document_id, line.collection_id = about.pk, about.collection_id
        case Collection():
            line.collection_id = about.pk
    line.title = str(about or "")
    return line


def _part(line: Event, whole: int) -> Event:
    line.part_of_id = whole
    return line
