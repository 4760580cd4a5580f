"""``/documents/<id>/found/``: all that was found in the text of a document."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from documents.selectors import facts
from documents.views.access import SignedInRequest, readable_document

_MOST = 2000  # values on one page; a book of prices has more


@require_safe
@vary_on_headers("HX-Request")
def found(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    document = readable_document(request.user, document_id)
    context = {"document": document, "found": facts.groups(document, limit=_MOST)}
    return render(request, "documents/_found.html" if request.htmx else "documents/found.html", context)
