"""``/api/v1/trash``: what was put out of sight, to be taken out again or deleted for good."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from ninja import Router, Status

from documents import errors, selectors
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.bulk import action_out
from documents.api.conditions import require_match
from documents.api.documents import document_out
from documents.api.fields import DocumentId
from documents.api.openapi import refuses
from documents.api.schemas.bulk import BulkOut
from documents.api.schemas.document import DocumentOut
from documents.api.schemas.trash import TrashedOut, TrashList
from documents.models import BulkAction, Document
from documents.selectors import listing, trashed
from documents.services import bulk
from documents.services import trash as service
from documents.services.locks import lock_documents

router = Router(tags=["trash"])

_KIND = "trash"
_MEANWHILE = (errors.NotInTrash, errors.Gone)


@router.get("/trash", response=TrashList, operation_id="list_trash", summary="List the trash")
def list_trash(
    request: ApiRequest, limit: paging.Limit = paging.LIMIT, cursor: paging.Cursor = ""
) -> TrashList:
    """What you may take out again or delete, put there last first."""
    last = paging.marked(_KIND, cursor)
    after = (last[0], UUID(last[1])) if last else None
    rows = listing.trashed_after(request.user, after=after, most=limit + 1)
    shown, following = paging.piece(
        rows, limit, lambda row: paging.mark(_KIND, *map(str, listing.place_of(row, "trashed")))
    )
    return TrashList(items=[_trashed_out(row) for row in shown], next=following)


@router.get(
    "/trash/{uuid:document_id}",
    response=TrashedOut,
    operation_id="get_trashed",
    summary="Read a document in the trash",
)
def get_trashed(request: ApiRequest, document_id: DocumentId) -> TrashedOut:
    """What it was, and until when it can be taken out again."""
    return _trashed_out(trashed.document_for(request.user, document_id))


@router.post(
    "/trash/{uuid:document_id}/restore",
    response=DocumentOut,
    operation_id="restore_document",
    summary="Take a document out of the trash",
    openapi_extra=refuses(*_MEANWHILE),
)
def restore_document(request: ApiRequest, document_id: DocumentId) -> DocumentOut:
    """It is back where it was, and found again."""
    service.restore(user=request.user, document=trashed.document_for(request.user, document_id))
    return document_out(selectors.document_for(request.user, document_id))


@router.delete(
    "/trash/{uuid:document_id}",
    response={204: None},
    operation_id="delete_document",
    summary="Delete a document for good",
    openapi_extra=refuses(errors.PreconditionFailed, *_MEANWHILE),
)
def delete_document(request: ApiRequest, document_id: DocumentId) -> Status[None]:
    """With its files, its texts and its notes; only what lies in the trash can be deleted."""
    trashed.document_for(request.user, document_id)
    with transaction.atomic():
        lock_documents([document_id])
        require_match(request, lambda: _trashed_out(trashed.document_for(request.user, document_id)))
        service.delete(user=request.user, document_id=document_id)
    return Status(204, None)


@router.post(
    "/trash/empty",
    response={201: BulkOut},
    operation_id="empty_trash",
    summary="Empty the trash",
)
def empty_trash(request: ApiRequest, response: HttpResponse) -> Status[BulkOut]:
    """All that you may delete is deleted for good, in the background: ask for the action until it is over."""
    action = bulk.start(user=request.user, kind=BulkAction.Kind.DELETE, selection=bulk.Selection(query=""))
    response["Location"] = reverse("api:get_bulk_action", args=[action.pk])
    return Status(201, action_out(request.user, action))


def _trashed_out(document: Document) -> TrashedOut:
    """Raises NotInTrash where it was taken out just now."""
    if document.trashed_at is None:
        raise errors.NotInTrash
    return TrashedOut(
        document=document_out(document),
        trashed_at=document.trashed_at,
        trashed_by=document.trashed_by.get_username() if document.trashed_by else None,
        deleted_after=document.trashed_at + timedelta(days=settings.OCRSITE_TRASH_DAYS),
    )
