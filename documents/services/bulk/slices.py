"""Working on a bulk action: document by document, a slice for each call of the queue.

Each document is one transaction that first takes hold of the action's row: so a killed worker loses no
more than the document in hand, two workers never do one twice, and who cancels waits for one at most.
"""

import logging
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction
from django.utils import translation

from accounts.models import User
from documents import queues, selectors
from documents.errors import BulkGaveUp, NoRoomToPack, OcrsiteError, StorageDown
from documents.models import BulkAction, BulkItem
from documents.search.everything import document_ids
from documents.services import events
from documents.services.bulk import hold
from documents.services.bulk.actions import IN_TRASH, TO_GATHER, Kind, add_items, changed
from documents.services.bulk.history import line_of
from documents.services.bulk.hold import Lease
from documents.services.bulk.pack import pack
from documents.services.bulk.steps import Texts, prepare, step
from documents.services.export import Explain
from documents.services.leases import MAX_ATTEMPTS, renewing

logger = logging.getLogger(__name__)

# Documents for each call of the queue: less than a second of work, and then pages have their turn.
_A_SLICE = 25
# Documents that are noted between two looks whether the action is still wanted.
_GATHERED_AT_ONCE = 1000


def work(*, action_id: int, explain: Explain) -> None:
    """A slice of the action; nothing when another worker has it, or it is over.

    ``explain`` as in ``services.export``. What breaks again and again is given up: the document in hand, or
    all of it where that is no matter of one document.
    """
    lease = hold.claim(action_id)
    if lease is None:
        return
    try:
        with renewing(partial(hold.renew, lease), name=f"bulk-{action_id}"):
            _work(lease, explain)
    except (OperationalError, IntegrityError, StorageDown) as error:
        # The second: a document was deleted for good while it was noted.
        logger.warning("Bulk action %d was interrupted: %s", action_id, error)
        hold.put_back(lease, count_attempt=not isinstance(error, StorageDown))
    except (BulkGaveUp, NoRoomToPack) as error:
        hold.end(lease, error_code=error.code)
    except Exception:
        hold.end(lease, error_code=OcrsiteError.code)
        raise
    except BaseException:
        # A worker that is being stopped is no fault of the action.
        hold.put_back_at_once(lease)
        raise


def _work(lease: Lease, explain: Explain) -> None:
    action = BulkAction.objects.select_related("user", "undoes").get(pk=lease.action_id)
    if TO_GATHER in action.params:
        if action.attempts > MAX_ATTEMPTS:
            raise BulkGaveUp
        if not _gather(action, lease):
            return
    if action.kind == Kind.ZIP:
        has_more = pack(action=action, lease=lease, explain=explain)
    else:
        has_more = all(_next(lease) for _document in range(_A_SLICE))
    if has_more:
        hold.put_back_at_once(lease)
    else:
        hold.end(lease)


def _gather(action: BulkAction, lease: Lease) -> bool:
    """Note the documents that are found now. Begun anew by the next worker when this one dies.

    False when it is no longer wanted.
    """
    ids = iter(_found(action))
    # Names of languages in a question are those of the person's language.
    with translation.override(action.params.get("language") or translation.get_language()):
        while some := _some(ids):
            with transaction.atomic():
                if not hold.lock(lease):
                    return False
                add_items(action, some)
    return hold.drop_param(lease, TO_GATHER)


def _some(ids: Iterator[UUID]) -> list[UUID]:
    with queues.interruptible():
        return list(islice(ids, _GATHERED_AT_ONCE))


def _found(action: BulkAction) -> Iterable[UUID]:
    """A list where the database says them all at once: nothing is written while it still reads."""
    if action.undoes:
        return list(changed(action.undoes).order_by("pk").values_list("document", flat=True))
    if action.kind in IN_TRASH:
        return list(selectors.trashed_for(action.user).values_list("pk", flat=True))
    return found(action.user, action.params["query"], is_forgiving=action.params["is_forgiving"])


def found(user: User, query: str, *, is_forgiving: bool, most: int | None = None) -> Iterable[UUID]:
    """The documents that a question chooses, mostly the newest first: all there are, for a blank one.

    At ``most`` so many.
    """
    if not query.strip():
        documents = selectors.documents_for(user).order_by("-created_at", "-pk")
        return list(documents.values_list("pk", flat=True)[:most])
    return islice(document_ids(user, query, is_forgiving=is_forgiving), most)


def _next(lease: Lease) -> bool:
    """Work on one document. False when none waits, or the action is not this worker's any more."""
    action = BulkAction.objects.select_related("user", "undoes").get(pk=lease.action_id)
    item = action.items.filter(state=BulkItem.State.WAITING).order_by("pk").first()
    if item is None:
        return False
    is_hopeless = action.attempts > MAX_ATTEMPTS
    with queues.interruptible():
        prepared = {} if is_hopeless else prepare(action, item.document_id)
    with transaction.atomic():
        # Who has the row finds ``action`` and ``item`` as they were read: nobody else changes them.
        if not hold.lock(lease):
            return False
        if is_hopeless:
            hold.note_left(lease, item, BulkGaveUp())
        else:
            _work_on(action, lease, item, prepared)
        if action.attempts > 1:
            hold.note_headway(lease)
    return True


def _work_on(action: BulkAction, lease: Lease, item: BulkItem, prepared: Texts) -> None:
    try:
        with transaction.atomic(), events.parts_of(partial(line_of, action)):
            before = step(action, item.document_id, prepared)
    except OcrsiteError as error:
        if error.is_outage:
            raise
        hold.note_left(lease, item, error)
    else:
        hold.note_done(lease, item, before or {})
