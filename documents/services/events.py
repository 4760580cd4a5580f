"""The audit trail: one line for each thing that somebody did, written with the change itself."""

from accounts.models import User
from documents.models import Collection, Document, Event

Detail = str | int | list[str] | None


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
    about = document or collection
    place = document.collection_id if document else collection.pk if collection else None
    return Event.objects.create(
        user=user,
        user_name=user.get_username() if user else "",
        action=action,
        document_id=document.pk if document else None,
        title=str(about or ""),
        collection_id=place,
        details=details,
    )
