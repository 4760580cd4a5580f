"""Members of a collection: ask somebody, change what they may do, let them go."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from documents.errors import (
    AlreadyMember,
    DocumentsNeedPlace,
    Gone,
    InputError,
    LastOwner,
    OwnerNeeded,
    PersonalCollection,
    PersonUnknown,
)
from documents.models import Collection, Event, Invitation, Membership, Role
from documents.selectors.membership import in_use_without, owned_by_nobody_but
from documents.services import events
from documents.services.locks import lock_collections, lock_with_collection
from documents.services.names import name as clean_name

LONGEST_USER_NAME = 150  # of Django's users
_LONGEST_ECHO = 40  # letters of an unknown name that a sentence says again


def invite(*, user: User, collection: Collection, name: str, role: Role) -> Invitation:
    """Ask the person who signs in as ``name``; asked again, it is for the new role.

    An unknown name is told: a slip would otherwise wait for ever for an answer, and names are no secret
    among the people of one site. Raises PersonUnknown, NameEmpty, NameTooLong, AlreadyMember, CollectionGone.
    """
    invited = _person(name)
    with transaction.atomic():
        lock_collections(collection.pk)
        if Membership.objects.filter(collection=collection, user=invited).exists():
            raise AlreadyMember(name=invited.get_username())
        invitation, _created = Invitation.objects.update_or_create(
            collection=collection, user=invited, defaults={"role": role, "invited_by": user}
        )
        _note(user, collection, "invited", invited, role)
    return invitation


def accept(*, user: User, invitation: Invitation) -> None:
    """``user``, who was invited, becomes a member. Raises Gone where it was withdrawn, CollectionGone."""
    with transaction.atomic():
        lock_collections(invitation.collection_id)
        role = _taken(invitation).role
        Membership.objects.get_or_create(collection=invitation.collection, user=user, defaults={"role": role})
        _note(user, invitation.collection, "joined", user, role)


def end_invitation(*, user: User, invitation: Invitation) -> None:
    """Who was invited declines, or an owner withdraws it. Raises Gone, CollectionGone."""
    with transaction.atomic():
        lock_collections(invitation.collection_id)
        invited = _taken(invitation).user
        change = "declined" if invited == user else "withdrawn"
        _note(user, invitation.collection, change, invited)


def change_role(*, user: User, membership: Membership, role: Role) -> None:
    """Raises LastOwner, PersonalCollection, Gone, CollectionGone."""
    with transaction.atomic():
        lock_with_collection(membership)
        if membership.role == role:
            return
        _keep_owner(membership)
        membership.role = role
        membership.save(update_fields=["role"])
        _note(user, membership.collection, "role", membership.user, role)


def remove(*, user: User, membership: Membership) -> None:
    """An owner shows somebody out, or a member leaves.

    Raises LastOwner, PersonalCollection, Gone, CollectionGone.
    """
    with transaction.atomic():
        lock_with_collection(membership)
        _keep_owner(membership)
        membership.delete()
        change = "left" if membership.user == user else "removed"
        _note(user, membership.collection, change, membership.user)


def let_go(*, users: Sequence[User]) -> None:
    """Their accounts are about to be deleted, in the transaction of whoever calls this.

    What only they own and nobody uses goes with them. Raises OwnerNeeded, DocumentsNeedPlace.
    """
    lock_collections(*Membership.objects.filter(user__in=users).values_list("collection", flat=True))
    if obstacle := next(iter(obstacles(users)), None):
        raise obstacle
    owned_by_nobody_but(users).delete()


def obstacles(users: Sequence[User]) -> list[InputError]:
    """Why the accounts of ``users`` cannot be deleted; nothing where they can."""
    personal = Collection.objects.filter(personal_of__in=users, documents__isnull=False).distinct()
    return [
        *(DocumentsNeedPlace(name=place.name) for place in personal.order_by("pk")),
        *(OwnerNeeded(name=place.name) for place in in_use_without(users).order_by("pk")),
    ]


def _person(name: str) -> User:
    """Written as they sign in, but for case where that leaves one person."""
    wanted = User.normalize_username(clean_name(name, longest=LONGEST_USER_NAME))
    people = User.objects.filter(is_active=True)
    found = people.filter(username=wanted).first()
    alike = [found] if found else list(people.filter(username__iexact=wanted)[:2])
    if len(alike) != 1:
        raise PersonUnknown(name=wanted if len(wanted) <= _LONGEST_ECHO else f"{wanted[:_LONGEST_ECHO]}…")
    return alike[0]


def _taken(invitation: Invitation) -> Invitation:
    """The invitation as it stands now, which is answered by that and gone. Raises Gone."""
    found = Invitation.objects.filter(pk=invitation.pk).select_related("user").first()
    if found is None:
        raise Gone
    Invitation.objects.filter(pk=found.pk).delete()
    return found


def _keep_owner(membership: Membership) -> None:
    """Raises LastOwner or PersonalCollection where ``membership`` must stay that of an owner."""
    collection = membership.collection
    if membership.user_id == collection.personal_of_id:
        raise PersonalCollection(name=membership.user.get_username())
    others = collection.memberships.filter(~Q(pk=membership.pk), role=Role.OWNER)
    if membership.role == Role.OWNER and not others.exists():
        raise LastOwner


def _note(user: User, collection: Collection, change: str, person: User, role: str = "") -> None:
    action, name = Event.Action.MEMBER, person.get_username()
    events.note(user=user, action=action, collection=collection, change=change, person=name, role=role)
