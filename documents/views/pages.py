"""Parts of a document: a row of the reader, its pictures, its plain text, a piece of the page strip."""

import mimetypes
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents import selectors, storage
from documents.errors import OriginalMissing, StorageError
from documents.models import Page
from documents.views.access import SignedInRequest, readable_document
from documents.views.asking import asked
from documents.views.document import THUMBNAILS, whole
from documents.views.within import rows_of
from documents.words import explain_error

# The address of a picture carries its version, so what a browser has is right for ever.
FOR_EVER = "private, max-age=31536000, immutable"


@require_safe
def row(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """Image and text of one page, as the reader shows them, with the hits of ``?q=``."""
    document = readable_document(request.user, document_id)
    if not 1 <= number <= document.page_count:
        raise Http404
    (shown,) = rows_of(request.user, selectors.pages_of(document, first=number, last=number), asked(request))
    context = {
        "document": document,
        "row": shown,
        "page": shown.page,
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
def image(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse | FileResponse:
    return _picture(_page(request, document_id, number).image)


@require_safe
def thumbnail(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse | FileResponse:
    return _picture(_page(request, document_id, number).thumbnail)


@require_safe
def text(request: SignedInRequest, document_id: UUID, number: int) -> HttpResponse:
    """The page as plain text; empty until it was read."""
    current = _page(request, document_id, number).current
    return HttpResponse(current.text if current else "", content_type="text/plain; charset=utf-8")


def _page(request: SignedInRequest, document_id: UUID, number: int) -> Page:
    try:
        return selectors.page_for(request.user, document_id, number)
    except Page.DoesNotExist as error:
        raise Http404 from error


def _picture(name: str) -> HttpResponse | FileResponse:
    if not name:
        raise Http404
    try:
        file = storage.open_file(name)
    except OriginalMissing as error:
        raise Http404 from error
    except StorageError as error:
        return HttpResponse(explain_error(error), status=503, content_type="text/plain; charset=utf-8")
    media_type, _encoding = mimetypes.guess_type(name)
    return FileResponse(file, content_type=media_type, headers={"Cache-Control": FOR_EVER})
