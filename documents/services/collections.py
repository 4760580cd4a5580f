"""Collections: make one, call it otherwise, delete it."""

from django.db import transaction

from accounts.models import User
from documents.errors import CollectionNameTaken, CollectionNotEmpty, PersonalCollection
from documents.models import Collection, Event, Membership, Role
from documents.search.text.analysis import fold
from documents.services import events, names
from documents.services.locks import lock_collections

LONGEST_NAME = 200


def make_collection(*, user: User, name: str) -> Collection:
    """A new one, with ``user`` as its owner. Raises NameEmpty, NameTooLong, CollectionNameTaken."""
    clean = names.name(name, longest=LONGEST_NAME)
    with transaction.atomic():
        _require_free(user, clean)
        collection = Collection.objects.create(name=clean)
        Membership.objects.create(collection=collection, user=user, role=Role.OWNER)
        events.note(user=user, action=Event.Action.MEMBER, collection=collection, change="made")
    return collection


def rename_collection(*, user: User, collection: Collection, name: str) -> None:
    """Raises NameEmpty, NameTooLong, CollectionNameTaken, CollectionGone."""
    clean = names.name(name, longest=LONGEST_NAME)
    with transaction.atomic():
        lock_collections(collection.pk)
        collection.refresh_from_db()
        before = collection.name
        if clean == before:
            return
        _require_free(user, clean, besides=collection)
        collection.name = clean
        collection.save(update_fields=["name"])
        events.note(user=user, action=Event.Action.RENAMED, collection=collection, before=before, after=clean)


def delete_collection(*, user: User, collection: Collection) -> None:
    """Its members, tags and invitations go with it; documents do not.

    Raises CollectionNotEmpty while there are any, in the trash too, PersonalCollection, CollectionGone.
    """
    with transaction.atomic():
        lock_collections(collection.pk)
        if collection.personal_of:
            raise PersonalCollection(name=collection.personal_of.get_username())
        if collection.documents.exists():
            raise CollectionNotEmpty
        events.note(user=user, action=Event.Action.DELETED, collection=collection)
        collection.delete()


def _require_free(user: User, name: str, *, besides: Collection | None = None) -> None:
    """Raises CollectionNameTaken where ``user`` belongs to one of that name, but for case and accents."""
    there = user.collections.exclude(pk=besides.pk) if besides else user.collections.all()
    if fold(name) in map(fold, there.values_list("name", flat=True)):
        raise CollectionNameTaken(name=name)
