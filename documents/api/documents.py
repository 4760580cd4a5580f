"""``/api/v1/documents``: what was uploaded."""

from functools import reduce
from operator import and_
from typing import Annotated, Any, cast
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from ninja import File, Form, Query, Router, Status, UploadedFile

from accounts.models import User
from documents import errors, packs, selectors
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.conditions import require_match
from documents.api.fields import DocumentId
from documents.api.mistakes import UNSEEN
from documents.api.openapi import refuses
from documents.api.problems import field_problem
from documents.api.schemas.document import (
    LANGUAGES,
    DocumentChange,
    DocumentFilters,
    DocumentList,
    DocumentOut,
    Password,
    ReadingState,
)
from documents.api.schemas.sent import has_controls
from documents.models import Document
from documents.search.filters import condition
from documents.search.query.tree import Filter
from documents.selectors import listing
from documents.services import organise, receive, trash
from documents.services.locks import lock_editable
from documents.uploads import incoming

router = Router(tags=["documents"])


@router.get("/documents", response=DocumentList, operation_id="list_documents", summary="List documents")
def list_documents(
    request: ApiRequest,
    *,
    wanted: Query[DocumentFilters],
    limit: paging.Limit = paging.LIMIT,
    cursor: paging.Cursor = "",
) -> DocumentList:
    """Those of all your collections that are not in the trash."""
    sort = wanted.sort
    kind = f"documents.{sort}"
    rows = listing.documents_after(
        request.user,
        _condition(request.user, wanted),
        sort=sort,
        after=_place(paging.marked(kind, cursor)),
        most=limit + 1,
    )
    shown, following = paging.piece(
        rows, limit, lambda row: paging.mark(kind, *map(str, listing.place_of(row, sort)))
    )
    return DocumentList(items=[document_out(row) for row in shown], next=following)


def _condition(user: User, wanted: DocumentFilters) -> Q:
    """Tags and languages are named as in a search."""
    named = (("tag", wanted.tag), ("lang", wanted.language))
    filters = [condition(user, Filter(field, "=", value)) for field, value in named if value is not None]
    plain = {"state": wanted.state, "collection": wanted.collection, "sha256": wanted.sha256}
    return reduce(and_, filters, Q(**{name: value for name, value in plain.items() if value is not None}))


def _place(values: list[Any] | None) -> tuple[str, UUID] | None:
    return (values[0], UUID(values[1])) if values else None


_Languages = Annotated[
    str | None,
    Form(
        description=f"{LANGUAGES} Without it, those that the site is set to.",
        examples=["eng+rus"],
        max_length=1000,
    ),
]
_Title = Annotated[
    str,
    Form(
        description="Else it is called as its first file is.",
        examples=["Invoice 2024-117"],
        max_length=organise.LONGEST_TITLE,
    ),
]
_Collection = Annotated[
    int | None,
    Form(
        description="The id of a collection to which you may add; else it goes to your personal one.",
        examples=[7],
        ge=1,
        lt=2**63,
    ),
]
_Tags = Annotated[
    list[str] | None,
    Form(description="Names of tags to mark it with, made where there are none.", examples=[["tax/2024"]]),
]
_Engine = Annotated[
    str,
    Form(description="The engine that reads it; else the site's.", examples=["tesseract"], max_length=30),
]


@router.post(
    "/documents",
    response={201: DocumentOut},
    operation_id="upload_document",
    summary="Upload a document",
    openapi_extra=refuses(
        errors.FileEmpty,
        errors.FileTooLarge,
        errors.UnknownType,
        errors.FileDamaged,
        errors.PageTooComplex,
        errors.PasswordAlone,
        errors.TooManyPixels,
        errors.TooManyPages,
        errors.TextUnknown,
        errors.TextDamaged,
        errors.TextUnsafe,
        errors.TextTooComplex,
        errors.TextWithoutSize,
        errors.TextAlone,
        errors.TextPagesDiffer,
        errors.TextOfAnother,
        errors.TextTwice,
        errors.LanguageUnknown,
        errors.LanguageMissing,
        errors.LanguageBeyond,
        errors.EngineUnknown,
        errors.EngineNotHere,
        errors.EngineMissing,
        errors.CollectionGone,
        errors.TooManyTags,
        errors.NameTooLong,
        errors.StorageFull,
        errors.StorageDown,
    ),
)
def upload_document(
    request: ApiRequest,
    response: HttpResponse,
    *,
    file: Annotated[
        list[UploadedFile],
        File(
            description="An image or a PDF. Several are read as one document, in their order; a text of "
            "pages (hOCR, ALTO, PAGE) beside them is taken as what they say.",
            examples=[["invoice.pdf"]],
        ),
    ],
    languages: _Languages = None,
    title: _Title = "",
    collection: _Collection = None,
    tags: _Tags = None,
    engine: _Engine = "",
) -> Status[DocumentOut] | HttpResponse:
    """It is stored before this answers, and read in the background: ask for it until its `state` is over."""
    for field, value in (("title", title), ("tags", tags)):
        if has_controls(value):
            return field_problem("form", field, UNSEEN)
    place = organise.place_for(user=request.user, collection_id=collection) if collection else None
    document = receive.receive_upload(
        user=request.user,
        files=[incoming(one) for one in file],
        languages=packs.checked(
            settings.OCRSITE_DEFAULT_LANGUAGES if languages is None else languages, engine
        ),
        title=title,
        collection=place,
        engine=packs.asked(engine),
        tag_names=tags or (),
    )
    document.refresh_from_db()
    response["Location"] = reverse("api:get_document", args=[document.pk])
    return Status(201, document_out(document))


@router.get(
    "/documents/{uuid:document_id}",
    response=DocumentOut,
    operation_id="get_document",
    summary="Read a document",
)
def get_document(request: ApiRequest, document_id: DocumentId) -> DocumentOut:
    """What is known of a document, and how far its reading is; not its text."""
    return document_out(selectors.document_for(request.user, document_id))


@router.patch(
    "/documents/{uuid:document_id}",
    response=DocumentOut,
    operation_id="change_document",
    summary="Change a document",
    openapi_extra=refuses(
        errors.PreconditionFailed,
        errors.NoRight,
        errors.Gone,
        errors.NameEmpty,
        errors.NameTooLong,
        errors.DateImplausible,
        errors.CollectionGone,
        errors.TooManyTags,
    ),
)
def change_document(request: ApiRequest, document_id: DocumentId, change: DocumentChange) -> DocumentOut:
    """Title, date, collection and tags: all that is named, or nothing."""
    document = selectors.document_to_edit(request.user, document_id)
    with transaction.atomic():
        hold(request, document)
        organise.edit_document(
            user=request.user,
            document=document,
            title=change.title,
            day=change.dated_on,
            collection=organise.place_for(user=request.user, collection_id=change.collection)
            if change.collection
            else None,
            tag_names=change.tags,
        )
    return document_out(selectors.document_for(request.user, document_id))


@router.delete(
    "/documents/{uuid:document_id}",
    response={204: None},
    operation_id="trash_document",
    summary="Put a document in the trash",
    openapi_extra=refuses(errors.PreconditionFailed, errors.NoRight, errors.Gone, errors.InTrash),
)
def trash_document(request: ApiRequest, document_id: DocumentId) -> Status[None]:
    """From there it can be taken out again for some weeks."""
    document = selectors.document_to_edit(request.user, document_id)
    with transaction.atomic():
        hold(request, document)
        trash.trash(user=request.user, document=document)
    return Status(204, None)


@router.put(
    "/documents/{uuid:document_id}/password",
    response=DocumentOut,
    operation_id="unlock_document",
    summary="Open a locked PDF",
    openapi_extra=refuses(
        errors.NoRight,
        errors.Gone,
        errors.PasswordWrong,
        errors.TooManyPages,
        errors.StorageFull,
        errors.StorageDown,
    ),
)
def unlock_document(request: ApiRequest, document_id: DocumentId, sent: Password) -> DocumentOut:
    """It is read from now on. The password is used once and kept nowhere; what is not locked minds none."""
    document = selectors.document_to_edit(request.user, document_id)
    receive.unlock_document(document=document, password=sent.password)
    return document_out(selectors.document_for(request.user, document_id))


def hold(request: ApiRequest, document: Document) -> None:
    """Within a transaction: nobody else changes it from now on. Raises NoRight, Gone, and PreconditionFailed
    where it is not as `If-Match` says."""
    lock_editable(document, user=request.user)
    require_match(request, lambda: document_out(document))


def document_out(document: Document) -> DocumentOut:
    confidence = document.mean_confidence
    return DocumentOut(
        id=document.pk,
        title=document.title,
        state=cast("ReadingState", document.state),
        locked=document.is_locked,
        page_count=document.page_count,
        pages_done=document.pages_done,
        mean_confidence=None if confidence is None else round(confidence, 1),
        languages=document.languages,
        sha256=document.sha256,
        byte_size=document.byte_size,
        collection=document.collection_id,
        tags=[tag.name for tag in document.tags.all()],
        dated_on=document.dated_on,
        created_at=document.created_at,
    )
