"""Bulk actions as the person sees them who asked for them. A part of ``selectors``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from accounts.models import User
from documents import selectors
from documents.models import BulkAction, BulkItem, Document

# What a page tells by name; of more there is the number.
_NAMED = 20


@dataclass(frozen=True, slots=True)
class Left:
    """Documents that were left as they were for one reason; ``documents`` are some that can be opened."""

    code: str
    params: Mapping[str, str | int | float]
    count: int
    documents: list[Document]


def action_for(user: User, action_id: int) -> BulkAction:
    """Raises BulkAction.DoesNotExist."""
    return actions_of(user).select_related("undoes", "undone_by").get(pk=action_id)


def actions_of(user: User) -> QuerySet[BulkAction]:
    """Newest first."""
    return BulkAction.objects.filter(user=user.pk)


def under_way(user: User) -> list[BulkAction]:
    """Those that wait or are at work, the last first."""
    open_ = actions_of(user).filter(finished_at=None).select_related("undoes")
    return list(open_[:_NAMED])


def followed(user: User, action_ids: Sequence[int]) -> list[BulkAction]:
    """Those of ``action_ids`` that are the user's, the last first."""
    return list(actions_of(user).filter(pk__in=action_ids).select_related("undoes")[:_NAMED])


def left_alone(user: User, action: BulkAction) -> list[Left]:
    """What was not done, the most frequent reason first."""
    items = action.items.filter(state__in=[BulkItem.State.LEFT, BulkItem.State.FAILED])
    counts = items.order_by().values_list("error_code").annotate(count=Count("pk"))
    return [
        _left(user, items.filter(error_code=code), code, count) for code, count in counts.order_by("-count")
    ]


def has_download(user: User, action: BulkAction) -> bool:
    """Whether there is a zip, and all that is packed in it is still for ``user`` to see."""
    if not action.file:
        return False
    packed = action.items.filter(state=BulkItem.State.DONE)
    foreign = packed.exclude(document__collection__in=selectors.collection_ids(user))
    return not foreign.exists()


def _left(user: User, items: QuerySet[BulkItem], code: str, count: int) -> Left:
    documents = selectors.documents_for(user).filter(pk__in=items.values("document"))
    example = items.first()
    return Left(
        code,
        example.error_params if example else {},
        count,
        list(documents.order_by("title_folded")[:_NAMED]),
    )
