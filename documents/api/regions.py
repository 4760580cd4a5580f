"""``/api/v1/documents/{id}/pages/{n}/regions``: a part of a page, read again by itself and put in."""

from typing import Annotated

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Path, Router, Status

from documents import errors, selectors
from documents.api.auth import ApiRequest
from documents.api.conditions import require_match
from documents.api.fields import DocumentId, PageNumber
from documents.api.negotiation import require_accepted
from documents.api.openapi import FILE, refuses
from documents.api.pages import error_of, rounded
from documents.api.pictures import JPEG, UNSEEN, picture
from documents.api.schemas.recognition import LayoutHint
from documents.api.schemas.region import NewRegion, RegionOut
from documents.api.schemas.search import BoxOut
from documents.api.schemas.text import LinesOut, TextSeen
from documents.api.texts import lines_of, lines_out, page_lines, page_to_edit
from documents.models import Trial
from documents.ocr.elements import Box
from documents.ocr.options import Layout
from documents.selectors.trials import regions_of
from documents.services import trials

router = Router(tags=["pages"])

_REGIONS = "/documents/{uuid:document_id}/pages/{int:number}/regions"
_REGION = f"{_REGIONS}/{{int:region_id}}"
RegionId = Annotated[
    int, Path(description="The id of a part that you have read.", examples=[23], ge=1, lt=2**63)
]


@router.post(
    _REGIONS,
    response={201: RegionOut},
    operation_id="read_region",
    summary="Read a part of a page again",
    openapi_extra=refuses(
        errors.NoRight,
        errors.Gone,
        errors.PasswordNeeded,
        errors.RegionMissing,
        errors.LanguageUnknown,
        errors.LanguageMissing,
        errors.LanguageBeyond,
        errors.EngineUnknown,
        errors.EngineNotHere,
        errors.EngineMissing,
    ),
)
def read_region(
    request: ApiRequest,
    response: HttpResponse,
    document_id: DocumentId,
    number: PageNumber,
    wanted: NewRegion,
) -> Status[RegionOut]:
    """By itself, in other languages, or with a hint of how the text stands there. The page stays as it is:
    look at what was read, and put it in. The last part that you had read on this page is forgotten, and this
    one after a day. It is cleaned as the document says."""
    trial = trials.read_region(
        user=request.user,
        page=selectors.page_to_edit(request.user, document_id, number),
        region=Box(**wanted.box.model_dump()),
        languages=wanted.languages or (),
        layout=Layout(wanted.layout),
        engine=wanted.engine or "",
    )
    response["Location"] = reverse("api:get_region", args=[document_id, number, trial.pk])
    return Status(201, _region_out(trial))


@router.get(_REGION, response=RegionOut, operation_id="get_region", summary="See what was read of a part")
def get_region(
    request: ApiRequest, document_id: DocumentId, number: PageNumber, region_id: RegionId
) -> RegionOut:
    """How far it is: ask again until its `state` is `done` or `failed`. Only who had it read sees it."""
    return _region_out(_trial(request, document_id, number, region_id))


@router.get(
    f"{_REGION}/image",
    operation_id="get_region_image",
    summary="Have the image of a part",
    openapi_extra={
        **refuses(*UNSEEN),
        FILE: [JPEG],
    },
)
def get_region_image(
    request: ApiRequest, document_id: DocumentId, *, number: PageNumber, region_id: RegionId
) -> HttpResponseBase:
    """As the engine saw it, once it was read."""
    require_accepted(request, [JPEG])
    return picture(request, _trial(request, document_id, number, region_id).picture)


@router.post(
    f"{_REGION}/put",
    response=LinesOut,
    operation_id="put_region",
    summary="Put in what was read of a part",
    openapi_extra=refuses(
        errors.PreconditionFailed,
        errors.NoRight,
        errors.Gone,
        errors.PageUnread,
        errors.PageChanged,
        errors.RegionUnread,
        errors.RegionMissing,
        errors.PageTooFull,
    ),
)
def put_region(
    request: ApiRequest, document_id: DocumentId, number: PageNumber, region_id: RegionId, text: TextSeen
) -> LinesOut:
    """It takes the place of the words whose middle lies in the part, and is undone like any correction.
    `If-Match` names the `ETag` of the lines of the page."""
    page = page_to_edit(request, document_id, number)
    trial = regions_of(request.user, page).get(pk=region_id)
    require_match(request, lambda: page_lines(request.user, page))
    trials.put_region(user=request.user, page=page, current_id=text.transcription, trial=trial)
    return lines_of(request.user, document_id, number)


def _trial(request: ApiRequest, document_id: DocumentId, number: int, region_id: int) -> Trial:
    """Raises NoRight for who may not change the document any more."""
    page = selectors.page_to_edit(request.user, document_id, number)
    return regions_of(request.user, page).get(pk=region_id)


def _region_out(trial: Trial) -> RegionOut:
    """Of a part of a page."""
    read = trial.read
    return RegionOut(
        id=trial.pk,
        state=Trial.State(trial.state),
        error=error_of(trial),
        box=BoxOut(**dict(zip(Box._fields, trial.region or (), strict=True))),
        layout=LayoutHint(trial.layout),
        engine=trial.engine,
        languages=list(read.languages) if read else trial.languages,
        text=trial.text,
        mean_confidence=rounded(trial.mean_confidence),
        lines=lines_out(read) if read else [],
        created_at=trial.asked_at,
        finished_at=trial.finished_at,
    )
