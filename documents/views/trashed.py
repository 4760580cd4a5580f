"""``/trash/<id>/``: a document in the trash, to be looked at before it is taken out or deleted for good."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from documents.models import Document, Page
from documents.selectors import trashed
from documents.views.access import SignedInRequest, readable_document
from documents.views.answers import from_storage, picture
from documents.views.numbers import whole
from documents.views.trash import row_of


@require_safe
def document(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """``?page=`` is the page that is shown. What was taken out meanwhile is shown where it is now."""
    try:
        found = trashed.document_for(request.user, document_id)
    except Document.DoesNotExist:
        return redirect("document", readable_document(request.user, document_id).pk)
    number = min(max(whole(request.GET, "page", 1), 1), max(found.page_count, 1))
    context = {
        "row": row_of(found),
        "number": number,
        "page": _page(request, document_id, number) if found.page_count else None,
    }
    return render(request, "documents/trashed.html", context)


@require_safe
@from_storage
def image(request: SignedInRequest, document_id: UUID, number: int) -> FileResponse:
    return picture(_page(request, document_id, number).image)


@require_safe
@from_storage
def thumbnail(request: SignedInRequest, document_id: UUID, number: int) -> FileResponse:
    return picture(_page(request, document_id, number).thumbnail)


def _page(request: SignedInRequest, document_id: UUID, number: int) -> Page:
    try:
        return trashed.page_for(request.user, document_id, number)
    except Page.DoesNotExist as error:
        raise Http404 from error
