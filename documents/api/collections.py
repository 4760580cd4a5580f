"""``/api/v1/collections``: sets of documents with members."""

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from ninja import Router, Status

from accounts.models import User
from documents import errors
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.conditions import require_match
from documents.api.fields import CollectionId
from documents.api.openapi import refuses
from documents.api.schemas.collection import CollectionList, CollectionName, CollectionOut
from documents.models import Collection
from documents.selectors.membership import Held, collection_for, collection_to_manage, collections_of
from documents.services import collections as service
from documents.services.locks import lock_collections

router = Router(tags=["collections"])

_KIND = "collections"
_UNFIT = (errors.NameEmpty, errors.NameTooLong, errors.CollectionNameTaken)
_MEANWHILE = (errors.NoRight, errors.CollectionGone)


@router.get(
    "/collections", response=CollectionList, operation_id="list_collections", summary="List the collections"
)
def list_collections(
    request: ApiRequest, limit: paging.Limit = paging.LIMIT, cursor: paging.Cursor = ""
) -> CollectionList:
    """Those that you belong to, the oldest first."""
    last = (paging.marked(_KIND, cursor) or [0])[0]
    rows = [held for held in collections_of(request.user) if held.collection.pk > last]
    rows.sort(key=lambda held: held.collection.pk)
    shown, following = paging.piece(rows, limit, lambda held: paging.mark(_KIND, held.collection.pk))
    return CollectionList(items=[collection_out(held) for held in shown], next=following)


@router.post(
    "/collections",
    response={201: CollectionOut},
    operation_id="make_collection",
    summary="Make a collection",
    openapi_extra=refuses(*_UNFIT),
)
def make_collection(
    request: ApiRequest, response: HttpResponse, collection: CollectionName
) -> Status[CollectionOut]:
    """You own it, and are its only member."""
    made = service.make_collection(user=request.user, name=collection.name)
    response["Location"] = reverse("api:get_collection", args=[made.pk])
    return Status(201, _of(request.user, made.pk))


@router.get(
    "/collections/{int:collection_id}",
    response=CollectionOut,
    operation_id="get_collection",
    summary="Read a collection",
)
def get_collection(request: ApiRequest, collection_id: CollectionId) -> CollectionOut:
    """What you may do in it, and how many documents it holds."""
    return _of(request.user, collection_id)


@router.patch(
    "/collections/{int:collection_id}",
    response=CollectionOut,
    operation_id="rename_collection",
    summary="Rename a collection",
    openapi_extra=refuses(errors.PreconditionFailed, *_MEANWHILE, *_UNFIT),
)
def rename_collection(
    request: ApiRequest, collection_id: CollectionId, change: CollectionName
) -> CollectionOut:
    """For who owns it."""
    with transaction.atomic():
        place = _held(request, collection_id)
        service.rename_collection(user=request.user, collection=place, name=change.name)
    return _of(request.user, collection_id)


@router.delete(
    "/collections/{int:collection_id}",
    response={204: None},
    operation_id="delete_collection",
    summary="Delete a collection",
    openapi_extra=refuses(
        errors.PreconditionFailed, *_MEANWHILE, errors.CollectionNotEmpty, errors.PersonalCollection
    ),
)
def delete_collection(request: ApiRequest, collection_id: CollectionId) -> Status[None]:
    """Members, tags and invitations go with it; while it has documents, in the trash too, it stays."""
    with transaction.atomic():
        place = _held(request, collection_id)
        service.delete_collection(user=request.user, collection=place)
    return Status(204, None)


def _held(request: ApiRequest, collection_id: int) -> Collection:
    """Held until the transaction ends.

    Raises Collection.DoesNotExist, PermissionDenied, CollectionGone, PreconditionFailed.
    """
    place = collection_to_manage(request.user, collection_id)
    lock_collections(place.pk)
    require_match(request, lambda: _of(request.user, collection_id))
    return place


def _of(user: User, collection_id: int) -> CollectionOut:
    return collection_out(collection_for(user, collection_id))


def collection_out(held: Held) -> CollectionOut:
    place = held.collection
    return CollectionOut(
        id=place.pk,
        name=place.name,
        role=held.role,
        personal_of=place.personal_of.get_username() if place.personal_of else None,
        documents=held.documents,
        trashed=held.trashed,
        created_at=place.created_at,
    )
