"""Downloads of many documents, when one of those in them goes for good."""

from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from documents import storage
from documents.errors import DownloadOutdated
from documents.models import BulkAction, BulkItem


def withdraw(*, document_id: UUID) -> None:
    """End the downloads that hold a document, and delete their zips, once the caller's transaction is done.

    Of one that is still being packed, `bulk.forget_old` deletes the parts.
    """
    packed = BulkItem.objects.filter(document=document_id, state=BulkItem.State.DONE).values("action")
    is_kept = Q(finished_at=None) | ~Q(file="")
    held = BulkAction.objects.filter(is_kept, pk__in=packed, kind=BulkAction.Kind.ZIP)
    actions = list(held.select_for_update().order_by("pk"))
    files = [action.file for action in actions if action.file]
    BulkAction.objects.filter(pk__in=[action.pk for action in actions]).update(
        state=BulkAction.State.DONE,
        token=None,
        lease_until=None,
        finished_at=timezone.now(),
        file="",
        error_code=DownloadOutdated.code,
    )
    transaction.on_commit(partial(storage.delete, files), robust=True)
