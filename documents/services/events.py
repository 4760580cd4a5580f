"""The audit trail: one line for each thing that somebody did, written with the change itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID

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
    if document:
        return note_about(user=user, action=action, document=document, details=details)
    line = _line(user, action, collection, details)
    line.save()
    return line


def note_about(*, user: User | None, action: Event.Action, document: Document, details: Details) -> Event:
    """The same of a document, with ``details`` as they are."""
    line = _line(user, action, document, details)
    if whole := _whole.get():
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


def note_each(
    *,
    user: User,
    action: Event.Action,
    documents: Sequence[Document],
    details: Mapping[UUID, Details] = MappingProxyType({}),
) -> None:
    """The same of each of ``documents``: as parts of one line where they are several.

    ``details`` are told of those whose keys they have.
    """
    if len(documents) == 1:
        (document,) = documents
        note_about(user=user, action=action, document=document, details=details.get(document.pk, {}))
    elif documents:
        changes = {about["change"] for about in details.values() if "change" in about}
        whole = note_whole(user=user, action=action, details={"change": changes.pop()} if changes else {})
        parts = ((document, details.get(document.pk, {})) for document in documents)
        note_parts(whole=whole, documents=parts)


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
