"""``/trash/<id>/``: a document in the trash, to be looked at before it is taken out or deleted for good."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from documents.models import Document
from documents.selectors import trashed
from documents.views.access import SignedInRequest, or_404, readable_document
from documents.views.numbers import whole
from documents.views.pictures import page_image, page_thumbnail
from documents.views.trash import row_of

image = page_image(trashed.page_for)
thumbnail = page_thumbnail(trashed.page_for)


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
        "page": or_404(trashed.page_for, request.user, document_id, number) if found.page_count else None,
    }
    return render(request, "documents/trashed.html", context)
