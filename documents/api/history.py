"""``/api/v1/history`` and ``…/documents/{id}/history``: what was done, by whom and when."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Query, Router

from documents import errors, selectors
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.fields import DocumentId
from documents.api.mistakes import UNSEEN
from documents.api.openapi import refuses
from documents.api.problems import field_problem
from documents.api.schemas.event import EventAction, EventList, EventOut
from documents.api.schemas.sent import has_controls
from documents.models import Event
from documents.selectors import trail
from documents.words.events import in_plain_words

router = Router(tags=["history"])

_EventId = Annotated[int, Path(description="The id of a line.", examples=[311], ge=1, lt=2**63)]
_Person = Annotated[
    str,
    Query(
        description="Only what was done by the person of this user name, in any case; their account may be "
        "gone.",
        examples=["ada"],
        max_length=150,
    ),
]
_Action = Annotated[
    EventAction | None, Query(description="Only what this was done by.", examples=["trashed"])
]


@router.get(
    "/documents/{uuid:document_id}/history",
    response=EventList,
    operation_id="list_document_history",
    summary="Read the history of a document",
)
def list_document_history(
    request: ApiRequest,
    document_id: DocumentId,
    limit: paging.Limit = paging.LIMIT,
    cursor: paging.Cursor = "",
) -> EventList:
    """The newest first. A collection that you are no member of is not named."""
    document = selectors.document_for(request.user, document_id)
    kind = f"history.{document.pk}"
    found = trail.events_of(request.user, document, before=_before(kind, cursor), size=limit)
    return _listed(kind, found)


@router.get(
    "/history",
    response=EventList,
    operation_id="list_history",
    summary="Read the history of all",
    openapi_extra=refuses(errors.NotFound),
)
def list_history(
    request: ApiRequest,
    *,
    user: _Person = "",
    action: _Action = None,
    limit: paging.Limit = paging.LIMIT,
    cursor: paging.Cursor = "",
) -> EventList | HttpResponse:
    """For administrators; nobody else finds it. The newest first; what was done to many documents at once is
    one line, which tells of how many."""
    _require_administrator(request)
    if has_controls(user):
        return field_problem("query", "user", UNSEEN)
    wanted = {"person": user.strip(), "action": action.value if action else ""}
    kind = f"history.of.{wanted['action']}.{wanted['person']}"
    found = trail.events_for_admin(request.user, **wanted, before=_before(kind, cursor), size=limit)
    return _listed(kind, found)


@router.get(
    "/history/{int:event_id}/documents",
    response=EventList,
    operation_id="list_history_of_many",
    summary="Read what was done to many at once",
)
def list_history_of_many(
    request: ApiRequest, event_id: _EventId, limit: paging.Limit = paging.LIMIT, cursor: paging.Cursor = ""
) -> EventList:
    """For administrators: a line for each of the documents of one that has several."""
    _require_administrator(request)
    whole = trail.whole_for_admin(event_id)
    kind = f"history.within.{whole.pk}"
    found = trail.parts_for_admin(request.user, whole, before=_before(kind, cursor), size=limit)
    return _listed(kind, found)


def _require_administrator(request: ApiRequest) -> None:
    """One has the right to view events, such as who set the site up. Raises NotFound."""
    if not request.user.has_perm("documents.view_event"):
        raise errors.NotFound


def _before(kind: str, cursor: str) -> int | None:
    """The line behind which a piece begins. Raises CursorInvalid."""
    last = paging.marked(kind, cursor)
    return int(last[0]) if last else None


def _listed(kind: str, found: trail.Trail) -> EventList:
    return EventList(
        items=[_event_out(line) for line in found.lines],
        next=paging.mark(kind, found.older) if found.older else None,
    )


def _event_out(line: trail.Line) -> EventOut:
    event = line.event
    details: Mapping[str, Any] = event.details
    return EventOut(
        id=event.pk,
        at=event.at,
        user=event.user_name or None,
        action=Event.Action(event.action),
        description=in_plain_words(event),
        document=event.document_id if line.is_open else None,
        title=event.title,
        page=details.get("page"),
        before=details.get("before") or None,
        after=details.get("after") or None,
        added=details.get("added", []),
        removed=details.get("removed", []),
        paper=UUID(details["paper_id"]) if "paper_id" in details else None,
        documents=event.documents,
    )
