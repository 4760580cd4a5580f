"""``/api/v1/searches``: the questions that a person keeps. They are nobody else's."""

from typing import Annotated, cast

from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from ninja import Path, Router, Status

from documents import errors
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.conditions import require_match
from documents.api.openapi import refuses
from documents.api.schemas.saved_search import (
    NewSavedSearch,
    SavedSearchChange,
    SavedSearchList,
    SavedSearchOut,
)
from documents.api.schemas.search import SearchOrder
from documents.models import SavedSearch
from documents.services.searches import change_search, delete_search, save_search

router = Router(tags=["search"])

_KIND = "searches"
_SearchId = Annotated[int, Path(description="The id of a saved search.", examples=[5], ge=1, lt=2**63)]
_UNFIT = (errors.NothingToLookFor, errors.NameEmpty, errors.NameTooLong, errors.SearchNameTaken)


@router.get(
    "/searches",
    response=SavedSearchList,
    operation_id="list_saved_searches",
    summary="List the saved searches",
)
def list_saved_searches(
    request: ApiRequest, limit: paging.Limit = paging.LIMIT, cursor: paging.Cursor = ""
) -> SavedSearchList:
    """Yours alone, by their names."""
    rows = request.user.saved_searches.all()
    if last := paging.marked(_KIND, cursor):
        name, key = last
        rows = rows.filter(Q(name__gt=name) | Q(name=name, pk__gt=key))
    shown, following = paging.piece(
        list(rows[: limit + 1]), limit, lambda row: paging.mark(_KIND, row.name, row.pk)
    )
    return SavedSearchList(items=[_search_out(row) for row in shown], next=following)


@router.post(
    "/searches",
    response={201: SavedSearchOut},
    operation_id="save_search",
    summary="Save a search",
    openapi_extra=refuses(*_UNFIT),
)
def save_a_search(
    request: ApiRequest, response: HttpResponse, search: NewSavedSearch
) -> Status[SavedSearchOut]:
    """Keep a question under a name."""
    kept = save_search(
        user=request.user,
        name=search.name,
        query=search.query,
        sort=search.sort,
        is_forgiving=search.forgive,
    )
    response["Location"] = reverse("api:get_saved_search", args=[kept.pk])
    return Status(201, _search_out(kept))


@router.get(
    "/searches/{int:search_id}",
    response=SavedSearchOut,
    operation_id="get_saved_search",
    summary="Read a saved search",
)
def get_saved_search(request: ApiRequest, search_id: _SearchId) -> SavedSearchOut:
    """The question, and how it is asked."""
    return _search_out(request.user.saved_searches.get(pk=search_id))


@router.patch(
    "/searches/{int:search_id}",
    response=SavedSearchOut,
    operation_id="change_saved_search",
    summary="Change a saved search",
    openapi_extra=refuses(errors.PreconditionFailed, *_UNFIT),
)
def change_saved_search(
    request: ApiRequest, search_id: _SearchId, change: SavedSearchChange
) -> SavedSearchOut:
    """Its name, the question, how that is asked: all that is named, or nothing."""
    with transaction.atomic():
        row = _held(request, search_id)
        change_search(
            search=row, name=change.name, query=change.query, sort=change.sort, is_forgiving=change.forgive
        )
    return _search_out(row)


@router.delete(
    "/searches/{int:search_id}",
    response={204: None},
    operation_id="delete_saved_search",
    summary="Delete a saved search",
    openapi_extra=refuses(errors.PreconditionFailed),
)
def delete_saved_search(request: ApiRequest, search_id: _SearchId) -> Status[None]:
    """The question is kept no longer; what it finds stays."""
    with transaction.atomic():
        delete_search(search=_held(request, search_id))
    return Status(204, None)


def _held(request: ApiRequest, search_id: int) -> SavedSearch:
    """Held until the transaction ends. Raises SavedSearch.DoesNotExist, PreconditionFailed."""
    row = request.user.saved_searches.select_for_update().get(pk=search_id)
    require_match(request, lambda: _search_out(row))
    return row


def _search_out(search: SavedSearch) -> SavedSearchOut:
    return SavedSearchOut(
        id=search.pk,
        name=search.name,
        query=search.query,
        sort=cast("SearchOrder", search.sort or "relevance"),
        forgive=search.is_forgiving,
        created_at=search.created_at,
    )
