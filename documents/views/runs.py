"""Readings of a document: start another, stop it, try again, choose which one is shown."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.services import remember_languages
from documents import selectors
from documents.forms import ReadAgainForm, refusals_to_form
from documents.models import Document, OcrRun
from documents.packs import usable
from documents.services import recognise, trials
from documents.views.access import (
    SignedInRequest,
    changes_document,
    editable_document,
    or_404,
    readable_document,
)
from documents.views.answers import dialog, refusals_to_messages
from documents.views.languages import chooser
from documents.views.numbers import whole
from documents.words import figure


@require_safe
def runs(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """All readings, newest first."""
    document = readable_document(request.user, document_id)
    context = {
        "document": document,
        "runs": selectors.runs_of(document),
        "may_edit": selectors.may_edit(request.user, document),
    }
    return dialog(request, "runs", context, heading=_("Readings"))


@require_http_methods(["GET", "HEAD", "POST"])
def read_again(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """``languages``, ``cleaning``, and ``pages`` such as ``1-3, 7`` or none for all of them."""
    document = editable_document(request.user, document_id)
    if document.is_locked:
        return redirect("document", document.pk)
    sent = request.POST if request.method == "POST" else None
    at_first = {"cleaning": document.cleaning, "engine": _engine_at_first(document)}
    form = ReadAgainForm(sent, page_count=document.page_count, initial=at_first)
    if form.is_valid() and _start(request, document, form):
        return redirect("document", document.pk)
    context = {
        "document": document,
        "form": form,
        "chooser": chooser(_languages_at_first(request, document)),
    }
    status = 422 if form.is_bound else 200
    return dialog(request, "read_again_form", context, heading=_("Read again"), status=status)


def _languages_at_first(request: SignedInRequest, document: Document) -> list[str]:
    """What was just sent; else with ``?found`` what the pages are in, or what was asked for the last time."""
    if request.POST:
        return request.POST.getlist("languages")
    return document.languages if "found" in request.GET else selectors.asked_languages(document)


def _engine_at_first(document: Document) -> str:
    """The one that was chosen the last time, if it can still run; else that is left to the site."""
    return usable(selectors.asked_engine(document))


def _start(request: SignedInRequest, document: Document, form: ReadAgainForm) -> bool:
    """Whether the reading began; else the form says why not."""
    asked = form.cleaned_data
    with refusals_to_form(form, None):
        trials.read_cleaned(user=request.user, document=document, is_kept=True, **asked)
        remember_languages(user=request.user, codes=asked["languages"])
        return True
    return False


@changes_document
def cancel(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    document = editable_document(request.user, document_id)
    with refusals_to_messages(request):
        recognise.cancel_run(document=document, user=request.user)
    return redirect("document", document.pk)


@changes_document
def retry(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Read only what was not read; ``?page=`` is where the person is."""
    document = editable_document(request.user, document_id)
    with refusals_to_messages(request):
        recognise.retry_failed(document=document, user=request.user)
    return redirect(f"{reverse('document', args=[document.pk])}?page={whole(request.GET, 'page', 1)}")


@changes_document
def show(request: SignedInRequest, document_id: UUID, run_id: int) -> HttpResponse:
    """Make an earlier reading the current one."""
    document = editable_document(request.user, document_id)
    run = _run(request, document, run_id)
    with refusals_to_messages(request):
        _tell_shown(request, run, waiting=recognise.make_current(run=run, user=request.user))
    return redirect("document", document.pk)


def _tell_shown(request: SignedInRequest, run: OcrRun, *, waiting: int) -> None:
    if waiting < run.pages_done:
        messages.success(request, _("The document now shows this reading."))
    if waiting:
        text = ngettext(
            "%(number)s page keeps what people corrected or proofread; the reading waits beside it.",
            "%(number)s pages keep what people corrected or proofread; the reading waits beside them.",
            waiting,
        )
        messages.info(request, text % {"number": figure(waiting)})


def _run(request: SignedInRequest, document: Document, run_id: int) -> OcrRun:
    return or_404(selectors.run_for, request.user, document.pk, run_id)
