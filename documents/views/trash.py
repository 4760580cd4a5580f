"""``/trash/``: what was put out of sight, to be taken out again or deleted for good."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from math import ceil
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents import selectors
from documents.errors import InTrash, NotInTrash
from documents.models import Document
from documents.selectors import listing
from documents.services import trash as service
from documents.views.access import SignedInRequest, changes_document, editable_document, readable_document

_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Row:
    """``days_left`` counts until the document is deleted for good; 0 is any moment now."""

    document: Document
    days_left: int


@require_safe
def trash(request: SignedInRequest) -> HttpResponse:
    """``?cursor=`` is where a page of the list begins."""
    page = listing.trash_page(request.user, cursor=request.GET.get("cursor", ""))
    rows = [row_of(document) for document in page.documents]
    context = {"page": page, "rows": rows, "days": settings.OCRSITE_TRASH_DAYS}
    return render(request, "documents/trash.html", context)


def row_of(document: Document) -> Row:
    lain = (now() - document.trashed_at).total_seconds() / _SECONDS_A_DAY if document.trashed_at else 0
    return Row(document, max(0, ceil(settings.OCRSITE_TRASH_DAYS - lain)))


@changes_document
def put(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Into the trash; the message has a button that takes it out again. ``from`` may be ``duplicates``."""
    document = editable_document(request.user, document_id)
    with suppress(InTrash):  # somebody else was quicker
        service.trash(user=request.user, document=document)
    messages.success(request, render_to_string("documents/_trashed.html", {"document": document}, request))
    return redirect("duplicates" if request.POST.get("from") == "duplicates" else "archive")


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Out of the trash, to where the document was."""
    document = selectors.trashed_for(request.user).filter(pk=document_id).first()
    if document is None:
        return redirect("document", readable_document(request.user, document_id).pk)
    if request.method == "POST":
        try:
            service.restore(user=request.user, document=document)
        except NotInTrash:  # somebody else was quicker
            pass
        else:
            messages.success(request, _("The document is back in the archive."))
    return redirect("document", document.pk)


def tells_of_the_trash(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """``view`` of a document, which says of one in the trash that it lies there, to who may take it out."""

    @wraps(view)
    def answer(request: SignedInRequest, document_id: UUID) -> HttpResponse:
        try:
            return view(request, document_id)
        except Http404:
            document = selectors.trashed_for(request.user).filter(pk=document_id).first()
            if document is None:
                raise
            context = {"row": row_of(document)}
            return render(request, "documents/in_trash.html", context, status=404)

    return answer
