"""One document: where it belongs, what it is called, and of which day it is."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from documents.errors import CollectionGone, DateImplausible
from documents.models import Collection, DateSource, Document, Event, Membership, Role, Tag
from documents.selectors.membership import editable_collections
from documents.services import events, index, names, tags
from documents.services.locks import lock_collections, lock_editable

LONGEST_TITLE = 300
_EARLIEST_YEAR = 1000
_YEARS_AHEAD = 10  # terms of contracts lie in the future


def personal_collection(*, user: User) -> Collection:
    """The collection that a person's uploads go to; made as they sign in, or when it is first needed."""
    with transaction.atomic():
        collection, _created = Collection.objects.get_or_create(
            personal_of=user, defaults={"name": user.get_username()}
        )
        Membership.objects.get_or_create(collection=collection, user=user, defaults={"role": Role.OWNER})
    return collection


def rename_document(
    *, user: User, document: Document, title: str, analysed: Mapping[int, index.Analysed] | None = None
) -> None:
    """``analysed`` is what `index.analyse_document` gave to a caller that holds rows by now.

    Raises NameEmpty, NameTooLong, Gone.
    """
    wanted = names.name(title, longest=LONGEST_TITLE)
    if analysed is None:
        analysed = index.analyse_document(document) if wanted != document.title else {}
    with transaction.atomic():
        lock_editable(document, user=user)
        before = document.title
        if wanted == before:
            return
        document.title = wanted
        document.save(update_fields=["title", "title_folded"])
        index.write_document(document, analysed=analysed)
        events.note(user=user, action=Event.Action.RENAMED, document=document, before=before, after=wanted)


def edit_document(
    *,
    user: User,
    document: Document,
    title: str | None = None,
    day: date | None = None,
    collection: Collection | None = None,
    tag_names: Sequence[str] | None = None,
) -> None:
    """Change all that is given, or nothing; ``tag_names`` are those of all its tags from then on.

    Raises what the functions for each do.
    """
    with transaction.atomic():
        if title is not None:
            rename_document(user=user, document=document, title=title)
        if day is not None:
            date_document(user=user, document=document, day=day)
        if collection is not None:
            move_document(user=user, document=document, collection=collection)
        if tag_names is not None:
            tags.set_tags(user=user, document=document, wanted=tag_names)


def place_for(*, user: User, collection_id: int) -> Collection:
    """The collection of that key, to which ``user`` may add documents. Raises CollectionGone."""
    for place in editable_collections(user):
        if place.pk == collection_id:
            return place
    raise CollectionGone


def plausible_days() -> tuple[date, date]:
    """The first and the last day that a document may be dated."""
    return date(_EARLIEST_YEAR, 1, 1), date(timezone.localdate().year + _YEARS_AHEAD, 12, 31)


def date_document(*, user: User, document: Document, day: date) -> None:
    """From now on the date is that person's, and no later reading changes it.

    Raises DateImplausible, Gone.
    """
    first, last = plausible_days()
    if not first <= day <= last:
        raise DateImplausible(first=str(first.year), last=str(last.year))
    with transaction.atomic():
        lock_editable(document, user=user)
        before = document.dated_on
        if day == before and document.date_source == DateSource.PERSON:
            return
        document.dated_on = day
        document.date_source = DateSource.PERSON
        document.save(update_fields=["dated_on", "date_source"])
        if day != before:
            days = before.isoformat(), day.isoformat()
            action = Event.Action.DATED
            events.note(user=user, action=action, document=document, before=days[0], after=days[1])


def move_document(*, user: User, document: Document, collection: Collection) -> list[Tag]:
    """Put ``document`` into ``collection``, with its tags by their names; notes and readings go with it.

    Who calls it has seen that ``user`` may edit there. Returns the tags that were made there for it. Raises
    Gone, CollectionGone.
    """
    with transaction.atomic():
        lock_editable(document, user=user)
        before = document.collection
        if before == collection:
            return []
        lock_collections(before.pk, collection.pk)
        made = tags.carry_over(document=document, collection=collection)
        document.collection = collection
        document.save(update_fields=["collection"])
        index.write_document(document)
        events.note(
            user=user,
            action=Event.Action.MOVED,
            document=document,
            before=before.name,
            before_id=before.pk,
            after=collection.name,
            after_id=collection.pk,
        )
    return made
