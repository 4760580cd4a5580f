"""``/api/v1/documents/{id}/pages/{n}/cleanings``: a page read with each kind of cleaning, to choose one."""

from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Path, Router, Status

from documents import errors, packs, selectors
from documents.api.auth import ApiRequest
from documents.api.fields import DocumentId, PageNumber
from documents.api.negotiation import require_accepted
from documents.api.openapi import FILE, refuses
from documents.api.pages import error_of, rounded
from documents.api.pictures import JPEG, UNSEEN, picture
from documents.api.runs import run_of, run_out
from documents.api.schemas.cleaning import (
    CleanedText,
    CleaningChoice,
    TriedCleaning,
    TriedCleanings,
)
from documents.api.schemas.run import RunOut
from documents.api.texts import lines_out
from documents.models import Page, Trial
from documents.ocr.options import Cleaning
from documents.selectors.trials import cleaning_of, cleanings_of, surest_of
from documents.services import trials
from documents.words.cleaning import done_before_reading

router = Router(tags=["pages"])

_CLEANINGS = "/documents/{uuid:document_id}/pages/{int:number}/cleanings"
_CLEANING = f"{_CLEANINGS}/{{int:cleaning_id}}"
_CleaningId = Annotated[
    int, Path(description="The id of a cleaning that was tried.", examples=[29], ge=1, lt=2**63)
]
_UNREADABLE = (
    errors.PasswordNeeded,
    errors.LanguageUnknown,
    errors.LanguageMissing,
    errors.LanguageBeyond,
    errors.EngineNotHere,
    errors.EngineMissing,
)


@router.get(
    _CLEANINGS,
    response=TriedCleanings,
    operation_id="list_cleanings",
    summary="List the cleanings of a page",
    openapi_extra=refuses(errors.NoRight),
)
def list_cleanings(request: ApiRequest, document_id: DocumentId, number: PageNumber) -> TriedCleanings:
    """How well the page was read with each, in one piece, whoever had them tried: ask again until all are
    `done` or `failed`."""
    return _tried(selectors.page_to_edit(request.user, document_id, number))


@router.post(
    _CLEANINGS,
    response={201: TriedCleanings},
    operation_id="try_cleanings",
    summary="Try kinds of cleaning on a page",
    openapi_extra=refuses(errors.NoRight, errors.Gone, *_UNREADABLE),
)
def try_cleanings(
    request: ApiRequest, response: HttpResponse, document_id: DocumentId, number: PageNumber
) -> Status[TriedCleanings]:
    """Read the page once with each kind, in the languages of its text; anew where that was done before, not
    while it is going on. The page stays as it is. All of it is forgotten after a day."""
    page = selectors.page_to_edit(request.user, document_id, number)
    trials.try_cleanings(user=request.user, page=page)
    response["Location"] = reverse("api:list_cleanings", args=[document_id, number])
    return Status(201, _tried(page))


@router.get(
    _CLEANING,
    response=CleanedText,
    operation_id="get_cleaning",
    summary="See what was read with a cleaning",
    openapi_extra=refuses(errors.NoRight),
)
def get_cleaning(
    request: ApiRequest, document_id: DocumentId, number: PageNumber, cleaning_id: _CleaningId
) -> CleanedText:
    """Its text, once it is `done`, and what was done to the image."""
    trial = _trial(request, document_id, number, cleaning_id)
    read = trial.read
    return CleanedText(
        **_cleaning_out(trial).model_dump(),
        sure_words=trial.sure_words,
        treatments=done_before_reading(read.treatments) if read else [],
        text=trial.text,
        lines=lines_out(read) if read else [],
    )


@router.get(
    f"{_CLEANING}/image",
    operation_id="get_cleaning_image",
    summary="Have the image of a cleaned page",
    openapi_extra={
        **refuses(errors.NoRight, *UNSEEN),
        FILE: [JPEG],
    },
)
def get_cleaning_image(
    request: ApiRequest, document_id: DocumentId, *, number: PageNumber, cleaning_id: _CleaningId
) -> HttpResponseBase:
    """The page as the engine saw it, once it was read; at most 1,400 pixels on its longer side."""
    require_accepted(request, [JPEG])
    return picture(
        request, cleaning_of(selectors.page_to_edit(request.user, document_id, number), cleaning_id).picture
    )


@router.post(
    f"{_CLEANING}/read",
    response={201: RunOut},
    operation_id="read_with_cleaning",
    summary="Read a page with a cleaning",
    openapi_extra=refuses(
        errors.NoRight,
        errors.Gone,
        errors.CleaningUnread,
        errors.RunBusy,
        errors.EngineUnknown,
        *_UNREADABLE,
    ),
)
def read_with_cleaning(
    request: ApiRequest,
    response: HttpResponse,
    document_id: DocumentId,
    number: PageNumber,
    cleaning_id: _CleaningId,
    choice: CleaningChoice,
) -> Status[RunOut]:
    """As it was tried, in the same languages and by the same engine. Answers with the run. What people
    corrected or proofread keeps its text."""
    trial = _trial(request, document_id, number, cleaning_id)
    page = trial.page
    if trial.state != Trial.State.DONE:
        raise errors.CleaningUnread
    begun = trials.read_cleaned(
        user=request.user,
        document=page.document,
        languages=trial.languages,
        pages=[page.number],
        cleaning=Cleaning(trial.cleaning),
        is_kept=choice.keep,
        engine=packs.asked(trial.engine),
    )
    response["Location"] = reverse("api:get_run", args=[document_id, begun.pk])
    return Status(201, run_out(run_of(page.document, begun.pk)))


def _trial(request: ApiRequest, document_id: UUID, number: int, cleaning_id: int) -> Trial:
    """Raises PermissionDenied for who may only read the document."""
    return cleaning_of(selectors.page_to_edit(request.user, document_id, number), cleaning_id)


def _tried(page: Page) -> TriedCleanings:
    tried = cleanings_of(page)
    surest = surest_of(tried) if all(trial.is_over for trial in tried) else None
    return TriedCleanings(
        items=[_cleaning_out(trial) for trial in tried], next=None, surest=surest.pk if surest else None
    )


def _cleaning_out(trial: Trial) -> TriedCleaning:
    return TriedCleaning(
        id=trial.pk,
        state=Trial.State(trial.state),
        error=error_of(trial),
        cleaning=Cleaning(trial.cleaning),
        engine=packs.chosen(trial.engine),
        languages=trial.languages,
        words=trial.words,
        mean_confidence=rounded(trial.mean_confidence),
        created_at=trial.asked_at,
        finished_at=trial.finished_at,
    )
