"""Who belongs to which collection, and who is asked to. A part of ``selectors``."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

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


def editable_collections(user: User) -> list[Collection]:
    """Where ``user`` may put documents, in the order of `collections_of`."""
    mine = _memberships(user).filter(role__in=EDITING)
    return [membership.collection for membership in _in_order(mine)]


def shown_names(collections: Sequence[Collection]) -> dict[int, str]:
    """By their keys, what a list calls them: “Family (ann)”, after an owner, where two have one name."""
    often = Counter(fold(one.name) for one in collections)
    alike = [one.pk for one in collections if often[fold(one.name)] > 1]
    owners = dict(
        Membership.objects.filter(collection__in=alike, role=Role.OWNER)
        .order_by("-user__username")
        .values_list("collection", "user__username")
        if alike
        else ()
    )
    return {one.pk: f"{one.name} ({owners[one.pk]})" if one.pk in owners else one.name for one in collections}


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
