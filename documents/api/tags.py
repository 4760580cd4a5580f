"""``/api/v1/tags``: what the documents of a collection are marked with."""

from typing import Annotated

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from ninja import Path, Query, Router, Status

from documents import errors, selectors
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.conditions import require_match
from documents.api.documents import document_out, hold
from documents.api.fields import CollectionId, DocumentId
from documents.api.openapi import refuses
from documents.api.schemas.document import DocumentOut
from documents.api.schemas.tag import DeletedTags, NewTag, TagChange, TagList, TagNames, TagOut
from documents.models import Tag
from documents.selectors import tagging
from documents.selectors.membership import collection_to_edit
from documents.services import organise
from documents.services import tags as service
from documents.services.locks import lock_with_collection

router = Router(tags=["tags"])

_KIND = "tags"
_TagId = Annotated[int, Path(description="The id of a tag.", examples=[12], ge=1, lt=2**63)]
_UNFIT = (errors.TagTaken, errors.NameEmpty, errors.NameTooLong)
_MEANWHILE = (errors.NoRight, errors.Gone, errors.CollectionGone)


@router.get("/tags", response=TagList, operation_id="list_tags", summary="List the tags")
def list_tags(
    request: ApiRequest,
    *,
    collection: Annotated[
        int | None,
        Query(description="Only those of the collection of this id.", examples=[7], ge=1, lt=2**63),
    ] = None,
    limit: paging.Limit = paging.LIMIT,
    cursor: paging.Cursor = "",
) -> TagList:
    """Those of all your collections, one collection after the other; each tag before those that lie in it."""
    placed = [one for tagged in tagging.tags_by_collection(request.user) for one in tagged.tags]
    last = paging.marked(_KIND, cursor)
    rows = sorted(
        (
            one
            for one in placed
            if collection in (None, one.tag.collection_id) and (last is None or _place(one.tag) > last)
        ),
        key=lambda one: _place(one.tag),
    )
    shown, following = paging.piece(rows, limit, lambda one: paging.mark(_KIND, *_place(one.tag)))
    return TagList(items=[tag_out(one.tag, one.documents) for one in shown], next=following)


@router.post(
    "/tags",
    response={201: TagOut},
    operation_id="make_tag",
    summary="Make a tag",
    openapi_extra=refuses(errors.CollectionGone, *_UNFIT),
)
def make_tag(request: ApiRequest, response: HttpResponse, tag: NewTag) -> Status[TagOut]:
    """One that marks nothing yet. Documents can be given tags that are not there yet, too."""
    place = organise.place_for(user=request.user, collection_id=tag.collection)
    made = service.make_tag(user=request.user, collection=place, name=tag.name, colour=tag.colour)
    response["Location"] = reverse("api:get_tag", args=[made.pk])
    return Status(201, _tag_out(made))


@router.get("/tags/{int:tag_id}", response=TagOut, operation_id="get_tag", summary="Read a tag")
def get_tag(request: ApiRequest, tag_id: _TagId) -> TagOut:
    """What it is called, how it looks, and how many documents have it."""
    return _tag_out(tagging.tag_for(request.user, tag_id))


@router.patch(
    "/tags/{int:tag_id}",
    response=TagOut,
    operation_id="change_tag",
    summary="Change a tag",
    openapi_extra=refuses(errors.PreconditionFailed, *_MEANWHILE, *_UNFIT),
)
def change_tag(request: ApiRequest, tag_id: _TagId, change: TagChange) -> TagOut:
    """Its name and colour, or make it one with another tag. Answers with the tag that has the name now."""
    with transaction.atomic():
        row = _held(request, tag_id)
        kept = service.change_tag(
            user=request.user, tag=row, name=change.name, colour=change.colour, may_merge=change.merge
        )
    return _tag_out(kept)


@router.delete(
    "/tags/{int:tag_id}",
    response={204: None},
    operation_id="delete_tag",
    summary="Delete a tag",
    openapi_extra=refuses(errors.PreconditionFailed, *_MEANWHILE),
)
def delete_tag(request: ApiRequest, tag_id: _TagId) -> Status[None]:
    """It is taken off all documents, with those that lie in it; the documents stay."""
    with transaction.atomic():
        service.delete_tag(user=request.user, tag=_held(request, tag_id))
    return Status(204, None)


@router.post(
    "/collections/{int:collection_id}/delete-unused-tags",
    response=DeletedTags,
    operation_id="delete_unused_tags",
    summary="Delete the unused tags",
    openapi_extra=refuses(errors.NoRight, errors.CollectionGone),
)
def delete_unused_tags(request: ApiRequest, collection_id: CollectionId) -> DeletedTags:
    """Those of a collection that mark no document, nor one in the trash, and have none in them that do."""
    place = collection_to_edit(request.user, collection_id)
    return DeletedTags(count=service.delete_unused_tags(user=request.user, collection=place))


@router.post(
    "/documents/{uuid:document_id}/tags",
    response=DocumentOut,
    operation_id="add_tags",
    summary="Give tags to a document",
    openapi_extra=refuses(
        errors.PreconditionFailed,
        *_MEANWHILE,
        errors.NameEmpty,
        errors.NameTooLong,
        errors.TooManyTags,
    ),
)
def add_tags(request: ApiRequest, document_id: DocumentId, wanted: TagNames) -> DocumentOut:
    """It keeps those that it has. `If-Match` names the `ETag` of the document."""
    document = selectors.document_to_edit(request.user, document_id)
    with transaction.atomic():
        hold(request, document)
        service.add_tags(user=request.user, document=document, wanted=wanted.tags)
    return document_out(document)


@router.delete(
    "/documents/{uuid:document_id}/tags/{int:tag_id}",
    response={204: None},
    operation_id="remove_tag",
    summary="Take a tag off a document",
    openapi_extra=refuses(errors.PreconditionFailed, errors.NoRight, errors.Gone),
)
def remove_tag(request: ApiRequest, document_id: DocumentId, tag_id: _TagId) -> Status[None]:
    """The tag itself stays. `If-Match` names the `ETag` of the document."""
    selectors.document_for(request.user, document_id).tags.get(pk=tag_id)
    document = selectors.document_to_edit(request.user, document_id)
    with transaction.atomic():
        hold(request, document)
        service.remove_tags(user=request.user, document=document, unwanted=[document.tags.get(pk=tag_id)])
    return Status(204, None)


def _held(request: ApiRequest, tag_id: int) -> Tag:
    """Held, with its collection, until the transaction ends.

    Raises Tag.DoesNotExist, PermissionDenied, Gone, CollectionGone, PreconditionFailed.
    """
    row = tagging.tag_to_edit(request.user, tag_id)
    lock_with_collection(row)
    require_match(request, lambda: _tag_out(row))
    return row


def _place(tag: Tag) -> list[object]:
    """Compared level by level: else “a-b” would come between “a” and “a/b”."""
    return [tag.collection_id, tag.name_folded.split("/")]


def _tag_out(tag: Tag) -> TagOut:
    return tag_out(tag, tagging.count_documents(tag))


def tag_out(tag: Tag, documents: int) -> TagOut:
    return TagOut(
        id=tag.pk,
        name=tag.name,
        colour=Tag.Colour(tag.colour),
        collection=tag.collection_id,
        documents=documents,
    )
