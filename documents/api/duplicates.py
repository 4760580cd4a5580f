"""``/api/v1/duplicates``: papers that came twice, and what is done about them."""

from typing import Annotated

from django.db.models import prefetch_related_objects
from ninja import Path, Router

from documents import errors, selectors
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.documents import document_out
from documents.api.fields import DocumentId
from documents.api.openapi import refuses
from documents.api.schemas.document import DocumentOut
from documents.api.schemas.duplicate import (
    DuplicateCopy,
    DuplicateDecision,
    DuplicateGroup,
    DuplicateGroups,
    DuplicateOut,
    DuplicatesDecided,
    DuplicatesOut,
)
from documents.models import Document, Likeness
from documents.selectors import duplicates
from documents.services import copies
from documents.services.copies import Choice

router = Router(tags=["duplicates"])

_KIND = "duplicates"
_PairId = Annotated[int, Path(description="The id of a pair.", examples=[17], ge=1, lt=2**63)]


@router.get(
    "/documents/{uuid:document_id}/duplicates",
    response=DuplicatesOut,
    operation_id="get_duplicates",
    summary="Read what is like a document",
)
def get_duplicates(request: ApiRequest, document_id: DocumentId) -> DuplicatesOut:
    """Papers that look as if they were the same, and its versions, as far as you may see them."""
    document = selectors.document_for(request.user, document_id)
    pairs = duplicates.open_pairs_of(request.user, document)
    beside = duplicates.copies_of(request.user, document)
    prefetch_related_objects([paper for pair in pairs for paper in (pair.document, pair.other)], "tags")
    return DuplicatesOut(
        duplicates=[_duplicate_out(pair, document) for pair in pairs],
        older_version=document_out(beside.older_version) if beside.older_version else None,
        newer_versions=[document_out(one) for one in beside.newer_versions],
        in_trash=document_out(beside.in_trash) if beside.in_trash else None,
    )


@router.get(
    "/duplicates",
    response=DuplicateGroups,
    operation_id="list_duplicates",
    summary="List papers that look alike",
)
def list_duplicates(
    request: ApiRequest, limit: paging.Limit = paging.LIMIT, cursor: paging.Cursor = ""
) -> DuplicateGroups:
    """Groups that nobody decided about yet, the one with the newest pair first."""
    before = (paging.marked(_KIND, cursor) or [None])[0]
    screen = duplicates.screen(request.user, before=before, size=limit)
    prefetch_related_objects([copy.document for group in screen.groups for copy in group.copies], "tags")
    return DuplicateGroups(
        items=[_group_out(group) for group in screen.groups],
        next=paging.mark(_KIND, screen.next) if screen.next else None,
    )


@router.post(
    "/duplicates/{int:pair_id}/decide",
    response=DuplicatesDecided,
    operation_id="decide_duplicate",
    summary="Decide about papers that look alike",
    openapi_extra=refuses(errors.NoRight, errors.Gone, errors.InTrash, errors.OwnVersion),
)
def decide_duplicate(request: ApiRequest, pair_id: _PairId, decision: DuplicateDecision) -> DuplicatesDecided:
    """For who may change the later one of the pair."""
    pair = duplicates.likeness_for(request.user, pair_id)
    selectors.document_to_edit(request.user, pair.document_id)
    if decision.choice == Choice.VERSION:
        selectors.document_to_edit(request.user, pair.other_id)
    return DuplicatesDecided(papers=copies.settle(likeness=pair, user=request.user, choice=decision.choice))


@router.post(
    "/documents/{uuid:document_id}/undo-version",
    response=DocumentOut,
    operation_id="undo_version",
    summary="Let a document be no version",
    openapi_extra=refuses(errors.NoRight, errors.Gone),
)
def undo_version(request: ApiRequest, document_id: DocumentId) -> DocumentOut:
    """It is no version of the older paper any more. Its tags and its date stay as they are."""
    document = selectors.document_to_edit(request.user, document_id)
    copies.undo_version(document=document, user=request.user)
    return document_out(selectors.document_for(request.user, document_id))


def _duplicate_out(pair: Likeness, document: Document) -> DuplicateOut:
    is_later = pair.other_id == document.pk
    return DuplicateOut(
        id=pair.pk,
        document=document_out(pair.document if is_later else pair.other),
        how=Likeness.How(pair.how),
        is_later=is_later,
    )


def _group_out(group: duplicates.Group) -> DuplicateGroup:
    return DuplicateGroup(
        id=group.key,
        count=group.count,
        copies=[
            DuplicateCopy(document=document_out(copy.document), how=copy.how, may_edit=copy.may_edit)
            for copy in group.copies
        ],
        decide_by=group.asked.pk if group.asked else None,
    )
