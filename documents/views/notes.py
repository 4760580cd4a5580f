"""Notes on a document."""

from contextlib import suppress
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from documents import selectors
from documents.errors import Gone
from documents.forms import refusals_to_form
from documents.forms.organising import NoteForm
from documents.models import Document, Note
from documents.services import notes as services
from documents.views.access import (
    SignedInRequest,
    changes_document,
    editable_document,
    or_404,
    readable_document,
)
from documents.views.answers import dialog


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def notes(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """All notes; takes the ``text`` of a new one."""
    if request.method != "POST":
        return _show(request, readable_document(request.user, document_id), NoteForm())
    document = editable_document(request.user, document_id)
    form = NoteForm(request.POST)
    if form.is_valid():
        with refusals_to_form(form, "text"):
            services.add_note(user=request.user, document=document, text=form.cleaned_data["text"])
            return _show(request, document, NoteForm()) if request.htmx else redirect("notes", document.pk)
    return _show(request, document, form)


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: SignedInRequest, document_id: UUID, note_id: int) -> HttpResponse:
    """One's own, to be written anew."""
    row = _changeable(request, document_id, note_id)
    is_own = row.author == request.user
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"text": row.text})
    if form.is_bound and not is_own:
        raise PermissionDenied
    if form.is_valid():
        with refusals_to_form(form, "text"):
            services.edit_note(user=request.user, note=row, text=form.cleaned_data["text"])
            return redirect("document", document_id)
    context = {"document": row.document, "note": row, "form": form, "is_own": is_own}
    status = 422 if form.is_bound else 200
    return dialog(request, "note_form", context, heading=_("Note"), status=status)


@changes_document
def delete(request: SignedInRequest, document_id: UUID, note_id: int) -> HttpResponse:
    """One's own; owners of the collection may delete any."""
    row = _changeable(request, document_id, note_id)
    with suppress(Gone):  # what was wanted is the case
        services.delete_note(user=request.user, note=row)
    return redirect("document", document_id)


def _changeable(request: SignedInRequest, document_id: UUID, note_id: int) -> Note:
    """Raises Http404, and PermissionDenied for somebody else's note."""
    document = editable_document(request.user, document_id)
    row = or_404(selectors.note_for, request.user, document_id, note_id)
    if row.author != request.user and not selectors.is_owner(request.user, document):
        raise PermissionDenied
    return row


def _show(request: SignedInRequest, document: Document, form: NoteForm) -> HttpResponse:
    context = {
        "document": document,
        "notes": selectors.notes_of(document),
        "may_edit": selectors.may_edit(request.user, document),
        "is_owner": selectors.is_owner(request.user, document),
        "note_form": form,
        "is_open": True,
        "heading": _("Notes"),
    }
    template = "documents/_notes.html" if request.htmx else "documents/notes.html"
    return render(request, template, context, status=422 if form.is_bound else 200)
