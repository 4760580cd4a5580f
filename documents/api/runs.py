"""``/api/v1/documents/{id}/runs``: readings of a document."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from ninja import Router, Status

from accounts.models import User
from documents import errors, packs, selectors
from documents.api import paging
from documents.api.auth import ApiRequest
from documents.api.fields import DocumentId, RunId
from documents.api.openapi import refuses
from documents.api.problems import field_problem
from documents.api.schemas.document import ReadingState
from documents.api.schemas.run import NewRun, RunList, RunOut, RunReader, ShownRun
from documents.models import Document, OcrRun
from documents.ocr.options import Cleaning
from documents.ocr.readers import readers_of
from documents.services import recognise, trials

router = Router(tags=["runs"])

_NUMBERED = gettext_lazy("The pages are numbered from 1 to %(count)s.")

_REFUSED = (errors.NoRight, errors.Gone, errors.PasswordNeeded)
_UNREADABLE = (
    errors.LanguageUnknown,
    errors.LanguageMissing,
    errors.LanguageBeyond,
    errors.EngineUnknown,
    errors.EngineNotHere,
    errors.EngineMissing,
)


@router.get(
    "/documents/{uuid:document_id}/runs", response=RunList, operation_id="list_runs", summary="List the runs"
)
def list_runs(
    request: ApiRequest,
    document_id: DocumentId,
    limit: paging.Limit = paging.LIMIT,
    cursor: paging.Cursor = "",
) -> RunList:
    """The newest first."""
    document = selectors.document_for(request.user, document_id)
    kind = f"runs.{document.pk}"
    match paging.marked(kind, cursor):
        case [str(moment), int(key)]:
            last = datetime.fromisoformat(moment), key
            rows = [run for run in selectors.runs_of(document) if (run.created_at, run.pk) < last]
        case _:
            rows = selectors.runs_of(document)
    shown, following = paging.piece(
        rows, limit, lambda run: paging.mark(kind, run.created_at.isoformat(), run.pk)
    )
    return RunList(items=[run_out(run) for run in shown], next=following)


@router.post(
    "/documents/{uuid:document_id}/runs",
    response={201: RunOut},
    operation_id="start_run",
    summary="Read a document again",
    openapi_extra=refuses(errors.RunBusy, *_REFUSED, *_UNREADABLE),
)
def start_run(
    request: ApiRequest, response: HttpResponse, document_id: DocumentId, run: NewRun
) -> Status[RunOut] | HttpResponse:
    """Earlier readings stay, and what people corrected or proofread keeps its text."""
    document = selectors.document_to_edit(request.user, document_id)
    if any(not 1 <= page <= document.page_count for page in run.pages):
        return field_problem("body", "pages", _NUMBERED % {"count": document.page_count})
    engine = packs.usable(selectors.asked_engine(document)) if run.engine is None else packs.asked(run.engine)
    languages = selectors.asked_languages(document) if run.languages is None else run.languages
    begun = trials.read_cleaned(
        user=request.user,
        document=document,
        languages=packs.checked(languages, engine),
        pages=sorted(set(run.pages)),
        cleaning=run.cleaning,
        is_kept=True,
        engine=engine,
    )
    response["Location"] = reverse("api:get_run", args=[document.pk, begun.pk])
    return Status(201, _run_out(document, begun.pk))


@router.post(
    "/documents/{uuid:document_id}/runs/retry",
    response=RunOut,
    operation_id="retry_run",
    summary="Read what was not read",
    openapi_extra=refuses(*_REFUSED),
)
def retry_run(request: ApiRequest, document_id: DocumentId) -> RunOut:
    """The newest run reads those of its pages again that failed or were cancelled. Answers with that run."""
    document = selectors.document_to_edit(request.user, document_id)
    recognise.retry_failed(document=document, user=request.user)
    return run_out(selectors.runs_of(document)[0])


@router.get(
    "/documents/{uuid:document_id}/runs/{int:run_id}",
    response=RunOut,
    operation_id="get_run",
    summary="Read a run",
)
def get_run(request: ApiRequest, document_id: DocumentId, run_id: RunId) -> RunOut:
    """How far it is: ask again until its `state` is over."""
    return _run_out(selectors.document_for(request.user, document_id), run_id)


@router.post(
    "/documents/{uuid:document_id}/runs/{int:run_id}/cancel",
    response=RunOut,
    operation_id="cancel_run",
    summary="Stop a run",
    openapi_extra=refuses(*_REFUSED),
)
def cancel_run(request: ApiRequest, document_id: DocumentId, run_id: RunId) -> RunOut:
    """What it has read stays. A run that is over stays as it is."""
    document, run = _run_to_change(request.user, document_id, run_id)
    recognise.cancel_run(document=document, user=request.user, run=run)
    return _run_out(document, run_id)


@router.post(
    "/documents/{uuid:document_id}/runs/{int:run_id}/show",
    response=ShownRun,
    operation_id="show_run",
    summary="Make a run current",
    openapi_extra=refuses(errors.RunUnread, *_REFUSED),
)
def show_run(request: ApiRequest, document_id: DocumentId, run_id: RunId) -> ShownRun:
    """Let the pages show what this run read."""
    document, run = _run_to_change(request.user, document_id, run_id)
    waiting = recognise.make_current(run=run, user=request.user)
    return ShownRun(run=_run_out(document, run_id), pages_waiting=waiting)


def run_of(document: Document, run_id: int) -> OcrRun:
    """With all that `run_out` tells. Raises NotFound."""
    for run in selectors.runs_of(document):
        if run.pk == run_id:
            return run
    raise errors.NotFound


def _run_to_change(user: User, document_id: UUID, run_id: int) -> tuple[Document, OcrRun]:
    """Who may only read is told of the right where there is such a run alone. Raises NotFound, NoRight."""
    run = run_of(selectors.document_for(user, document_id), run_id)
    return selectors.document_to_edit(user, document_id), run


def _run_out(document: Document, run_id: int) -> RunOut:
    return run_out(run_of(document, run_id))


def _readers(run: OcrRun) -> list[RunReader]:
    """Nobody before a page was read, or of texts that came along."""
    if not run.engine_version or run.engine == OcrRun.IMPORT:
        return []
    return [RunReader(**each._asdict()) for each in readers_of(run.engine, run.engine_version)]


def run_out(run: OcrRun) -> RunOut:
    """Of a run of ``selectors.runs_of``."""
    confidence = run.mean_confidence
    return RunOut(
        id=run.pk,
        state=cast("ReadingState", run.state),
        engine=run.engine,
        engine_version=run.engine_version,
        read_by=_readers(run),
        languages=run.told_languages,
        cleaning=Cleaning(run.cleaning),
        pages=run.chosen_pages or None,
        pages_total=run.pages_total,
        pages_done=run.pages_done,
        pages_failed=run.pages_failed,
        mean_confidence=None if confidence is None else round(confidence, 1),
        current=run.is_current,
        requested_by=run.requested_by.get_username() if run.requested_by else None,
        created_at=run.created_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
    )
