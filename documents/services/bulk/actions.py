"""Asking for a bulk action, giving it up, and undoing it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import User
from documents import queues, selectors
from documents.errors import NothingChosen, NotUndoable, QuestionUnclear
from documents.models import BulkAction, BulkItem
from documents.search.filters import unknown_names
from documents.search.query.parse import LONGEST, parse
from documents.services import names
from documents.services.leases import FORGOTTEN

Kind = BulkAction.Kind
OPEN = (BulkAction.State.WAITING, BulkAction.State.WORKING)
IN_TRASH = (Kind.RESTORE, Kind.DELETE)
"""The kinds that choose from the trash; the others choose from outside it."""
UNDONE_BY = {
    Kind.MOVE: Kind.MOVE,
    Kind.TAG: Kind.UNTAG,
    Kind.UNTAG: Kind.TAG,
    Kind.RENAME: Kind.RENAME,
    Kind.TRASH: Kind.RESTORE,
    Kind.RESTORE: Kind.TRASH,
}
TO_GATHER = "to_gather"
"""Among the ``params`` of an action whose documents are not noted yet; a search of many takes its time."""
MISSING = "missing"
"""Among the ``params``: how many that were ticked were not there any more when it was asked for."""
_ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Selection:
    """The documents ``ids``; or all that ``query`` finds, where it is not None: all there are, for ``""``.

    A query is resolved when the work begins, and says nothing where documents are chosen from the trash.
    """

    ids: tuple[UUID, ...] = ()
    query: str | None = None
    is_forgiving: bool = True

    @classmethod
    def by_question(cls, asked: str, *, is_forgiving: bool = True) -> Self:
        """All that ``asked`` finds; nothing, where nothing is left of it but what does not show: a blank
        question would mean all there is."""
        query = names.one_line(asked)[:LONGEST]
        return cls() if asked and not query else cls(query=query, is_forgiving=is_forgiving)


def start(*, user: User, kind: BulkAction.Kind, selection: Selection, **params: Any) -> BulkAction:
    """Have ``kind`` done to the documents of ``selection`` that ``user`` may see, as far as they may.

    ``params`` by kind: MOVE ``collection`` (id) and its ``name``; TAG and UNTAG ``tags`` (names); RENAME
    ``renaming`` (a `titles.Renaming` as a dict); READ ``languages`` and ``engine``; ZIP ``formats``; for any,
    ``back`` is where the person came from. Raises NothingChosen, QuestionUnclear.
    """
    require_clear(user=user, kind=kind, selection=selection)
    action = BulkAction(user=user, kind=kind, params=params)
    if selection.query is not None:
        action.params |= {
            "query": selection.query,
            "is_forgiving": selection.is_forgiving,
            "language": get_language(),
            TO_GATHER: True,
        }
    chosen = _chosen(user, kind, selection.ids)
    if missing := len(set(selection.ids)) - len(chosen):
        action.params[MISSING] = missing
    with transaction.atomic():
        _enqueue(action)
        if selection.query is None and not add_items(action, chosen):
            raise NothingChosen
    return action


def require_clear(*, user: User, kind: BulkAction.Kind, selection: Selection) -> None:
    """Raises QuestionUnclear where a question would have more documents changed than it should."""
    if selection.query is None or kind == Kind.ZIP or kind in IN_TRASH:
        return
    question = parse(selection.query)
    if question.left_out or question.has_too_many or any(unknown_names(user, question.tree)):
        raise QuestionUnclear


def cancel(*, action: BulkAction) -> None:
    """Do no more of it; what is done stays so. Nothing happens when it is over."""
    BulkAction.objects.filter(pk=action.pk, state__in=OPEN).update(
        state=BulkAction.State.CANCELLED, token=None, lease_until=None, finished_at=timezone.now()
    )


def undo(*, action: BulkAction) -> BulkAction:
    """Give back what ``action`` changed, by another action. Raises NotUndoable, also for the second time.

    Where nothing came of the first time, another try takes its place, at the same address.
    """
    with transaction.atomic():
        locked = BulkAction.objects.select_for_update().get(pk=action.pk)
        if not is_undoable(locked):
            raise NotUndoable
        first = _undoings(locked).first()
        _undoings(locked).delete()
        back = BulkAction(
            pk=first.pk if first else None,
            user=locked.user,
            kind=UNDONE_BY[Kind(locked.kind)],
            params={key: value for key, value in locked.params.items() if key != MISSING} | {TO_GATHER: True},
            undoes=locked,
        )
        _enqueue(back)
    return back


def is_undoable(action: BulkAction) -> bool:
    """Can it be taken back by `undo`, now?"""
    return (
        action.state not in OPEN
        and action.kind in UNDONE_BY
        and action.undoes_id is None
        and not _undoings(action).exclude(finished_at__isnull=False, done=0).exists()
        and changed(action).exists()
    )


def _undoings(action: BulkAction) -> QuerySet[BulkAction]:
    return BulkAction.objects.filter(undoes=action.pk)


def changed(action: BulkAction) -> QuerySet[BulkItem]:
    """What undoing gives back."""
    return action.items.filter(state=BulkItem.State.DONE).exclude(before={})


def add_items(action: BulkAction, document_ids: Iterable[UUID]) -> int:
    """Note the documents, in this order, once each. Returns how many the action has now."""
    ids = iter(document_ids)
    while some := list(islice(ids, _ROWS_AT_ONCE)):
        items = [BulkItem(action=action, document_id=one) for one in some]
        BulkItem.objects.bulk_create(items, ignore_conflicts=True)
    action.total = action.items.count()
    action.save(update_fields=["total"])
    return action.total


def _chosen(user: User, kind: BulkAction.Kind, ids: tuple[UUID, ...]) -> list[UUID]:
    """Those of ``ids`` that there are for ``user``, once each, in this order."""
    seen = selectors.trashed_for(user) if kind in IN_TRASH else selectors.documents_for(user)
    there = set(seen.filter(pk__in=ids).values_list("pk", flat=True))
    return [document_id for document_id in dict.fromkeys(ids) if document_id in there]


def _enqueue(action: BulkAction) -> None:
    action.lease_until = timezone.now() + FORGOTTEN
    action.save()
    queues.work_on_bulk(action.pk)
