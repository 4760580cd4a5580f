"""Working on a bulk action: document by document, a slice for each call of the queue.

Each document is one transaction that first takes hold of the action's row: so a killed worker loses no
more than the document in hand, two workers never do one twice, and who cancels waits for one at most.
"""

import logging
from collections.abc import Iterable, Iterator
from functools import partial
from uuid import UUID

from django.db import OperationalError, transaction

from documents import selectors
from documents.errors import NoRoomToPack, OcrsiteError, StorageDown
from documents.models import BulkAction, BulkItem
from documents.search.find import find
from documents.services.bulk import hold
from documents.services.bulk.actions import IN_TRASH, TO_GATHER, Kind, add_items, changed
from documents.services.bulk.pack import pack
from documents.services.bulk.steps import step
from documents.services.export import Explain
from documents.services.leases import renewing

logger = logging.getLogger(__name__)

# Documents for each call of the queue: about a second of work, and then pages have their turn.
_A_SLICE = 25


def work(*, action_id: int, explain: Explain) -> None:
    """A slice of the action, or all of a download; nothing when another worker has it, or it is over.

    ``explain`` as in ``services.export``.
    """
    if not hold.claim(action_id):
        return
    try:
        with renewing(partial(hold.renew, action_id), name=f"bulk-{action_id}"):
            _work(action_id, explain)
    except (OperationalError, StorageDown) as error:
        logger.warning("Bulk action %d was interrupted: %s", action_id, error)
        hold.put_back(action_id)
    except NoRoomToPack as error:
        hold.end(action_id, error_code=error.code)
    except Exception:
        hold.end(action_id, error_code=OcrsiteError.code)
        raise
    except BaseException:
        # A worker that is being stopped is no fault of the action.
        hold.put_back_at_once(action_id)
        raise


def _work(action_id: int, explain: Explain) -> None:
    action = BulkAction.objects.select_related("user", "undoes").get(pk=action_id)
    if TO_GATHER in action.params:
        _gather(action)
    if action.kind == Kind.ZIP:
        pack(action=action, explain=explain)
        hold.end(action_id)
    elif all(_next(action_id) for _document in range(_A_SLICE)):
        hold.put_back_at_once(action_id)
    else:
        hold.end(action_id)


def _gather(action: BulkAction) -> None:
    """Note the documents that are found now. Begun anew by the next worker when this one dies."""
    add_items(action, _found(action))
    del action.params[TO_GATHER]
    action.save(update_fields=["params"])


def _found(action: BulkAction) -> Iterable[UUID]:
    """A list where the database says them all at once: nothing is written while it still reads."""
    if action.undoes:
        return list(changed(action.undoes).order_by("pk").values_list("document", flat=True))
    if action.kind in IN_TRASH:
        return list(selectors.trashed_for(action.user).values_list("pk", flat=True))
    query = action.params["query"]
    if not query.strip():
        return list(selectors.documents_for(action.user).values_list("pk", flat=True))
    return _searched(action, query, is_forgiving=action.params["is_forgiving"])


def _searched(action: BulkAction, query: str, *, is_forgiving: bool) -> Iterator[UUID]:
    """Screen by screen, the newest first: no ranking, so no result is left out."""
    seen: set[UUID] = set()
    cursor = ""
    while True:
        results = find(action.user, query, sort="newest", is_forgiving=is_forgiving, cursor=cursor)
        new = [found.document.pk for found in results.found if found.document.pk not in seen]
        yield from new
        seen.update(new)
        cursor = results.next_cursor
        if not cursor:
            return


def _next(action_id: int) -> bool:
    """Work on one document. False when none waits, or the action was cancelled."""
    with transaction.atomic():
        actions = BulkAction.objects.select_for_update(of=("self",)).select_related("user", "undoes")
        action = actions.get(pk=action_id)
        item = action.items.filter(state=BulkItem.State.WAITING).order_by("pk").first()
        if item is None or action.state != hold.State.WORKING:
            return False
        _work_on(action, item)
    return True


def _work_on(action: BulkAction, item: BulkItem) -> None:
    try:
        with transaction.atomic():
            before = step(action, item.document_id)
    except OcrsiteError as error:
        if error.is_outage:
            raise
        hold.note_left(item, error)
    else:
        hold.note_done(item, before or {})
