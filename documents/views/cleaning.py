"""``/documents/<id>/pages/<n>/cleaning/``: a page read with each kind of cleaning, to choose one."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HTMX_STOP_POLLING

from documents import packs
from documents.models import Page, Trial
from documents.ocr.options import Cleaning
from documents.selectors.trials import cleaning_of, cleanings_of, surest_of
from documents.services import trials
from documents.views.access import SignedInRequest, editable_page, or_404
from documents.views.answers import changes, from_storage, picture, refusals_to_messages
from documents.views.numbers import key
from documents.views.texts import address_of, of_text


@require_http_methods(["GET", "HEAD", "POST"])
@of_text
def cleaning(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """What was tried; a POST tries all kinds anew."""
    page = editable_page(request.user, document_id, number)
    if request.method == "POST":
        with refusals_to_messages(request):
            trials.try_cleanings(user=request.user, page=page)
        return redirect("page_cleaning", document_id, number)
    return render(request, "documents/cleaning.html", _context(page))


@require_safe
@of_text
def progress(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """The same as a fragment, asked for again and again; status 286 tells htmx to ask no more."""
    context = _context(editable_page(request.user, document_id, number))
    status = HTMX_STOP_POLLING if context["is_over"] else 200
    return render(request, "documents/_cleaning.html", context, status=status)


def _to_trials(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    editable_page(request.user, document_id, number)
    return redirect("page_cleaning", document_id, number)


@changes(otherwise=_to_trials)
def read(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """Read the page as in ``trial``; with ``keep``, later readings of the document, too."""
    page = editable_page(request.user, document_id, number)
    trial = _trial(page, key(request.POST, "trial") or 0)
    if trial.state != Trial.State.DONE:
        raise Http404
    with refusals_to_messages(request):
        trials.read_cleaned(
            user=request.user,
            document=page.document,
            languages=trial.languages,
            pages=[page.number],
            cleaning=Cleaning(trial.cleaning),
            is_kept="keep" in request.POST,
            engine=packs.asked(trial.engine),
        )
    return redirect(address_of(page))


@require_safe
@from_storage
def image(request: SignedInRequest, document_id: UUID, number: int, trial_id: int) -> FileResponse:
    """The page as the engine saw it."""
    return picture(_trial(editable_page(request.user, document_id, number), trial_id).picture)


def _trial(page: Page, trial_id: int) -> Trial:
    return or_404(cleaning_of, page, trial_id)


def _context(page: Page) -> dict[str, object]:
    tried = cleanings_of(page)
    is_over = all(trial.is_over for trial in tried)
    return {
        "document": page.document,
        "page": page,
        "trials": tried,
        "surest": surest_of(tried) if is_over else None,
        "is_over": is_over,
    }
