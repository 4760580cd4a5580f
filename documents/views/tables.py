"""The tables of a page, as tables."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents.ocr.layout.tables import find_tables
from documents.views.access import SignedInRequest, readable_page


@require_safe
def tables(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """Those of the text as it is now; a sentence where it has none."""
    page = readable_page(request.user, document_id, number)
    found = find_tables(page.current.page_text) if page.current else ()
    context = {"document": page.document, "page": page, "tables": found}
    return render(request, "documents/page_tables.html", context)
