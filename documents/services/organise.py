"""One document: where it belongs, what it is called, and of which day it is."""

from datetime import date

from django.db import transaction

from accounts.models import User
from documents.models import Collection, DateSource, Document, Event, Membership, Role
from documents.services import events, index, names, tags
from documents.services.locks import lock_collections, lock_editable

LONGEST_TITLE = 300


def personal_collection(*, user: User) -> Collection:
    """The collection that a person's uploads go to; made as they sign in, or when it is first needed."""
    with transaction.atomic():
        collection, _created = Collection.objects.get_or_create(
            personal_of=user, defaults={"name": user.get_username()}
        )
        Membership.objects.get_or_create(collection=collection, user=user, defaults={"role": Role.OWNER})
    return collection


def rename_document(*, user: User, document: Document, title: str) -> None:
    """Raises NameEmpty, NameTooLong, Gone."""
    wanted = names.name(title, longest=LONGEST_TITLE)
    with transaction.atomic():
        lock_editable(document, user=user)
        before = document.title
        if wanted == before:
            return
        document.title = wanted
        document.save(update_fields=["title", "title_folded"])
        index.write_document(document)
        events.note(user=user, action=Event.Action.RENAMED, document=document, before=before, after=wanted)


def date_document(*, user: User, document: Document, day: date) -> None:
    """From now on the date is that person's, and no later reading changes it. Raises Gone."""
    with transaction.atomic():
        lock_editable(document, user=user)
        before = document.dated_on
        if day == before and document.date_source == DateSource.PERSON:
            return
        document.dated_on = day
        document.date_source = DateSource.PERSON
        document.save(update_fields=["dated_on", "date_source"])
        days = before.isoformat(), day.isoformat()
        events.note(user=user, action=Event.Action.DATED, document=document, before=days[0], after=days[1])


def move_document(*, user: User, document: Document, collection: Collection) -> None:
    """Put ``document`` into ``collection``, with its tags by their names; notes and readings go with it.

    Who calls it has seen that ``user`` may edit there. Raises Gone, CollectionGone.
    """
    with transaction.atomic():
        lock_editable(document, user=user)
        before = document.collection
        if before == collection:
            return
        lock_collections(before.pk, collection.pk)
        document.tags.set(tags.same_tags(document.tags.all(), collection))
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
