"""``/api/v1/bulk``: one change to many documents; how far it is, and how to take it back."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy
from ninja import Path, Router, Status

from accounts.models import User
from documents import errors, packs, storage
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.mistakes import CHOICE
from documents.api.openapi import FILE, refuses
from documents.api.problems import field_problem
from documents.api.ranges import answered, etag_of_stored
from documents.api.schemas.bulk import PACKED, BulkLeftOut, BulkList, BulkOut, BulkSummary, NewBulk
from documents.models import BulkAction
from documents.selectors import deeds
from documents.services import bulk as service
from documents.services import organise
from documents.services.bulk import Selection
from documents.services.bulk.actions import IN_TRASH, MISSING
from documents.services.bulk.titles import Renaming
from documents.services.tags import clean_list
from documents.words import explain

router = Router(tags=["bulk"])

_NEEDS = gettext_lazy("“%(kind)s” needs it.")
_TAKES_NOT = gettext_lazy("“%(kind)s” does not take it.")
_BOTH = gettext_lazy("Name documents, or send a question; not both.")
_TRASH = gettext_lazy("The trash is not searched: an empty one means all of it.")

Kind = BulkAction.Kind
_KIND = "bulk"
_ActionId = Annotated[int, Path(description="The id of a bulk action.", examples=[3], ge=1, lt=2**63)]
_NEEDED = {
    Kind.MOVE: "collection",
    Kind.TAG: "tags",
    Kind.UNTAG: "tags",
    Kind.RENAME: "renaming",
    Kind.ZIP: "formats",
}
# What belongs to some kinds alone.
_TAKEN = {**{kind: (field,) for kind, field in _NEEDED.items()}, Kind.READ: ("languages", "engine")}
_OF_KINDS = sorted({field for fields in _TAKEN.values() for field in fields})


@router.get("/bulk", response=BulkList, operation_id="list_bulk_actions", summary="List the bulk actions")
def list_bulk_actions(
    request: ApiRequest, limit: paging.Limit = paging.LIMIT, cursor: paging.Cursor = ""
) -> BulkList:
    """What you asked for in the last month, the newest first."""
    rows = deeds.actions_of(request.user)
    if last := paging.marked(_KIND, cursor):
        moment, key = datetime.fromisoformat(last[0]), last[1]
        rows = rows.filter(Q(created_at__lt=moment) | Q(created_at=moment, pk__lt=key))
    shown, following = paging.piece(
        list(rows[: limit + 1]), limit, lambda row: paging.mark(_KIND, row.created_at.isoformat(), row.pk)
    )
    return BulkList(items=[BulkSummary(**_summary(row)) for row in shown], next=following)


@router.post(
    "/bulk",
    response={201: BulkOut},
    operation_id="start_bulk_action",
    summary="Change many documents",
    openapi_extra=refuses(
        errors.NothingChosen,
        errors.QuestionUnclear,
        errors.CollectionGone,
        errors.NameEmpty,
        errors.NameTooLong,
        errors.TooManyTags,
        errors.PlaceholderUnknown,
        errors.TitlesUnchanged,
        errors.LanguageUnknown,
        errors.LanguageMissing,
        errors.LanguageBeyond,
        errors.EngineUnknown,
        errors.EngineNotHere,
        errors.EngineMissing,
    ),
)
def start_bulk_action(
    request: ApiRequest, response: HttpResponse, action: NewBulk
) -> Status[BulkOut] | HttpResponse:
    """It is begun in the background: ask for it until its `state` is over. What you may not change is left
    as it is, and told. Most actions can be undone."""
    if refused := _refused(action):
        return refused
    started = service.start(
        user=request.user,
        kind=action.kind,
        selection=_selection(action),
        **_params(request.user, action),
    )
    response["Location"] = reverse("api:get_bulk_action", args=[started.pk])
    return Status(201, action_out(request.user, started))


@router.get(
    "/bulk/{int:action_id}",
    response=BulkOut,
    operation_id="get_bulk_action",
    summary="Read a bulk action",
)
def get_bulk_action(request: ApiRequest, action_id: _ActionId) -> BulkOut:
    """How far it is, then what came of it."""
    return action_out(request.user, deeds.action_for(request.user, action_id))


@router.post(
    "/bulk/{int:action_id}/cancel",
    response=BulkOut,
    operation_id="cancel_bulk_action",
    summary="Stop a bulk action",
)
def cancel_bulk_action(request: ApiRequest, action_id: _ActionId) -> BulkOut:
    """What is done stays so. An action that is over stays as it is."""
    service.cancel(action=deeds.action_for(request.user, action_id))
    return action_out(request.user, deeds.action_for(request.user, action_id))


@router.post(
    "/bulk/{int:action_id}/undo",
    response={201: BulkOut},
    operation_id="undo_bulk_action",
    summary="Take a bulk action back",
    openapi_extra=refuses(errors.NotUndoable),
)
def undo_bulk_action(request: ApiRequest, response: HttpResponse, action_id: _ActionId) -> Status[BulkOut]:
    """By another action, with which this answers. What somebody changed since is left as it is."""
    back = service.undo(action=deeds.action_for(request.user, action_id))
    response["Location"] = reverse("api:get_bulk_action", args=[back.pk])
    return Status(201, action_out(request.user, back))


@router.get(
    "/bulk/{int:action_id}/download",
    operation_id="download_bulk_action",
    summary="Have the zip",
    openapi_extra={
        **refuses(errors.RangeUnsatisfiable, errors.OriginalMissing, errors.StorageDown),
        FILE: ["application/zip"],
    },
)
def download_bulk_action(request: ApiRequest, action_id: _ActionId) -> HttpResponseBase:
    """What `zip` packed: for a day, and as long as all of it is yours to see."""
    action = deeds.action_for(request.user, action_id)
    if not deeds.has_download(request.user, action):
        raise errors.NotFound
    response = answered(
        request,
        storage.open_file(action.file),
        (),
        media_type="application/zip",
        etag=etag_of_stored(action.file),
    )
    name = f"ocrsite-{action.created_at:%Y-%m-%d}.zip"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _refused(action: NewBulk) -> HttpResponse | None:
    """What the fields say together; each by itself makes sense."""
    needed = _NEEDED.get(action.kind)
    if needed and not getattr(action, needed):
        return field_problem("body", needed, _NEEDS % {"kind": action.kind.value})
    taken = _TAKEN.get(action.kind, ())
    if other := next((one for one in _OF_KINDS if one not in taken and getattr(action, one)), None):
        return field_problem("body", other, _TAKES_NOT % {"kind": action.kind.value})
    if action.query is not None and action.documents:
        return field_problem("body", "query", _BOTH)
    if action.query and action.kind in IN_TRASH:
        return field_problem("body", "query", _TRASH)
    if not set(action.formats) <= set(PACKED):
        return field_problem("body", "formats", CHOICE % {"values": ", ".join(PACKED)})
    return None


def _selection(action: NewBulk) -> Selection:
    """Raises NothingChosen."""
    if action.query is None:
        return Selection(ids=tuple(action.documents))
    selection = Selection.by_question(action.query, is_forgiving=action.forgive)
    if selection.query is None:
        raise errors.NothingChosen
    return selection


def _params(user: User, action: NewBulk) -> dict[str, Any]:
    """Of ``services.bulk.start``."""
    match action.kind:
        case Kind.MOVE:
            place = organise.place_for(user=user, collection_id=action.collection or 0)
            return {"collection": place.pk, "name": place.name}
        case Kind.TAG | Kind.UNTAG:
            return {"tags": clean_list(action.tags)}
        case Kind.RENAME:
            renaming = Renaming.typed(**(action.renaming.model_dump() if action.renaming else {}))
            renaming.check()
            return {"renaming": asdict(renaming)}
        case Kind.READ:
            wanted = settings.OCRSITE_DEFAULT_LANGUAGES if action.languages is None else action.languages
            languages = packs.checked(wanted, action.engine)
            return {"languages": list(languages), "engine": packs.asked(action.engine)}
        case Kind.ZIP:
            return {"formats": list(dict.fromkeys(action.formats))}
        case _:
            return {}


def action_out(user: User, action: BulkAction) -> BulkOut:
    is_over = action.finished_at is not None
    undoing = getattr(action, "undone_by", None)
    return BulkOut(
        **_summary(action),
        missing=action.params.get(MISSING, 0),
        error=action.error_code or None,
        left=[_left_out(one) for one in deeds.left_alone(user, action)] if is_over else [],
        undoable=service.is_undoable(action),
        undone_by=undoing.pk if undoing else None,
        download=deeds.has_download(user, action),
    )


def _summary(action: BulkAction) -> dict[str, Any]:
    return {
        "id": action.pk,
        "kind": Kind(action.kind),
        "state": BulkAction.State(action.state),
        "total": action.total,
        "done": action.done,
        "failed": action.failed,
        "undoes": action.undoes_id,
        "created_at": action.created_at,
        "finished_at": action.finished_at,
    }


def _left_out(left: deeds.Left) -> BulkLeftOut:
    return BulkLeftOut(
        code=left.code,
        message=explain(left.code, left.params),
        count=left.count,
        documents=[document.pk for document in left.documents],
    )
