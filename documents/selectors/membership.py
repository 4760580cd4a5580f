"""Who belongs to which collection, and who is asked to. A part of ``selectors``."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.timezone import localdate

from accounts.models import User
from documents.models import Collection, Document, Invitation, Membership, Role
from documents.search.text.analysis import fold
from documents.selectors import EDITING


@dataclass(frozen=True, slots=True)
class Held:
    """A collection as one of its members sees it; ``trashed`` are not among its ``documents``."""

    collection: Collection
    role: Role
    documents: int
    trashed: int

    @property
    def may_edit(self) -> bool:
        return self.role in EDITING

    @property
    def may_manage(self) -> bool:
        return self.role == Role.OWNER


def collections_of(user: User) -> list[Held]:
    """Their own personal one first, the others by name."""
    return _held(_memberships(user))


def collection_for(user: User, collection_id: int) -> Held:
    """Raises Collection.DoesNotExist."""
    held = _held(_memberships(user).filter(collection__id=collection_id))
    if not held:
        raise Collection.DoesNotExist
    return held[0]


def collection_to_edit(user: User, collection_id: int) -> Collection:
    """Raises Collection.DoesNotExist; PermissionDenied for members who may only look at its documents."""
    held = collection_for(user, collection_id)
    if not held.may_edit:
        raise PermissionDenied
    return held.collection


def collection_to_manage(user: User, collection_id: int) -> Collection:
    """Raises Collection.DoesNotExist; PermissionDenied for members who do not own it."""
    held = collection_for(user, collection_id)
    if not held.may_manage:
        raise PermissionDenied
    return held.collection


def editable_collections(user: User) -> list[Collection]:
    """Where ``user`` may put documents, in the order of `collections_of`."""
    mine = _memberships(user).filter(role__in=EDITING)
    return [membership.collection for membership in _in_order(mine)]


def shown_names(user: User) -> dict[int, str]:
    """By its key, what lists call each collection of ``user``, in the order of their names; no two alike.

    Where two have one name, it is “Family (ann)”, after an owner; where that does not tell them apart,
    “Family (ann, 2026-11-20)”, after the day on which it was made; then its key is added.
    """
    mine = list(Collection.objects.filter(memberships__user=user.pk).order_by("name", "pk"))
    if len({fold(one.name) for one in mine}) == len(mine):
        return {one.pk: one.name for one in mine}
    owners = _owners(mine)
    return _told_apart({one.pk: _forms(one, owners.get(one.pk)) for one in mine})


def shown_name(user: User, collection: Collection) -> str:
    """What the lists of ``user`` call ``collection``, of which they are a member."""
    return shown_names(user).get(collection.pk, collection.name)


def choices_among(user: User, collections: Iterable[Collection]) -> list[tuple[int, str]]:
    """Key and shown name of each of ``collections``, which are some of those of ``user``."""
    names = shown_names(user)
    return [(one.pk, names.get(one.pk, one.name)) for one in collections]


def owned_by_nobody_but(users: Iterable[User]) -> QuerySet[Collection]:
    """Shared collections that would have no owner without ``users``."""
    ids = [user.pk for user in users]
    owners = Membership.objects.filter(collection=OuterRef("pk"), role=Role.OWNER)
    alone = Collection.objects.filter(Exists(owners.filter(user__in=ids)), personal_of=None)
    return alone.exclude(Exists(owners.exclude(user__in=ids)))


def in_use_without(users: Iterable[User]) -> QuerySet[Collection]:
    """Those of them that hold documents or have other members."""
    ids = [user.pk for user in users]
    documents = Document.objects.filter(collection=OuterRef("pk"))
    others = Membership.objects.filter(~Q(user__in=ids), collection=OuterRef("pk"))
    return owned_by_nobody_but(users).filter(Exists(documents) | Exists(others))


def members_of(collection: Collection) -> QuerySet[Membership]:
    """Owners first, then editors, then viewers."""
    ranks = [When(role=role, then=Value(rank)) for rank, role in enumerate(reversed(Role))]
    return (
        collection.memberships.select_related("user", "collection")
        .annotate(rank=Case(*ranks))
        .order_by("rank", "user__username")
    )


def invitations_of(collection: Collection) -> QuerySet[Invitation]:
    """Those that wait for an answer."""
    return collection.invitations.select_related("user", "collection").order_by("user__username")


def invitations_for(user: User) -> QuerySet[Invitation]:
    """Those that ``user`` is to answer, the newest first."""
    asked = Invitation.objects.filter(user=user.pk).select_related("collection", "invited_by")
    return asked.order_by("-created_at", "-pk")


def _owners(collections: Sequence[Collection]) -> dict[int, str]:
    """The first by name of each that has any."""
    owners = Membership.objects.filter(collection__in=collections, role=Role.OWNER)
    return dict(owners.order_by("-user__username").values_list("collection", "user__username"))


def _forms(collection: Collection, owner: str | None) -> list[str]:
    """Its names, from the plain one to one that no other collection has."""
    day, key = localdate(collection.created_at).isoformat(), str(collection.pk)
    told = [owner, day, key] if owner else [day, key]
    longer = (f"{collection.name} ({', '.join(told[:end])})" for end in range(1, len(told) + 1))
    return [collection.name, *longer]


def _told_apart(forms: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """One name of each, the later ones of those that would be alike."""
    at = dict.fromkeys(forms, 0)
    while True:
        names = {key: forms[key][place] for key, place in at.items()}
        often = Counter(map(fold, names.values()))
        alike = [key for key, name in names.items() if often[fold(name)] > 1]
        longer = [key for key in alike if at[key] < len(forms[key]) - 1]
        if not longer:
            return names
        for key in longer:
            at[key] += 1


def _memberships(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(user=user.pk).select_related("collection__personal_of")


def _held(memberships: Iterable[Membership]) -> list[Held]:
    rows = _in_order(memberships)
    documents = Document.objects.filter(collection__in=[row.collection_id for row in rows])
    kept = _counts(documents.filter(trashed_at=None))
    trashed = _counts(documents.filter(trashed_at__isnull=False))
    return [
        Held(
            row.collection, Role(row.role), kept.get(row.collection_id, 0), trashed.get(row.collection_id, 0)
        )
        for row in rows
    ]


def _in_order(memberships: Iterable[Membership]) -> list[Membership]:
    def place(row: Membership) -> tuple[bool, str, int]:
        return row.collection.personal_of_id != row.user_id, fold(row.collection.name), row.collection_id

    return sorted(memberships, key=place)


def _counts(documents: QuerySet[Document]) -> dict[int, int]:
    return dict(documents.order_by().values_list("collection").annotate(Count("pk")))
