"""``/api/v1/documents/{id}/notes``: what people write about a document."""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from ninja import Path, Router, Status

from accounts.models import User
from documents import errors, selectors
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.conditions import require_match
from documents.api.fields import DocumentId
from documents.api.openapi import refuses
from documents.api.schemas.note import NoteList, NoteOut, NoteText
from documents.models import Document, Note
from documents.services import notes as services
from documents.services.locks import lock_editable

router = Router(tags=["notes"])

_NOTES = "/documents/{uuid:document_id}/notes"
_NOTE = f"{_NOTES}/{{int:note_id}}"
_NoteId = Annotated[int, Path(description="The id of a note.", examples=[23], ge=1, lt=2**63)]


@router.get(_NOTES, response=NoteList, operation_id="list_notes", summary="List the notes on a document")
def list_notes(
    request: ApiRequest,
    document_id: DocumentId,
    limit: paging.Limit = paging.LIMIT,
    cursor: paging.Cursor = "",
) -> NoteList:
    """The oldest first."""
    document = selectors.document_for(request.user, document_id)
    kind = f"notes.{document.pk}"
    rows = document.notes.select_related("author")
    if last := paging.marked(kind, cursor):
        at, key = last
        rows = rows.filter(Q(created_at__gt=at) | Q(created_at=at, pk__gt=key))
    shown, following = paging.piece(
        list(rows[: limit + 1]), limit, lambda row: paging.mark(kind, row.created_at.isoformat(), row.pk)
    )
    return NoteList(items=_notes_out(request.user, document, shown), next=following)


@router.post(
    _NOTES,
    response={201: NoteOut},
    operation_id="add_note",
    summary="Write a note",
    openapi_extra=refuses(errors.NoRight, errors.Gone, errors.NoteEmpty),
)
def add_note(
    request: ApiRequest, response: HttpResponse, document_id: DocumentId, note: NoteText
) -> Status[NoteOut]:
    """All who may see the document read it."""
    document = selectors.document_to_edit(request.user, document_id)
    made = services.add_note(user=request.user, document=document, text=note.text)
    response["Location"] = reverse("api:get_note", args=[document.pk, made.pk])
    return Status(201, _note_out(request.user, document, made))


@router.get(_NOTE, response=NoteOut, operation_id="get_note", summary="Read a note")
def get_note(request: ApiRequest, document_id: DocumentId, note_id: _NoteId) -> NoteOut:
    """What it says, who wrote it, and what you may do with it."""
    row = selectors.note_for(request.user, document_id, note_id)
    return _note_out(request.user, row.document, row)


@router.patch(
    _NOTE,
    response=NoteOut,
    operation_id="change_note",
    summary="Change a note",
    openapi_extra=refuses(errors.PreconditionFailed, errors.NoRight, errors.Gone, errors.NoteEmpty),
)
def change_note(request: ApiRequest, document_id: DocumentId, note_id: _NoteId, note: NoteText) -> NoteOut:
    """One's own; nobody changes what others wrote."""
    with transaction.atomic():
        row = _held(request, document_id, note_id)
        if row.author != request.user:
            raise PermissionDenied
        services.edit_note(user=request.user, note=row, text=note.text)
        row.refresh_from_db()
    return _note_out(request.user, row.document, row)


@router.delete(
    _NOTE,
    response={204: None},
    operation_id="delete_note",
    summary="Delete a note",
    openapi_extra=refuses(errors.PreconditionFailed, errors.NoRight, errors.Gone),
)
def delete_note(request: ApiRequest, document_id: DocumentId, note_id: _NoteId) -> Status[None]:
    """One's own; owners of the collection may delete any. It is kept nowhere."""
    with transaction.atomic():
        services.delete_note(user=request.user, note=_held(request, document_id, note_id))
    return Status(204, None)


def _held(request: ApiRequest, document_id: UUID, note_id: int) -> Note:
    """One's own, or for an owner anybody's, held until the transaction ends.

    Raises Document.DoesNotExist, Note.DoesNotExist, PermissionDenied, Gone, PreconditionFailed.
    """
    selectors.document_for(request.user, document_id).notes.get(pk=note_id)
    document = selectors.document_to_edit(request.user, document_id)
    lock_editable(document, user=request.user)
    row = document.notes.select_for_update().get(pk=note_id)
    if row.author != request.user and not selectors.is_owner(request.user, document):
        raise PermissionDenied
    require_match(request, lambda: _note_out(request.user, document, row))
    return row


def _note_out(user: User, document: Document, note: Note) -> NoteOut:
    [told] = _notes_out(user, document, [note])
    return told


def _notes_out(user: User, document: Document, notes: Iterable[Note]) -> list[NoteOut]:
    may_edit, is_owner = selectors.may_edit(user, document), selectors.is_owner(user, document)
    return [
        NoteOut(
            id=note.pk,
            text=note.text,
            author=note.author.get_username() if note.author else None,
            created_at=note.created_at,
            edited_at=note.edited_at,
            may_change=may_edit and note.author == user,
            may_delete=is_owner or (may_edit and note.author == user),
        )
        for note in notes
    ]
