"""Parts of a document: a row of the reader, its pictures, its plain text, a piece of the page strip."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents import selectors
from documents.views.access import SignedInRequest, readable_document, readable_page
from documents.views.answers import plain
from documents.views.asking import asked
from documents.views.document import THUMBNAILS
from documents.views.numbers import whole
from documents.views.pictures import page_image, page_thumbnail
from documents.views.within import row_of

image = page_image(selectors.pictured_page_for)
thumbnail = page_thumbnail(selectors.pictured_page_for)


@require_safe
def row(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """Image and text of one page, as the reader shows them, with the hits of ``?q=``."""
    document = readable_document(request.user, document_id)
    if not 1 <= number <= document.page_count:
        raise Http404
    (page,) = selectors.pages_of(document, first=number, last=number)
    context = {
        "document": document,
        "row": row_of(request.user, document, page, asked(request)),
        "page": page,
        "programs": selectors.programs_of(document),
        "may_edit": selectors.may_edit(request.user, document),
    }
    return render(request, "documents/_row.html", context)


@require_safe
def strip(request: SignedInRequest, document_id: UUID) -> HttpResponse:
    """Thumbnails from page ``?first=`` on, whose links go on with ``?q=``."""
    document = readable_document(request.user, document_id)
    first = whole(request.GET, "first", 1)
    thumbnails = selectors.thumbnails_of(document, first, first + THUMBNAILS - 1)
    context = {"document": document, "thumbnails": thumbnails, "question": asked(request)}
    return render(request, "documents/_strip.html", context)


@require_safe
def text(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """The page as plain text; empty until it was read."""
    current = readable_page(request.user, document_id, number).current
    return plain(current.text if current else "")
